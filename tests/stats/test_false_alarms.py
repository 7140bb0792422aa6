"""The simulation against regressions one by one, and where the answer is known."""

import numpy as np
import pytest

from smcm.errors import OutOfRangeError
from smcm.stats.false_alarms import CHUNK, Trial, false_alarms
from smcm.stats.ols import fit_linear


def made(within=1.0, sizes=(30,) * 12):
    rng = np.random.default_rng(4)
    cluster = np.repeat(np.arange(len(sizes)), sizes)
    x = rng.normal(size=len(sizes))[cluster] + within * rng.normal(size=cluster.size)
    return np.column_stack([np.ones(cluster.size), x, rng.normal(size=x.size)]), cluster


def trial(**options):
    return Trial(
        **{"iccs": (0.0, 0.1), "levels": (0.05, 0.01), "n_samples": 200, "seed": 2}
        | options
    )


def test_every_rejection_is_that_of_a_regression():
    design, cluster = made(sizes=(9, 14, 6, 11, 8))
    rng = np.random.default_rng(2)
    n = cluster.size
    residual, intercept = rng.normal(size=(n, 200)), rng.normal(size=(5, 200))
    found = {
        (r.icc, r.test, r.level): r for r in false_alarms(design, 1, cluster, trial())
    }
    assert len(found) == 8
    for icc in (0.0, 0.1):
        drawn = np.sqrt(1 - icc) * residual + np.sqrt(icc) * intercept[cluster]
        for test in ("classical", "cr2"):
            own = None if test == "classical" else cluster
            p = [fit_linear(design, y, test, own).p[1] for y in drawn.T]
            for level in (0.05, 0.01):
                ours = found[icc, test, level]
                assert ours.rejected == np.sum(np.array(p) < level)
                assert ours.n == 200


def test_groups_within_clusters_are_drawn_alike():
    """Groups of 10 within clusters of 30: the design effect is that of the groups."""
    design, cluster = made(within=0.0)
    groups = np.arange(cluster.size) // 10
    (found, *_) = false_alarms(
        design[:, :2], 1, cluster, trial(iccs=(0.1,), n_samples=6000), groups
    )
    z = np.random.default_rng(0).normal(size=400_000)
    large = np.abs(z) * np.sqrt(1 + 9 * 0.1) > 1.967
    assert found.rate == pytest.approx(large.mean(), abs=0.02)
    same = false_alarms(design, 1, cluster, trial(), cluster)
    assert same == false_alarms(design, 1, cluster, trial())


def test_independent_cases_are_rejected_at_the_level():
    design, cluster = made()
    for result in false_alarms(design, 1, cluster, trial(iccs=(0.0,), n_samples=4000)):
        assert abs(result.rate - result.level) < 4.0 * max(result.error, 0.001)


def test_a_predictor_of_clusters_alarms_as_the_design_effect_has_it():
    """x is that of the cluster: the t is too large by the root of 1 + (m - 1) ICC."""
    design, cluster = made(within=0.0)
    (found, *_) = false_alarms(
        design[:, :2], 1, cluster, trial(iccs=(0.1,), n_samples=6000)
    )
    assert (found.test, found.level) == ("classical", 0.05)
    rng = np.random.default_rng(0)
    z = rng.normal(size=400_000)
    large = np.abs(z) * np.sqrt(1 + 29 * 0.1) > 1.967
    # the residual variance is a little off its mean, so within two points
    assert found.rate == pytest.approx(large.mean(), abs=0.02)


def test_chunks_are_one_stream_and_seeds_differ():
    design, cluster = made(sizes=(4, 5, 6))
    small = trial(n_samples=CHUNK + 7, iccs=(0.0,))
    assert false_alarms(design, 1, cluster, small) == false_alarms(
        design, 1, cluster, small
    )
    other = false_alarms(design, 1, cluster, trial(n_samples=CHUNK + 7, seed=3))
    assert other[0].rejected != false_alarms(design, 1, cluster, small)[0].rejected


def test_error_of_the_simulation():
    (first, *_) = false_alarms(*made()[:1], 1, made()[1], trial())
    share = first.rejected / 200
    assert first.error == pytest.approx(np.sqrt(share * (1 - share) / 200))


def test_what_cannot_be_drawn_is_refused():
    for wrong in ({"iccs": (1.0,)}, {"levels": (-0.1,)}, {"n_samples": 0}):
        with pytest.raises(OutOfRangeError):
            trial(**wrong)
