"""d, eta squared and implied correlations: random samples and a dense search."""

import math

import numpy as np
import pytest
from scipy import stats

from smcm.stats.audit.effects import (
    TwoScores,
    cohens_d,
    implied_correlation,
    possible_sd_of_difference,
    sd_of_difference,
    t_between,
)
from smcm.stats.audit.interval import Interval


def of_samples(x, y, printed, paired, decimals=1):
    test = stats.ttest_rel(x, y) if paired else stats.ttest_ind(x, y)
    means = [printed(v.mean(), decimals) for v in (x, y)]
    return TwoScores(
        difference=(means[0] - means[1]).size(),
        sd1=printed(x.std(ddof=1), decimals),
        sd2=printed(y.std(ddof=1), decimals),
        t=printed(test.statistic, 2).size(),
        n1=x.size,
        n2=y.size,
        paired=paired,
    )


@pytest.mark.parametrize("seed", range(30))
def test_the_truth_of_pairs_is_always_inside(printed, seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(5, 300))
    x = rng.normal(50, 10, n)
    y = rng.uniform(-0.9, 1.2) * (x - 50) + rng.normal(52, 6, n)
    pair = of_samples(x, y, printed, True)
    r = np.corrcoef(x, y)[0, 1]
    s1, s2, change = x.std(ddof=1), y.std(ddof=1), abs(x.mean() - y.mean())
    sd = (x - y).std(ddof=1)
    assert sd in possible_sd_of_difference(pair)
    assert sd in sd_of_difference(pair)
    assert r in implied_correlation(pair)
    truth = {
        "pooled": change / math.sqrt((s1**2 + s2**2) / 2),
        "average": change / ((s1 + s2) / 2),
        "first": change / s1,
        "second": change / s2,
        "dz": change / sd,
        "rm": change / sd * math.sqrt(2 * (1 - r)),
    }
    found = cohens_d(pair)
    assert set(found) == set(truth)
    for name, value in truth.items():
        assert value in found[name], name


@pytest.mark.parametrize("seed", range(30))
def test_the_truth_of_groups_is_always_inside(printed, seed):
    rng = np.random.default_rng(seed)
    x = rng.normal(50, 10, rng.integers(4, 80))
    y = rng.normal(54, rng.uniform(3, 20), rng.integers(4, 80))
    pair = of_samples(x, y, printed, False)
    assert abs(stats.ttest_ind(x, y).statistic) in t_between(pair)
    assert abs(stats.ttest_ind(x, y, equal_var=False).statistic) in t_between(pair)
    total = x.size + y.size - 2
    pooled = ((x.size - 1) * x.var(ddof=1) + (y.size - 1) * y.var(ddof=1)) / total
    d = abs(x.mean() - y.mean()) / math.sqrt(pooled)
    found = cohens_d(pair)
    assert d in found["pooled"]
    assert "dz" not in found


@pytest.mark.parametrize("seed", range(8))
def test_correlations_and_d_reach_no_farther_than_a_search_finds(seed):
    rng = np.random.default_rng(seed)
    boxes = [Interval(v, v + rng.uniform(0.1, 2)) for v in rng.uniform(3, 9, 2)]
    pair = TwoScores(
        difference=Interval(1.5, 1.7),
        sd1=boxes[0],
        sd2=boxes[1],
        t=Interval(3.0, 4.0),
        n1=49,
        n2=49,
        paired=True,
    )
    grids = np.meshgrid(
        *(np.linspace(b.low, b.high, 41) for b in boxes),
        np.linspace(1.5, 1.7, 21),
        np.linspace(3.0, 4.0, 21),
    )
    s1, s2, change, t = (grid.ravel() for grid in grids)
    sd = change * 7 / t
    r = (s1**2 + s2**2 - sd**2) / (2 * s1 * s2)
    ok = abs(r) <= 1
    found = implied_correlation(pair)
    if not ok.any():
        assert found.empty
        return
    assert found.low == pytest.approx(r[ok].min(), abs=0.01)
    assert found.high == pytest.approx(r[ok].max(), abs=0.01)
    rm = (t / 7 * np.sqrt(2 * (1 - np.clip(r, -1, 1))))[ok]
    assert cohens_d(pair)["rm"].low <= rm.min() + 1e-9
    assert cohens_d(pair)["rm"].high >= rm.max() - 1e-9


def test_a_planted_t_is_caught():
    """SDs of 5 with means 10 apart in 25 pairs cannot have t below 5."""
    pair = TwoScores(
        difference=Interval.at(10.0),
        sd1=Interval.at(5.0),
        sd2=Interval.at(5.0),
        t=Interval(4.0, 4.9),
        n1=25,
        n2=25,
        paired=True,
    )
    assert implied_correlation(pair).empty
