"""Both equations on one sample: identities that hold for every data set."""

import numpy as np
import pytest

from smcm.errors import DegenerateDataError
from smcm.stats.crossproducts import ModelColumns
from smcm.stats.mediation import AT_ONCE, fit_model, fit_paths

EXACT = 1e-10  # relative
PATHS = ("a", "b", "direct", "total", "indirect")


def sample(seed, n=80, covariates=3):
    rng = np.random.default_rng(seed)
    c = rng.normal(size=(n, covariates))
    x = rng.normal(size=n) + c @ np.ones(covariates)
    m = 0.4 * x + rng.gamma(2.0, size=n)
    return x, m, 0.3 * m - 0.2 * x + rng.normal(size=n), c


def paths_of(fit):
    return np.array([getattr(fit, name) for name in PATHS])


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("covariates", [0, 1, 6])
def test_total_is_direct_plus_indirect(seed, covariates):
    fit = fit_paths(*sample(seed, covariates=covariates))
    assert fit.total == pytest.approx(fit.direct + fit.indirect, rel=EXACT)


def test_total_is_direct_plus_indirect_in_the_eight_models(study):
    for results in study.windows.values():
        for result in results:
            fit = result.mediation.paths
            assert fit.total == pytest.approx(fit.direct + fit.indirect, rel=EXACT)


def residual(y, *columns):
    design = np.column_stack([np.ones(len(y)), *columns])
    return y - design @ np.linalg.lstsq(design, y, rcond=None)[0]


@pytest.mark.parametrize("seed", range(5))
def test_paths_are_slopes_of_residuals(seed):
    """Frisch, Waugh and Lovell: partial out the rest, then regress on what is left."""
    x, m, y, c = sample(seed)
    fit = fit_paths(x, m, y, c)
    rx, rm = residual(x, c), residual(m, x, c)
    assert fit.a == pytest.approx(rx @ residual(m, c) / (rx @ rx), rel=EXACT)
    assert fit.b == pytest.approx(rm @ residual(y, x, c) / (rm @ rm), rel=EXACT)
    rx_m = residual(x, m, c)
    expected = rx_m @ residual(y, m, c) / (rx_m @ rx_m)
    assert fit.direct == pytest.approx(expected, rel=EXACT)


def test_units_carry_over():
    x, m, y, c = sample(1)
    plain = fit_paths(x, m, y, c)
    moved = fit_paths(10 * x + 3, 0.5 * m - 7, 4 * y + 100, 2 * c - 5)
    ratio = np.array([0.05, 8.0, 0.4, 0.4, 0.4])
    np.testing.assert_allclose(paths_of(moved), paths_of(plain) * ratio, rtol=1e-9)
    same = ("a_standardized", "b_standardized", "direct_standardized", "indirect_cs")
    for name in same:
        assert getattr(moved, name) == pytest.approx(getattr(plain, name), rel=1e-9)
    assert moved.indirect_ps == pytest.approx(plain.indirect_ps / 10, rel=1e-9)


def test_standardized_paths_are_paths_of_standardized_variables():
    x, m, y, c = sample(2)
    z = [(v - v.mean()) / v.std(ddof=1) for v in (x, m, y)]
    plain, standard = fit_paths(x, m, y, c), fit_paths(*z, c)
    assert plain.a_standardized == pytest.approx(standard.a, rel=EXACT)
    assert plain.b_standardized == pytest.approx(standard.b, rel=EXACT)
    assert plain.direct_standardized == pytest.approx(standard.direct, rel=EXACT)
    assert plain.indirect_cs == pytest.approx(standard.indirect, rel=EXACT)


def test_order_of_the_rows_changes_nothing():
    x, m, y, c = sample(3)
    order = np.random.default_rng(0).permutation(len(x))
    first = fit_paths(x, m, y, c)
    again = fit_paths(x[order], m[order], y[order], c[order])
    np.testing.assert_allclose(paths_of(again), paths_of(first), rtol=EXACT)
    np.testing.assert_allclose(again.to_outcome.se, first.to_outcome.se, rtol=EXACT)


def test_a_mixture_of_the_covariates_changes_nothing():
    x, m, y, c = sample(4)
    turn = np.random.default_rng(1).normal(size=(3, 3))
    first, again = fit_paths(x, m, y, c), fit_paths(x, m, y, c @ turn)
    np.testing.assert_allclose(paths_of(again), paths_of(first), rtol=1e-9)


def test_the_input_is_not_changed():
    data = sample(5)
    before = [values.copy() for values in data]
    fit_paths(*data)
    for now, then in zip(data, before, strict=True):
        np.testing.assert_array_equal(now, then)


@pytest.mark.parametrize("mediators", [1, 2])
def test_every_set_of_a_stack_is_fitted_as_if_alone(mediators):
    stack = np.random.default_rng(9).normal(size=(2 * AT_ONCE + 3, 40, 7))
    model = ModelColumns(x=4, m=1, y=6, covariates=(0, 3), more=(5,)[: mediators - 1])
    m = [1, 5] if mediators == 2 else 1
    fits = fit_model(stack, model, "hc2")
    for values, fit in zip(stack, fits, strict=True):
        x, y, c = values[:, 4], values[:, 6], values[:, [0, 3]]
        alone = fit_paths(x, values[:, m], y, c, "hc2")
        for found, expected in zip(fit.fits, alone.fits, strict=True):
            np.testing.assert_allclose(found.slope, expected.slope, rtol=EXACT)
            np.testing.assert_allclose(found.se, expected.se, rtol=EXACT)
        for name in ("sd_x", "sd_m", "sd_y"):
            np.testing.assert_allclose(getattr(fit, name), getattr(alone, name))


def test_robust_errors_leave_the_paths_alone():
    data = sample(6)
    classical, robust = fit_paths(*data), fit_paths(*data, "hc3")
    np.testing.assert_array_equal(paths_of(classical), paths_of(robust))
    assert np.all(classical.to_outcome.se != robust.to_outcome.se)


@pytest.mark.fault("data or choices that carry no analysis")
@pytest.mark.parametrize("part", [0, 3], ids=["x", "a covariate"])
def test_a_constant_column_is_refused(part):
    data = list(sample(7, covariates=1))
    data[part] = np.ones_like(data[part])
    with pytest.raises(DegenerateDataError, match="determine one another"):
        fit_paths(*data)


@pytest.mark.fault("data or choices that carry no analysis")
def test_m_that_is_x_again_is_refused():
    x, _, y, c = sample(8)
    with pytest.raises(DegenerateDataError, match="determine one another"):
        fit_paths(x, 2 * x - 1, y, c)
