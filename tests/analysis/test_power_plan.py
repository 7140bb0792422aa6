"""Power at the study's own estimates, against the figures of another simulation."""

import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from scipy import stats

from smcm.analysis.study import run_study
from smcm.chapters.power import figures as power_figures
from smcm.chapters.power import plan as power_plan
from smcm.chapters.power import power_facts
from smcm.chapters.power import tables as power_tables
from smcm.chapters.power.plan import plan_power
from smcm.chapters.power.settings import INDIRECT_POWER, PLANNED_ICC
from smcm.parameters import RunParameters
from smcm.stats.power_coefficient import coefficient_power
from smcm.stats.power_exact import joint_power, monte_carlo_power
from smcm.stats.power_methods import BOOTSTRAP, JOINT, MONTE_CARLO
from smcm.stats.power_search import MOST_CASES
from tests.filled import about, filled

FEW = 100  # replications where no power is looked at


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
        in_teams = found.needed_in_teams
        assert in_teams.n > found.needed[MONTE_CARLO]
        size = found.teams.clustering.size
        assert in_teams.n == np.ceil(in_teams.teams * size) + plan.covariates


def test_design_effects_are_one_more_than_what_teams_add(study, plan):
    for found in plan.models:
        teams = found.teams.clustering
        assert teams.size == pytest.approx(study.n / 14)
        more = (teams.size - 1) * teams.icc_x * teams.icc_m
        assert found.teams.effect_a == pytest.approx(1 + more)
        assert found.teams.effect_b < found.teams.effect_a


def test_site_costs_a_team_as_the_only_covariate_of_teams(plan):
    for found in plan.models:
        assert found.teams.clustering.covariates == 1
        assert found.teams.df == found.teams.count - 3


def test_few_teams_cost_more_than_the_design_effects_say(plan):
    for found in plan.models:
        shrunk = (
            found.sizes.a / np.sqrt(found.teams.effect_a),
            found.sizes.b / np.sqrt(found.teams.effect_b),
        )
        assert found.in_teams < joint_power(*shrunk, found.own.n)


def test_planned_clients_agree_between_tests_and_rise_with_teams(plan):
    for row in plan.planned:
        found = list(row.needed.values())
        assert max(found) / min(found) < 1.06
        assert abs(row.needed[BOOTSTRAP] - row.needed[MONTE_CARLO]) < 4 * row.error + 2
        teams = [row.in_teams[icc] for icc in PLANNED_ICC]
        in_teams = [row.needed[MONTE_CARLO], *(found.n for found in teams)]
        assert in_teams == sorted(in_teams)
        assert all(found.n == 22 * found.teams for found in teams)


def test_more_teams_buy_what_more_clients_do_not(plan):
    trade = plan.traded
    assert trade.own in [found.count for found in trade.teams]
    for few, many in pairwise(trade.teams):
        assert few.clients == many.clients
        assert all(np.array(few.power) < np.array(many.power))
        assert few.most < many.most
    for found in trade.teams:
        assert list(found.power) == sorted(found.power)
        assert found.power[-1] < found.most
        assert (found.enough is None) == (found.most < INDIRECT_POWER)


def test_most_power_of_a_number_of_teams_is_that_of_their_true_means(plan):
    """However many clients, x and the shared residuals of J teams are all there is."""
    trade = plan.traded
    scale = trade.sizes.a / np.sqrt(trade.icc)
    for found in trade.teams:
        df, critical = found.count - 2, stats.t.isf(0.025, found.count - 2)
        s = stats.chi.rvs(df + 1, size=4000, random_state=1)
        power = stats.ncf.sf(critical**2, 1, df, (scale * s) ** 2).mean()
        assert found.most == pytest.approx(power, abs=0.02)


def test_curves_rise_and_pass_through_the_simulated_powers(plan):
    for curve in plan.curves:
        cases = np.array([point.n for point in curve.simulated])
        for method in (JOINT, MONTE_CARLO):
            exact = curve.exact(cases, method)
            assert (np.diff(exact) > 0).all()
            assert exact == pytest.approx(
                [point.power for point in curve.simulated], abs=0.05
            )


@pytest.fixture(scope="module")
def said(study, plan):
    return chapter(study, plan)


def chapter(study, plan):
    return filled("power", **about(study), power=power_facts(study, plan))


def test_chapter_shows_what_was_computed(said, plan):
    assert f"({plan.ranked[0].model.title})" in said
    assert f"{plan.middle.needed[MONTE_CARLO]:,} unrelated clients" in said
    own = power_tables.power_own(plan).body
    assert len(own) == len(power_tables.power_needed(plan).body) == len(plan.models)
    assert len(power_tables.power_planned(plan).body) == len(plan.planned)
    assert len(power_tables.power_traded(plan).body) == len(plan.traded.teams)
    assert power_figures.power_curves(plan).alt.count("percentile bootstrap") == 3
    alt = power_figures.power_trade(plan.traded).alt
    assert all(f"{found.count} teams:" in alt for found in plan.traded.teams)


def test_every_number_of_clients_in_teams_names_the_number_of_teams(said, plan):
    needed = plan.middle.needed_in_teams
    assert f"{needed.n:,} clients in {needed.teams} teams like these" in said
    row = plan.planned[1].in_teams[PLANNED_ICC[1]]
    assert said.count(f"{row.n:,} clients in {row.teams} teams") == 2
    for found in plan.traded.teams:
        if found.enough is not None:
            assert f"{found.enough} clients in {found.count} teams" in said
    assert "With the 14 teams of this edition" in said
    assert "With 14 such teams" in said


def test_the_lead_is_about_a_plan_and_not_about_the_estimates(said, plan):
    lead, *_ = said.split("## ")
    assert "An indirect effect with both paths" in lead
    assert not any(found.model.title in lead for found in plan.models)


def test_a_bound_of_power_is_rounded_up(study, plan):
    facts = power_facts(study, plan)
    here = replace(facts.example.here, most=0.4001)
    said = filled(
        "power",
        **about(study),
        power=replace(facts, example=replace(facts.example, here=here)),
    )
    assert "it stays below .41." in said


def test_more_clients_than_were_searched_are_said_to_be_more(study, plan):
    facts = power_facts(study, plan)
    endless = replace(facts.middle, unrelated=None, needed=None)
    said = filled("power", **about(study), power=replace(facts, middle=endless))
    assert f"requires over {MOST_CASES:,} unrelated clients for power .80." in said


@pytest.mark.parametrize("teams", [1, 2, 3])
def test_few_teams_have_a_chapter_too(cohort, teams, monkeypatch):
    monkeypatch.setattr(power_plan, "REPLICATIONS", FEW)
    run = RunParameters(n_boot=200, site="only-4")
    alone = run_study(cohort, run)
    alone.frame["team"] = [f"t{k % teams}" for k in range(len(alone.frame))]
    plan = plan_power(alone)
    none = teams < 3
    assert all(np.isnan(found.in_teams) == none for found in plan.models)
    said = chapter(alone, plan)
    assert not re.search(r"\bnan\b|\binf\b|\bNone\b", said)
    column = power_tables.power_own(plan).body[f"In {teams} teams"]
    assert (set(column) == {"–"}) == none
    assert ("cannot be estimated" in said) == (teams == 1)
    assert ("They are too few" in said) == (teams == 2)
