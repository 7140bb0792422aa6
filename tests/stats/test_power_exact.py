"""Exact power against nested integrals and plain loops in R, and against its limits."""

import numpy as np
import pytest
from scipy import stats

from smcm.errors import OutOfRangeError
from smcm.stats.power import indirect_power
from smcm.stats.power_exact import joint_power, monte_carlo_power, needed_of_other

DOUBLE_INTEGRALS = 1e-9  # absolute; R's integrate, nested, was asked for ten digits
TRIPLE_INTEGRALS = 1e-6  # absolute; and here for seven
APPROXIMATE = 0.03  # absolute; a product of powers with expected lengths
ERRORS = 3.0  # Monte Carlo standard errors


def test_joint_power_is_that_of_nested_integrals(oracle, compare):
    for row in oracle("power_indirect").itertuples():
        ours = joint_power(row.a, row.b, int(row.n), row.alpha)
        what = "power of joint significance"
        how = {"source": "R", "script": "power_indirect", "what": what}
        compare(ours, row.joint, abs=DOUBLE_INTEGRALS, **how)


def test_monte_carlo_power_is_that_of_nested_integrals(oracle, compare):
    for row in oracle("power_monte_carlo", script="power_indirect").itertuples():
        ours = monte_carlo_power(row.a, row.b, int(row.n), row.alpha)
        what = "power of the Monte Carlo interval of ab"
        how = {"source": "R", "script": "power_indirect", "what": what}
        compare(ours, row.monte_carlo, abs=TRIPLE_INTEGRALS, **how)


def test_joint_power_is_near_the_product_of_two_powers(oracle, compare):
    for row in oracle("power_indirect").itertuples():
        compare(
            joint_power(row.a, row.b, int(row.n), row.alpha),
            row.simple,
            source="pwr",
            script="power_indirect",
            what="power of joint significance (product of two powers)",
            method=APPROXIMATE,
        )


def test_powers_are_those_of_plain_loops(oracle, compare):
    for row in oracle("power_loops", script="power_indirect").itertuples():
        n = int(row.n)
        found = indirect_power(
            row.a, row.b, n, n_replications=4000, n_boot=int(row.resamples), seed=11
        )
        ours = {
            "bootstrap": (found.power, found.standard_error),
            "monte_carlo": (monte_carlo_power(row.a, row.b, n), 0.0),
            "joint": (joint_power(row.a, row.b, n), 0.0),
        }
        for name, (power, own) in ours.items():
            theirs = getattr(row, name)
            error = np.hypot(np.sqrt(theirs * (1 - theirs) / row.replications), own)
            what = "power of the indirect effect (plain loops)"
            how = {"source": "R", "script": "power_indirect", "what": what}
            compare(power, theirs, errors=error, within=ERRORS, **how)


def test_without_one_path_both_powers_stay_at_the_level():
    for alpha in (0.01, 0.05, 0.2):
        found = joint_power(0.0, 900.0, 100, alpha)
        assert found == pytest.approx(alpha, abs=1e-9)
        normal = 2 * stats.norm.sf(stats.norm.isf(alpha / 2))
        found = monte_carlo_power(0.0, 900.0, 100_000, alpha)
        assert found == pytest.approx(normal, abs=1e-4)


def test_signs_do_not_matter():
    for power in (joint_power, monte_carlo_power):
        plus = power(0.2, 0.3, 100)
        assert power(-0.2, 0.3, 100) == pytest.approx(plus, abs=1e-13)
        assert power(-0.2, -0.3, 100) == pytest.approx(plus, abs=1e-13)


@pytest.mark.parametrize("power", [joint_power, monte_carlo_power])
def test_power_rises_with_paths_cases_and_level(power):
    base = power(0.2, 0.3, 100)
    assert power(0.25, 0.3, 100) > base
    assert power(0.2, 0.35, 100) > base
    assert power(0.2, 0.3, 101) > base
    assert power(0.2, 0.3, 100, 0.06) > base


@pytest.mark.parametrize("alpha", [0.01, 0.05, 0.4])
def test_monte_carlo_rule_is_that_of_many_draws(alpha):
    """Above the needed ratio the draws leave zero out, and below they do not.

    The share of draws with the other sign is counted on a grid of quantiles.
    """
    even = stats.norm.ppf((np.arange(2000) + 0.5) / 2000)
    for first in (2.8, 3.5, 5.0):
        needed = float(needed_of_other(np.array(first), alpha))
        for second, outside in ((needed * 1.03, True), (needed * 0.97, False)):
            other = ((first + even)[:, None] * (second + even)[None, :] <= 0).mean()
            assert (other < alpha / 2) == outside
    assert np.isinf(needed_of_other(np.array(stats.norm.isf(alpha / 2) - 1e-9), alpha))


@pytest.mark.parametrize("power", [joint_power, monte_carlo_power])
@pytest.mark.parametrize("path", [0.0, 1e-9, 3.0, -30.0, 1000.0])
@pytest.mark.parametrize("n", [20, 5000, 1_000_000])
def test_power_of_extremes_stays_a_share(power, path, n):
    for alpha in (1e-6, 0.05, 0.9):
        for other in (0.0, 0.3, -1000.0):
            assert 0.0 <= power(path, other, n, alpha) <= 1.0


@pytest.mark.parametrize("power", [joint_power, monte_carlo_power])
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"n": 19}, "n is 19; expected at least 20"),
        ({"a": float("nan")}, "a is nan"),
        ({"b": 1e9}, "b is 1000000000.0"),
        ({"alpha": 0.0}, "alpha is 0.0"),
        ({"alpha": 1.0}, "alpha is 1.0"),
    ],
)
def test_what_has_no_power_is_refused(power, change, said):
    with pytest.raises(OutOfRangeError, match=said):
        power(**{"a": 0.3, "b": 0.3, "n": 50} | change)
