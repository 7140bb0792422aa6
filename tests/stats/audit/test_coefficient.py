"""A coefficient's printed numbers: a fine grid, random truths, planted slips."""

import numpy as np
import pytest
from scipy import stats

from smcm.stats.audit.coefficient import centre, coefficient, t_sizes
from smcm.stats.audit.interval import Interval

DF = 120


def numbers(estimate, se, df, level=0.95):
    half = stats.t.ppf(0.5 + level / 2, df) * se
    p = 2 * stats.t.sf(abs(estimate / se), df)
    return {
        "estimate": estimate,
        "se": se,
        "ci_low": estimate - half,
        "ci_high": estimate + half,
        "t": estimate / se,
        "p": p,
    }


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("up", [True, False])
def test_a_true_coefficient_is_always_left(printed, seed, up):
    rng = np.random.default_rng(seed)
    for _ in range(30):
        df = int(rng.integers(3, 400))
        level = rng.choice([0.9, 0.95, 0.99])
        truth = numbers(rng.normal(scale=0.5), rng.uniform(0.01, 0.6), df, level)
        some = [name for name in truth if rng.random() < 0.7]
        given = {
            name: printed(truth[name], 3 if name == "p" else rng.integers(1, 4), up)
            for name in some
        }
        found = coefficient(given, df=df, level=level)
        assert found.possible, (truth, given)
        for name, value in truth.items():
            assert value in found.ranges[name]
        assert coefficient(given, df=None).possible


@pytest.mark.parametrize("seed", range(15))
def test_what_is_left_is_what_a_grid_leaves(printed, seed):
    rng = np.random.default_rng(seed)
    truth = numbers(rng.normal(scale=0.5), rng.uniform(0.05, 0.4), DF)
    given = {n: printed(truth[n], 3 if n == "p" else 2) for n in truth if n != "se"}
    if seed % 3 == 0:
        shift = rng.choice([-0.015, 0.015])
        box = given["estimate"]
        given["estimate"] = Interval(box.low + shift, box.high + shift)
    box = given["estimate"]
    e = np.linspace(box.low, box.high, 1501)[:, None]
    s = np.linspace(0.7, 1.3, 4001)[None, :] * truth["se"]
    half = stats.t.ppf(0.975, DF) * s
    fits = np.ones(np.broadcast_shapes(e.shape, s.shape), dtype=bool)
    sizes = t_sizes(given["p"], DF)
    for value, inside in (
        (e - half, given["ci_low"]),
        (e + half, given["ci_high"]),
        (e / s, given["t"]),
        (abs(e / s), sizes),
    ):
        fits &= (value >= inside.low) & (value <= inside.high)
    found = coefficient(given, df=DF)
    if fits.any():
        left, width = found.ranges["estimate"], 2e-4
        assert left.low == pytest.approx(e[fits.any(1)].min(), abs=width)
        assert left.high == pytest.approx(e[fits.any(1)].max(), abs=width)
    else:
        assert not found.possible or found.ranges["estimate"].width < 2e-4


def test_a_planted_slip_is_caught(printed):
    truth = numbers(0.50, 0.10, DF)
    boxes = {name: printed(value, 3) for name, value in truth.items()}
    assert coefficient(boxes, df=DF).possible
    for name in truth:
        wrong = boxes[name] + Interval.at(0.02 if name == "p" else 0.03)
        assert not coefficient(boxes | {name: wrong}, df=DF).possible


def test_the_level_and_the_df_matter(printed):
    truth = numbers(0.5, 0.1, 10, 0.99)
    given = {n: printed(truth[n], 3) for n in ("estimate", "ci_low", "ci_high", "t")}
    assert coefficient(given, df=10, level=0.99).possible
    assert not coefficient(given, df=10, level=0.95).possible
    assert not coefficient(given, df=100, level=0.99).possible


def test_without_df_an_estimate_has_to_be_in_the_middle(printed):
    given = {"ci_low": printed(0.1, 1), "ci_high": printed(0.9, 1)}
    assert coefficient(given | {"estimate": printed(0.5, 1)}, df=None).possible
    assert not coefficient(given | {"estimate": printed(0.7, 1)}, df=None).possible
    middle = centre(given["ci_low"], given["ci_high"])
    assert (middle.low, middle.high) == (pytest.approx(0.45), pytest.approx(0.55))


def test_an_infinite_df_is_the_normal_distribution():
    sizes = t_sizes(Interval(0.05, 0.05), np.inf)
    assert sizes.low == pytest.approx(1.959964, abs=1e-6)


def test_what_nothing_bounds_is_infinite(printed):
    found = coefficient({"estimate": printed(0.5, 1)}, df=DF)
    assert found.ranges["se"].high == np.inf
    assert found.ranges["p"].low == 0.0
