"""Regressions on ill-conditioned input: the exact answer, or a sentence."""

import numpy as np
import pytest

from smcm.errors import DegenerateDataError
from smcm.stats.mediation import fit_paths
from smcm.stats.ols import STANDARD_ERRORS, fit_linear
from tests.stats.exact import OFFSETS, exact_fit, sample

EXACT = 1e-10  # relative; of 16 digits, six are left to the conditioning of the data
COLLINEAR_DIGITS = 1e-7  # relative; columns that share all but 1e-5 of their length
TOO_FAR = (1e16, 1e18)  # a step of a double is longer there than the SD of the data


def require_exact(design, outcome, tolerance=EXACT):
    fit = fit_linear(design, outcome)
    slope, se, sse = exact_fit(design, outcome)
    np.testing.assert_allclose(fit.slope, [float(s) for s in slope], rtol=tolerance)
    np.testing.assert_allclose(fit.se, se, rtol=tolerance)
    assert fit.sse == pytest.approx(sse, rel=tolerance)


@pytest.mark.parametrize("offset", OFFSETS)
@pytest.mark.parametrize("part", ["x", "c", "y"])
def test_a_large_offset_costs_no_digits(offset, part):
    x, m, y, c = sample()
    moved = {"x": x, "c": c, "y": y} | {part: {"x": x, "c": c, "y": y}[part] + offset}
    design = np.column_stack([np.ones(len(x)), m, moved["x"], moved["c"]])
    require_exact(design, moved["y"])


@pytest.mark.parametrize("offset", OFFSETS)
def test_total_stays_direct_plus_indirect_beside_a_large_offset(offset):
    x, m, y, c = (values + offset for values in sample())
    fit = fit_paths(x, m, y, c[:, None])
    assert fit.total == pytest.approx(fit.direct + fit.indirect, rel=EXACT)


@pytest.mark.parametrize("offset", OFFSETS)
@pytest.mark.parametrize("kind", STANDARD_ERRORS)
def test_every_kind_of_error_is_blind_to_an_offset(offset, kind):
    x, m, _, c = sample()
    plain = fit_linear(np.column_stack([np.ones(len(x)), x, c]), m, kind)
    far = fit_linear(np.column_stack([np.ones(len(x)), x + offset, c]), m, kind)
    np.testing.assert_allclose(far.se[1:], plain.se[1:], rtol=EXACT)
    assert far.f == pytest.approx(plain.f, rel=EXACT)


@pytest.mark.parametrize("offset", TOO_FAR)
def test_an_offset_that_swallows_the_data_is_refused(offset):
    x, m, y, _ = sample()
    design = np.column_stack([np.ones(len(x)), m, x + offset])
    with pytest.raises(DegenerateDataError, match="determine one another"):
        fit_linear(design, y)


@pytest.mark.parametrize("own", [1e-3, 1e-5])
def test_nearly_collinear_columns_give_the_exact_slopes_or_are_refused(own):
    x, _, y, c = sample()
    close = x + own * c
    require_exact(np.column_stack([np.ones(len(x)), x, close]), y, COLLINEAR_DIGITS)


@pytest.mark.parametrize("own", [0.0, 1e-9, 1e-12])
def test_columns_nearer_than_that_are_refused(own):
    x, _, y, c = sample()
    with pytest.raises(DegenerateDataError, match="determine one another"):
        fit_linear(np.column_stack([np.ones(len(x)), x, x + own * c]), y)


@pytest.mark.parametrize("column", [[0.1], [3.0], [0.3, 0.1 + 0.2]])
def test_a_column_that_varies_by_rounding_alone_is_refused(column):
    _, m, y, _ = sample()
    flat = np.resize(column, len(y))
    with pytest.raises(DegenerateDataError, match="constant"):
        fit_linear(np.column_stack([np.ones(len(y)), m, flat]), y)


@pytest.mark.parametrize("outcome", [[0.1], [0.0], [1e9], [0.3, 0.1 + 0.2]])
def test_a_constant_outcome_has_no_slope_and_no_test(outcome):
    x, *_ = sample()
    design = np.column_stack([np.ones(len(x)), x])
    fit = fit_linear(design, np.resize(outcome, len(x)))
    assert fit.slope[0] == pytest.approx(outcome[0])
    assert (fit.slope[1], fit.se[1], fit.sse, fit.sst) == (0.0, 0.0, 0.0, 0.0)
    assert np.isnan([*fit.t, *fit.p, fit.r2, fit.f, fit.f_p]).all()


@pytest.mark.parametrize("kind", STANDARD_ERRORS)
@pytest.mark.parametrize("offset", [0.0, 1e6, 1e10])
def test_a_perfect_fit_has_its_slopes_and_no_test(kind, offset):
    x, m, _, c = sample()
    x = x / 3 + offset  # thirds, so that the outcome is rounded
    design = np.column_stack([np.ones(len(x)), m, x, c])
    fit = fit_linear(design, 0.1 + 2 * m + x / 7, kind)
    np.testing.assert_allclose(fit.slope[1:3], [2.0, 1 / 7], rtol=1e-5)
    assert (fit.sse, fit.r2, fit.mse) == (0.0, 1.0, 0.0)
    assert (fit.se == 0.0).all()
    assert np.isnan([*fit.t, *fit.p, fit.f, fit.f_p]).all()


def test_a_nearly_perfect_fit_is_no_perfect_one():
    x, m, y, _ = sample()
    design = np.column_stack([np.ones(len(x)), m, x])
    fit = fit_linear(design, 2 * m + x + 1e-9 * y)
    assert fit.sse == pytest.approx(1e-18 * fit_linear(design, y).sse, rel=1e-4)
    assert np.isfinite(fit.p).all()


def test_perfect_mediation_has_its_paths():
    x, m, _, c = sample()
    fit = fit_paths(x, m, 2 * m / 3 + 1, c[:, None])
    assert fit.b == pytest.approx(2 / 3, rel=EXACT)
    assert fit.direct == pytest.approx(0.0, abs=1e-14)
    assert np.isnan(fit.to_outcome.p).all()
    assert np.isfinite(fit.to_mediator.p).all()
    assert fit.total == pytest.approx(fit.indirect, rel=EXACT)
