"""Cluster-robust errors against clubSandwich, statsmodels and n by n matrices."""

import numpy as np
import pytest
import statsmodels.api as sm

from generator.shipped import EIGHT_MODELS, SHARED_COVARIATES
from smcm.errors import DegenerateDataError, UnknownValueError
from smcm.stats.cluster_robust import CLUSTER_ROBUST, cluster_design
from smcm.stats.ols import fit_linear

CLUB = {"source": "clubSandwich", "script": "clubsandwich"}
KEPT = 1e-9
EXACT = 1e-10
COLUMNS = ["estimate", "se", "t", "df", "p", "low", "high"]


def codes(frame, column):
    return np.unique(frame[column].astype(str), return_inverse=True)[1]


def numbers(fit):
    limits = fit.limits()
    return np.column_stack([fit.slope, fit.se, fit.t, fit.t_df, fit.p, *limits])


def equations(frame, model):
    spec = model.spec(180)
    m, y = frame[spec.m].to_numpy(), frame[spec.y].to_numpy()
    rest = frame[[spec.x, *spec.covariates]].to_numpy()
    one = np.ones(len(frame))
    without, through = np.column_stack([one, rest]), np.column_stack([one, m, rest])
    return {
        "to_mediator": (without, m),
        "to_outcome": (through, y),
        "to_total": (without, y),
    }


def made(seed=1, sizes=(9, 4, 7, 5, 8, 6, 3)):
    """Cases in clusters of their own size, one column the same within each."""
    rng = np.random.default_rng(seed)
    cluster = np.repeat(np.arange(len(sizes)), sizes)
    n = cluster.size
    of_cluster = rng.normal(size=len(sizes))[cluster]
    design = np.column_stack([np.ones(n), of_cluster, rng.normal(size=(n, 2)) + 3.0])
    y = rng.normal(size=len(sizes))[cluster] + rng.normal(size=n)
    return design, y, cluster


@pytest.mark.parametrize(
    ("kind", "cluster"),
    [*((kind, "team") for kind in CLUSTER_ROBUST), ("cr2", "case_manager")],
)
def test_every_number_is_that_of_clubsandwich(frame, oracle, compare, kind, cluster):
    kept = oracle("clubsandwich").query("kind == @kind and cluster == @cluster")
    assert len(kept) > 80
    for (key, name), theirs in kept.groupby(["model", "equation"]):
        model = next(m for m in EIGHT_MODELS if m.key == key)
        design, outcome = equations(frame, model)[name]
        fit = fit_linear(design, outcome, kind, codes(frame, cluster))
        what = f"{kind.upper()} error, t, df, p and limits by {cluster}"
        compare(numbers(fit), theirs[COLUMNS], **CLUB, what=what, rel=KEPT)


@pytest.mark.parametrize("kind", ["cr1", "cr2"])
def test_clusters_that_their_own_columns_fit_are_those_of_clubsandwich(
    frame, oracle, compare, kind
):
    kept = oracle("clubsandwich_sites", "clubsandwich").query("kind == @kind")
    dummies = np.equal.outer(frame["site"].to_numpy(), np.arange(2, 8)).astype(float)
    columns = [c for c in SHARED_COVARIATES if c != "site"]
    at = SHARED_COVARIATES.index("site")
    rest = frame[columns].to_numpy()
    design = np.column_stack(
        [
            np.ones(len(frame)),
            frame["fid180_4.5"],
            rest[:, :at],
            dummies,
            rest[:, at:],
            frame["qoli20_0"],
        ]
    )
    fit = fit_linear(design, frame["rprs_4.5"].to_numpy(), kind, codes(frame, "team"))
    what = f"{kind.upper()} error, t, df, p and limits, a column for each site"
    ours, defined = numbers(fit), np.isfinite(fit.se)
    compare(ours[defined], kept[COLUMNS][defined], **CLUB, what=what, rel=KEPT)
    teams = frame.groupby("site")["team"].nunique()
    assert teams[1] == 1  # so the constant and every contrast with site 1 rest on it
    missing = set(kept["term"][~defined])
    assert missing == {"(Intercept)", *(f"site{k}" for k in range(2, 8))}


def test_cr1_is_that_of_statsmodels_but_for_its_factor(compare):
    design, y, cluster = made()
    n, k = design.shape
    theirs = sm.OLS(y, design).fit(cov_type="cluster", cov_kwds={"groups": cluster})
    factor = np.sqrt((n - 1.0) / (n - k))
    compare(
        fit_linear(design, y, "cr1", cluster).se * factor,
        theirs.bse,
        source="statsmodels",
        what="CR1 errors, times Stata's factor",
        rel=1e-9,
    )


def power(matrix, exponent):
    values, vectors = np.linalg.eigh(matrix)
    kept = values > 1e-10
    return (vectors[:, kept] * values[kept] ** exponent) @ vectors[:, kept].T


def by_n(design, y, cluster, kind):
    """Covariance and df by matrices as wide as there are cases."""
    n, k = design.shape
    bread = np.linalg.inv(design.T @ design)
    rest = np.eye(n) - design @ bread @ design.T
    groups = np.unique(cluster)
    exponent = {"cr1": 0.0, "cr2": -0.5, "cr3": -1.0}[kind]
    scale = len(groups) / (len(groups) - 1) if kind == "cr1" else 1.0
    estimating = np.zeros((len(groups), k, n))
    for g, label in enumerate(groups):
        own = cluster == label
        block = rest[np.ix_(own, own)]
        adjusted = np.eye(own.sum()) if kind == "cr1" else power(block, exponent)
        estimating[g][:, own] = np.sqrt(scale) * bread @ design[own].T @ adjusted
    scores = estimating @ (rest @ y)
    df = []
    for j in range(k):
        p = estimating[:, j] @ rest @ estimating[:, j].T
        df.append(np.trace(p) ** 2 / (p**2).sum())
    return scores.T @ scores, np.array(df)


@pytest.mark.parametrize("kind", CLUSTER_ROBUST)
@pytest.mark.parametrize("sizes", [(9, 4, 7, 5, 8, 6, 3), (20, 1, 1, 9), (5, 5, 5)])
def test_small_matrices_give_what_those_of_all_cases_give(kind, sizes):
    design, y, cluster = made(sizes=sizes)
    if len(sizes) < design.shape[1]:  # or the column of the cluster is fitted exactly
        design = design[:, [0, 2, 3]]
    fit = fit_linear(design, y, kind, cluster)
    covariance, df = by_n(design, y, cluster, kind)
    np.testing.assert_allclose(fit.covariance, covariance, rtol=1e-8, atol=1e-12)
    np.testing.assert_allclose(fit.own_df, df, rtol=1e-8)
    assert fit.n_clusters == len(sizes)


@pytest.mark.parametrize("kind", CLUSTER_ROBUST)
def test_names_and_order_of_clusters_change_nothing(kind):
    design, y, cluster = made()
    plain = fit_linear(design, y, kind, cluster)
    order = np.random.default_rng(3).permutation(y.size)
    other = fit_linear(design[order], y[order], kind, 70 - 7 * cluster[order])
    np.testing.assert_allclose(numbers(plain), numbers(other), rtol=EXACT)


@pytest.mark.parametrize("kind", CLUSTER_ROBUST)
def test_units_move_errors_and_leave_degrees_of_freedom(kind):
    design, y, cluster = made()
    plain = fit_linear(design, y, kind, cluster)
    scale = np.array([1.0, 1e-3, 50.0, 7.0])
    moved = fit_linear(design * scale, y * 9.0, kind, cluster)
    np.testing.assert_allclose(moved.se, plain.se * 9.0 / scale, rtol=EXACT)
    np.testing.assert_allclose(moved.own_df, plain.own_df, rtol=EXACT)


def test_pairs_of_one_mean_are_the_t_test_of_the_means():
    """Clusters of one size and a constant: the t of the cluster means, on G - 1 df."""
    rng = np.random.default_rng(2)
    means = rng.normal(size=6)
    y = np.repeat(means, 4) + np.tile([-1.0, -0.5, 0.5, 1.0], 6)
    fit = fit_linear(np.ones((24, 1)), y, "cr2", np.repeat(np.arange(6), 4))
    assert fit.se[0] == pytest.approx(means.std(ddof=1) / np.sqrt(6), rel=EXACT)
    assert fit.own_df[0] == pytest.approx(5.0, rel=EXACT)


def test_weights_give_the_variance_of_a_coefficient():
    design, y, cluster = made()
    q, r = np.linalg.qr(design)
    found = cluster_design(q, np.linalg.inv(r), cluster)
    residual = y - q @ (q.T @ y)
    for kind in CLUSTER_ROBUST:
        expected = np.diag(fit_linear(design, y, kind, cluster).covariance)
        for at in range(4):
            sums = np.bincount(cluster, found.weights(kind, at) * residual)
            assert sums @ sums == pytest.approx(expected[at], rel=1e-9)


@pytest.mark.parametrize("kind", CLUSTER_ROBUST)
def test_a_column_of_one_cluster_alone_has_no_error_and_changes_no_other(kind):
    design, y, cluster = made()
    design = np.column_stack([design[:, [0, 2, 3]], cluster == 2])
    fit = fit_linear(design, y, kind, cluster)
    covariance, df = by_n(design, y, cluster, kind)
    rest = slice(0, 3)
    close = {"rtol": 1e-8, "atol": 1e-12}
    np.testing.assert_allclose(
        fit.covariance[rest, rest], covariance[rest, rest], **close
    )
    np.testing.assert_allclose(fit.own_df[rest], df[rest], rtol=1e-8)
    for numbers_of_it in (fit.se, fit.own_df, fit.t, fit.p, *fit.limits()):
        assert np.isnan(numbers_of_it).tolist() == [False, False, False, True]


@pytest.mark.parametrize("kind", CLUSTER_ROBUST)
def test_what_the_formula_gives_for_one_cluster_is_not_its_error(kind):
    """Why there is none: over many outcomes the formula's error is far from the SD."""
    rng = np.random.default_rng(8)
    cluster = np.repeat(np.arange(12), 10)
    design = np.column_stack([np.ones(120), rng.normal(size=120), cluster == 2])
    slopes, formula = [], []
    for _ in range(400):
        y = np.repeat(rng.normal(size=12), 10) + rng.normal(size=120)
        slopes.append(fit_linear(design, y, kind, cluster).slope[2])
        formula.append(by_n(design, y, cluster, kind)[0][2, 2])
    share = np.mean(formula) / np.var(slopes)
    assert share < 0.25  # its own error on 400 draws is about .02


def test_a_coefficient_without_a_variance_has_no_df():
    design, y, cluster = made()
    design = (cluster[:, None] == np.arange(7)).astype(float)
    design[:, 0] = 1.0
    fit = fit_linear(design, y, "cr2", cluster)
    assert np.isnan(fit.own_df).all()
    assert np.isnan(fit.t).all()
    assert np.isnan(fit.p).all()


def test_the_whole_equation_has_no_f():
    design, y, cluster = made()
    fit = fit_linear(design, y, "cr2", cluster)
    assert np.isnan(fit.f)
    assert np.isnan(fit.f_p)


def test_too_few_and_too_many_clusters_are_refused():
    design, y, cluster = made()
    with pytest.raises(DegenerateDataError, match="has 2 different values"):
        fit_linear(design, y, "cr2", cluster > 3)
    with pytest.raises(
        DegenerateDataError, match="a cluster of its own; take se='hc2'"
    ):
        fit_linear(design, y, "cr2", np.arange(y.size))


def test_kinds_and_clusters_go_together():
    design, y, cluster = made()
    with pytest.raises(UnknownValueError, match="expected one of cr1, cr2, cr3"):
        fit_linear(design, y, "hc3", cluster)
    with pytest.raises(UnknownValueError, match="expected one of classical, hc0"):
        fit_linear(design, y, "cr2")
    q, r = np.linalg.qr(design)
    with pytest.raises(UnknownValueError, match="Did you mean 'cr"):
        cluster_design(q, np.linalg.inv(r), cluster).df("CR4")
