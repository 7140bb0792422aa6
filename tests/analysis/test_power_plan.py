"""Power at the study's own estimates, against the figures of another simulation."""

import numpy as np
import pytest

from smcm.analysis.power_plan import plan_power
from smcm.analysis.study import run_study
from smcm.design.power import INDIRECT_POWER, PLANNED_ICC
from smcm.parameters import RunParameters
from smcm.report import figures, prose, tables
from smcm.stats.power import coefficient_power
from smcm.stats.power_exact import joint_power, monte_carlo_power
from smcm.stats.power_search import BOOTSTRAP, JOINT, MONTE_CARLO


@pytest.fixture(scope="module")
def plan(study):
    return plan_power(study)


def test_paths_have_the_effect_sizes_of_their_tests(study, plan):
    """f^2 (df + the tested one) is what a test of one coefficient is about."""
    for result, found in zip(study.models, plan.models, strict=True):
        fit = result.mediation.paths.to_mediator
        f2 = found.sizes.a**2
        assert f2 == pytest.approx((fit.t[1] ** 2) / fit.df)
        alone = coefficient_power(f2, found.n, study.predictors)
        certain = joint_power(found.sizes.a, 30.0, found.n - plan.covariates)
        assert certain == pytest.approx(alone, abs=0.02)


def test_own_power_is_near_that_of_the_exact_interval(plan):
    for found in plan.models:
        exact = monte_carlo_power(found.sizes.a, found.sizes.b, found.own.n)
        assert found.own.power == pytest.approx(exact, abs=0.03)
        assert found.own.n == found.n - plan.covariates
        low, high = found.at_limits
        assert low < found.own.power < high
        assert found.in_teams < found.own.power


def test_clients_needed_reach_the_power_and_one_less_does_not(plan):
    for found in plan.models:
        for method, power in ((JOINT, joint_power), (MONTE_CARLO, monte_carlo_power)):
            n = found.needed[method] - plan.covariates
            assert power(found.sizes.a, found.sizes.b, n) >= INDIRECT_POWER
            assert power(found.sizes.a, found.sizes.b, n - 1) < INDIRECT_POWER
        assert found.needed["teams"] > found.needed[MONTE_CARLO]


def test_design_effects_are_one_more_than_what_teams_add(plan):
    for found in plan.models:
        teams = found.teams
        more = (teams.size - 1) * teams.icc_x * teams.icc_m
        assert teams.effect_a == pytest.approx(1 + more)
        assert teams.effect_b < teams.effect_a


def test_planned_clients_agree_between_tests_and_rise_with_teams(plan):
    for row in plan.planned:
        found = list(row.needed.values())
        assert max(found) / min(found) < 1.06
        assert abs(row.needed[BOOTSTRAP] - row.needed[MONTE_CARLO]) < 4 * row.error + 2
        in_teams = [row.needed[MONTE_CARLO], *(row.in_teams[i] for i in PLANNED_ICC)]
        assert in_teams == sorted(in_teams)


def test_curves_rise_and_pass_through_the_simulated_powers(plan):
    for curve in plan.curves:
        cases = np.array([point.n for point in curve.simulated])
        for method in (JOINT, MONTE_CARLO):
            exact = curve.exact(cases, method)
            assert (np.diff(exact) > 0).all()
            assert exact == pytest.approx(
                [point.power for point in curve.simulated], abs=0.05
            )


def test_chapter_shows_what_was_computed(study, plan):
    said = prose.power_phrases(study, plan)
    assert plan.ranked[0].model.title in said["power_verdict"]
    assert f"{plan.middle.needed[MONTE_CARLO]:,} clients" in said["power_next"]
    own = tables.power_own(plan).body
    assert len(own) == len(tables.power_needed(plan).body) == len(plan.models)
    assert len(tables.power_planned(plan).body) == len(plan.planned)
    assert figures.power_curves(plan).alt.count("percentile bootstrap") == 3


@pytest.mark.slow
def test_a_single_team_has_no_design_effect(cohort):
    run = RunParameters(n_boot=200, site="only-4")
    alone = run_study(cohort, run)
    one = alone.frame["team"].mode()[0]
    alone.frame["team"] = one
    plan = plan_power(alone)
    assert all(np.isnan(found.in_teams) for found in plan.models)
    assert set(tables.power_own(plan).body["In teams"]) == {"–"}
    assert "no two teams" in prose.power_phrases(alone, plan)["power_teams_sentence"]
