"""The whole run: what parameters change and what they leave alone."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from generator.shipped import EIGHT_MODELS, PGI, SCORE_COLUMNS, SHARED_COVARIATES
from smcm import RunParameters, run_study
from smcm.analysis.feasibility import site_of_clients
from smcm.analysis.missing import describe_missing
from tests.windows import WINDOWS_DAYS

FEW = 200


@pytest.fixture(scope="module")
def short(cohort):
    """Run with few resamples, by parameters; each once."""
    kept = {}

    def run(**parameters):
        key = tuple(parameters.items())
        if key not in kept:
            kept[key] = run_study(cohort, RunParameters(n_boot=FEW, **parameters))
        return kept[key]

    return run


def estimates(study):
    return np.array([[r.mediation.a, r.mediation.b] for r in study.models])


def test_eight_models_at_three_windows(study):
    assert set(study.windows) == set(WINDOWS_DAYS)
    for days, results in study.windows.items():
        assert [r.model for r in results] == list(EIGHT_MODELS)
        assert {r.window_days for r in results} == {days}
        for result in results:
            assert result.mediation.spec.x.startswith(f"fid{days}_")
            assert result.mediation.n == study.n
            assert result.mediation.dropped_rows == 0
            assert result.mediation.dropped_columns == ()


def test_outcomes_have_their_own_baseline_as_ninth_covariate(study, published):
    for result in study.models:
        covariates = result.mediation.spec.covariates
        assert covariates == (*SHARED_COVARIATES, f"{result.model.outcome.key}_0")
        assert f"{result.mediation.paths.to_mediator.df}" == published["a.4.5.a"].df
        assert f"{result.mediation.paths.to_outcome.df}" == published["b.PGI.18.b"].df


def test_the_window_changes_the_main_models(short):
    main, other = short(), short(window_days=90)
    assert main.models is main.windows[180]
    assert other.models is other.windows[90]
    assert np.all(estimates(main)[:, 0] != estimates(other)[:, 0])
    assert set(other.other_windows) == {180, 270}
    assert main.change.fidelity.change.t != other.change.fidelity.change.t
    assert main.change.alliance == other.change.alliance


def test_windows_are_the_same_models_whichever_is_the_main_one(short):
    main, other = short(), short(window_days=90)
    for days in WINDOWS_DAYS:
        for first, second in zip(main.windows[days], other.windows[days], strict=True):
            np.testing.assert_array_equal(
                first.mediation.draws.indirect, second.mediation.draws.indirect
            )


def test_windows_share_their_resamples(study):
    """Draws of b hardly depend on the window, so they move together."""
    for k in range(len(EIGHT_MODELS)):
        b = [study.windows[days][k].mediation.draws.b for days in WINDOWS_DAYS]
        assert np.corrcoef(b).min() > 0.95


def test_without_a_site_everything_is_computed_on_the_others(short, cohort):
    whole, part = short(), short(site="without-3")
    left_out = int((site_of_clients(cohort) == 3).sum())
    assert part.n == whole.n - left_out
    assert 3 not in set(part.frame["site"])
    assert part.characteristics.n == part.missing.n == part.n
    assert {r.mediation.n for r in part.models} == {part.n}
    managers = [
        next(iter(run.nesting.icc.values())).n_clusters for run in (part, whole)
    ]
    assert managers == sorted(set(managers))
    assert part.power < whole.power
    assert part.change.fidelity.change.df == part.n - 1
    assert np.all(estimates(whole) != estimates(part))
    assert part.reciprocity[0].df2 == whole.reciprocity[0].df2 - left_out


def test_clients_kept_have_the_same_numbers_as_in_the_whole_run(short):
    whole = short().frame.set_index("client_id")
    part = short(site="without-3").frame.set_index("client_id")
    pd.testing.assert_frame_equal(part, whole.loc[part.index])


def test_one_site_alone_drops_its_constant_code_and_says_so(short, cohort):
    largest = site_of_clients(cohort).value_counts().idxmax()
    part = short(site=f"only-{largest}")
    assert {r.mediation.dropped_columns for r in part.models} == {("site",)}
    assert {r.mediation.paths.to_mediator.df for r in part.models} == {part.n - 10}


def test_the_seed_moves_the_intervals_and_no_estimate(short):
    first, other = short(), short(seed=7)
    np.testing.assert_array_equal(estimates(first), estimates(other))
    for a, b in zip(first.models, other.models, strict=True):
        assert a.mediation.limits() != b.mediation.limits()
        assert a.mediation.row("b") == b.mediation.row("b")


def test_the_same_run_twice_is_the_same(short, cohort):
    first = short()
    again = run_study(cohort, RunParameters(n_boot=FEW))
    pd.testing.assert_frame_equal(first.frame, again.frame)
    for a, b in zip(first.models, again.models, strict=True):
        pd.testing.assert_frame_equal(a.mediation.tidy(), b.mediation.tidy())


def test_the_frozen_completion_is_analysed_and_said(study):
    assert study.completion == "frozen"
    assert study.frame.notna().all().all()
    answered = study.observed.notna()
    frame = study.frame.set_index("client_id")[list(SCORE_COLUMNS)]
    pd.testing.assert_index_equal(frame.index, answered.index)
    index = [name for name in SCORE_COLUMNS if name.startswith(PGI.key)]
    pd.testing.assert_frame_equal(
        frame[index].where(answered[index]), study.observed[index]
    )
    apart = (frame - study.observed).abs()  # a few skipped items of a sum
    assert np.nanquantile(apart, 0.8) < 1.0


def test_gaps_in_covariates_are_imputed_beside_a_frozen_completion(cohort, study):
    clients = cohort.clients.copy()
    lacking = clients.index[[3, 50, 100]]
    clients.loc[lacking, "age"] = np.nan
    run = RunParameters(n_boot=FEW, n_imputations=1)
    gappy = run_study(replace(cohort, clients=clients), run)
    assert gappy.completion == "frozen"
    ids = clients.loc[lacking, "client_id"]
    filled = gappy.frame["client_id"].isin(ids)
    assert gappy.frame.loc[filled, "age"].isin(cohort.clients["age"]).all()
    pd.testing.assert_frame_equal(gappy.frame[~filled], study.frame[~filled])
    for one, other in zip(gappy.reciprocity, study.reciprocity, strict=True):
        assert one.df2 == other.df2
    assert {r.mediation.n for r in gappy.models} == {study.n}


def test_missing_scores_are_those_counted_by_hand(study, cohort):
    gaps = study.observed[list(SCORE_COLUMNS)].isna()
    assert study.missing.count == int(gaps.to_numpy().sum())
    assert study.missing.cells == cohort.n * len(SCORE_COLUMNS)
    assert study.missing.complete == int((gaps.sum(axis=1) == 0).sum())
    assert describe_missing(study.observed) == study.missing


def test_the_cohort_is_not_changed(cohort):
    before = {
        name: getattr(cohort, name).copy()
        for name in ("clients", "teams", "fidelity", "interviews")
    }
    run_study(cohort, RunParameters(n_boot=100, site="without-3", window_days=270))
    for name, table in before.items():
        pd.testing.assert_frame_equal(getattr(cohort, name), table)


def test_a_model_is_found_by_its_key(study):
    assert study.model("pgi_18").model.title == "PGI at 18 months"
