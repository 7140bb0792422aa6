"""The wild cluster bootstrap against a loop in R and a loop of refits."""

import numpy as np
import pytest

from generator.shipped import EIGHT_MODELS
from smcm.errors import DegenerateDataError, OutOfRangeError
from smcm.paths import ROOT
from smcm.stats.ols import fit_linear
from smcm.stats.wild_bootstrap import WEBB, webb_weights, wild_test

WEIGHTS = ROOT / "tests" / "reference" / "wild_weights.csv"
R = {"source": "R", "script": "wild"}
EXACT = 1e-9


def made(seed=1, sizes=(9, 4, 7, 5, 8, 6, 3)):
    rng = np.random.default_rng(seed)
    cluster = np.repeat(np.arange(len(sizes)), sizes)
    of_cluster = rng.normal(size=(2, len(sizes)))[:, cluster]
    n = cluster.size
    x = of_cluster[0] + 0.3 * rng.normal(size=n)
    design = np.column_stack([np.ones(n), x, rng.normal(size=(n, 2)) + 50.0])
    return design, of_cluster[1] + rng.normal(size=n), cluster


def test_weights_kept_for_r_are_drawn_again():
    kept = np.loadtxt(WEIGHTS, delimiter=",", skiprows=1)
    np.testing.assert_array_equal(webb_weights(14, 199, 7), kept)


def test_draws_and_p_of_the_eight_models_are_those_of_a_loop_in_r(
    frame, oracle, compare
):
    weights = np.loadtxt(WEIGHTS, delimiter=",", skiprows=1)
    team = np.unique(frame["team"].astype(str), return_inverse=True)[1]
    kept = oracle("wild").set_index(["model", "path"])
    draws = oracle("wild_draws", "wild").set_index(["model", "path"])
    for model in EIGHT_MODELS:
        spec = model.spec(180)
        columns = frame[[spec.x, *spec.covariates]].to_numpy()
        design = np.column_stack([np.ones(len(frame)), columns])
        for path, outcome in (("a", spec.m), ("c", spec.y)):
            found = wild_test(design, frame[outcome].to_numpy(), 1, team, weights)
            row, theirs = kept.loc[(model.key, path)], draws.loc[(model.key, path), "t"]
            what = "wild cluster bootstrap on the same weights, "
            compare(found.draws, theirs, **R, what=what + "draws of t", abs=EXACT)
            compare(
                [found.t, found.p],
                row[["t", "p"]],
                **R,
                what=what + "t and p",
                abs=EXACT,
            )


@pytest.mark.parametrize("at", [1, 2, 3])
def test_draws_are_those_of_refits(at):
    design, y, cluster = made()
    weights = webb_weights(7, 99, 3)
    rest = np.delete(design, at, axis=1)
    fitted = rest @ np.linalg.lstsq(rest, y, rcond=None)[0]
    expected = [
        fit_linear(design, fitted + v[cluster] * (y - fitted), "cr1", cluster).t[at]
        for v in weights
    ]
    found = wild_test(design, y, at, cluster, weights)
    np.testing.assert_allclose(found.draws, expected, rtol=1e-8, atol=1e-10)
    assert found.t == pytest.approx(fit_linear(design, y, "cr1", cluster).t[at])
    assert found.p == np.mean(np.abs(expected) >= abs(found.t))


def test_weights_of_one_give_the_t_of_the_sample_and_of_minus_one_its_negative():
    design, y, cluster = made()
    ones = np.ones((1, 7)) * np.array([[1.0], [-1.0]])
    found = wild_test(design, y, 1, cluster, ones)
    np.testing.assert_allclose(found.draws, [found.t, -found.t], rtol=1e-9)
    assert found.p == 1.0  # ties count


def test_webb_weights_have_mean_zero_variance_one_and_six_values():
    weights = webb_weights(14, 20_000, 1)
    np.testing.assert_allclose(np.unique(weights), WEBB)
    assert abs(weights.mean()) < 0.01
    assert weights.var() == pytest.approx(1.0, abs=0.01)
    np.testing.assert_array_equal(webb_weights(14, 150, 1), webb_weights(14, 150, 1))
    assert (webb_weights(14, 150, 1) != webb_weights(14, 150, 2)).any()


def test_p_is_uniform_where_nothing_is_to_be_found():
    """Twelve clusters that differ, x of the cluster: about 5% lie below .05."""
    weights, below = webb_weights(12, 399, 1), 0
    for seed in range(400):
        design, y, cluster = made(seed, sizes=(5,) * 12)
        below += wild_test(design, y, 1, cluster, weights).p <= 0.05
    assert below / 400 == pytest.approx(0.05, abs=0.033)  # three standard errors


def test_weights_that_do_not_fit_are_refused():
    design, y, cluster = made()
    with pytest.raises(OutOfRangeError, match="a column for each of the 7 clusters"):
        wild_test(design, y, 1, cluster, webb_weights(6, 99, 1))
    with pytest.raises(OutOfRangeError, match="at least 99 draws"):
        webb_weights(6, 98, 1)
    with pytest.raises(DegenerateDataError, match="has 2 different values"):
        wild_test(design, y, 1, cluster > 2, webb_weights(2, 99, 1))
