"""Clients without exposure: who is left out, of what, and on which resamples."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from scipy import stats as scipy_stats
from statsmodels.api import OLS, add_constant

from generator.shipped import ALLIANCE_BEFORE, HORIZONS, SHORTEST_WINDOW
from smcm import RunParameters, load_cohort, run_study
from smcm.analysis.mediation import mediate_all, mediate_on_own_cases
from smcm.analysis.participants import TOO_LATE, describe_flow
from smcm.analysis.pooled import pool_study
from smcm.chapters.confounding.confounding import describe_confounding
from smcm.chapters.multiverse.exposures import other_exposures
from smcm.chapters.multiverse.multiverse import explore, possible_axes
from smcm.chapters.nesting.clustered import models_with_teams
from smcm.stats.resample import ResamplingPlan, SubsetPlan
from tests.cohort.folders import Copied, plant_gaps
from tests.shown import tables

KEPT = 1e-9
RUN = RunParameters(n_boot=200, n_imputations=2)
BY_HAND = 25  # resamples that are refitted one by one


@pytest.fixture(scope="module")
def folder(second_folder, tmp_path_factory):
    return plant_gaps(Copied(second_folder, tmp_path_factory.mktemp("gaps") / "data"))


@pytest.fixture(scope="module")
def gappy(folder):
    cohort = load_cohort(folder.path)
    return run_study(cohort, dataclasses.replace(RUN, data=str(folder.path)))


@pytest.fixture(scope="module")
def exposed(folder):
    """Clients with a scored day in the 90 days before an interview, from the files."""
    clients = folder.table("clients").set_index("client_id")["team"]
    scored = folder.table("fidelity")
    found = {}
    for horizon, month in ALLIANCE_BEFORE.items():
        held = folder.table("interviews")
        held = held[held["month"].astype(float) == month].set_index("client_id")["date"]
        kept = []
        for client, team in clients.items():
            days = pd.to_datetime(scored.loc[scored["team"] == team, "date"])
            window = pd.date_range(
                end=pd.Timestamp(held[client]) - pd.Timedelta(days=1),
                periods=SHORTEST_WINDOW,
            )
            if ((window >= days.min()) & (window <= days.max())).any():
                kept.append(client)
        found[horizon] = kept
    return found


def test_each_horizon_has_its_own_clients(gappy, exposed):
    n = [len(exposed[h]) for h in HORIZONS]
    assert gappy.n > n[0] > n[1]
    assert [gappy.n_at(h) for h in HORIZONS] == n
    assert {r.mediation.n for r in gappy.models} == set(n)
    assert gappy.n_in_both == len(set(exposed[9.0]) & set(exposed[18.0]))
    assert gappy.characteristics.n == gappy.n
    for days in gappy.windows:
        assert [r.mediation.n for r in gappy.windows[days]] == [
            r.mediation.n for r in gappy.models
        ]


def test_the_flow_counts_them(gappy, exposed):
    invented = dataclasses.replace(gappy.cohort, synthetic=True)
    flow = describe_flow(dataclasses.replace(gappy, cohort=invented))
    for one in flow.horizons:
        gone = flow.in_run - len(exposed[one.horizon])
        assert one.without_exposure[TOO_LATE] == gone
        assert sum(one.without_exposure.values()) == gone
        assert one.analysed == len(exposed[one.horizon])
    assert (flow.ratings.blank, len(flow.ratings.without_total)) == (6, 1)
    shown = tables.participants(gappy)
    assert str(len(exposed[18.0])) in shown.body.to_string()
    assert "6 of " in shown.notes[1]


def test_why_a_few_people_have_no_exposure_follows_from_nothing(study):
    """Their number is that of the data less that of the models; a 0 would tell why."""
    people = dataclasses.replace(study.cohort, synthetic=False)
    own = study.exposure.frame
    own = own.assign(
        **{name: own[name].mask(np.arange(len(own)) < 3) for name in own.columns}
    )
    exposure = dataclasses.replace(study.exposure, frame=own)
    for cohort, told in ((study.cohort, [0, 0, 3]), (people, [None] * 3)):
        own = dataclasses.replace(study, cohort=cohort, exposure=exposure)
        flow = describe_flow(own)
        for one in flow.horizons:
            assert list(one.without_exposure.values()) == told
            assert flow.in_run - one.analysed == 3
        steps = list(tables.participants(own).body["Step"])
        assert ("Excluded: no exposure" in steps) == cohort.real
        assert len([words for words in steps if "Excluded" in words]) == 1


def test_paths_are_those_of_statsmodels_on_these_clients(gappy, exposed):
    for result in gappy.models:
        spec = result.mediation.spec
        own = gappy.frame[gappy.frame["client_id"].isin(exposed[result.model.horizon])]
        rest = own[[spec.x, *spec.covariates]]
        a = OLS(own[spec.m], add_constant(rest)).fit()
        b = OLS(own[spec.y], add_constant(rest.assign(m=own[spec.m]))).fit()
        assert result.mediation.a == pytest.approx(a.params[spec.x], rel=KEPT)
        assert result.mediation.b == pytest.approx(b.params["m"], rel=KEPT)
        assert result.mediation.p("b") == pytest.approx(b.pvalues["m"], rel=1e-6)


def test_resamples_are_of_all_clients(gappy, exposed):
    """Refit by hand: draw among all, keep those with the exposure."""
    plan = ResamplingPlan(gappy.n, RUN.n_boot, gappy.run.seed)
    (_, counts), *_ = plan.chunks()
    for result in gappy.models[::3]:
        spec, drawn = result.mediation.spec, result.mediation.draws
        own = gappy.frame["client_id"].isin(exposed[result.model.horizon]).to_numpy()
        values = gappy.frame[[spec.m, spec.x, *spec.covariates]].to_numpy(float)
        y = gappy.frame[spec.y].to_numpy(float)
        for k in range(BY_HAND):
            rows = np.repeat(np.arange(gappy.n), counts[k].astype(int))
            rows = rows[own[rows]]
            design = np.column_stack([np.ones(len(rows)), values[rows]])
            b = np.linalg.lstsq(design, y[rows], rcond=None)[0][1]
            without = np.delete(design, 1, axis=1)
            a = np.linalg.lstsq(without, values[rows, 0], rcond=None)[0][1]
            assert drawn.a[k] == pytest.approx(a, rel=1e-7)
            assert drawn.b[k] == pytest.approx(b, rel=1e-7)
            assert drawn.sd_y[k] == pytest.approx(y[rows].std(ddof=1), rel=KEPT)


def test_a_subset_s_interval_is_that_of_a_sample_of_its_own():
    """The size varies from sample to sample and the spread is that of theory."""
    rng = np.random.default_rng(3)
    values, members = rng.normal(size=400), np.arange(400) < 150
    plan = SubsetPlan.among(members, 20_000, 1)
    means = np.concatenate(
        [(c @ values[members]) / c.sum(axis=1) for _, c in plan.chunks()]
    )
    sizes = np.concatenate([c.sum(axis=1) for _, c in plan.chunks()])
    assert sizes.mean() == pytest.approx(150, abs=4 * np.sqrt(93.75 / 20_000))
    theory = values[members].std() / np.sqrt(150)
    assert means.std() == pytest.approx(theory, rel=0.03)


def test_where_nobody_lacks_anything_nothing_changes(study):
    specs = [result.model.spec(180) for result in study.models]
    alike = mediate_on_own_cases(study.frame, specs, n_boot=200, seed=5)
    before = mediate_all(study.frame, specs, n_boot=200, seed=5)
    for one, other in zip(alike, before, strict=True):
        assert one.draws.indirect.tobytes() == other.draws.indirect.tobytes()
        assert one.tidy().equals(other.tidy())


def test_the_change_of_fidelity_is_of_clients_with_both(gappy):
    both = gappy.frame.dropna(subset=["fidelity_4.5", "fidelity_13.5"])
    theirs = scipy_stats.ttest_rel(both["fidelity_4.5"], both["fidelity_13.5"])
    found = gappy.change.fidelity.change
    assert (found.t, found.df) == (pytest.approx(theirs.statistic), len(both) - 1)
    assert gappy.change.alliance.change.df == gappy.n - 1
    assert f"for the {len(both)} clients with" in tables.change(gappy).notes[0]


def test_captions_name_both_numbers(gappy):
    first, second = (gappy.n_at(h) for h in HORIZONS)
    words = f"N={first} at 9 months, N={second} at 18 months"
    assert words in tables.paths(gappy).caption
    assert words in tables.indirect_effects(gappy).caption


def test_the_multiverse_holds_the_study_s_own_models(gappy):
    few = tuple(
        dataclasses.replace(axis, levels=axis.levels[:1])
        for axis in possible_axes(gappy.cohort, gappy.run)
    )
    found = explore(gappy.cohort, gappy.run, few)
    ours = [r.mediation.indirect_cs for r in gappy.models]
    limits = [r.mediation.limits("indirect")[0] for r in gappy.models]
    np.testing.assert_allclose(found.indirect.ravel(), ours, rtol=1e-8)
    np.testing.assert_array_equal(found.low.ravel() > 0, np.array(limits) > 0)


def test_every_other_analysis_leaves_out_the_same_clients(gappy):
    n = [r.mediation.n for r in gappy.models]
    assert [one.a.ols.n for one in models_with_teams(gappy)] == n
    own = other_exposures(gappy, windows=(180, 360))
    assert [r.n for r in (*own.domains["total"], *own.windows[360])] == n * 2
    for one, size in zip(describe_confounding(gappy).models, n, strict=True):
        assert one.draws.a.size == RUN.n_boot
        assert one.completed.mediation.n == size
    pooled = pool_study(gappy, ("rubin_mc", "mi_boot"), m=2)
    assert [one.main.n for one in pooled.models] == n


def test_the_defensible_reading_leaves_out_the_same_clients(gappy, folder):
    run = dataclasses.replace(gappy.run, reading="defensible")
    found = run_study(load_cohort(folder.path), run)
    assert [r.mediation.n for r in found.models] == [
        r.mediation.n for r in gappy.models
    ]


def test_a_team_assessed_once_has_no_exposure(second_folder, tmp_path):
    own = Copied(second_folder, tmp_path / "once")
    day = own.table("fidelity").query("team == 'T04'")["date"].min()
    own.drop("fidelity", lambda t: (t["team"] == "T04") & (t["date"] > day))
    study = run_study(load_cohort(own.path), RUN)
    size = int((study.frame["team"] == "T04").sum())
    assert size > 0
    assert [study.n_at(h) for h in HORIZONS] == [study.n - size] * 2
