"""Intraclass correlations against R's aov and lme4, and the definition in a loop."""

import numpy as np
import pytest

from smcm.analysis.nesting import dependent_variables, describe_nesting
from smcm.design.study_file import shipped_study
from smcm.errors import DegenerateDataError
from smcm.stats.icc import icc_anova

EXACT = 1e-10  # absolute, on a scale of at most 1
KEPT = 1e-9
AOV = {"source": "R", "script": "icc"}
CLUSTERS = ("case_manager", "team", "site")
# Both estimate the same share; they part where cluster sizes differ much.
NEAR_REML = 0.03


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_shipped_variables_have_the_icc_of_aov(frame, oracle, compare, cluster):
    kept = oracle("icc").set_index(["cluster", "variable"]).loc[cluster]
    found = describe_nesting(frame, shipped_study(), cluster).icc
    assert set(found) == set(kept.index) == set(dependent_variables(shipped_study()))
    for variable, icc in found.items():
        row = kept.loc[variable]
        compare(icc.value, row["icc"], **AOV, what="ICC(1)", abs=KEPT)
        ours = [icc.between, icc.within, icc.mean_size]
        theirs = row[["ms_between", "ms_within", "mean_size"]]
        compare(ours, theirs, **AOV, what="mean squares behind the ICC(1)", rel=KEPT)
        limits = row[["low", "high"]]
        compare(icc.limits(), limits, **AOV, what="limits of the ICC(1)", abs=KEPT)
        assert icc.n_clusters == row["clusters"]


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_restricted_likelihood_is_near(frame, oracle, compare, cluster):
    kept = oracle("icc").set_index(["cluster", "variable"]).loc[cluster]
    reml = kept["reml_between"] / (kept["reml_between"] + kept["reml_within"])
    for variable, icc in describe_nesting(frame, shipped_study(), cluster).icc.items():
        compare(
            max(icc.value, 0.0),
            reml[variable],
            source="lme4",
            script="icc",
            what="ICC(1) by restricted likelihood, another estimator",
            method=NEAR_REML,
        )


def by_definition(values, cluster):
    """Loop over clusters, two passes."""
    groups = [values[cluster == code] for code in np.unique(cluster)]
    grand, n, k = values.mean(), len(values), len(groups)
    between = sum(len(g) * (g.mean() - grand) ** 2 for g in groups) / (k - 1)
    within = sum(((g - g.mean()) ** 2).sum() for g in groups) / (n - k)
    size = (n - sum(len(g) ** 2 for g in groups) / n) / (k - 1)
    return (between - within) / (between + (size - 1) * within)


@pytest.mark.parametrize("seed", range(6))
def test_unequal_clusters_equal_the_definition(seed):
    rng = np.random.default_rng(seed)
    cluster = rng.integers(0, 9, size=60)
    values = rng.normal(size=60) + rng.normal(size=9)[cluster]
    found = icc_anova(values, cluster)
    assert found.value == pytest.approx(by_definition(values, cluster), abs=EXACT)


def test_equal_clusters_enter_with_their_size():
    cluster = np.repeat(np.arange(5), 4)
    found = icc_anova(np.random.default_rng(1).normal(size=20), cluster)
    assert (found.n_clusters, found.mean_size) == (5, pytest.approx(4.0))


def test_clusters_without_spread_inside_give_one():
    cluster = np.repeat(np.arange(5), 4)
    assert icc_anova(cluster * 2.5, cluster).value == pytest.approx(1.0)


def test_clusters_alike_give_the_least_value():
    found = icc_anova(np.tile([1.0, 2.0, 3.0], 6), np.repeat(np.arange(6), 3))
    assert found.value == pytest.approx(-1 / 2)


def test_level_unit_names_and_order_change_nothing():
    rng = np.random.default_rng(2)
    cluster = rng.integers(0, 7, size=50)
    values = rng.normal(size=50) + cluster
    plain = icc_anova(values, cluster).value
    order = rng.permutation(50)
    for other in (
        icc_anova(1e8 + 3.0 * values, cluster),
        icc_anova(values[order], cluster[order]),
        icc_anova(values, 40 - 3 * cluster),  # numbers in between stay unused
    ):
        assert other.value == pytest.approx(plain, abs=1e-6)


def test_order_of_the_clients_changes_nothing(frame):
    shuffled = frame.sample(frac=1.0, random_state=1)
    design = shipped_study()
    here, there = (describe_nesting(one, design).icc for one in (frame, shuffled))
    for variable, icc in here.items():
        assert there[variable].value == pytest.approx(icc.value, abs=EXACT)


@pytest.mark.fault("data or choices that carry no analysis")
def test_one_cluster_or_all_alone_is_refused():
    values = np.arange(5.0)
    for cluster in (np.zeros(5, dtype=int), np.arange(5)):
        with pytest.raises(DegenerateDataError, match="two clusters or more"):
            icc_anova(values, cluster)


@pytest.mark.fault("data or choices that carry no analysis")
@pytest.mark.parametrize("value", [3.0, 0.1, 0.0])
def test_a_constant_is_refused(value):
    with pytest.raises(DegenerateDataError, match="does not vary"):
        icc_anova(np.full(6, value), np.repeat(np.arange(3), 2))


def test_kept_mean_squares_are_consistent(oracle):
    """R's ICC follows from R's own mean squares."""
    kept = oracle("icc")
    between, within = kept["ms_between"], kept["ms_within"]
    expected = (between - within) / (between + (kept["mean_size"] - 1) * within)
    np.testing.assert_allclose(kept["icc"], expected, atol=1e-12)
