"""Scale scores, whatever the answers."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.shipped import INSTRUMENTS, PGI, PGI_AREAS, RPRS
from smcm.cohort.loading import load_cohort
from smcm.cohort.scoring import scale_scores, score
from smcm.design.instruments import ANSWERED_SHARE
from tests.cohort.small import write_small
from tests.properties.strategies import answers

CLOSE = {"rel": 1e-12, "abs": 1e-10}
SUM_SCALES = tuple(i for i in INSTRUMENTS if i.rule != "weighted")
scales = st.sampled_from(SUM_SCALES)
filled = scales.flatmap(lambda i: st.tuples(st.just(i), answers(i)))
whole = scales.flatmap(lambda i: st.tuples(st.just(i), answers(i, least=i.n_items)))
ratings = st.lists(st.integers(0, 10), min_size=PGI_AREAS, max_size=PGI_AREAS)
points = st.lists(st.integers(0, 20), min_size=PGI_AREAS, max_size=PGI_AREAS)


@given(filled)
def test_a_score_is_there_from_four_fifths_of_the_answers_on(drawn):
    instrument, given_answers = drawn
    answered = np.isfinite(given_answers).sum()
    enough = answered >= ANSWERED_SHARE * instrument.n_items
    assert np.isfinite(score(instrument, given_answers)) == enough


@given(filled)
def test_a_score_stays_on_its_scale(drawn):
    instrument, given_answers = drawn
    found = score(instrument, given_answers)
    low, high = instrument.minimum - 1e-9, instrument.maximum + 1e-9
    assert np.isnan(found) or low <= found <= high


@given(filled, st.data())
def test_order_of_the_items_changes_nothing(drawn, data):
    instrument, given_answers = drawn
    turned = np.array(data.draw(st.permutations(given_answers.tolist())))
    here, there = score(instrument, given_answers), score(instrument, turned)
    assert there == pytest.approx(here, nan_ok=True, **CLOSE)


@given(whole)
def test_a_whole_questionnaire_is_scored_by_the_formula(drawn):
    instrument, given_answers = drawn
    total = Fraction(int(given_answers.sum()))
    if instrument is RPRS:
        span = instrument.n_items * (instrument.high - instrument.low)
        total = 100 * (total - instrument.n_items * instrument.low) / span
    assert score(instrument, given_answers) == pytest.approx(float(total), **CLOSE)


@given(whole)
def test_turned_answers_turn_the_score(drawn):
    instrument, given_answers = drawn
    turned = instrument.low + instrument.high - given_answers
    both = score(instrument, given_answers) + score(instrument, turned)
    assert both == pytest.approx(instrument.minimum + instrument.maximum, **CLOSE)


@given(filled)
def test_gaps_filled_with_the_person_s_mean_leave_the_score(drawn):
    instrument, given_answers = drawn
    here = score(instrument, given_answers)
    if np.isfinite(here):
        mean = np.nanmean(given_answers)
        full = np.where(np.isnan(given_answers), mean, given_answers)
        assert score(instrument, full) == pytest.approx(here, **CLOSE)


@given(whole, st.data())
def test_a_higher_answer_never_lowers_the_score(drawn, data):
    instrument, given_answers = drawn
    item = data.draw(st.integers(0, instrument.n_items - 1))
    higher = given_answers.copy()
    higher[item] = instrument.high
    assert score(instrument, higher) >= score(instrument, given_answers) - 1e-10


@given(ratings, points.filter(any), st.integers(1, 9))
def test_the_index_weighs_by_shares(rating, given_points, unit):
    one = np.array([*rating, *given_points], dtype=float)
    other = np.array([*rating, *(unit * p for p in given_points)], dtype=float)
    exact = 10 * sum(
        Fraction(r * p, sum(given_points))
        for r, p in zip(rating, given_points, strict=True)
    )
    assert score(PGI, one) == pytest.approx(float(exact), **CLOSE)
    assert score(PGI, other) == pytest.approx(float(exact), **CLOSE)


@given(ratings, points.filter(any), st.sampled_from([0.0, 10.0, np.nan]))
def test_a_rating_of_an_area_without_points_does_not_count(rating, given_points, other):
    one = np.array([*rating, *given_points], dtype=float)
    changed = one.copy()
    changed[:PGI_AREAS][np.array(given_points) == 0] = other
    assert score(PGI, changed) == pytest.approx(score(PGI, one).item(), **CLOSE)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return load_cohort(write_small(tmp_path_factory.mktemp("small") / "small").path)


@settings(max_examples=10)
@given(st.data())
def test_order_of_rows_and_clients_changes_no_score(small, data):
    clients = list(small.clients["client_id"])
    seed = data.draw(st.integers(0, 999))
    mixed = {k: t.sample(frac=1.0, random_state=seed) for k, t in small.items.items()}
    order = data.draw(st.permutations(clients))
    here, there = (
        scale_scores(small.items, clients, small.design),
        scale_scores(mixed, order, small.design),
    )
    np.testing.assert_array_equal(there.loc[clients], here)
