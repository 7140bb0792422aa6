"""Window means against a loop over days."""

import numpy as np
import pytest

from smcm.analysis.feasibility import site_of_clients
from smcm.cohort.exposure import assessment_totals, day_number
from smcm.errors import DegenerateDataError, SmcmError
from smcm.stats.windows import daily_values, window_means

EXACT = 1e-10  # points of a total of 8 to 40


def score_on(day, assessed, value):
    """Score of one day by two-point interpolation; None outside the assessments."""
    for k in range(len(assessed) - 1):
        if assessed[k] <= day <= assessed[k + 1]:
            share = (day - assessed[k]) / (assessed[k + 1] - assessed[k])
            return value[k] + share * (value[k + 1] - value[k])
    return None


def by_days(assessed, value, end, length):
    """Mean, days before and days after, a day at a time."""
    days = range(end - length, end)
    scores = [score_on(day, assessed, value) for day in days]
    there = [score for score in scores if score is not None]
    before = sum(day < assessed[0] for day in days)
    after = sum(day > assessed[-1] for day in days)
    return (np.mean(there) if there else np.nan), before, after


def assert_equals_loop(assessed, value, end, length):
    found = window_means(assessed, value, end, length)
    loop = np.array([by_days(assessed, value, int(e), length) for e in end])
    np.testing.assert_allclose(found.mean, loop[:, 0], atol=EXACT, rtol=0)
    np.testing.assert_array_equal(found.days_before, loop[:, 1])
    np.testing.assert_array_equal(found.days_after, loop[:, 2])


@pytest.mark.parametrize("length", [90, 180, 270])
def test_shipped_teams_equal_a_loop_over_days(cohort, length):
    totals = assessment_totals(cohort.fidelity, cohort.design.exposure)
    held = cohort.interviews.merge(cohort.clients[["client_id", "team"]])
    for team, own in totals.groupby("team"):
        end = day_number(held.loc[held["team"] == team, "date"])
        some = np.unique(np.concatenate([end[::4], [end.min(), end.max()]]))
        assert_equals_loop(day_number(own["date"]), own["total"].values, some, length)


@pytest.mark.parametrize("seed", range(12))
def test_random_series_equal_a_loop_over_days(seed):
    rng = np.random.default_rng(seed)
    k = int(rng.integers(2, 8))
    assessed = np.cumsum(rng.integers(1, 200, size=k)) + 16000
    value = rng.uniform(8.0, 40.0, size=k)
    end = rng.integers(assessed[0] - 400, assessed[-1] + 400, size=25)
    assert_equals_loop(assessed, value, end, int(rng.integers(1, 300)))


ASSESSED = np.array([100, 110, 130])
VALUE = np.array([10.0, 20.0, 10.0])


def one(end, length):
    found = window_means(ASSESSED, VALUE, np.array([end]), length)
    return found.mean[0], found.days_before[0], found.days_after[0]


def test_one_value_a_day_through_every_assessment():
    daily = daily_values(ASSESSED, VALUE)
    assert daily.size == 31
    np.testing.assert_allclose(daily[[0, 5, 10, 20, 30]], [10, 15, 20, 15, 10])


def test_the_window_ends_the_day_before():
    assert one(101, 1) == (10.0, 0, 0)
    assert one(111, 1) == (20.0, 0, 0)
    assert one(111, 2)[0] == pytest.approx(19.5)


def test_days_before_the_first_score_carry_none_and_are_counted():
    mean, before, after = one(103, 10)
    assert mean == pytest.approx(11.0)  # days 100 to 102: 10, 11, 12
    assert (before, after) == (7, 0)


def test_nothing_is_extrapolated_past_the_last_score():
    mean, before, after = one(136, 10)
    assert mean == pytest.approx(np.mean([12.0, 11.5, 11.0, 10.5, 10.0]))
    assert (before, after) == (0, 5)


@pytest.mark.parametrize("end", [100, 141, 50, 500])
def test_a_window_without_any_score_has_no_mean(end):
    mean, before, after = one(end, 10)
    assert np.isnan(mean)
    assert before + after == 10


def test_a_window_longer_than_the_series():
    mean, before, after = one(200, 150)
    assert mean == pytest.approx(daily_values(ASSESSED, VALUE).mean())
    assert (before, after) == (50, 69)


def test_a_constant_series_has_its_value_as_mean_to_the_last_digit():
    end = np.arange(17001, 17600, 7)
    found = window_means(np.array([17000, 17555]), np.full(2, 31.7), end, 180)
    assert set(found.mean) == {31.7}


def test_means_stay_within_the_scores():
    end = np.arange(101, 140)
    mean = window_means(ASSESSED, VALUE, end, 30).mean
    assert mean.min() >= VALUE.min() - EXACT
    assert mean.max() <= VALUE.max() + EXACT


def test_days_shifted_together_change_nothing():
    end = np.array([105, 120, 160])
    here = window_means(ASSESSED, VALUE, end, 20)
    there = window_means(ASSESSED + 5000, VALUE, end + 5000, 20)
    np.testing.assert_array_equal(here.mean, there.mean)


@pytest.mark.fault("data or choices that carry no analysis")
@pytest.mark.parametrize("assessed", [[5], [5, 5], [9, 5], []])
def test_fewer_than_two_assessments_in_order_are_refused(assessed):
    days = np.array(assessed, dtype=np.int64)
    with pytest.raises(DegenerateDataError, match="two assessments on different days"):
        window_means(days, np.ones(days.size), np.array([30]), 10)


def test_clients_of_one_team_share_its_series(study, cohort):
    """Two interviews of a team on the same day have the same window mean."""
    sites = site_of_clients(cohort)
    frame = study.frame.merge(cohort.interviews.query("month == 4.5"))
    for _, twins in frame.groupby(["team", "date"]):
        assert twins["fidelity_4.5"].nunique() == 1
    assert sites.nunique() == frame["site"].nunique()


@pytest.mark.parametrize("seed", range(6))
def test_windows_of_their_own_lengths_equal_a_loop_over_days(seed):
    rng = np.random.default_rng(seed)
    assessed = np.cumsum(rng.integers(1, 200, size=5)) + 16000
    value = rng.uniform(8.0, 40.0, size=5)
    end = rng.integers(assessed[0] - 100, assessed[-1] + 100, size=30)
    length = rng.integers(0, 300, size=30)
    found = window_means(assessed, value, end, length)
    loop = np.array(
        [
            by_days(assessed, value, int(e), int(days))
            for e, days in zip(end, length, strict=True)
        ]
    )
    np.testing.assert_allclose(found.mean, loop[:, 0], atol=EXACT, rtol=0)
    np.testing.assert_array_equal(found.days_before, loop[:, 1])
    np.testing.assert_array_equal(found.days_after, loop[:, 2])


@pytest.mark.parametrize(
    ("value", "length"),
    [
        ([1.0, np.nan, 3.0], 5),
        ([1.0, np.inf, 3.0], 5),
        ([1.0, 2.0], 5),
        ([1.0, 2.0, 3.0], 0),
        ([1.0, 2.0, 3.0], -3),
    ],
)
def test_windows_without_meaning_are_refused(value, length):
    with pytest.raises(SmcmError):
        window_means(np.array([0, 10, 30]), np.array(value), np.array([20]), length)
