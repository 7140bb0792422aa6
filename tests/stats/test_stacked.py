"""The bootstrap over several sets against that over each, stacked by hand."""

import numpy as np
import pytest

from smcm.errors import DegenerateDataError
from smcm.stats.bootstrap import bootstrap_paths
from smcm.stats.crossproducts import ModelColumns
from smcm.stats.draw_limits import percentile_limits
from smcm.stats.mediation import fit_paths
from smcm.stats.resample import ResamplingPlan
from smcm.stats.stacked import KeptCounts, bootstrap_stacked

N, B = 90, 600
MODELS = (
    ModelColumns(x=0, m=1, y=2, covariates=(4, 5)),
    ModelColumns(x=0, m=1, y=3, covariates=(4,)),
)


def made(m, seed=5):
    rng = np.random.default_rng(seed)
    sets = rng.normal([3.0, 40.0, -7.0, 0.0, 2.0, 1.0], size=(m, N, 6))
    sets[:, :, 1] += 0.4 * sets[:, :, 0]
    sets[:, :, 2] += 0.3 * sets[:, :, 1]
    return sets


@pytest.fixture(scope="module")
def kept():
    return KeptCounts.of(ResamplingPlan(N, B, 3))


def test_one_set_gives_the_ordinary_bootstrap(kept):
    sets = made(1)
    found = bootstrap_stacked(sets, MODELS, kept)
    for k, draws in enumerate(
        bootstrap_paths(sets[0], MODELS, ResamplingPlan(N, B, 3))
    ):
        low, high = percentile_limits(draws.indirect)
        np.testing.assert_allclose(
            [found.low[k], found.high[k]], [low, high], rtol=1e-10
        )
    assert found.undefined == 0


def test_several_sets_give_their_shares_of_the_draws_stacked(kept):
    sets = made(4)
    found = bootstrap_stacked(sets, MODELS, kept)
    for k, model in enumerate(MODELS):
        stacked = []
        for values, share in zip(sets, np.array_split(kept.counts, 4), strict=True):
            for counts in share:
                rows = values[np.repeat(np.arange(N), counts.astype(int))]
                paths = paths_of(rows, model)
                stacked.append(paths.indirect)
        low, high = percentile_limits(np.array(stacked))
        np.testing.assert_allclose(
            [found.low[k], found.high[k]], [low, high], rtol=1e-8
        )
        each = [paths_of(values, model).indirect for values in sets]
        assert found.indirect[k] == pytest.approx(np.mean(each), rel=1e-10)


def paths_of(values, model):
    return fit_paths(
        values[:, model.x],
        values[:, model.m],
        values[:, model.y],
        values[:, list(model.covariates)],
    )


def test_the_shares_are_all_samples_once_after_the_cases_themselves(kept):
    samples = [np.concatenate(parts) for parts in kept.shares(7)]
    assert all((rows[0] == 1.0).all() for rows in samples)
    shares = [rows[1:] for rows in samples]
    assert max(map(len, shares)) - min(map(len, shares)) <= 1
    np.testing.assert_array_equal(np.concatenate(shares), kept.counts)


def test_resamples_without_variation_are_left_out_and_too_many_refused(kept):
    sets = made(2)
    sets[:, :, 0] = 0.0
    sets[:, :5, 0] = 1.0  # five cases carry x: in exp(-5) of the resamples none does
    assert 0 < bootstrap_stacked(sets, MODELS[1:], kept).undefined <= 0.01 * B
    sets[:, :4, 0] = 0.0  # one case does: in a third of them none
    with pytest.raises(DegenerateDataError, match="without variation"):
        bootstrap_stacked(sets, MODELS[1:], kept)
