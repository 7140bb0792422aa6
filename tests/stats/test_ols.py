"""Least squares against R's lm, psych, statsmodels and identities."""

import numpy as np
import pytest
import statsmodels.api as sm

from smcm.errors import DegenerateDataError, UnknownValueError
from smcm.stats.cluster_robust import CLUSTER_ROBUST
from smcm.stats.ols import (
    EVERY_ERROR,
    STANDARD_ERRORS,
    fit_linear,
    fit_sets,
    independent_columns,
)

EXACT = 1e-10  # relative; both sides solve the same system by orthogonal methods
KEPT = 1e-9  # relative; R's digits are written to 16 places
STATSMODELS = {"source": "statsmodels", "rel": KEPT}
LM = {"source": "R", "script": "models", "rel": KEPT}
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
def test_every_coefficient_of_the_eight_models_is_that_of_lm(
    study, lm, compare, days, equation
):
    for result in study.windows[days]:
        fit = getattr(result.mediation.paths, equation)
        kept = lm.loc[(days, result.model.key, equation)]
        columns, _ = equations(result)[equation]
        assert list(kept["term"]) == ["(Intercept)", *columns]
        low, high = fit.limits()
        ours = np.column_stack([fit.slope, fit.se, fit.t, fit.p, low, high])
        theirs = kept[["estimate", "se", "t", "p", "low", "high"]].to_numpy()
        compare(ours, theirs, **LM, what="coefficient, error, t, p and limits (lm)")


@pytest.mark.parametrize("days", [90, 180, 270])
def test_model_summaries_are_those_of_lm(study, lm_fit, compare, days):
    for result in study.windows[days]:
        for equation in equations(result):
            fit = getattr(result.mediation.paths, equation)
            kept = lm_fit.loc[(days, result.model.key, equation)]
            ours = [fit.n, fit.df, fit.r2, fit.mse, fit.f, fit.f_p]
            theirs = kept[["n", "df", "r2", "mse", "f", "f_p"]]
            compare(ours, theirs, **LM, what="summary of a model (lm)")


@pytest.mark.parametrize("kind", STANDARD_ERRORS[1:])
def test_robust_standard_errors_are_those_written_out_in_r(
    study, frame, lm, compare, kind
):
    for result in study.models:
        for equation, (columns, outcome) in equations(result).items():
            fit = fit_linear(design_of(frame, *columns), frame[outcome].values, kind)
            kept = lm.loc[(study.run.window_days, result.model.key, equation)]
            compare(fit.se, kept[kind], **LM, what="robust errors, written out in R")


def test_robust_f_is_the_wald_f_of_r(study, frame, lm_fit, compare):
    for result in study.models:
        for equation, (columns, outcome) in equations(result).items():
            fit = fit_linear(design_of(frame, *columns), frame[outcome].values, "hc3")
            kept = lm_fit.loc[(study.run.window_days, result.model.key, equation)]
            compare(fit.f, kept["f_hc3"], **LM, what="robust F, written out in R")


def test_statsmodels_agrees_on_the_cohort(study, frame, compare):
    for result in study.models:
        for columns, outcome in equations(result).values():
            design, y = design_of(frame, *columns), frame[outcome].to_numpy()
            ours, theirs = fit_linear(design, y), sm.OLS(y, design).fit()
            low, high = ours.limits(0.9)
            ours_terms = np.column_stack([ours.slope, ours.se, ours.p, low, high])
            theirs_terms = np.column_stack(
                [theirs.params, theirs.bse, theirs.pvalues, theirs.conf_int(0.1)]
            )
            what = "coefficient, error, p and limits (OLS)"
            compare(ours_terms, theirs_terms, **STATSMODELS, what=what)
            np.testing.assert_allclose(ours.covariance, theirs.cov_params(), rtol=1e-9)
            ours_fit = [ours.r2, ours.mse, ours.f, ours.f_p]
            theirs_fit = [
                theirs.rsquared,
                theirs.mse_resid,
                theirs.fvalue,
                theirs.f_pvalue,
            ]
            compare(
                ours_fit, theirs_fit, **STATSMODELS, what="summary of a model (OLS)"
            )


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


@pytest.mark.parametrize("kind", HC_KINDS)
def test_a_covariate_true_of_one_case_has_no_robust_error_and_changes_no_other(kind):
    rng = np.random.default_rng(4)
    design = np.column_stack([np.ones(30), rng.normal(size=(30, 2)), np.arange(30) < 1])
    y = rng.normal(size=30)
    with_it = fit_linear(design, y, kind)
    if kind in ("hc2", "hc3"):  # in the others n / k stands, which the case changes
        without = fit_linear(design[1:, :3], y[1:], kind)
        np.testing.assert_allclose(with_it.se[:3], without.se, rtol=EXACT)
    for numbers in (with_it.se, with_it.t, with_it.p, *with_it.limits()):
        assert np.isnan(numbers).tolist() == [False, False, False, True]
    assert np.isnan(with_it.f)
    classical = fit_linear(design, y)
    assert np.isfinite(classical.se).all()
    np.testing.assert_array_equal(with_it.slope, classical.slope)


def test_what_the_formula_gives_for_one_case_is_not_its_error():
    """Why there is none: over many outcomes the formula's error is far from the SD."""
    rng = np.random.default_rng(5)
    design = np.column_stack([np.ones(60), rng.normal(size=60), np.arange(60) < 1])
    fits = [sm.OLS(y, design).fit(cov_type="HC0") for y in rng.normal(size=(300, 60))]
    formula = np.mean([fit.bse[2] for fit in fits])
    assert formula < 0.3 * np.std([fit.params[2] for fit in fits])


@pytest.mark.parametrize("kind", HC_KINDS)
def test_a_constant_that_rests_on_one_case_has_no_robust_error(kind):
    rng = np.random.default_rng(6)
    group = np.array([0] + [1] * 14 + [2] * 15)  # the reference is true of one case
    dummies = np.equal.outer(group, [1, 2]).astype(float)
    design = np.column_stack([np.ones(30), rng.normal(size=30), dummies])
    fit = fit_linear(design, rng.normal(size=30), kind)
    assert np.isnan(fit.se).tolist() == [True, False, True, True]


def test_every_slope_of_a_model_is_that_of_mediate_in_psych(study, oracle, compare):
    kept = oracle("mediate").replace({"term": {"Intercept": "(Intercept)"}})
    kept = kept.set_index(["model", "equation", "term"])
    result = study.model(kept.index[0][0])
    for equation, (columns, _) in equations(result).items():
        fit = getattr(result.mediation.paths, equation)
        own = kept.loc[(result.model.key, equation)].loc[["(Intercept)", *columns]]
        compare(
            np.column_stack([fit.slope, fit.se, fit.t, fit.p]),
            own[["estimate", "se", "t", "p"]],
            source="psych",
            script="mediate",
            what="coefficient, error, t and p (mediate)",
            rel=KEPT,
        )


def test_a_perfect_line_is_found():
    x = np.arange(6.0)
    fit = fit_linear(np.column_stack([np.ones(6), x]), 2.0 + 3.0 * x)
    np.testing.assert_allclose(fit.slope, [2.0, 3.0], atol=1e-12)
    assert fit.r2 == pytest.approx(1.0)


@pytest.mark.parametrize("kind", EVERY_ERROR)
def test_sets_that_are_fitted_together_are_those_fitted_one_by_one(kind):
    """Among them one with a perfect line, and one where an error does not exist."""
    rng = np.random.default_rng(6)
    teams = np.repeat(np.arange(6), [9, 4, 7, 5, 8, 6])
    designs = rng.normal(size=(4, teams.size, 4)) + 3.0
    designs[:, :, 0] = 1.0
    designs[2, :, 3] = teams == 1
    designs[3, :, 3] = np.arange(teams.size) == 5
    outcomes = rng.normal(size=(2, 4, teams.size))
    outcomes[1, 1] = designs[1] @ [2.0, 1.0, 0.0, -3.0]
    cluster = teams if kind in CLUSTER_ROBUST else None
    fits = fit_sets(designs, outcomes, kind, cluster)
    for fitted, ys in zip(fits, outcomes, strict=True):
        for fit, design, y in zip(fitted, designs, ys, strict=True):
            alone = fit_linear(design, y, kind, cluster)
            for name in ("slope", "covariance", "sse", "sst", "t_df", "n", "df"):
                found, expected = getattr(fit, name), getattr(alone, name)
                np.testing.assert_allclose(found, expected, rtol=EXACT, atol=1e-14)
    assert fits[1][1].sse == 0.0 < min(fit.sse for fit in fits[0])
    lost = [np.isnan(fit.se).any() for fit in fits[0]]
    assert lost[:2] == [False, False]
    assert any(lost) == (kind in CLUSTER_ROBUST or kind in STANDARD_ERRORS[1:])


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


@pytest.mark.fault("data or choices that carry no analysis")
@pytest.mark.parametrize("n", [2, 3])
def test_no_more_cases_than_coefficients_is_refused(n):
    with pytest.raises(DegenerateDataError, match=rf"{n} cases cannot carry .* 3"):
        fit_linear(np.column_stack([np.ones(n), np.eye(n, 2)]), np.arange(float(n)))


@pytest.mark.fault("data or choices that carry no analysis")
def test_dependent_columns_are_refused():
    design = np.column_stack([np.ones(9), np.arange(9.0), 2.0 * np.arange(9.0)])
    with pytest.raises(DegenerateDataError, match="determine one another"):
        fit_linear(design, np.ones(9))


@pytest.mark.fault("data or choices that carry no analysis")
def test_unknown_kind_of_error_is_refused_with_the_nearest():
    design = np.column_stack([np.ones(9), np.arange(9.0)])
    with pytest.raises(UnknownValueError, match="Did you mean 'hc3'"):
        fit_linear(design, np.arange(9.0) ** 2, "hc33")


@pytest.mark.parametrize(
    ("own", "kept"), [(1e-1, 3), (2e-3, 3), (5e-4, 3), (1e-6, 3), (1e-8, 2)]
)
def test_a_column_stays_as_long_as_enough_of_it_is_its_own(own, kept):
    rng = np.random.default_rng(4)
    first, second, rest = np.linalg.qr(rng.normal(size=(50, 3)))[0].T
    design = np.column_stack([first, second, 3.0 * first - second + own * rest])
    assert independent_columns(design).size == kept
