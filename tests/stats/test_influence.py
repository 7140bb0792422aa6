"""Influence of single cases against R and statsmodels, and against refits."""

import numpy as np
import pytest
from statsmodels.regression.linear_model import OLS
from statsmodels.stats.outliers_influence import OLSInfluence
from statsmodels.stats.outliers_influence import variance_inflation_factor as sm_vif

from smcm.chapters.coding.model_checks import equation_of
from smcm.errors import DegenerateDataError
from smcm.stats.influence import condition_number, influence, variance_inflation
from smcm.stats.ols import fit_linear

CLOSE = 1e-9
ROYSTON = 1e-6  # Shapiro and Wilk's p is an approximation, by rounded polynomials


def of(study, row):
    return equation_of(study.model(row["model"]), study.frame, row["path"])


def test_cases_are_those_of_r(study, oracle, compare):
    rows = oracle("influence_cases", "influence")
    for (key, path), group in rows.groupby(["model", "path"]):
        found = equation_of(study.model(key), study.frame, path).influence
        for name, ours in (
            ("leverage", found.leverage),
            ("standardized", found.standardized),
            ("cook", found.cook),
            ("dfbetas", found.dfbetas),
            ("p_without", found.p_without),
            ("partial", found.partial_residual),
        ):
            compare(
                ours,
                group[name].to_numpy(),
                source="R",
                script="influence",
                abs=CLOSE,
                what="leverage, influence and partial residuals of cases",
            )


def test_equations_are_those_of_r(study, oracle, compare):
    for row in oracle("influence").to_dict("records"):
        found = of(study, row)
        compare(
            [
                found.condition,
                found.largest_vif,
                found.influence.cook.max(),
                np.abs(found.influence.dfbetas).max(),
            ],
            [row["kappa"], row["vif"], row["cook"], row["dfbetas"]],
            source="R",
            script="influence",
            rel=CLOSE,
            what="condition number, VIF and largest influence of an equation",
        )
        compare(
            found.influence.normality,
            row["shapiro"],
            source="R",
            script="influence",
            abs=ROYSTON,
            what="Shapiro and Wilk's p of residuals",
        )


def made(n=40, seed=2):
    rng = np.random.default_rng(seed)
    design = np.column_stack([np.ones(n), rng.normal((0.0, 5.0, 1.0), size=(n, 3))])
    return design, design @ [1.0, 0.3, -0.2, 0.5] + rng.normal(size=n)


def test_influence_is_that_of_statsmodels(compare):
    design, outcome = made()
    found = influence(design, outcome, 1)
    theirs = OLSInfluence(OLS(outcome, design).fit())
    how = {"source": "statsmodels", "abs": 1e-10, "what": "influence of cases"}
    compare(found.leverage, theirs.hat_matrix_diag, **how)
    compare(found.cook, theirs.cooks_distance[0], **how)
    compare(found.dfbetas, theirs.dfbetas[:, 1], **how)
    compare(found.standardized, theirs.resid_studentized_internal, **how)
    vif = [sm_vif(design, k) for k in range(1, 4)]
    compare(variance_inflation(design[:, 1:]), vif, **how)


def test_leaving_out_a_case_is_refitting_without_it():
    design, outcome = made()
    found = influence(design, outcome, 2)
    for case in range(len(outcome)):
        kept = np.arange(len(outcome)) != case
        fit = fit_linear(design[kept], outcome[kept])
        assert found.slope - found.dfbeta[case] == pytest.approx(fit.slope[2], rel=1e-9)
        assert found.p_without[case] == pytest.approx(fit.p[2], rel=1e-8)
        assert found.mse_without[case] == pytest.approx(fit.mse, rel=1e-9)


def test_partial_residuals_have_the_slope_of_the_model():
    design, outcome = made()
    found = influence(design, outcome, 3)
    assert found.leverage.sum() == pytest.approx(found.k)
    line = np.polyfit(found.column, found.partial_residual, 1)
    assert line[0] == pytest.approx(found.slope, rel=1e-9)


def test_orthogonal_columns_do_not_inflate():
    design = np.linalg.qr(made()[0])[0]
    assert condition_number(design) == pytest.approx(1.0)
    centred = design - design.mean(axis=0)
    assert (variance_inflation(centred[:, 1:]) >= 1.0 - 1e-12).all()
    assert variance_inflation(centred[:, 1:2]) == pytest.approx([1.0])


def test_a_case_with_a_column_of_its_own_moves_nothing():
    design, outcome = made()
    alone = np.zeros(len(outcome))
    alone[4] = 1.0
    found = influence(np.column_stack([design, alone]), outcome, 1)
    kept = np.arange(len(outcome)) != 4
    without = fit_linear(design[kept], outcome[kept])
    assert found.alone.nonzero()[0].tolist() == [4]
    assert (found.dfbeta[4], found.cook[4], found.standardized[4]) == (0.0, 0.0, 0.0)
    assert found.slope == pytest.approx(without.slope[1], rel=1e-9)
    assert found.p_without[4] == pytest.approx(without.p[1], rel=1e-9)
    assert found.mse_without[4] == pytest.approx(without.mse, rel=1e-9)


def test_too_few_cases_to_leave_one_out_are_refused():
    design, outcome = made(n=5)
    with pytest.raises(DegenerateDataError, match="5 cases leave a regression with 4"):
        influence(design, outcome, 1)
