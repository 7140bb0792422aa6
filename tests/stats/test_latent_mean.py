"""Slopes on true means against lavaan, closed forms and simulation."""

import numpy as np
import pandas as pd
import pytest

from smcm.chapters.nesting.trials import Coverage, read_trials
from smcm.errors import DegenerateDataError
from smcm.stats.latent_mean import (
    Equation,
    cluster_df,
    latent_mean,
    latent_slope,
    slopes_given,
)
from smcm.stats.latent_trial import Truth, try_latent
from smcm.stats.random_intercept import fit_random_intercept
from tests.outside import REFERENCE

OPTIMISED = 2e-5  # lavaan stops where its search along the likelihood does
LAVAAN = {"source": "lavaan", "script": "latent_mean"}


def loaded(name):
    frame = pd.read_csv(REFERENCE / "latent_mean_data.csv")
    own = frame[frame["set"] == name]
    team = own["team"].to_numpy() - 1
    rest = own[["x"]].to_numpy()
    equation = Equation(own["y"].to_numpy(), own["m"].to_numpy(), rest, team)
    design = np.column_stack([np.ones(len(own)), rest])
    return latent_mean(design, equation.mediator, team), equation


def made(sizes, rng, icc=0.3):
    team = np.repeat(np.arange(len(sizes)), sizes)
    x = rng.standard_normal(len(sizes))[team]
    mediator = 0.4 * x + np.sqrt(icc) * rng.standard_normal(len(sizes))[team]
    mediator += np.sqrt(1.0 - icc) * rng.standard_normal(team.size)
    outcome = mediator + rng.standard_normal(team.size)
    equation = Equation(outcome, mediator, x[:, None], team)
    design = np.column_stack([np.ones(team.size), x])
    return latent_mean(design, mediator, team), equation


def test_in_clusters_of_one_size_slopes_are_lavaans(oracle, compare):
    kept = oracle("latent_mean").set_index(["set", "quantity"])["est"]["balanced"]
    mean, equation = loaded("balanced")
    fit = slopes_given(mean, equation, kept["m_between"] / kept["m_within"])
    compare(
        fit.slope[1:3],
        [kept["between"], kept["within"]],
        **LAVAAN,
        abs=OPTIMISED,
        what="slopes on latent means and within clusters, given the variances",
    )


def test_with_many_clusters_of_any_size_slopes_are_near_lavaans(oracle, compare):
    """By restricted likelihood and moments here, by likelihood in all there."""
    kept = oracle("latent_mean").set_index(["set", "quantity"]).loc["many"]
    mean, equation = loaded("many")
    found = latent_slope(mean, equation, 2500, np.random.default_rng(1))
    compare(
        found.between,
        kept.loc["between", "est"],
        **LAVAAN,
        method=0.02,
        what="slope on latent means",
    )
    spread = np.subtract(*np.quantile(found.draws, [0.84, 0.16])) / 2.0
    assert spread == pytest.approx(kept.loc["between", "se"], rel=0.1)


def test_in_clusters_of_one_size_the_correction_is_the_closed_form():
    """Slope within plus what is between beyond it, over the reliability."""
    mean, equation = made([9] * 25, np.random.default_rng(5))
    team = equation.cluster
    observed = (np.bincount(team, equation.mediator) / mean.sizes)[team]
    one = np.ones(team.size)
    design = np.column_stack(
        [one, observed, equation.mediator - observed, equation.rest]
    )
    plain = fit_random_intercept(design, equation.outcome, team).slope
    for ratio in (0.05, 0.4):
        reliability = mean.reliability(ratio)[0]
        assert reliability == pytest.approx(9 * ratio / (1 + 9 * ratio))
        theirs = plain[2] + (plain[1] - plain[2]) / reliability
        found = slopes_given(mean, equation, ratio).slope
        assert found[1] == pytest.approx(theirs, rel=1e-6)
        assert found[2] == pytest.approx(plain[2], rel=1e-6)


def test_where_clusters_do_not_differ_there_is_no_slope_and_no_end():
    rng = np.random.default_rng(6)
    for _ in range(20):
        mean, equation = made([10] * 8, rng, icc=0.0)
        if mean.fit.at_boundary:
            break
    found = latent_slope(mean, equation, 2500, rng)
    assert np.isnan(found.between)
    assert np.isinf(found.draws).mean() > 0.5


def test_what_does_not_vary_within_clusters_costs_degrees_of_freedom():
    _, equation = made([5] * 12, np.random.default_rng(7))
    assert cluster_df(equation) == 10
    rest = np.column_stack([equation.rest, np.random.default_rng(8).normal(size=60)])
    more = Equation(equation.outcome, equation.mediator, rest, equation.cluster)
    assert cluster_df(more) == 10


def test_observed_means_mislead_and_true_means_cover():
    """A short run of what benchmarks/team_means.py keeps, with teams of one size."""
    rng = np.random.default_rng(9)
    team = np.repeat(np.arange(14), 22)
    x = 0.8 * rng.standard_normal(14)[team] + 0.5 * rng.standard_normal(team.size)
    found = try_latent(x, team, Truth(icc=0.05), 60, 10)
    assert found.observed < 0.8
    assert found.observed_covers < 0.85
    error = np.sqrt(0.95 * 0.05 / found.n)
    assert found.latent_covers > 0.95 - 3.0 * error


def test_what_is_kept_covers_as_it_should():
    trials = read_trials()
    assert {one.teams for one in trials} >= {14}
    for one in trials:
        found = Coverage.of(one.latent_covers, one.n)
        assert found.share == pytest.approx(
            0.95, abs=4.0 * np.sqrt(0.05 * 0.95 / one.n)
        )
        assert one.observed_covers < 0.85
    most = max(trials, key=lambda one: one.teams)
    assert most.latent == pytest.approx(most.truth.between, abs=0.05)


def test_too_few_clusters_are_refused():
    team = np.repeat([0, 1], 10)
    one = np.ones((20, 1))
    with pytest.raises(DegenerateDataError):
        latent_mean(one, np.arange(20.0), team)
