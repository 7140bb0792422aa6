"""Least squares against R's lm, statsmodels, NIST's Longley data and identities."""

import numpy as np
import pytest
import statsmodels.api as sm

from smcm.errors import DegenerateDataError, UnknownValueError
from smcm.stats.ols import STANDARD_ERRORS, fit_linear, independent_columns

EXACT = 1e-10  # relative; both sides solve the same system by orthogonal methods
KEPT = 1e-9  # relative; R's digits are written to 16 places
LONGLEY_DIGITS = 1e-8  # relative; the data are ill-conditioned on purpose
HC_KINDS = ("hc0", "hc1", "hc2", "hc3")


def design_of(frame, *columns):
    return np.column_stack([np.ones(len(frame)), frame[list(columns)].to_numpy()])


def equations(result):
    """Design columns and outcome of the three equations, in R's order."""
    spec = result.mediation.spec
    return {
        "to_mediator": ((spec.x, *spec.covariates), spec.m),
        "to_outcome": ((spec.m, spec.x, *spec.covariates), spec.y),
        "to_total": ((spec.x, *spec.covariates), spec.y),
    }


@pytest.fixture(scope="module")
def lm(oracle):
    return oracle("models").set_index(["window", "model", "equation"]).sort_index()


@pytest.fixture(scope="module")
def lm_fit(oracle):
    return oracle("models_fit", "models").set_index(["window", "model", "equation"])


@pytest.mark.parametrize("days", [90, 180, 270])
@pytest.mark.parametrize("equation", ["to_mediator", "to_outcome", "to_total"])
def test_every_coefficient_of_the_eight_models_is_that_of_lm(study, lm, days, equation):
    for result in study.windows[days]:
        fit = getattr(result.mediation.paths, equation)
        kept = lm.loc[(days, result.model.key, equation)]
        columns, _ = equations(result)[equation]
        assert list(kept["term"]) == ["(Intercept)", *columns]
        low, high = fit.limits()
        ours = np.column_stack([fit.slope, fit.se, fit.t, fit.p, low, high])
        theirs = kept[["estimate", "se", "t", "p", "low", "high"]].to_numpy()
        np.testing.assert_allclose(ours, theirs, rtol=KEPT)


@pytest.mark.parametrize("days", [90, 180, 270])
def test_model_summaries_are_those_of_lm(study, lm_fit, days):
    for result in study.windows[days]:
        for equation in equations(result):
            fit = getattr(result.mediation.paths, equation)
            kept = lm_fit.loc[(days, result.model.key, equation)]
            ours = [fit.n, fit.df, fit.r2, fit.mse, fit.f, fit.f_p]
            theirs = kept[["n", "df", "r2", "mse", "f", "f_p"]]
            np.testing.assert_allclose(ours, theirs, rtol=KEPT)


@pytest.mark.parametrize("kind", STANDARD_ERRORS[1:])
def test_robust_standard_errors_are_those_written_out_in_r(study, frame, lm, kind):
    for result in study.models:
        for equation, (columns, outcome) in equations(result).items():
            fit = fit_linear(design_of(frame, *columns), frame[outcome].values, kind)
            kept = lm.loc[(study.run.window_days, result.model.key, equation)]
            np.testing.assert_allclose(fit.se, kept[kind], rtol=KEPT)


def test_robust_f_is_the_wald_f_of_r(study, frame, lm_fit):
    for result in study.models:
        for equation, (columns, outcome) in equations(result).items():
            fit = fit_linear(design_of(frame, *columns), frame[outcome].values, "hc3")
            kept = lm_fit.loc[(study.run.window_days, result.model.key, equation)]
            assert fit.f == pytest.approx(kept["f_hc3"], rel=KEPT)


def test_statsmodels_agrees_on_the_cohort(study, frame):
    for result in study.models:
        for columns, outcome in equations(result).values():
            design, y = design_of(frame, *columns), frame[outcome].to_numpy()
            ours, theirs = fit_linear(design, y), sm.OLS(y, design).fit()
            np.testing.assert_allclose(ours.slope, theirs.params, rtol=EXACT)
            np.testing.assert_allclose(ours.covariance, theirs.cov_params(), rtol=1e-9)
            np.testing.assert_allclose(ours.p, theirs.pvalues, rtol=1e-9)
            np.testing.assert_allclose(
                np.column_stack(ours.limits(0.9)), theirs.conf_int(0.1), rtol=1e-9
            )
            ours_fit = [ours.r2, ours.mse, ours.f, ours.f_p]
            theirs_fit = [
                theirs.rsquared,
                theirs.mse_resid,
                theirs.fvalue,
                theirs.f_pvalue,
            ]
            np.testing.assert_allclose(ours_fit, theirs_fit, rtol=EXACT)


@pytest.mark.parametrize("kind", HC_KINDS)
def test_statsmodels_agrees_on_robust_errors_of_uneven_data(kind):
    rng = np.random.default_rng(3)
    x = rng.lognormal(size=(40, 3))  # some cases have much leverage
    design = np.column_stack([np.ones(40), x])
    y = x[:, 0] + rng.normal(size=40) * x[:, 1]
    ours = fit_linear(design, y, kind)
    theirs = sm.OLS(y, design).fit(cov_type=kind.upper(), use_t=True)
    np.testing.assert_allclose(ours.se, theirs.bse, rtol=EXACT)
    np.testing.assert_allclose(ours.p, theirs.pvalues, rtol=EXACT)


@pytest.mark.parametrize("kind", ["hc2", "hc3"])
def test_a_case_alone_in_its_category_counts_as_if_it_were_not_there(kind):
    rng = np.random.default_rng(4)
    design = np.column_stack([np.ones(30), rng.normal(size=(30, 2)), np.arange(30) < 1])
    y = rng.normal(size=30)
    with_it = fit_linear(design, y, kind)
    without = fit_linear(design[1:, :3], y[1:], kind)
    np.testing.assert_allclose(with_it.se[:3], without.se, rtol=EXACT)
    assert np.isfinite(fit_linear(design, y, "hc4").se).all()


def test_longley_comes_out_as_nist_certifies():
    # https://www.itl.nist.gov/div898/strd/lls/data/Longley.shtml
    data = sm.datasets.longley.load_pandas()
    design = np.column_stack([np.ones(16), data.exog.to_numpy()])
    fit = fit_linear(design, data.endog.to_numpy())
    slope = [
        *(-3482258.63459582, 15.0618722713733, -0.358191792925910e-01),
        *(-2.02022980381683, -1.03322686717359, -0.511041056535807e-01),
        1829.15146461355,
    ]
    errors = [
        *(890420.383607373, 84.9149257747669, 0.334910077722432e-01),
        *(0.488399681651699, 0.214274163161675, 0.226073200069370),
        455.478499142212,
    ]
    np.testing.assert_allclose(fit.slope, slope, rtol=LONGLEY_DIGITS)
    np.testing.assert_allclose(fit.se, errors, rtol=LONGLEY_DIGITS)
    assert fit.r2 == pytest.approx(0.995479004577296, rel=LONGLEY_DIGITS)
    assert fit.f == pytest.approx(330.285339234588, rel=LONGLEY_DIGITS)
    assert fit.mse == pytest.approx(304.854073561965**2, rel=LONGLEY_DIGITS)


def test_a_perfect_line_is_found():
    x = np.arange(6.0)
    fit = fit_linear(np.column_stack([np.ones(6), x]), 2.0 + 3.0 * x)
    np.testing.assert_allclose(fit.slope, [2.0, 3.0], atol=1e-12)
    assert fit.r2 == pytest.approx(1.0)


def test_the_constant_alone_has_no_f():
    fit = fit_linear(np.ones((5, 1)), np.arange(5.0))
    assert np.isnan(fit.f)
    assert fit.slope == pytest.approx([2.0])


def test_later_of_dependent_columns_goes_as_in_lm():
    rng = np.random.default_rng(5)
    first, second = rng.normal(size=(2, 30))
    columns = [np.ones(30), first, np.full(30, 4.0), second, first - 2 * second]
    np.testing.assert_array_equal(
        independent_columns(np.column_stack(columns)), [0, 1, 3]
    )


def test_a_nearly_repeated_column_of_other_scale_stays():
    rng = np.random.default_rng(6)
    first = rng.normal(size=50)
    other = 1e-6 * (first + 1e-3 * rng.normal(size=50))
    design = np.column_stack([np.ones(50), first, other])
    assert independent_columns(design).size == 3


@pytest.mark.parametrize("n", [2, 3])
def test_no_more_cases_than_coefficients_is_refused(n):
    with pytest.raises(DegenerateDataError, match=rf"{n} cases cannot carry .* 3"):
        fit_linear(np.column_stack([np.ones(n), np.eye(n, 2)]), np.arange(float(n)))


def test_dependent_columns_are_refused():
    design = np.column_stack([np.ones(9), np.arange(9.0), 2.0 * np.arange(9.0)])
    with pytest.raises(DegenerateDataError, match="determine one another"):
        fit_linear(design, np.ones(9))


def test_unknown_kind_of_error_is_refused_with_the_nearest():
    design = np.column_stack([np.ones(9), np.arange(9.0)])
    with pytest.raises(UnknownValueError, match="Did you mean 'hc3'"):
        fit_linear(design, np.arange(9.0) ** 2, "hc33")
