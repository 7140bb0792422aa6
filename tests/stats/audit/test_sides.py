"""From a two-sided p to the printed one and back, against scipy's tests."""

import numpy as np
import pytest
from scipy import stats

from smcm.stats.audit.interval import Interval
from smcm.stats.audit.sides import PrintedP, ways_to_print


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("alternative", ["two-sided", "greater"])
@pytest.mark.parametrize("comparisons", [1, 3])
def test_the_two_sided_p_is_found_again(seed, alternative, comparisons):
    x = np.random.default_rng(seed).normal(0.2, 1, 20)
    printed = min(
        1.0, comparisons * stats.ttest_1samp(x, 0, alternative=alternative)[1]
    )
    two_sided = stats.ttest_1samp(x, 0)[1]
    ways = ways_to_print(
        tails=2 if alternative == "two-sided" else 1,
        comparisons=comparisons,
        adjusted=False,
        directed=True,
        halves=False,
    )
    found = [way.two_sided(Interval.at(printed)) for way in ways]
    assert any(two_sided in box for box in found)
    back = [way.printed(Interval.at(two_sided)) for way in ways]
    assert any(printed in box for box in back)


def test_an_adjusted_p_is_never_below_that_of_one_test():
    adjusted = PrintedP(adjusted=True)
    assert adjusted.two_sided(Interval(0.055, 0.065)) == Interval(0.0, 0.065)
    assert adjusted.printed(Interval.at(0.036)) == Interval(0.036, 1.0)


def test_a_one_sided_p_above_one_half_is_of_the_other_direction():
    same, other = PrintedP(tails=1), PrintedP(tails=1, opposite=True)
    assert same.two_sided(Interval(0.9, 0.91)).empty
    found = other.two_sided(Interval(0.9598, 0.9608))
    assert 2 * stats.t.sf(1.86, 18) in found


def test_a_test_without_direction_keeps_its_p_unless_it_may_be_halved():
    def ways(halves):
        return ways_to_print(
            tails=1, comparisons=1, adjusted=False, directed=False, halves=halves
        )

    assert ways(False) == (PrintedP(),)
    assert len(ways(True)) == 3
