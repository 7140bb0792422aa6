"""The multiverse against R, against the study itself, and over ways to compute it."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

import numpy as np
import pandas as pd
import pytest

from generator.shipped import EIGHT_MODELS, SCORED_DOMAINS
from smcm.analysis.mediation import mediate_all
from smcm.analysis.published import completed_frame
from smcm.analysis.study import run_study
from smcm.chapters.multiverse import choices as multiverse_choices
from smcm.chapters.multiverse.axes import (
    BOOTSTRAP,
    CATEGORIES,
    CR2,
    FROZEN,
    NUMBER,
    Axis,
)
from smcm.chapters.multiverse.choices import possible_axes, sites_to_leave_out
from smcm.chapters.multiverse.data import adjust, completed_sets
from smcm.chapters.multiverse.exposures import TOTAL, other_exposures
from smcm.chapters.multiverse.multiverse import explore
from smcm.chapters.multiverse.task import kept_counts
from smcm.cohort.exposure import (
    FROM_ENTRY,
    assessment_totals,
    day_number,
    fidelity_exposure,
)
from smcm.parameters import RunParameters
from smcm.stats.many_paths import fit_many
from tests.windows import WINDOWS_DAYS

RUN = RunParameters(n_boot=200, n_imputations=3)
R = {"source": "R", "script": "multiverse"}
SMALL = {"window": (180, 90)}
SITES = (4,)
WINDOWS = (*WINDOWS_DAYS, FROM_ENTRY)


def fewer(axes, **levels):
    """Keep some levels of some axes."""
    return tuple(Axis(a.key, a.title, tuple(levels.get(a.key, a.levels))) for a in axes)


@pytest.fixture(scope="module")
def axes(cohort):
    return possible_axes(cohort, RUN)


@pytest.fixture(scope="module")
def small(cohort, axes):
    return explore(cohort, RUN, fewer(axes, **SMALL), SITES)


def test_paths_and_errors_of_every_design_are_those_of_r(cohort, oracle, compare):
    sets = completed_sets(cohort, RUN, WINDOWS)
    kept = oracle("multiverse").astype({"left_out": str, "window": str})
    keys = ["left_out", "covariates", "site", "education"]
    units = sets_units(cohort)
    for (left_out, covariates, site, education), rows in kept.groupby(keys):
        own = sets.without_site(None if left_out == "none" else int(left_out))
        adjusted = adjust(
            own,
            own.frozen,
            WINDOWS,
            covariates=covariates,
            coding={"site": site, "education": education},
        )
        fits = fit_many(*adjusted.designs(0), own.team)
        order = [(str(w), m.key) for w in WINDOWS for m in EIGHT_MODELS]
        theirs = rows.set_index(["window", "model"]).loc[order]
        for path, fit, unit in zip("ab", fits, units, strict=True):
            for name in ("slope", "classical", "hc3"):
                what = f"paths under other choices: {name}"
                expected = theirs[f"{path}.{name}"] * unit
                compare(getattr(fit, name), expected, what=what, rel=1e-8, **R)
            known = theirs[f"{path}.cr2"].notna().to_numpy()
            if known.any():
                club = {"source": "clubSandwich", "script": "multiverse", "rel": 1e-8}
                what = "paths under other choices: errors by team, df"
                ours = np.array([fit.cr2, fit.df_cr2])[:, known]
                expected = [
                    (theirs[f"{path}.cr2"] * unit)[known],
                    theirs[f"{path}.df"][known],
                ]
                compare(ours, expected, what=what, **club)


def sets_units(cohort):
    """SDs by which the sets divide x and y, for each window and model: of a, of b."""
    frame = completed_frame(cohort, RUN)[0]
    specs = [m.spec(w) for w in WINDOWS for m in EIGHT_MODELS]
    since_entry = fidelity_exposure(cohort, FROM_ENTRY).means
    frame = frame.join(since_entry.add_prefix("fidentry_"), on="client_id")
    frame.columns = frame.columns.str.replace("fidentry_mean_", "fidentry_")
    of_a = np.array([frame[spec.x].std() for spec in specs])
    return of_a, 1.0 / np.array([frame[spec.y].std() for spec in specs])


def test_the_published_combination_is_the_study_itself(small, cohort):
    study = run_study(cohort, RUN)
    for k, result in enumerate(study.models):
        low, high = result.mediation.limits()
        unit = result.mediation.paths.indirect_cs / result.mediation.indirect
        found = [v[k][small.published] for v in (small.indirect, small.low, small.high)]
        expected = np.array([result.mediation.indirect, low, high]) * unit
        np.testing.assert_allclose(found, expected, rtol=1e-9)


def test_a_combination_is_what_mediation_with_those_choices_gives(small, cohort):
    frame = completed_frame(cohort, RUN)[0]
    scale = {
        m.key: frame[m.spec(90).x].std() / frame[m.key].std() for m in EIGHT_MODELS
    }
    own = frame[frame["site"] != 4].copy()
    names = []
    for code in sorted(own["site"].unique())[1:]:
        own[f"site_{code:g}"] = (own["site"] == code).astype(float)
        names.append(f"site_{code:g}")
    specs = [
        replace(
            m.spec(90),
            covariates=("education", *names, m.spec(90).covariates[-1]),
        )
        for m in EIGHT_MODELS
    ]
    expected = mediate_all(own, specs, n_boot=RUN.n_boot, seed=RUN.seed)
    without = small.without_site[4]
    place = at(
        without,
        covariates="few",
        site=CATEGORIES,
        education=NUMBER,
        window=90,
        scheme=FROZEN,
        interval=BOOTSTRAP,
    )
    for k, (model, result) in enumerate(zip(EIGHT_MODELS, expected, strict=True)):
        found = [v[k][place] for v in (without.indirect, without.low, without.high)]
        raw = np.array([result.indirect, *result.limits()])
        np.testing.assert_allclose(found, raw * scale[model.key], rtol=1e-8)


def at(found, **levels):
    return tuple(axis.levels.index(levels[axis.key]) for axis in found.axes)


def test_processes_give_the_same_bytes_as_threads(cohort, axes, small):
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        again = explore(cohort, RUN, fewer(axes, **SMALL), SITES, pool_of=pool)
    for name in ("indirect", "low", "high"):
        assert getattr(again, name).tobytes() == getattr(small, name).tobytes()
        own, other = (getattr(u.without_site[4], name) for u in (again, small))
        assert own.tobytes() == other.tobytes()


def test_progress_is_told_design_by_design(cohort, axes):
    told = []
    one = fewer(axes, covariates=("all",), scheme=(FROZEN,))
    explore(cohort, RUN, one, (), done=lambda k, n: told.append((k, n)))
    assert told == [(k, 4) for k in range(1, 5)]


def test_designs_of_the_same_clients_share_their_resamples(cohort, axes):
    one = fewer(axes, covariates=("all",), scheme=(FROZEN,))
    run, before = replace(RUN, n_boot=201), kept_counts.cache_info().misses
    with ThreadPoolExecutor(1) as pool:
        explore(cohort, run, one, (), pool_of=pool)
    assert kept_counts.cache_info().misses == before + 1


def test_shares_count_the_intervals_by_hand(small):
    for k in range(len(EIGHT_MODELS)):
        low, high = small.low[k].ravel(), small.high[k].ravel()
        assert small.above(k) == sum(v > 0 for v in low) / low.size
        assert small.below(k) == sum(v < 0 for v in high) / low.size
        clear = small.nearer_limit(k) > 0.0
        up = small.indirect[k][small.published] >= 0.0
        assert clear.mean() == (small.above(k) if up else small.below(k))


def levels(cohort, **run):
    found = possible_axes(cohort, replace(RUN, **run))
    return {axis.key: axis.levels for axis in found}


def test_a_single_site_leaves_out_what_means_nothing_there(cohort):
    assert levels(cohort, site="only-4")["site"] == (NUMBER,)
    assert CR2 not in levels(cohort, site="only-2")["interval"]
    for site in ("only-4", "without-4"):
        assert sites_to_leave_out(cohort, replace(RUN, site=site)) == ()


def test_leaving_a_site_out_is_no_choice(cohort, axes):
    assert "left_out" not in {axis.key for axis in axes}
    codes = tuple(sorted(cohort.teams["site"].unique()))
    assert sites_to_leave_out(cohort, RUN) == codes


def test_exposure_from_entry_is_one_level_of_the_windows(cohort):
    assert levels(cohort)["window"] == (180, 90, 270, FROM_ENTRY)
    means = [fidelity_exposure(cohort, days).means.to_numpy() for days in WINDOWS]
    for k, own in enumerate(means):  # no two levels are the same exposure
        for other in means[k + 1 :]:
            assert (np.abs(own - other).max(axis=0) > 0.1).all()


def test_exposure_from_entry_is_no_choice_where_some_have_none(cohort):
    held = cohort.interviews.query("month == 4.5").set_index("client_id")["date"]
    entry = cohort.clients["client_id"].map(held)
    moved = replace(cohort, clients=cohort.clients.assign(entry=entry))
    assert levels(moved)["window"] == (180, 90, 270)


def test_exposure_from_entry_counts_once(cohort, monkeypatch):
    held = cohort.interviews.query("month == 4.5").set_index("client_id")["date"]
    at_interview = cohort.clients["client_id"].map(held)
    later = cohort.interviews.copy()
    month = later["month"] == 13.5
    later.loc[month, "date"] = later.loc[month, "client_id"].map(held)
    every = list(cohort.clients["client_id"])  # such dates carry no study
    monkeypatch.setattr(multiverse_choices, "selected_clients", lambda *_: every)
    for days, expected in ((90, ()), (91, ("entry",))):
        clients = cohort.clients.assign(entry=at_interview - pd.Timedelta(days, "D"))
        moved = replace(cohort, clients=clients, interviews=later)
        assert multiverse_choices._from_entry(moved, RUN) == expected


@pytest.fixture(scope="module")
def exposures(cohort):
    return other_exposures(run_study(cohort, RUN), windows=(30, 180))


def test_the_total_and_the_usual_window_are_the_study(exposures):
    assert len(exposures.from_entry) == len(EIGHT_MODELS)
    for results in (exposures.domains[TOTAL], exposures.windows[180]):
        for own, model in zip(results, exposures.study.models, strict=True):
            assert own.indirect == pytest.approx(model.mediation.indirect, rel=1e-9)
            assert own.limits() == pytest.approx(model.mediation.limits(), rel=1e-9)


def test_models_from_entry_are_those_of_the_exposure_from_entry(exposures, cohort):
    frame = exposures.study.frame.copy()
    means = fidelity_exposure(cohort, FROM_ENTRY)
    for own, model in zip(exposures.from_entry, EIGHT_MODELS, strict=True):
        column = frame["client_id"].map(means.mean(model.alliance_month))
        spec = replace(model.spec(), x="own")
        alone = mediate_all(frame.assign(own=column), [spec], n_boot=100, seed=1)[0]
        assert own.a == pytest.approx(alone.a, rel=1e-10)
        assert own.indirect == pytest.approx(alone.indirect, rel=1e-10)


def test_a_domain_is_averaged_day_by_day_over_the_window(cohort):
    """Against a loop over the days, for some clients."""
    key = SCORED_DOMAINS[3].key
    totals = assessment_totals(cohort.fidelity, cohort.design.exposure)
    held = cohort.interviews[cohort.interviews["month"] == 4.5].set_index("client_id")
    means = fidelity_exposure(cohort, 30, key).mean(4.5)
    teams = cohort.clients.set_index("client_id")["team"]
    for client in means.index[::60]:
        own = totals[totals["team"] == teams[client]]
        end = int(day_number(held["date"].loc[[client]])[0])
        days = np.arange(end - 30, end)
        daily = np.interp(days, day_number(own["date"]), own[key], np.nan, np.nan)
        assert means[client] == pytest.approx(np.nanmean(daily), rel=1e-10)


def test_domains_sum_to_the_total(cohort):
    parts = sum(fidelity_exposure(cohort, 90, d.key).mean(13.5) for d in SCORED_DOMAINS)
    whole = fidelity_exposure(cohort, 90).mean(13.5)
    np.testing.assert_allclose(parts, whole, rtol=1e-10)
