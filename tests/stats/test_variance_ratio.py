"""The ratio of both variances against the F distribution, and by simulation."""

import numpy as np
import pytest
from scipy import stats

from smcm.errors import DegenerateDataError
from smcm.stats.icc import icc_anova
from smcm.stats.variance_ratio import variance_ratio


def test_in_clusters_of_one_size_limits_are_those_of_the_icc():
    rng = np.random.default_rng(11)
    team = np.repeat(np.arange(12), 7)
    values = 0.8 * rng.standard_normal(12)[team] + rng.standard_normal(84)
    found = variance_ratio(np.ones((84, 1)), values, team)
    icc = icc_anova(values, team)
    assert found.f(0.0) == pytest.approx(icc.f)
    for ratio, share in zip(found.limits(), icc.limits(), strict=True):
        assert ratio / (1.0 + ratio) == pytest.approx(max(share, 0.0), rel=1e-6)
    ends = stats.f.ppf([0.975, 0.025], 11, 72)
    theirs = np.maximum(1.0 - ends / icc.f, 0.0)
    assert icc.reliability == pytest.approx(1.0 - 1.0 / icc.f)
    assert icc.reliability_limits() == pytest.approx(tuple(theirs))


def test_limits_cover_in_clusters_of_any_size_with_covariates():
    rng = np.random.default_rng(2)
    sizes = np.array([3, 30, 12, 8, 25, 17, 5, 9])
    team = np.repeat(np.arange(sizes.size), sizes)
    x = rng.standard_normal(sizes.size)[team] + rng.standard_normal(team.size)
    design = np.column_stack([np.ones(team.size), x])
    ratio, below = 0.15, []
    for _ in range(600):
        values = np.sqrt(ratio) * rng.standard_normal(sizes.size)[team]
        values = values + 0.5 * x + rng.standard_normal(team.size)
        found = variance_ratio(design, values, team)
        below.append(stats.f.cdf(found.f(ratio), found.weights.size, found.within_df))
    assert stats.kstest(below, "uniform").pvalue > 0.01


def test_quantiles_rise_and_begin_at_zero():
    rng = np.random.default_rng(3)
    team = np.repeat(np.arange(10), 6)
    found = variance_ratio(np.ones((60, 1)), rng.standard_normal(60), team)
    ratios = found.quantiles(np.linspace(0.02, 0.98, 25))
    assert (np.diff(ratios) >= 0.0).all()
    assert ratios[0] == 0.0
    share = stats.f.sf(found.f(ratios[-1]), 9, 50)
    assert share == pytest.approx(0.98, abs=1e-6)


def test_a_design_that_leaves_nothing_between_clusters_is_refused():
    team = np.repeat(np.arange(4), 5)
    design = np.eye(4)[team]
    with pytest.raises(DegenerateDataError, match="nothing between or within"):
        variance_ratio(design, np.random.default_rng(4).normal(size=20), team)
