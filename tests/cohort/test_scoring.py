"""Scores of the questionnaires: by hand, by R, and by psych's look at the items."""

import numpy as np
import pandas as pd
import pytest

from generator.shipped import (
    INSTRUMENTS,
    MCAS,
    PGI,
    PGI_AREAS,
    QOLI20,
    RPRS,
    SCORE_COLUMNS,
    THS,
)
from smcm.cohort.scoring import scale_scores, score
from smcm.design.instruments import ANSWERED_SHARE

KEPT = 1e-9  # relative; R's digits are written to 16 places
SUMS = (QOLI20, THS, MCAS)


def answered(instrument, value, lacking=0):
    answers = np.full(instrument.n_items, float(value))
    answers[:lacking] = np.nan
    return answers


def index(rating, points):
    return float(score(PGI, np.array([*rating, *points], dtype=float)))


@pytest.mark.parametrize("answers", ["completed", "observed"])
def test_every_score_is_that_of_r(cohort, oracle, compare, answers):
    kept = oracle("scores").query("answers == @answers").set_index("client_id")
    items = cohort.completed if answers == "completed" else cohort.items
    ours = scale_scores(items, list(cohort.clients["client_id"]), cohort.design)
    assert list(ours.columns) == list(SCORE_COLUMNS)
    assert ours.index.name == "client_id"
    theirs = kept.loc[ours.index, list(SCORE_COLUMNS)]
    what = "scores of the questionnaires, written out in R"
    compare(ours, theirs, source="R", script="scores", what=what, rel=KEPT)


def test_gaps_are_where_r_has_them_and_nowhere_in_the_completed(cohort, oracle):
    kept = oracle("scores").groupby("answers")[list(SCORE_COLUMNS)]
    lacking = kept.apply(lambda part: int(part.isna().to_numpy().sum()))
    ours = scale_scores(cohort.items, list(cohort.clients["client_id"]), cohort.design)
    assert lacking["completed"] == 0
    assert int(ours.isna().to_numpy().sum()) == lacking["observed"] > 0


def test_items_in_memory_have_the_alphas_that_psych_finds(cohort, oracle):
    for row in oracle("alpha").itertuples():
        table = cohort.completed[row.instrument]
        items = table.loc[table["month"] == row.month].drop(
            columns=["client_id", "month"]
        )
        k, total = items.shape[1], items.sum(axis=1)
        share = items.var().sum() / total.var()
        assert k / (k - 1) * (1 - share) == pytest.approx(row.alpha, rel=KEPT)


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda i: i.key)
def test_lowest_and_highest_answers_give_the_bounds_of_the_scale(instrument):
    columns = len(instrument.columns)
    for answer, bound in (
        (instrument.low, instrument.minimum),
        (instrument.high, instrument.maximum),
    ):
        answers = np.full(columns, float(answer))
        if instrument is PGI:
            answers[PGI_AREAS:] = 10.0
        assert score(instrument, answers) == pytest.approx(bound)


@pytest.mark.parametrize("instrument", SUMS, ids=lambda i: i.key)
def test_a_sum_scale_is_the_sum(instrument):
    rng = np.random.default_rng(1)
    shape = (50, instrument.n_items)
    answers = rng.integers(instrument.low, instrument.high + 1, shape).astype(float)
    np.testing.assert_allclose(score(instrument, answers), answers.sum(axis=1))


@pytest.mark.parametrize("instrument", [RPRS, *SUMS], ids=lambda i: i.key)
def test_four_fifths_of_the_items_are_enough_and_less_is_not(instrument):
    most = int(instrument.n_items * (1 - ANSWERED_SHARE) + 1e-9)
    complete = score(instrument, answered(instrument, 3))
    assert score(instrument, answered(instrument, 3, most)) == pytest.approx(complete)
    assert np.isnan(score(instrument, answered(instrument, 3, most + 1)))


def test_the_person_s_mean_stands_for_a_gap():
    answers = np.array([8.0, 8, 8, 8, 1, 1, 1, np.nan])
    assert score(THS, answers) == pytest.approx(35 * 8 / 7)


def test_alliance_is_the_mean_stretched_to_a_hundred():
    assert score(RPRS, np.tile([2.0, 3.0], 12)) == pytest.approx(50.0)


def test_index_by_hand():
    rating, points = [7, 2, 9, 4, 0, 5], [20, 10, 5, 15, 4, 6]
    expected = 10 * (140 + 20 + 45 + 60 + 0 + 30) / 60
    assert index(rating, points) == pytest.approx(expected)


def test_index_weighs_by_shares_whatever_the_points_add_up_to():
    rating = [7, 2, 9, 4, 0, 5]
    assert index(rating, [2, 1, 0, 1, 0, 0]) == index(rating, [30, 15, 0, 15, 0, 0])


def test_an_area_that_was_not_named_does_not_count():
    rating = [7, 2, np.nan, np.nan, np.nan, 5]
    assert index(rating, [30, 10, 0, 0, 0, 20]) == pytest.approx(10 * 330 / 60)


@pytest.mark.parametrize(
    ("rating", "points"),
    [
        ([7, np.nan, 5, 5, 5, 5], [10, 10, 10, 10, 10, 10]),
        ([7, 5, 5, 5, 5, 5], [10, np.nan, 10, 10, 10, 10]),
        ([7, 5, 5, 5, 5, 5], [0, 0, 0, 0, 0, 0]),
        ([np.nan] * 6, [np.nan] * 6),
    ],
    ids=["rating lacks", "points lack", "no points", "nothing"],
)
def test_an_index_without_its_parts_is_missing(rating, points):
    assert np.isnan(index(rating, points))


def test_scores_keep_leading_axes():
    answers = np.full((3, 4, THS.n_items), 2.0)
    np.testing.assert_array_equal(score(THS, answers), np.full((3, 4), 16.0))


def test_an_unanswered_questionnaire_gives_no_score_and_no_warning():
    assert np.isnan(score(MCAS, np.full(MCAS.n_items, np.nan)))


def test_order_of_rows_changes_nothing_and_of_clients_the_order_only(cohort):
    clients = list(cohort.clients["client_id"])
    shuffled = {
        key: table.sample(frac=1.0, random_state=1)
        for key, table in cohort.items.items()
    }
    plain = scale_scores(cohort.items, clients, cohort.design)
    pd.testing.assert_frame_equal(plain, scale_scores(shuffled, clients, cohort.design))
    backwards = scale_scores(cohort.items, clients[::-1], cohort.design)
    pd.testing.assert_frame_equal(plain, backwards.loc[clients])


def test_a_client_without_a_row_has_no_score(cohort):
    first, *rest = cohort.clients["client_id"]
    items = {k: t[t["client_id"] != first] for k, t in cohort.items.items()}
    found = scale_scores(items, [first, *rest], cohort.design)
    assert found.loc[first].isna().all()


def test_scores_stay_in_their_range(cohort):
    scores = scale_scores(
        cohort.completed, list(cohort.clients["client_id"]), cohort.design
    )
    for instrument in INSTRUMENTS:
        for month in instrument.months:
            column = scores[instrument.score_column(month)]
            assert column.between(instrument.minimum, instrument.maximum).all()
