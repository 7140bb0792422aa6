"""Tests of change, ICC and power, whatever the data."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smcm.stats.change import bonferroni, paired_change, repeated_measures
from smcm.stats.icc import icc_anova
from smcm.stats.power_coefficient import coefficient_power
from tests.properties.strategies import (
    clustered,
    exact_scales,
    measurements,
    shifts,
    with_orders,
)
from tests.stats.exact import exact_icc

CLOSE = {"rel": 1e-8, "abs": 1e-10}
WHOLE = ("f", "p", "eta_squared", "epsilon", "p_corrected")
effects = st.floats(0.0, 2.0)


def numbers_of(found):
    return [getattr(found, name) for name in WHOLE]


@given(measurements(most=2))
def test_turning_two_measurements_turns_the_sign(values):
    first, second = values.T
    here, there = paired_change(first, second), paired_change(second, first)
    assert (there.t, there.difference) == (-here.t, -here.difference)
    assert (there.p, there.d) == (here.p, here.d)


@given(measurements(most=2), exact_scales, shifts)
def test_unit_and_zero_of_a_measure_change_no_t(values, unit, zero):
    first, second = values.T
    here = paired_change(first, second)
    there = paired_change(unit * (first + zero), unit * (second + zero))
    assert np.sign(unit) * there.t == pytest.approx(here.t, **CLOSE)
    assert there.d == pytest.approx(here.d, **CLOSE)


@given(measurements(most=2))
def test_two_measurements_give_the_square_of_t(values):
    t, anova = paired_change(*values.T), repeated_measures(values)
    assert anova.f == pytest.approx(t.t**2, **CLOSE)
    assert anova.p == pytest.approx(t.p, **CLOSE)
    assert anova.epsilon == pytest.approx(1.0)


@given(with_orders(measurements(least=3)), exact_scales, shifts)
def test_order_level_and_unit_of_the_cases_change_nothing(drawn, unit, zero):
    values, order = drawn
    own = np.arange(len(values))[:, None]
    here = repeated_measures(values)
    there = repeated_measures(unit * (values + zero + own)[order])
    assert numbers_of(there) == pytest.approx(numbers_of(here), **CLOSE)


@given(measurements(least=3, most=3))
def test_order_of_the_occasions_changes_nothing(values):
    here = numbers_of(repeated_measures(values))
    for order in permutations(range(3)):
        there = repeated_measures(values[:, list(order)])
        assert numbers_of(there) == pytest.approx(here, **CLOSE)


@given(measurements(least=3))
def test_epsilon_and_eta_stay_in_their_bounds_and_go_with_f(values):
    found = repeated_measures(values)
    assert 1 / found.df1 - 1e-12 <= found.epsilon <= 1 + 1e-12
    assert 0.0 <= found.eta_squared <= 1.0
    ratio = found.eta_squared / (1.0 - found.eta_squared)
    assert found.f == pytest.approx(ratio * found.df2 / found.df1, **CLOSE)


@given(st.floats(0.0, 1.0), st.integers(1, 20))
def test_bonferroni_stays_a_probability_and_never_helps(p, comparisons):
    assert p <= bonferroni(p, comparisons) <= 1.0


@given(clustered())
def test_the_icc_is_that_of_fractions(drawn):
    values, cluster = drawn
    found = icc_anova(values, cluster)
    assert found.value == pytest.approx(exact_icc(values, cluster), **CLOSE)


@given(clustered(), exact_scales, shifts, st.permutations(range(6)), st.randoms())
def test_order_label_unit_and_zero_change_no_icc(drawn, unit, zero, names, random):
    values, cluster = drawn
    order = list(range(len(values)))
    random.shuffle(order)
    here = icc_anova(values, cluster)
    there = icc_anova(
        unit * (values + zero)[order], 7 * np.array(names)[cluster][order]
    )
    assert there.value == pytest.approx(here.value, **CLOSE)
    assert there.mean_size == pytest.approx(here.mean_size)


@given(clustered())
def test_the_icc_stays_in_its_bounds(drawn):
    found = icc_anova(*drawn)
    assert found.value <= 1.0 + 1e-12
    if found.mean_size > 1.0:
        assert found.value >= -1.0 / (found.mean_size - 1.0) - 1e-9


@given(effects, effects, st.integers(10, 500), st.integers(1, 6))
def test_power_lies_between_level_and_one_and_rises(first, second, n, predictors):
    less, more = sorted((first, second))
    low, high = (coefficient_power(e, n, predictors) for e in (less, more))
    assert 0.05 - 1e-9 <= low <= high + 1e-9 <= 1.0 + 2e-9
    assert high <= coefficient_power(more, n + 50, predictors) + 1e-9
