"""Regressions and the paths of a mediation model, whatever the data."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smcm.stats.mediation import fit_paths
from smcm.stats.ols import STANDARD_ERRORS, fit_linear, independent_columns
from tests.properties.strategies import (
    levels,
    samples,
    scales,
    shifts,
    with_orders,
)

IDENTITY = 1e-10  # relative to the size of the parts; as the issue asks
CLOSE = {"rtol": 1e-9, "atol": 1e-11}  # two ways to the same number
FIGURES = ("a", "b", "direct", "total", "indirect")
kinds = st.sampled_from(STANDARD_ERRORS)


def paths_of(fit):
    return np.array([getattr(fit, name) for name in FIGURES])


def design_of(sample):
    return np.column_stack([np.ones(len(sample)), sample.x, sample.m, sample.c])


def residual(outcome, *columns):
    design = np.column_stack([np.ones(len(outcome)), *columns])
    return outcome - design @ np.linalg.lstsq(design, outcome, rcond=None)[0]


@given(samples())
def test_total_is_direct_plus_indirect(sample):
    fit = fit_paths(*sample.parts)
    size = abs(fit.total) + abs(fit.direct) + abs(fit.indirect)
    assert abs(fit.total - fit.direct - fit.indirect) <= IDENTITY * size


@given(samples())
def test_paths_are_slopes_of_residuals(sample):
    """Frisch, Waugh and Lovell."""
    x, m, y, c = sample.parts
    fit = fit_paths(x, m, y, c)
    own_x, own_m, beside_m = residual(x, c), residual(m, x, c), residual(x, m, c)
    expected = [
        own_x @ m / (own_x @ own_x),
        own_m @ y / (own_m @ own_m),
        beside_m @ y / (beside_m @ beside_m),
    ]
    np.testing.assert_allclose([fit.a, fit.b, fit.direct], expected, **CLOSE)


@given(with_orders(samples()), kinds)
def test_order_of_the_cases_changes_nothing(drawn, kind):
    sample, order = drawn
    here, there = (fit_paths(*s.parts, kind) for s in (sample, sample.take(order)))
    np.testing.assert_allclose(paths_of(there), paths_of(here), **CLOSE)
    np.testing.assert_allclose(there.to_outcome.se, here.to_outcome.se, **CLOSE)


@given(samples(), scales, scales, scales, kinds)
def test_units_carry_over_and_t_has_none(sample, of_x, of_m, of_y, kind):
    x, m, y, c = sample.parts
    here, there = (
        fit_paths(x, m, y, c, kind),
        fit_paths(of_x * x, of_m * m, of_y * y, c, kind),
    )
    ratio = np.array([of_m / of_x, of_y / of_m, *[of_y / of_x] * 3])
    np.testing.assert_allclose(paths_of(there) / ratio, paths_of(here), **CLOSE)
    sign = np.sign([of_m * of_y, of_x * of_y])
    t = here.to_outcome.t[1:3]
    np.testing.assert_allclose(there.to_outcome.t[1:3] * sign, t, **CLOSE)


@given(samples(), shifts, shifts, shifts)
def test_zeros_of_the_scales_change_nothing_but_the_constant(sample, of_x, of_m, of_y):
    x, m, y, c = sample.parts
    here, there = fit_paths(x, m, y, c), fit_paths(x + of_x, m + of_m, y + of_y, c)
    np.testing.assert_allclose(paths_of(there), paths_of(here), **CLOSE)
    np.testing.assert_allclose(there.to_outcome.t[1:], here.to_outcome.t[1:], **CLOSE)


@given(samples(), st.permutations(range(3)))
def test_order_of_columns_orders_the_slopes(sample, turned):
    design = design_of(sample)
    kept = [k for k in turned if k < sample.c.shape[1]]
    place = np.array([0, 2, 1, *(3 + k for k in kept)])
    here, there = fit_linear(design, sample.y), fit_linear(design[:, place], sample.y)
    np.testing.assert_allclose(there.slope, here.slope[place], **CLOSE)
    np.testing.assert_allclose(there.p, here.p[place], **CLOSE)


@given(samples(covariates=3), st.integers(-3, 3), st.integers(-3, 3))
def test_a_mixture_of_the_covariates_changes_no_path(sample, first, second):
    q = sample.c.shape[1]
    mix = np.eye(q) + first * np.eye(q, k=1) + second * np.eye(q, k=2)
    here = fit_paths(*sample.parts)
    there = fit_paths(*sample.but(c=sample.c @ mix).parts)
    np.testing.assert_allclose(paths_of(there), paths_of(here), rtol=1e-7, atol=1e-9)


@given(samples(), levels, kinds)
def test_p_and_interval_agree(sample, level, kind):
    fit = fit_linear(design_of(sample), sample.y, kind)
    low, high = fit.limits(level)
    clear = np.abs(fit.p - (1 - level)) > 1e-9  # neither can tell on the very edge
    excludes = (low > 0) | (high < 0)
    np.testing.assert_array_equal(excludes[clear], (fit.p < 1 - level)[clear])


@given(samples(), kinds)
def test_the_interval_at_the_level_of_p_ends_at_zero(sample, kind):
    fit = fit_linear(design_of(sample), sample.y, kind)
    for k, p in enumerate(fit.p):
        if 1e-6 < p < 1.0 - 1e-6:  # 1 - p keeps its digits
            low, high = fit.limits(1.0 - p)
            nearest = min(abs(low[k]), abs(high[k]))
            assert nearest <= 1e-7 * (fit.se[k] + abs(fit.slope[k]))


@given(samples(), kinds)
def test_more_coverage_takes_a_wider_interval(sample, kind):
    fit = fit_linear(design_of(sample), sample.y, kind)
    (low, high), (wide_low, wide_high) = fit.limits(0.8), fit.limits(0.9)
    assert ((wide_low < low) & (low < fit.slope)).all()
    assert ((fit.slope < high) & (high < wide_high)).all()


@given(samples(), st.integers(0, 2), st.sampled_from([-0.3, -1e-3, 1e-3, 0.3]))
def test_no_other_slopes_have_less_error(sample, place, step):
    design = design_of(sample)
    fit = fit_linear(design, sample.y)
    other = fit.slope.copy()
    other[place] += step
    assert ((sample.y - design @ other) ** 2).sum() > fit.sse


@given(samples(covariates=3))
def test_a_further_column_never_raises_the_error(sample):
    design = design_of(sample)
    errors = [
        fit_linear(design[:, :k], sample.y).sse for k in range(1, design.shape[1] + 1)
    ]
    assert all(b <= a * (1 + 1e-12) for a, b in pairwise(errors))


@given(samples())
def test_r2_is_the_squared_correlation_with_what_is_fitted(sample):
    design = design_of(sample)
    fit = fit_linear(design, sample.y)
    r = np.corrcoef(design @ fit.slope, sample.y)[0, 1]
    assert 0.0 <= fit.r2 <= 1.0
    assert fit.r2 == pytest.approx(r**2, rel=1e-9, abs=1e-11)


@given(samples())
def test_f_is_the_error_that_the_columns_take_away(sample):
    design = design_of(sample)
    fit = fit_linear(design, sample.y)
    taken = (fit.sst - fit.sse) / (design.shape[1] - 1)
    assert fit.f == pytest.approx(taken / fit.mse, rel=1e-9, abs=1e-11)


@given(samples())
def test_cases_entered_twice_change_the_errors_by_their_df_alone(sample):
    here = fit_linear(design_of(sample), sample.y)
    both = sample.take(np.tile(np.arange(len(sample)), 2))
    there = fit_linear(design_of(both), both.y)
    np.testing.assert_allclose(there.slope, here.slope, **CLOSE)
    np.testing.assert_allclose(there.se, here.se * np.sqrt(here.df / there.df), **CLOSE)


@given(samples())
def test_corrections_for_leverage_only_widen(sample):
    design = design_of(sample)
    hc0, hc2, hc3 = (
        fit_linear(design, sample.y, kind).se for kind in ("hc0", "hc2", "hc3")
    )
    assert (hc0 <= hc2 * (1 + 1e-12)).all()
    assert (hc2 <= hc3 * (1 + 1e-12)).all()


@given(samples())
def test_standardized_paths_are_those_of_z_scores(sample):
    z = [(v - v.mean()) / v.std(ddof=1) for v in (sample.x, sample.m, sample.y)]
    here, there = fit_paths(*sample.parts), fit_paths(*z, sample.c)
    ours = [here.a_standardized, here.b_standardized, here.direct_standardized]
    np.testing.assert_allclose(ours, paths_of(there)[:3], **CLOSE)
    np.testing.assert_allclose(here.indirect_cs, there.indirect, **CLOSE)


@given(samples(), st.integers(-5, 5), st.integers(1, 5))
def test_a_column_made_of_others_is_the_one_left_out(sample, first, second):
    design = design_of(sample)
    made = first * design[:, 1] + second * design[:, 2] + 7.0
    more = np.column_stack([design, made])
    np.testing.assert_array_equal(independent_columns(more), np.arange(design.shape[1]))


@given(samples(), st.integers(-9, 9), st.integers(-9, 9), kinds)
def test_a_perfect_line_has_no_error_and_no_p(sample, first, second, kind):
    line = first * sample.x / 3 + second * sample.m / 7 + 0.1
    fit = fit_linear(design_of(sample), line, kind)
    np.testing.assert_allclose(fit.slope[1:3], [first / 3, second / 7], **CLOSE)
    assert fit.sse == 0.0
    assert np.isnan(fit.p).all()
