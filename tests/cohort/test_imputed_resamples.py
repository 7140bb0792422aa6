"""Bootstrap samples of clients, imputed: what stays, what is filled, what is drawn."""

import numpy as np
import pytest

from smcm.cohort.frame import analysis_frame
from smcm.cohort.imputation import impute_cohort
from smcm.cohort.imputed_frames import imputed_frames
from smcm.cohort.imputed_resamples import ImputedResamples
from smcm.cohort.resample_matrix import imputed_columns
from smcm.cohort.scoring import scale_scores
from smcm.design.study_file import shipped_study
from smcm.errors import UnknownValueError
from smcm.stats.resample import ResamplingPlan, rows_of

IMPUTED = imputed_columns(shipped_study())
WINDOW = 180


def clients_of(cohort):
    return tuple(cohort.clients["client_id"])


def drawn(cohort, level="scores", clients=None, seed=3, n_samples=2):
    imputer = ImputedResamples(
        cohort=cohort,
        window_days=WINDOW,
        clients=clients or clients_of(cohort),
        level=level,
    )
    plan = ResamplingPlan(imputer.n_cases, n_samples, seed)
    return plan, list(imputer.resamples(plan, 2))


@pytest.mark.parametrize("level", ["scores", "items"])
def test_a_sample_holds_the_clients_of_the_plan_and_what_they_answered(second, level):
    plan, samples = drawn(second, level)
    observed = analysis_frame(
        second, scale_scores(second.items, clients_of(second), second.design), WINDOW
    ).set_index("client_id")
    ordered = observed.index.to_numpy()
    (_, counts), *_ = plan.chunks()
    for count, sets in zip(counts, samples, strict=True):
        for one in sets:
            assert list(one["client_id"]) == list(ordered[rows_of(count)])
            assert one.notna().all(axis=None)
            before = observed.loc[one["client_id"], IMPUTED].to_numpy()
            seen = np.isfinite(before)
            # items may be imputed beside the answers of a questionnaire that counts
            off = np.abs(one[IMPUTED].to_numpy() - before)[seen]
            assert np.mean(off < 1e-9) > (0.999 if level == "scores" else 0.8)


def test_a_client_drawn_twice_is_imputed_twice(second):
    _, samples = drawn(second)
    sets = samples[0]
    scores = IMPUTED
    differ = [
        group[scores].nunique().gt(1).any()
        for one in sets
        for _, group in one.groupby("client_id")
        if len(group) > 1
    ]
    assert any(differ)
    assert not sets[0][scores].equals(sets[1][scores])


def test_the_same_seed_draws_the_same_and_another_does_not(second):
    (_, first), (_, again), (_, other) = (drawn(second, seed=s) for s in (3, 3, 4))
    assert first[1][1].equals(again[1][1])
    assert not first[1][1].equals(other[1][1])


def test_clients_are_left_out_after_imputing(second):
    some = clients_of(second)[::2]
    (_, everyone), (_, part) = drawn(second), drawn(second, clients=some)
    kept = everyone[0][0]
    kept = kept[kept["client_id"].isin(some)].reset_index(drop=True)
    assert part[0][0].equals(kept)


def test_a_level_that_there_is_not_is_refused(second):
    with pytest.raises(UnknownValueError, match="Did you mean 'scores'"):
        drawn(second, "score")


def test_frames_of_imputed_sets_hold_their_scores_and_covariates(second):
    imputed = impute_cohort(second, n_imputations=2, seed=1, iterations=1)
    some = clients_of(second)[5:40]
    frames = imputed_frames(imputed, WINDOW, some)
    for k, frame in enumerate(frames):
        assert list(frame["client_id"]) == list(some)
        for table in (imputed.frame(k), imputed.covariates(k)):
            np.testing.assert_array_equal(
                frame[list(table.columns)], table.loc[list(some)]
            )
