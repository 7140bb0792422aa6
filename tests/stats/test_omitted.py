"""Strengths of a confounder: sensemakr's print, R by search, and confounders made."""

import numpy as np
import pandas as pd
import pytest

from smcm.errors import OutOfRangeError
from smcm.stats.benchmark_block import block_benchmark, coefficient_of
from smcm.stats.mediation import FOCAL
from smcm.stats.ols import fit_linear
from smcm.stats.omitted import Coefficient, Strength
from tests.outside import REFERENCE

CLOSE = 1e-9
SEARCHED = 1e-7
LEVEL = 0.05
DF_OF_DARFUR = 783
SOURCE = "sensemakr (as printed)"


@pytest.fixture(scope="module")
def darfur():
    return pd.read_csv(REFERENCE / "darfur.csv", comment="#", index_col="label")


def partial_r2(found):
    """Share of the residual variance of the outcome that the column explains."""
    return found.f**2 / (1.0 + found.f**2)


@pytest.fixture(scope="module")
def harmed(darfur):
    row = darfur.loc["unadjusted"]
    se = row["estimate"] / row["t"]
    return Coefficient(estimate=row["estimate"], se=se, df=DF_OF_DARFUR)


def test_robustness_values_are_those_sensemakr_prints(darfur, harmed, compare):
    ours = [partial_r2(harmed), harmed.robustness(), harmed.robustness(alpha=LEVEL)]
    theirs = darfur.loc["unadjusted", ["partial_r2", "rv", "rv_05"]].to_numpy(float)
    what = "partial R squared and robustness values, Darfur example"
    compare(ours, theirs, source=SOURCE, abs=5.1e-6, what=what)


def test_bounds_are_those_sensemakr_prints(darfur, harmed, compare):
    bounds = darfur.iloc[1:]
    first = bounds.iloc[0]
    d = first["r2dz_x"] / (1.0 + first["r2dz_x"])  # the benchmark, from its bound
    overlap = d**2 / (1.0 - d) ** 2
    eta = (1.0 + overlap**0.5) ** 2 / (1.0 - overlap)
    y = first["r2yz_dx"] / (eta + first["r2yz_dx"])
    for k, row in enumerate(bounds.to_dict("records"), start=1):
        bound = Strength(d, y).times(k)
        compare(
            [bound.treatment, bound.outcome],
            [row["r2dz_x"], row["r2yz_dx"]],
            source=SOURCE,
            abs=2.5e-4,  # k times what four decimals leave open
            what="strength of a confounder k times a covariate, Darfur example",
        )
        found = harmed.adjusted(Strength(row["r2dz_x"], row["r2yz_dx"]))
        compare(
            [found.estimate, found.se, *found.limits()],
            [row[name] for name in ("estimate", "se", "low", "high")],
            source=SOURCE,
            abs=1.6e-4,
            what="adjusted estimate, error and limits, Darfur example",
        )
        compare(
            found.t,
            row["t"],
            source=SOURCE,
            abs=6e-3,
            what="adjusted t, Darfur example",
        )


def coefficient(study, key, path):
    paths = study.model(key).mediation.paths
    fit = paths.to_mediator if path == "a" else paths.to_outcome
    return coefficient_of(fit, FOCAL)


def test_robustness_values_are_what_r_finds_by_search(study, oracle, compare):
    for row in oracle("confounding").to_dict("records"):
        found = coefficient(study, row["model"], row["path"])
        how = {"source": "R", "script": "confounding", "abs": SEARCHED}
        compare(
            [partial_r2(found), found.robustness(), found.robustness(alpha=LEVEL)],
            [row["partial_r2"], row["rv"], row["rv_05"]],
            what="partial R squared and robustness values (by refits and by search)",
            **how,
        )


def test_adjusted_estimates_are_those_of_r(study, oracle, compare):
    rows = oracle("confounding_strengths", "confounding").to_dict("records")
    assert len(rows) == 8 * 2 * 9 * 3
    for row in rows:
        found = coefficient(study, row["model"], row["path"])
        bound = Strength(row["d"], row["y"]).times(row["k"])
        after = found.adjusted(bound)
        compare(
            [bound.treatment, bound.outcome, after.estimate, after.se],
            [row["r2d"], row["r2y"], row["estimate"], row["se"]],
            source="R",
            script="confounding",
            abs=CLOSE,
            what="benchmark bounds and adjusted estimates",
        )


def confounded(seed, weights):
    """A regression, its focal column and outcome, and a confounder built into both."""
    rng = np.random.default_rng(seed)
    n = 80
    others = np.column_stack([np.ones(n), rng.normal(size=(n, 2))])
    z = rng.normal(size=n)
    z -= others @ np.linalg.lstsq(others, z, rcond=None)[0]
    d = others @ [0.1, 0.5, -0.2] + weights[0] * z + rng.normal(size=n)
    y = others @ [1.0, 0.2, 0.4] + weights[1] * z + 0.6 * d + rng.normal(size=n)
    return np.column_stack([others[:, :1], d, others[:, 1:]]), y, z


def partial(design, outcome, column):
    """Partial R squared of a further column, by the residual sums of two refits."""
    without = fit_linear(design, outcome).sse
    return 1.0 - fit_linear(np.column_stack([design, column]), outcome).sse / without


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("weights", [(0.3, 0.5), (-0.2, 0.4), (1.5, 2.0), (0.6, -3.0)])
def test_a_confounder_that_is_there_moves_the_estimate_as_told(seed, weights):
    design, y, z = confounded(seed, weights)
    fit = fit_linear(design, y)
    strength = Strength(
        partial(np.delete(design, FOCAL, axis=1), design[:, FOCAL], z),
        partial(design, y, z),
    )
    full = fit_linear(np.column_stack([design, z]), y)
    naive = Coefficient(estimate=fit.slope[FOCAL], se=fit.se[FOCAL], df=fit.df)
    toward = abs(naive.adjusted(strength).estimate - naive.estimate)
    assert toward == pytest.approx(abs(full.slope[FOCAL] - naive.estimate), rel=1e-9)
    assert naive.adjusted(strength).se == pytest.approx(full.se[FOCAL], rel=1e-9)
    if np.sign(full.slope[FOCAL] - naive.estimate) == -np.sign(naive.estimate):
        assert naive.adjusted(strength).t == pytest.approx(full.t[FOCAL], rel=1e-8)


@pytest.mark.parametrize("seed", range(4))
def test_a_benchmark_bounds_a_confounder_as_strong_as_the_covariate(seed):
    """Left out one of two columns alike in both relations, the other tells of it."""
    rng = np.random.default_rng(seed)
    n = 200
    q = np.linalg.qr(np.column_stack([np.ones(n), rng.normal(size=(n, 4))]))[0]
    one, two, e_d, e_y = (q[:, k] * n**0.5 for k in range(1, 5))
    d = 0.5 * one + 0.5 * two + e_d
    y = 0.4 * d + 0.7 * one + 0.7 * two + e_y
    ones = np.ones(n)
    measured = Strength(
        partial(ones[:, None], d, one), partial(np.column_stack([ones, d]), y, one)
    )
    found = measured.times(1.0)
    assert found.treatment == pytest.approx(
        partial(np.column_stack([ones, one]), d, two), rel=1e-9
    )
    truth = partial(np.column_stack([ones, d, one]), y, two)
    assert truth <= found.outcome * (1.0 + 1e-9)


@pytest.mark.parametrize("t", [0.3, 2.1, 4.0, 25.0, 900.0])
@pytest.mark.parametrize("q", [0.5, 1.0])
def test_at_the_robustness_value_the_finding_just_falls(t, q):
    found = Coefficient(estimate=-2.0, se=2.0 / t, df=50.0)
    r = found.robustness(q)
    left = found.adjusted(Strength(r, r)).estimate
    assert left == pytest.approx(-2.0 * (1.0 - q), abs=1e-9)
    r = found.robustness(alpha=LEVEL)
    if r == 0.0:
        assert abs(found.t) < 2.1
        return
    critical = found.critical_f(LEVEL) * (found.df - 1.0) ** 0.5
    # no confounder that explains less of both takes the test below its level
    for y in np.linspace(0.0, r * (1.0 - 1e-9), 40):
        assert abs(found.adjusted(Strength(r * (1.0 - 1e-9), y)).t) > critical
    assert min(
        abs(found.adjusted(Strength(r, y)).t) for y in np.linspace(0.0, r, 4001)
    ) == pytest.approx(critical, rel=1e-4)


def test_what_gaps_add_makes_a_finding_less_robust_and_not_more():
    full = Coefficient(estimate=1.0, se=0.25, df=300.0)
    gappy = Coefficient(estimate=1.0, se=0.25, df=300.0, t_df=60.0, inflation=1.2)
    assert gappy.robustness() == full.robustness()
    assert 0.0 < gappy.robustness(alpha=LEVEL) < full.robustness(alpha=LEVEL)
    none = Coefficient(estimate=1.0, se=0.25, df=300.0, t_df=300.0, inflation=1.0)
    assert none.robustness(alpha=LEVEL) == full.robustness(alpha=LEVEL)


def test_a_confounder_that_leaves_nothing_of_the_column_cannot_be():
    assert Strength(0.4, 0.2).times(1.0) is not None
    assert Strength(0.4, 0.2).times(2.0) is None
    assert Strength(0.5, 0.2).times(1.0) is None
    assert Strength(0.0, 0.9).times(3.0).outcome == 1.0


def test_an_even_strength_biases_as_much():
    found = Coefficient(estimate=3.0, se=0.5, df=40.0)
    for strength in (Strength(0.1, 0.4), Strength(0.6, 0.02), Strength(0.0, 0.7)):
        even = Strength(strength.even, strength.even)
        assert found.adjusted(even).estimate == pytest.approx(
            found.adjusted(strength).estimate, rel=1e-12
        )


def test_shares_that_are_none_are_refused():
    with pytest.raises(OutOfRangeError, match="two shares from 0 to 1"):
        Strength(1.0, 0.5)
    with pytest.raises(OutOfRangeError, match="a share above 0"):
        Coefficient(estimate=1.0, se=1.0, df=9.0).robustness(0.0)


@pytest.mark.parametrize("seed", range(5))
def test_no_confounder_as_strong_as_a_group_exceeds_its_bound(seed):
    """By brute force: confounders with just the group's shares, given the others."""
    rng = np.random.default_rng(seed)
    n = 90
    rest, block = rng.normal(size=(n, 2)), rng.normal(size=(n, 4))
    d = rest @ [0.3, -0.2] + block @ rng.normal(0.0, 0.3, 4) + rng.normal(size=n)
    y = 0.5 * d + rest @ [0.2, 0.4] + block @ rng.normal(0, 0.3, 4)
    y += rng.normal(size=n)
    found = block_benchmark(d, y, rest, block)
    bound = found.measured.times(1.0)
    one = np.ones((n, 1))
    x, x_rest = np.hstack([one, rest, block]), np.hstack([one, rest])
    u_d = residual(d, x)
    u_y = residual(y, np.column_stack([x, d]))
    other = residual(rng.normal(size=n), np.column_stack([x, d, y]))
    along = bound.treatment**0.5

    def made(r2y, sign):
        left = 1.0 - bound.treatment
        parts = along, sign * (left * r2y) ** 0.5, (left * (1.0 - r2y)) ** 0.5
        return np.column_stack([u_d, u_y, other]) @ parts

    shares = np.linspace(0.0, 0.999, 2000)
    beside_d = np.column_stack([x_rest, d])
    for sign in (-1.0, 1.0):
        asked = [partial(beside_d, y, made(r2y, sign)) for r2y in shares]
        as_strong = shares[np.array(asked) <= found.measured.outcome]
        assert as_strong.size == 0 or as_strong.max() <= bound.outcome + 1e-9
        z = made(0.3, sign)
        assert partial(x_rest, d, z) == pytest.approx(found.measured.treatment)


def residual(column, design):
    left = column - design @ np.linalg.lstsq(design, column, rcond=None)[0]
    return left / np.linalg.norm(left)
