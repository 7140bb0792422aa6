"""Samples of whole clusters against a loop that takes their rows."""

import numpy as np
import pytest

from smcm.errors import DegenerateDataError, OutOfRangeError
from smcm.stats.cluster_resample import ClusterPlan, bootstrap_clusters
from smcm.stats.crossproducts import ModelColumns
from smcm.stats.resample import ResamplingPlan

SIZES = (9, 4, 7, 5, 8, 6, 11)
MODEL = ModelColumns(0, 1, 2, (3,))


def made(seed=1):
    rng = np.random.default_rng(seed)
    cluster = np.repeat(np.arange(len(SIZES)), SIZES)
    values = rng.normal(size=(cluster.size, 4))
    values[:, 1] += values[:, 0]
    values[:, 2] += values[:, 1] + rng.normal(size=len(SIZES))[cluster]
    return values, cluster


def slopes(*columns):
    *before, outcome = columns
    design = np.column_stack([np.ones(len(outcome)), *before])
    return np.linalg.lstsq(design, outcome, rcond=None)[0][1:]


def test_draws_are_those_of_refits_to_the_rows_of_the_clusters():
    values, cluster = made()
    order = np.random.default_rng(2).permutation(cluster.size)
    (found,) = bootstrap_clusters(values[order], [MODEL], 5 * cluster[order], 150, 3)
    plan = ResamplingPlan(len(SIZES), 150, 3)
    counts = np.concatenate([part for _, part in plan.chunks()]).astype(int)
    rows = [np.flatnonzero(cluster == label) for label in range(len(SIZES))]
    for k, drawn in enumerate(counts):
        taken = np.concatenate(
            [np.tile(rows[g], times) for g, times in enumerate(drawn)]
        )
        x, m, y, c = values[taken].T
        a = slopes(x, c, m)[0]
        b, direct = slopes(m, x, c, y)[:2]
        ours = found.a[k], found.b[k], found.direct[k], found.indirect[k]
        np.testing.assert_allclose(ours, (a, b, direct, a * b), rtol=1e-8, atol=1e-10)


def test_a_cluster_is_drawn_with_all_of_its_cases():
    _, cluster = made()
    plan = ClusterPlan(n_cases=7, n_samples=300, seed=1, index=tuple(cluster.tolist()))
    for counts in (*(part for _, part in plan.chunks()), plan.replacements(9, 0)):
        for label in range(7):
            own = counts[:, cluster == label]
            assert (own == own[:, :1]).all()
        assert (counts[:, np.searchsorted(cluster, range(7))].sum(axis=1) == 7).all()


def test_too_few_clusters_and_samples_are_refused():
    values, cluster = made()
    with pytest.raises(DegenerateDataError, match="at least 3"):
        bootstrap_clusters(values, [MODEL], cluster > 3, 100, 1)
    with pytest.raises(OutOfRangeError, match="n_samples is 0"):
        bootstrap_clusters(values, [MODEL], cluster, 0, 1)
