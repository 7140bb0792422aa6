"""Rubin's rules against mice, against formulas in R, and at their edges."""

import numpy as np
import pandas as pd
import pytest
from scipy import integrate, stats

from generator.shipped import SHARED_COVARIATES
from smcm.errors import DegenerateDataError, OutOfRangeError
from smcm.stats.ols import fit_linear
from smcm.stats.pooled_r2 import pool_r2
from smcm.stats.pooled_tests import pool_d1, pool_d2
from smcm.stats.pooling import Pooled, jackknife_error, pool, without_each
from smcm.stats.product import product_draws
from tests.outside import REFERENCE

KEPT = 1e-8  # relative; R's digits are written to 16 places
MICE = {"source": "mice", "script": "pool", "rel": KEPT}
R = {"source": "R", "script": "pool", "rel": KEPT}
COLUMNS = (
    *("estimate", "se", "t", "df", "p", "within", "between", "complete_df"),
    *("increase", "share", "fmi"),
)


@pytest.fixture(scope="module")
def sets():
    frame = pd.read_csv(REFERENCE / "pool_sets.csv")
    return [one for _, one in frame.groupby("set")]


def fits(sets, model, equation, se="classical"):
    """Columns of an equation after the constant, and its fit in every set."""
    rest = [*SHARED_COVARIATES, f"{model.partition('_')[0]}_0"]
    x = ["fidelity_13.5", *rest]
    columns = ["rprs_13.5", *x] if equation == "to_outcome" else x
    outcome = "rprs_13.5" if equation == "to_mediator" else model
    return columns, [
        fit_linear(
            np.column_stack([np.ones(len(one)), one[columns].to_numpy()]),
            one[outcome].to_numpy(),
            se,
        )
        for one in sets
    ]


def pooled(found):
    return pool(
        np.array([fit.slope for fit in found]),
        np.array([fit.se**2 for fit in found]),
        np.array([[fit.df] * fit.slope.size for fit in found]),
    )


def test_pooled_coefficients_are_those_of_mice(sets, oracle, compare):
    table = oracle("pool")
    assert len(table) == 16
    for (model, equation), rows in table.groupby(["model", "equation"]):
        columns, found = fits(sets, model, equation)
        ours = pooled(found)
        low, high = ours.limits()
        for row in rows.itertuples():
            at = 1 + columns.index(row.term)
            mine = [getattr(ours, name)[at] for name in COLUMNS] + [low[at], high[at]]
            theirs = [getattr(row, name) for name in COLUMNS] + [row.low, row.high]
            compare(mine, theirs, **MICE, what="pooled coefficient, df and FMI")


def test_variances_of_another_kind_are_pooled_as_mice_pools_them(sets, oracle, compare):
    for row in oracle("pool").itertuples():
        columns, found = fits(sets, row.model, row.equation, "hc3")
        ours, at = pooled(found), 1 + columns.index(row.term)
        mine = (ours.se[at], ours.df[at], ours.fmi[at])
        theirs = (row.se_hc3, row.df_hc3, row.fmi_hc3)
        compare(mine, theirs, **MICE, what="pooled HC3 error, df and FMI")


def test_pooled_r_squared_is_that_of_mice(sets, oracle, compare):
    for row in oracle("pool_r2", "pool").itertuples():
        _, found = fits(sets, row.model, row.equation)
        ours = pool_r2(np.array([[fit.r2] for fit in found]), found[0].n)
        mine = (ours.estimate[0], ours.z.fmi[0])
        compare(mine, (row.r2, row.fmi), **MICE, what="pooled R squared and its FMI")


def test_d2_is_that_of_the_formula_in_r(sets, oracle, compare):
    for row in oracle("pool_d2", "pool").itertuples():
        _, found = fits(sets, row.model, row.equation)
        ours = pool_d2(np.array([fit.f for fit in found]), row.df1)
        mine = (ours.f, ours.df2, ours.p)
        compare(mine, (row.f, row.df2, row.p), **R, what="pooled F test D2")


def test_without_gaps_pooling_changes_nothing():
    estimates, variances = np.full((5, 1), 2.0), np.full((5, 1), 0.25)
    found = pool(estimates, variances, np.inf)
    assert (found.estimate[0], found.se[0], found.df[0]) == (2.0, 0.5, np.inf)
    assert (found.fmi[0], found.share[0], found.mc_error[0]) == (0.0, 0.0, 0.0)
    assert found.p[0] == pytest.approx(2 * stats.norm.sf(4.0), rel=KEPT)
    known = pool(estimates, variances, 40.0)
    assert known.df[0] == pytest.approx(40.0 * 41.0 / 43.0, rel=KEPT)


def test_twenty_identical_sets_miss_nothing_however_few_the_df():
    """What few df take away is no missing information; Barnard and Rubin's df are."""
    found = pool(np.full((20, 1), 2.0), np.full((20, 1), 0.25), 4.4)
    assert (found.fmi[0], found.share[0], found.mc_error[0]) == (0.0, 0.0, 0.0)
    assert found.rubin_df[0] == np.inf
    assert found.df[0] == pytest.approx(4.4 * 5.4 / 7.4, rel=KEPT)
    assert found.complete_df[0] == pytest.approx(4.4)


def test_missing_information_is_of_the_variances_alone():
    rng = np.random.default_rng(9)
    estimates, variances = rng.normal(1.0, 0.1, (20, 1)), np.full((20, 1), 0.04)
    few, many = (pool(estimates, variances, df) for df in (4.4, np.inf))
    assert few.fmi == many.fmi
    assert few.df[0] < 4.4 < many.df[0] == many.rubin_df[0]
    r, ratio = few.increase[0], 19.0 * (1.0 + 1.0 / few.increase[0]) ** 2
    assert few.fmi[0] == pytest.approx((r + 2.0 / (ratio + 3.0)) / (1.0 + r), rel=KEPT)


def test_all_between_and_nothing_within_is_missing_information():
    found = pool(np.array([[1.0], [3.0]]), np.zeros((2, 1)), 30.0)
    assert (found.fmi[0], found.share[0]) == (1.0, 1.0)
    assert np.isinf(found.increase[0])
    assert found.df[0] == 0.0


def test_more_sets_cost_less_and_never_nothing():
    rng = np.random.default_rng(3)
    estimates = rng.normal(1.0, 0.1, size=(40, 1))
    few, many = (
        pool(np.tile(estimates, (k, 1)), np.full((40 * k, 1), 0.04), 100.0)
        for k in (1, 4)
    )
    assert many.mc_error[0] < few.mc_error[0]
    assert many.variance[0] < few.variance[0]
    assert many.variance[0] > many.within[0]


def test_the_mc_error_is_the_spread_of_repeated_imputation():
    rng = np.random.default_rng(4)
    repeated = [
        pool(rng.normal(0.0, 0.3, size=(20, 1)), np.ones((20, 1)), 100.0)
        for _ in range(2000)
    ]
    spread = np.std([one.estimate[0] for one in repeated], ddof=1)
    assert np.mean([one.mc_error[0] for one in repeated]) == pytest.approx(
        spread, rel=0.05
    )


def test_leaving_out_each_set_is_pooling_the_others():
    rng = np.random.default_rng(11)
    estimates, variances = rng.normal(1.0, 0.1, 6), rng.uniform(0.03, 0.05, 6)
    found = without_each(estimates, variances, np.full(6, 30.0))
    for k in range(6):
        rest = np.delete(np.arange(6), k)
        alone = pool(estimates[rest, None], variances[rest, None], 30.0)
        assert found.se[k] == pytest.approx(alone.se[0], rel=KEPT)
        assert found.df[k] == pytest.approx(alone.df[0], rel=KEPT)
    # of a mean the jackknife is its standard error
    assert jackknife_error(found.estimate) == pytest.approx(
        estimates.std(ddof=1) / np.sqrt(6), rel=KEPT
    )


def test_the_error_of_p_is_its_spread_over_repeated_imputation():
    rng = np.random.default_rng(12)
    p, errors = [], []
    for _ in range(400):
        sets = (rng.normal(2.2, 0.4, 30), np.ones(30), np.full(30, 100.0))
        p.append(pool(*(one[:, None] for one in sets)).p[0])
        errors.append(jackknife_error(without_each(*sets).p))
    assert np.mean(errors) == pytest.approx(np.std(p, ddof=1), rel=0.12)


def test_products_follow_the_distribution_of_a_product_of_normals():
    a, b = (
        Pooled(
            estimate=np.array([mean]),
            within=np.array([sd**2]),
            between=np.zeros(1),
            complete_df=np.full(1, np.inf),
            m=20,
        )
        for mean, sd in ((0.5, 0.2), (0.3, 0.1))
    )
    draws = product_draws(a, b, 200_000, 7)[0]
    for limit in np.quantile(draws, [0.025, 0.5, 0.975]):
        share, _ = integrate.quad(
            lambda t, c=limit: (
                stats.norm.pdf(t, 0.3, 0.1) * stats.norm.cdf(c / t, 0.5, 0.2)
                if t > 0
                else stats.norm.pdf(t, 0.3, 0.1) * stats.norm.sf(c / t, 0.5, 0.2)
            ),
            -0.7,
            1.3,
            points=[0.0],
            limit=400,
        )
        empirical = (draws <= limit).mean()
        assert share == pytest.approx(empirical, abs=0.004)  # 3 SD of 200,000 draws


def test_a_limit_of_r_squared_stays_above_zero():
    found = pool_r2(np.array([[0.001], [0.002]]), 30)
    low, high = found.limits()
    assert low[0] == 0.0
    assert 0.0 < found.estimate[0] < high[0] < 1.0


def test_d1_of_one_parameter_is_the_square_of_pooled_t():
    rng = np.random.default_rng(5)
    estimates, variances = rng.normal(1.0, 0.2, (20, 1)), np.full((20, 1), 0.1)
    f = pool_d1(estimates, variances[:, :, None], 200.0)
    assert f.f == pytest.approx(pool(estimates, variances, 200.0).t[0] ** 2, rel=KEPT)


def test_what_cannot_be_pooled_is_refused():
    one = np.ones((1, 1))
    with pytest.raises(OutOfRangeError, match=r"number of sets is 1; .*single"):
        pool(one, one, 10.0)
    with pytest.raises(OutOfRangeError, match=r"F is -1\.0"):
        pool_d2(np.array([-1.0, 2.0]), 2)
    with pytest.raises(DegenerateDataError, match="R squared of 3 cases"):
        pool_r2(np.array([[0.5], [0.6]]), 3)
    with pytest.raises(DegenerateDataError, match="up to 1"):
        pool_r2(np.array([[1.0], [0.6]]), 30)
