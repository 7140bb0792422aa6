"""The defensible reading: what it pools, against independent loops."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from generator.shipped import EIGHT_MODELS, OUTCOMES, USUAL_ALPHA
from smcm import RunParameters, run_study
from smcm.analysis.study import published_study
from smcm.chapters.results.both import FOUND, both_analyses
from smcm.cohort.imputation import impute_cohort
from smcm.cohort.imputed_frames import imputed_frames
from smcm.errors import ImpossibleRunError, OutOfRangeError
from tests.by_team import cr2, design, rubin
from tests.windows import WINDOWS_DAYS

CLOSE = 1e-7
LAST_BITS = 1e-12  # products of matrices are summed in another order with other windows
RUN = RunParameters(reading="defensible", n_boot=1000, n_imputations=4)


@pytest.fixture(scope="module")
def defensible(cohort):
    return run_study(cohort, RUN)


@pytest.fixture(scope="module")
def frames(cohort):
    imputed = impute_cohort(cohort, n_imputations=4, seed=RUN.seed)
    return imputed_frames(imputed, RUN.window_days)


@pytest.mark.parametrize("key", ["qoli20_9", "mcas_18"])
def test_paths_are_those_of_a_loop_over_sets_and_teams(defensible, frames, key):
    result = defensible.model(key)
    spec = result.model.spec(RUN.window_days)
    baseline = spec.covariates[-1]
    for term, focal, y in (
        ("a", [spec.x], spec.m),
        ("b", [spec.m, spec.x], spec.y),
        ("total", [spec.x], spec.y),
    ):
        rows = [
            cr2(design(f, focal, baseline), f[y].to_numpy(), f["team"].to_numpy(), 1)
            for f in frames
        ]
        found = result.mediation.row(term)
        ours = [found[name] for name in ("estimate", "se", "df", "p")]
        np.testing.assert_allclose(ours, rubin(rows), rtol=CLOSE)


def test_both_paths_have_the_usual_level_and_the_interval_decides(defensible):
    for result in defensible.models:
        assert result.alpha_mediator == result.alpha_outcome == USUAL_ALPHA
        row = {term: result.mediation.row(term) for term in ("a", "b", "indirect")}
        low, high = row["indirect"]["ci_low"], row["indirect"]["ci_high"]
        both = row["a"]["p"] < USUAL_ALPHA and row["b"]["p"] < USUAL_ALPHA
        assert result.mediated == (both and (low > 0.0 or high < 0.0))
        assert np.isnan(row["indirect"]["p"])


def test_every_window_has_its_models(defensible):
    assert set(defensible.windows) == set(WINDOWS_DAYS)
    for days, results in defensible.windows.items():
        assert [r.model for r in results] == list(EIGHT_MODELS)
        for result in results:
            assert result.mediation.spec.x.startswith(f"fid{days}_")


def test_change_is_pooled_over_the_sets(defensible, frames):
    alliance = defensible.change.alliance
    first, second = ([f[f"rprs_{m}"] for f in frames] for m in ("4.5", "13.5"))
    assert alliance.occasions[0].mean == pytest.approx(
        np.mean([v.mean() for v in first])
    )
    rows = [
        ((x - y).mean(), (x - y).var() / len(x), len(x) - 1.0)
        for x, y in zip(first, second, strict=True)
    ]
    mean, se, df, p = rubin(rows)
    tested = alliance.change
    assert tested.difference == pytest.approx(mean)
    assert (tested.t, tested.df) == pytest.approx((mean / se, df))
    assert tested.p == pytest.approx(p)


def test_the_later_alliance_on_an_earlier_outcome_is_pooled(defensible, frames):
    for model, outcome in zip(defensible.reciprocity, OUTCOMES, strict=True):
        rows = [
            cr2(
                design(f, [outcome.score_column(9.0)], outcome.score_column(0.0)),
                f["rprs_13.5"].to_numpy(),
                f["team"].to_numpy(),
                1,
            )
            for f in frames
        ]
        estimate, se, df, p = rubin(rows)
        assert model.f == pytest.approx((estimate / se) ** 2, rel=CLOSE)
        assert (model.df2, model.p) == pytest.approx((df, p), rel=CLOSE)
        assert 0.0 <= model.r2_change < model.r2 < 1.0


def test_one_site_keeps_its_number_which_then_drops_out(cohort):
    teams = cohort.teams.groupby("site").size()
    code = int(teams[teams >= 3].index[0]) if (teams >= 3).any() else None
    if code is None:
        with pytest.raises(ImpossibleRunError, match="teams"):
            run_study(cohort, replace(RUN, site=f"only-{teams.index[0]}"))
        return
    part = run_study(cohort, replace(RUN, site=f"only-{code}"))
    assert all("site" in r.mediation.dropped_columns for r in part.models)


def test_without_a_site_its_column_goes(cohort, defensible):
    part = run_study(cohort, replace(RUN, site="without-7"))
    gone = {c for r in defensible.models for c in r.mediation.spec.covariates} - {
        c for r in part.models for c in r.mediation.spec.covariates
    }
    assert "site_7" in gone
    assert part.n < defensible.n


def test_one_imputation_is_refused():
    with pytest.raises(OutOfRangeError, match=r"n_imputations is 1.*at least 2 sets"):
        RunParameters(reading="defensible", n_imputations=1)


def test_a_second_cohort_has_its_own_categories(second_study):
    run = replace(second_study.run, reading="defensible", n_imputations=3, n_boot=500)
    found = run_study(second_study.cohort, run)
    levels = sorted(found.frame["site"].unique())
    sites = {
        c
        for r in found.models
        for c in (*r.mediation.spec.covariates, *r.mediation.dropped_columns)
        if c.startswith("site_")
    }
    assert sites == {f"site_{level:g}" for level in levels[1:]}
    assert found.n == second_study.n


def test_the_published_reading_of_a_run_is_at_hand(defensible):
    plain = published_study(defensible)
    assert plain.run == replace(RUN, reading="published")
    assert published_study(plain) is plain


@pytest.mark.parametrize("own", [0, 1])
def test_findings_are_counted_over_both_analyses(defensible, own):
    plain = published_study(defensible)
    found = both_analyses((plain, defensible)[own])
    for term, name in FOUND.items():
        was = {r.model.key for r in plain.models if getattr(r, name)}
        now = {r.model.key for r in defensible.models if getattr(r, name)}
        assert {r.model.key for r in found.found(term)} == was
        assert {r.model.key for r in found.kept(term)} == was & now
        assert {r.model.key for r in found.new(term)} == now - was


def test_two_teams_have_no_second_reading(cohort):
    teams = cohort.teams.groupby("site").size()
    site = f"only-{int(teams[teams == 2].index[0])}"
    run = RunParameters(site=site, n_boot=200, n_imputations=2)
    found = both_analyses(run_study(cohort, run))
    assert len(found.published) == len(EIGHT_MODELS)
    assert found.defensible == ()


def test_the_other_analysis_has_the_numbers_of_a_run_of_its_own(defensible):
    """So a table of both shows what Compare and the explorer show of that run."""
    plain = published_study(defensible)
    from_plain, from_defensible = both_analyses(plain), both_analyses(defensible)
    for found in (from_plain, from_defensible):
        pairs = (
            *zip(found.published, plain.models, strict=True),
            *zip(found.defensible, defensible.models, strict=True),
        )
        for ours, theirs in pairs:
            assert ours.model == theirs.model
            pd.testing.assert_frame_equal(
                ours.mediation.tidy(), theirs.mediation.tidy(), rtol=LAST_BITS
            )
