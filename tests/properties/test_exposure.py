"""Interpolated fidelity and its window means, whatever the series."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from generator.shipped import DOMAINS
from smcm.cohort.exposure import assessment_totals
from smcm.design.study_file import shipped_study
from smcm.stats.windows import daily_values, window_means
from tests.properties.strategies import scales, series, windows

CLOSE = {"rtol": 0, "atol": 1e-9}  # points of a total of 8 to 40


def whole_of(drawn):
    """Days of the series as one window: its end and its length."""
    first, last = int(drawn.assessed[0]), int(drawn.assessed[-1])
    return np.array([last + 1]), last + 1 - first


@given(series())
def test_a_day_lies_between_the_assessments_about_it(drawn):
    daily = daily_values(drawn.assessed, drawn.value)
    days = np.arange(drawn.assessed[0], drawn.assessed[-1] + 1)
    after = np.clip(np.searchsorted(drawn.assessed, days), 1, None)
    pair = np.stack([drawn.value[after - 1], drawn.value[after]])
    assert (daily >= pair.min(axis=0) - 1e-12).all()
    assert (daily <= pair.max(axis=0) + 1e-12).all()
    np.testing.assert_array_equal(
        daily[drawn.assessed - drawn.assessed[0]], drawn.value
    )


@given(windows(), st.floats(8.0, 40.0))
def test_the_mean_of_a_constant_is_the_constant(drawn, level):
    line, end, length = drawn
    flat = np.full(line.value.shape, level)
    found = window_means(line.assessed, flat, end, length).mean
    assert (np.isnan(found) | (np.abs(found - level) < 1e-12)).all()


@given(windows())
def test_a_mean_lies_within_the_series(drawn):
    line, end, length = drawn
    found = window_means(line.assessed, line.value, end, length).mean
    there = found[~np.isnan(found)]
    assert (there >= line.value.min() - 1e-9).all()
    assert (there <= line.value.max() + 1e-9).all()


@given(windows())
def test_days_with_a_score_and_days_without_are_the_length(drawn):
    line, end, length = drawn
    found = window_means(line.assessed, line.value, end, length)
    first, last = line.assessed[0], line.assessed[-1]
    for k, stop in enumerate(end):
        days = np.arange(stop - length, stop)
        scored = int(((days >= first) & (days <= last)).sum())
        assert found.days_before[k] + found.days_after[k] + scored == length
        assert np.isnan(found.mean[k]) == (scored == 0)


@given(windows())
def test_a_window_is_the_mean_of_its_days(drawn):
    line, end, length = drawn
    first, last = int(line.assessed[0]), int(line.assessed[-1])
    found = window_means(line.assessed, line.value, end, length).mean
    for k, stop in enumerate(end):
        days = [d for d in range(int(stop) - length, int(stop)) if first <= d <= last]
        if days:
            scores = np.interp(days, line.assessed, line.value)
            np.testing.assert_allclose(found[k], scores.mean(), **CLOSE)


@given(windows(), st.integers(-20_000, 20_000), scales, st.integers(-100, 100))
def test_calendar_and_unit_carry_over(drawn, days, unit, level):
    line, end, length = drawn
    here = window_means(line.assessed, line.value, end, length)
    there = window_means(
        line.assessed + days, unit * line.value + level, end + days, length
    )
    np.testing.assert_allclose((there.mean - level) / unit, here.mean, atol=1e-7)
    np.testing.assert_array_equal(there.days_before, here.days_before)
    np.testing.assert_array_equal(there.days_after, here.days_after)


@given(series(), st.data())
def test_a_window_is_the_weighted_mean_of_its_two_parts(drawn, data):
    end, length = whole_of(drawn)
    recent = data.draw(st.integers(1, length - 1))
    args = (drawn.assessed, drawn.value)
    late = window_means(*args, end, recent).mean
    early = window_means(*args, end - recent, length - recent).mean
    whole = window_means(*args, end, length).mean
    parts = (recent * late + (length - recent) * early) / length
    np.testing.assert_allclose(whole, parts, **CLOSE)


@given(windows(), st.data())
def test_an_assessment_on_the_line_changes_nothing(drawn, data):
    line, end, length = drawn
    first, last = int(line.assessed[0]), int(line.assessed[-1])
    day = data.draw(st.integers(first, last))
    more = np.union1d(line.assessed, [day])
    value = np.interp(more, line.assessed, line.value)
    here = window_means(line.assessed, line.value, end, length).mean
    there = window_means(more, value, end, length).mean
    np.testing.assert_allclose(there, here, **CLOSE)


@given(st.data())
def test_totals_are_blind_to_the_order_of_the_items(data):
    items = [(d.key, item) for d in DOMAINS for item in d.items]
    scores = data.draw(
        st.lists(st.integers(1, 5), min_size=len(items), max_size=len(items))
    )
    rows = [("T", "2015-01-01", *k, s) for k, s in zip(items, scores, strict=True)]
    turned = data.draw(st.permutations(rows))
    columns = ["team", "date", "domain", "item", "score"]
    scale = shipped_study().exposure
    here, there = (
        assessment_totals(pd.DataFrame(part, columns=columns), scale)
        for part in (rows, turned)
    )
    np.testing.assert_allclose(there["total"], here["total"], **CLOSE)
    assert 8 <= here["total"].item() <= 40
