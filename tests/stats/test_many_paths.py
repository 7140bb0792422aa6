"""Paths of many designs at once against R, one fit at a time, and refusals."""

import numpy as np
import pytest

from smcm.errors import DegenerateDataError
from smcm.stats.many_paths import fit_many
from smcm.stats.ols import fit_linear


def made(s=3, n=70, seed=2):
    rng = np.random.default_rng(seed)
    designs = rng.normal(size=(s, n, 5)) * [1.0, 3.0, 0.1, 5.0, 8.0]
    designs += [0.0, 1e3, 2.0, -4.0, 60.0]
    designs[:, :, 0] = 1.0
    cluster = rng.integers(6, size=n)
    cluster[:6] = np.arange(6)
    outcome = rng.normal(size=(s, n)) + 0.5 * designs[:, :, 4] + cluster
    return designs, outcome, cluster


def one_by_one(design, outcome, cluster):
    """The same by `fit_linear`, which has its own tests against clubSandwich."""
    without = design[:, :-1]
    for columns, y in ((without, design[:, -1]), (design, outcome)):
        fits = [fit_linear(columns, y, kind) for kind in ("classical", "hc3")]
        robust = fit_linear(columns, y, "cr2", cluster)
        yield [
            fits[0].slope[-1],
            *(fit.se[-1] for fit in (*fits, robust)),
            robust.t_df[-1],
        ]


def require_each_as_alone(designs, outcome, cluster):
    both = fit_many(designs, outcome, cluster)
    for k in range(len(designs)):
        alone = one_by_one(designs[k], outcome[k], cluster)
        for many, expected in zip(both, alone, strict=True):
            ours = [many.slope, many.classical, many.hc3, many.cr2, many.df_cr2]
            np.testing.assert_allclose([v[k] for v in ours], expected, rtol=1e-8)


def test_each_design_is_what_it_is_alone():
    require_each_as_alone(*made())


def test_a_cluster_with_a_column_of_its_own_counts_for_nothing():
    designs, outcome, cluster = made(s=1)
    designs[0, :, 1] = cluster == 2
    a, b = fit_many(designs, outcome, cluster)
    for many, expected in zip(
        (a, b), one_by_one(designs[0], outcome[0], cluster), strict=True
    ):
        assert many.cr2[0] == pytest.approx(expected[3], rel=1e-8)
        assert many.df_cr2[0] == pytest.approx(expected[4], rel=1e-6)


@pytest.mark.parametrize("more", [1.0, 4.0, 16.0])
@pytest.mark.parametrize("column", [3, 4])
def test_a_cluster_may_hold_nearly_all_that_x_or_m_varies(column, more):
    """From series that converge at once to those that do not."""
    designs, outcome, cluster = made(n=150)
    designs[:, cluster == 2, column] *= more
    require_each_as_alone(designs, outcome, cluster)


@pytest.mark.parametrize("columns", [[1], [2], [1, 2]])
def test_columns_that_are_constant_within_clusters_act_as_one(columns):
    designs, outcome, cluster = made()
    of_cluster = np.random.default_rng(5).normal(size=(6, len(columns)))
    designs[:, :, columns] = of_cluster[cluster]
    require_each_as_alone(designs, outcome, cluster)


@pytest.mark.parametrize("column", [1, 3, 4])
def test_columns_that_say_nothing_are_refused(column):
    designs, outcome, cluster = made()
    designs[1, :, column] = 7.0
    with pytest.raises(DegenerateDataError, match="does not vary"):
        fit_many(designs, outcome, cluster)
    designs[1, :, column] = 2.0 * designs[1, :, 2] - 1.0
    with pytest.raises(DegenerateDataError, match="determined"):
        fit_many(designs, outcome, cluster)
