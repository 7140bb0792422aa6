"""Intervals, and relations that rise or fall, against a grid."""

import numpy as np
import pytest

from smcm.stats.audit.effects import partial_eta_squared, r2_change
from smcm.stats.audit.interval import Interval
from smcm.stats.audit.products import over, product_of_paths

NEAR = 1e-9


def draws(rng, box, size):
    return rng.uniform(box.low, box.high, size)


@pytest.mark.parametrize("seed", range(10))
def test_products_sums_and_sizes_hold_every_pair(seed):
    rng = np.random.default_rng(seed)
    one, two = (Interval(*np.sort(rng.normal(size=2))) for _ in range(2))
    x, y = draws(rng, one, 500), draws(rng, two, 500)
    for found, values in (
        (one * two, x * y),
        (one + two, x + y),
        (one - two, x - y),
        (one.size(), abs(x)),
        (one.scaled(-3.0), -3.0 * x),
    ):
        assert all(value in found for value in values)
    corners = [a * b for a in (one.low, one.high) for b in (two.low, two.high)]
    assert (one * two).low == min(corners)
    assert (one * two).high == max(corners)


def test_zero_times_everything_is_zero():
    assert Interval.at(0.0) * Interval(-np.inf, np.inf) == Interval(0.0, 0.0)


def test_ends_belong_and_a_gap_does_not():
    assert Interval(0, 1).meets(Interval(1, 2))
    assert not Interval(0, 1).meets(Interval(1.0001, 2))
    assert 1.0 in Interval(0, 1)
    assert Interval(2, 1).empty


@pytest.mark.parametrize("seed", range(10))
def test_a_relation_leaves_what_a_grid_leaves(seed):
    rng = np.random.default_rng(seed)
    f, r2 = rng.uniform(1, 20), rng.uniform(0.05, 0.6)
    given = {"F": Interval(f - 0.5, f + 0.5), "r2": Interval(r2 - 0.04, r2 + 0.04)}
    change = (f + rng.uniform(-0.5, 0.5)) * (1 - r2) / 100
    given["r2_change"] = Interval(change - 0.0005, change + 0.0005)
    found = r2_change(1, 100).solve(given).ranges
    grid_f, grid_r = (np.linspace(b.low, b.high, 801) for b in list(given.values())[:2])
    values = grid_f[:, None] * (1 - grid_r) / 100
    target = given["r2_change"]
    fits = (values >= target.low) & (values <= target.high)
    assert found["F"].low == pytest.approx(grid_f[fits.any(1)].min(), abs=0.01)
    assert found["F"].high == pytest.approx(grid_f[fits.any(1)].max(), abs=0.01)
    assert found["r2"].low == pytest.approx(grid_r[fits.any(0)].min(), abs=0.001)
    assert found["r2"].high == pytest.approx(grid_r[fits.any(0)].max(), abs=0.001)


def test_nothing_is_left_where_nothing_fits():
    given = {"F": Interval(1.0, 2.0), "eta2": Interval(0.5, 0.6)}
    assert not partial_eta_squared(1, 100).solve(given).possible


def test_eta_squared_from_known_sums_of_squares():
    """SS 20 with 2 df, error 80 with 40 df: F = 5, partial eta squared .20."""
    span = partial_eta_squared(2, 40).span({"F": Interval.at(5.0)})
    assert span.low == pytest.approx(0.2)


@pytest.mark.parametrize("seed", range(20))
def test_true_paths_are_always_left(printed, seed):
    rng = np.random.default_rng(seed)
    for a, b in rng.normal(scale=0.4, size=(50, 2)):
        given = {"a": printed(a, 2), "b": printed(b, 2), "ab": printed(a * b, 2)}
        ranges = product_of_paths(given).ranges
        for name, value in (("a", a), ("b", b), ("ab", a * b)):
            assert value in ranges[name]


def test_a_planted_product_is_caught(printed):
    given = {"a": printed(0.5, 2), "b": printed(0.4, 2), "ab": printed(0.23, 2)}
    assert not product_of_paths(given).possible


def test_a_quotient_by_what_may_be_zero_is_open():
    assert over(Interval(1, 2), Interval(-1, 1)) == Interval(-np.inf, np.inf)
    assert over(Interval(1, 2), Interval(-4, -2)) == Interval(-1.0, -0.25)
