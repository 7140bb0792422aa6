"""The exact jackknife and BCa limits, against refits and R's boot."""

import numpy as np
import pytest
from scipy import stats

from smcm.errors import DegenerateDataError
from smcm.stats.crossproducts import ModelColumns
from smcm.stats.draw_limits import (
    acceleration_of,
    bias_corrected_ranks,
    limits,
    percentile_limits,
)
from smcm.stats.mediation import fit_paths
from smcm.stats.replicates import jackknife_paths

EXACT = 1e-10  # in SDs of the jackknife
TERMS = ("a", "b", "direct", "total", "indirect", "indirect_ps", "indirect_cs")


def sample(n=70, covariates=3, seed=4):
    rng = np.random.default_rng(seed)
    c = rng.normal(size=(n, covariates))
    x = rng.gamma(2.0, size=n) + c.sum(axis=1)
    m = 0.5 * x + rng.gamma(1.0, size=n)
    return np.column_stack([x, m, 0.4 * m + rng.gamma(1.0, size=n), c])


def refits(values, model):
    """Fit all equations on the rows of every sample less one case."""
    found = []
    for case in range(len(values)):
        rows = np.delete(values, case, axis=0)
        c = rows[:, list(model.covariates)]
        fit = fit_paths(rows[:, model.x], rows[:, model.m], rows[:, model.y], c)
        found.append([getattr(fit, term) for term in TERMS])
    return np.array(found)


def assert_same(found, expected):
    ours = np.column_stack([getattr(found, term) for term in TERMS])
    assert (np.abs(ours - expected) / expected.std(axis=0)).max() < EXACT


@pytest.mark.parametrize("covariates", [0, 1, 5])
@pytest.mark.parametrize("scale", [1.0, 1e4])
def test_leaving_each_case_out_equals_refits(covariates, scale):
    values = sample(covariates=covariates) * scale + 100.0 * scale
    model = ModelColumns(0, 1, 2, tuple(range(3, 3 + covariates)))
    (found,) = jackknife_paths(values, [model])
    assert_same(found, refits(values, model))


def test_models_together_are_the_models_alone():
    values = sample(covariates=4)
    models = [ModelColumns(0, 1, 2, (3, 4)), ModelColumns(3, 1, 2, (4, 5, 6))]
    for model, found in zip(models, jackknife_paths(values, models), strict=True):
        assert_same(found, refits(values, model))


def test_mediators_in_parallel_equal_refits():
    values, model = sample(), ModelColumns(0, 1, 2, (4, 5), more=(3,))
    (found,) = jackknife_paths(values, [model])
    for case in (0, 20, 69):
        rows = np.delete(values, case, axis=0)
        fit = fit_paths(rows[:, 0], rows[:, [1, 3]], rows[:, 2], rows[:, 4:])
        ours = [*found.a[:, case], *found.b[:, case], found.direct[case]]
        assert ours == pytest.approx([*fit.a, *fit.b, fit.direct], rel=1e-9)
        assert found.indirect_cs[case] == pytest.approx(fit.indirect_cs, rel=1e-9)


def test_a_covariate_that_one_case_alone_holds_up_is_left_out_without_it():
    values, model = sample(), ModelColumns(0, 1, 2, (3, 4, 5))
    values[:, 5] = 0.0
    values[8, 5] = 1.0
    (found,) = jackknife_paths(values, [model])
    rows = np.delete(values, 8, axis=0)
    fit = fit_paths(*rows[:, :3].T, rows[:, 3:5])
    assert found.indirect[8] == pytest.approx(fit.indirect, rel=1e-9)


@pytest.mark.parametrize("part", [0, 1, 2])
def test_a_case_without_which_a_variable_is_constant_is_named(part):
    values, model = sample(), ModelColumns(0, 1, 2, (3, 4, 5))
    values[:, part] = 0.0
    values[8, part] = 1.0
    with pytest.raises(DegenerateDataError, match="Without case 9 of 70"):
        jackknife_paths(values, [model])


def test_acceleration_of_a_mean_is_its_skewness_over_six_root_n():
    values = np.random.default_rng(1).gamma(1.0, size=50)
    left_out = (values.sum() - values) / 49
    expected = stats.skew(values) / (6.0 * np.sqrt(50))
    assert acceleration_of(left_out) == pytest.approx(expected, rel=1e-9)
    assert acceleration_of(-left_out) == pytest.approx(-expected, rel=1e-9)


def test_without_influence_there_is_no_acceleration():
    assert acceleration_of(np.full(9, 2.5)) == 0.0


def test_bca_limits_by_the_definition_sorted():
    draws = np.random.default_rng(3).gamma(2.0, size=2000)
    estimate, left_out = 1.5, np.random.default_rng(4).gamma(1.0, size=80)
    a = acceleration_of(left_out)
    z0 = stats.norm.ppf((draws < estimate).mean())
    z = stats.norm.ppf([0.05, 0.95])
    low, high = stats.norm.cdf(z0 + (z0 + z) / (1 - a * (z0 + z)))
    ordered = np.sort(draws)
    expected = ordered[round(2000 * low) - 1], ordered[int(2000 * high)]
    assert limits(draws, estimate, 0.9, "bca", left_out) == expected


def test_without_bias_and_acceleration_the_limits_are_the_percentiles():
    draws = np.arange(1.0, 5001.0)
    even = np.array([-1.0, 1.0, -2.0, 2.0])
    assert limits(draws, 2500.5, 0.95, "bca", even) == percentile_limits(draws)


@pytest.mark.parametrize("acceleration", [-9.0, -0.5, 0.5, 9.0])
@pytest.mark.parametrize("estimate", [-99.0, 0.3, 99.0])
def test_limits_stay_among_the_draws_and_in_order(acceleration, estimate):
    draws = np.random.default_rng(4).normal(size=300)
    low, high = bias_corrected_ranks(draws, estimate, 0.95, acceleration)
    assert 1 <= low <= high <= draws.size
