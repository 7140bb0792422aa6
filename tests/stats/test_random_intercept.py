"""Random intercepts against lme4, statsmodels and closed forms."""

import numpy as np
import pytest
import statsmodels.api as sm

from generator.shipped import EIGHT_MODELS
from smcm.analysis.nesting import dependent_variables
from smcm.design.study_file import shipped_study
from smcm.errors import DegenerateDataError
from smcm.stats.ols import fit_linear
from smcm.stats.random_intercept import fit_random_intercept
from tests.stats.test_cluster_robust import equations

LME4 = {"source": "lme4", "script": "mixed"}
# lme4 stops its search where the likelihood changes little; the errors of fixed
# effects follow the variances, which it has to about eight digits
SLOPES, VARIANCES = 1e-5, 1e-5


def made(seed=1, between=1.0, sizes=(9, 4, 7, 5, 8, 6, 3)):
    rng = np.random.default_rng(seed)
    cluster = np.repeat(np.arange(len(sizes)), sizes)
    n = cluster.size
    design = np.column_stack([np.ones(n), rng.normal(size=(n, 2)) + 30.0])
    of_cluster = between * rng.normal(size=len(sizes))[cluster]
    return design, 3.0 + design[:, 1] + of_cluster + rng.normal(size=n), cluster


@pytest.mark.parametrize("model", EIGHT_MODELS, ids=lambda model: model.key)
def test_the_three_equations_are_those_of_lme4(frame, oracle, compare, model):
    kept = oracle("mixed").set_index(["model", "equation"])
    team = np.unique(frame["team"].astype(str), return_inverse=True)[1]
    for name, (design, outcome) in equations(frame, model).items():
        fit = fit_random_intercept(design, outcome, team)
        theirs = kept.loc[(model.key, name)]
        what = "random intercepts: "
        assert fit.converged
        assert len(theirs) == fit.slope.size
        compare(
            np.column_stack([fit.slope, fit.se]) / theirs[["se"]].to_numpy(),
            theirs[["estimate", "se"]] / theirs[["se"]].to_numpy(),
            **LME4,
            what=what + "estimates and errors, in standard errors",
            abs=SLOPES,
        )
        total = theirs["between"].iloc[0] + theirs["within"].iloc[0]
        compare(
            [fit.between / total, fit.within / total],
            theirs[["between", "within"]].iloc[0] / total,
            **LME4,
            what=what + "variances, as shares",
            abs=VARIANCES,
        )
        # the likelihood is flat at its top: ours is as high as theirs or higher
        assert fit.deviance <= theirs["deviance"].iloc[0] + 1e-9
        deviance = theirs["deviance"].iloc[0]
        compare(fit.deviance, deviance, **LME4, what=what + "deviance", rel=1e-9)


@pytest.mark.parametrize("cluster", ["case_manager", "team", "site"])
def test_variances_of_an_intercept_alone_are_those_of_lme4(
    frame, oracle, compare, cluster
):
    kept = oracle("icc").set_index(["cluster", "variable"]).loc[cluster]
    codes = np.unique(frame[cluster].astype(str), return_inverse=True)[1]
    one = np.ones((len(frame), 1))
    for variable in dependent_variables(shipped_study()):
        fit = fit_random_intercept(one, frame[variable].to_numpy(), codes)
        row = kept.loc[variable]
        reml = row["reml_between"] / (row["reml_between"] + row["reml_within"])
        compare(
            fit.icc, reml, source="lme4", script="icc", what="ICC by REML", abs=1e-5
        )


def test_statsmodels_finds_the_same(compare):
    design, y, cluster = made()
    theirs = sm.MixedLM(y, design, groups=cluster).fit(reml=True)
    fit = fit_random_intercept(design, y, cluster)
    # its errors of the slopes allow for those of the variances besides; lme4's do not
    compare(
        [*(fit.slope / fit.se), fit.between / fit.within],
        [*(theirs.fe_params / fit.se), theirs.cov_re[0, 0] / theirs.scale],
        source="statsmodels",
        what="random intercepts by MixedLM, in standard errors",
        abs=1e-4,
    )


def test_balanced_clusters_have_the_variances_of_mean_squares():
    rng = np.random.default_rng(5)
    cluster = np.repeat(np.arange(9), 6)
    y = rng.normal(size=9)[cluster] + rng.normal(size=54)
    table = y.reshape(9, 6)
    within = table.var(axis=1, ddof=1).mean()
    between = table.mean(axis=1).var(ddof=1) - within / 6.0
    fit = fit_random_intercept(np.ones((54, 1)), y, cluster)
    assert fit.within == pytest.approx(within, rel=1e-6)
    assert fit.between == pytest.approx(between, rel=1e-6)
    assert fit.se[0] == pytest.approx(table.mean(axis=1).std(ddof=1) / 3.0, rel=1e-6)


def test_no_variance_between_clusters_is_least_squares():
    design, _, cluster = made()
    rng = np.random.default_rng(8)
    y = rng.normal(size=cluster.size)
    for label in np.unique(cluster):  # means of clusters alike
        y[cluster == label] -= y[cluster == label].mean()
    fit, plain = fit_random_intercept(design, y, cluster), fit_linear(design, y)
    assert fit.at_boundary
    assert fit.icc == 0.0
    assert fit.converged
    np.testing.assert_allclose(fit.slope, plain.slope, rtol=1e-8, atol=1e-12)
    np.testing.assert_allclose(fit.se, plain.se, rtol=1e-9)


def test_units_and_origins_change_nothing_else():
    design, y, cluster = made()
    plain = fit_random_intercept(design, y, cluster)
    moved = fit_random_intercept(design, 1e6 + 1e3 * y, 9 - cluster)
    np.testing.assert_allclose(moved.slope[1:], 1e3 * plain.slope[1:], rtol=1e-6)
    np.testing.assert_allclose(moved.se[1:], 1e3 * plain.se[1:], rtol=1e-6)
    assert moved.icc == pytest.approx(plain.icc, rel=1e-5)


def test_limits_and_p_are_those_of_the_normal():
    fit = fit_random_intercept(*made())
    low, high = fit.limits()
    np.testing.assert_allclose((high - low) / 2.0, 1.959963984540054 * fit.se)
    at = abs(fit.z) > 1.959963984540054
    np.testing.assert_array_equal(fit.p < 0.05, at)


def test_what_carries_no_such_model_is_refused():
    design, y, cluster = made()
    with pytest.raises(DegenerateDataError, match="at least 3"):
        fit_random_intercept(design, y, cluster > 2)
    with pytest.raises(DegenerateDataError, match="use fewer covariates"):
        fit_random_intercept(np.column_stack([design, design[:, 1]]), y, cluster)
    with pytest.raises(DegenerateDataError, match="does not vary about"):
        fit_random_intercept(design, design[:, 1] * 2.0, cluster)
