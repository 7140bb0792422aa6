"""The resampling plan, and limits read off the draws."""

import numpy as np
import pytest
from scipy import stats

from smcm.errors import UnknownValueError
from smcm.stats.draw_limits import (
    INTERVALS,
    limits,
    percentile_limits,
)
from smcm.stats.kept_plan import KeptPlan
from smcm.stats.resample import ResamplingPlan, count_rows, draw_counts


def all_counts(plan):
    return np.concatenate([counts for _, counts in plan.chunks()])


def ranks(size, level=0.95):
    """Places, counted from 1, of the limits among draws 1, 2, … in random order."""
    draws = np.random.default_rng(0).permutation(np.arange(1.0, size + 1))
    return percentile_limits(draws, level)


@pytest.mark.parametrize(
    ("size", "level", "expected"),
    [
        (5000, 0.95, (125, 4876)),
        (1000, 0.95, (25, 976)),
        (10000, 0.95, (250, 9751)),
        (5000, 0.90, (250, 4751)),
        (5000, 0.99, (25, 4976)),
        (199, 0.95, (5, 195)),
        (999, 0.95, (25, 975)),
        (100, 0.95, (3, 98)),
        (500, 0.95, (13, 488)),
        (110, 0.90, (6, 105)),
        (100, 0.99, (1, 100)),
        (20, 0.999, (1, 20)),
    ],
)
def test_limits_are_order_statistics(size, level, expected):
    assert ranks(size, level) == expected


def test_limits_do_not_change_the_draws():
    draws = np.random.default_rng(1).normal(size=500)
    before = draws.copy()
    percentile_limits(draws)
    np.testing.assert_array_equal(draws, before)


def test_limits_mirror_when_the_draws_do():
    draws = np.random.default_rng(2).normal(size=4999)
    low, high = percentile_limits(draws)
    assert percentile_limits(-draws) == (-high, -low)


def test_bias_corrected_limits_by_the_definition_sorted():
    draws = np.random.default_rng(3).gamma(2.0, size=2000)
    estimate = 1.5
    shift = 2 * stats.norm.ppf((draws < estimate).mean())
    ordered = np.sort(draws)
    low, high = stats.norm.cdf(shift + stats.norm.ppf([0.025, 0.975]))
    expected = ordered[round(2000 * low) - 1], ordered[int(2000 * high)]
    assert limits(draws, estimate, 0.95, "bc") == expected


def test_bias_corrected_limits_without_bias_are_the_percentiles():
    draws = np.arange(1.0, 5001.0)
    assert limits(draws, 2500.5, 0.95, "bc") == percentile_limits(draws)


def test_bias_corrected_limits_of_an_estimate_outside_stay_among_the_draws():
    draws = np.random.default_rng(4).normal(size=300)
    low, high = limits(draws, 99.0, 0.95, "bc")
    assert draws.min() <= low <= high <= draws.max()


def test_kinds_of_limits():
    draws = np.random.default_rng(5).normal(size=1000)
    left_out = draws[:40]
    found = {kind: limits(draws, 0.1, 0.95, kind, left_out) for kind in INTERVALS}
    assert found["percentile"] == percentile_limits(draws)
    assert len(set(found.values())) == 3
    with pytest.raises(UnknownValueError, match="percentile, bc, bca"):
        limits(draws, 0.1, 0.95, "abc")


def test_every_sample_holds_as_many_as_there_are():
    counts = all_counts(ResamplingPlan(37, 600, 1))
    assert counts.shape == (600, 37)
    np.testing.assert_array_equal(counts.sum(axis=1), 37)
    np.testing.assert_array_equal(counts, np.round(counts))


def test_cases_are_drawn_evenly():
    totals = all_counts(ResamplingPlan(20, 5000, 8)).sum(axis=0)
    assert stats.chisquare(totals).pvalue > 1e-4


def test_samples_of_a_case_are_binomial():
    counts = all_counts(ResamplingPlan(20, 5000, 9))[:, 0]
    observed = np.bincount(counts.astype(int), minlength=5)[:4]
    expected = 5000 * stats.binom.pmf(np.arange(4), 20, 1 / 20)
    error = np.sqrt(expected * (1 - expected / 5000))
    assert np.all(np.abs(observed - expected) < 4 * error)


def test_same_seed_same_plan():
    first, again = (all_counts(ResamplingPlan(50, 700, 4)) for _ in range(2))
    np.testing.assert_array_equal(first, again)
    assert np.any(first != all_counts(ResamplingPlan(50, 700, 5)))


@pytest.mark.parametrize("size", [1, 249, 250, 251, 1250, 1251, 2600])
def test_a_shorter_plan_is_the_beginning_of_a_longer_one(size):
    longer = all_counts(ResamplingPlan(11, 3000, 6))
    blocks = size // 250 * 250  # a block cut short is drawn anew in fewer rows
    shorter = all_counts(ResamplingPlan(11, size, 6))
    assert shorter.shape == (size, 11)
    np.testing.assert_array_equal(shorter[:blocks], longer[:blocks])


def test_chunks_follow_each_other():
    chunks = list(ResamplingPlan(11, 3000, 6).chunks())
    starts = [start for start, _ in chunks]
    assert starts == list(np.cumsum([0, *(len(c) for _, c in chunks[:-1])]))


def test_very_many_cases_are_drawn_in_smaller_blocks():
    counts = all_counts(ResamplingPlan(70_000, 3, 1))  # more than 16 bits can name
    np.testing.assert_array_equal(counts.sum(axis=1), 70_000)
    assert counts[:, 66_000:].sum() > 0


def test_replacements_are_other_samples_and_repeatable():
    plan = ResamplingPlan(30, 400, 2)
    first = plan.replacements(5, 0)
    np.testing.assert_array_equal(first, plan.replacements(5, 0))
    assert np.any(first != plan.replacements(5, 1))
    assert np.any(first != next(plan.chunks())[1][:5])


def test_counts_of_a_generator_are_those_of_its_indices():
    rows = np.random.default_rng(7).integers(13, size=(40, 13), dtype=np.uint16)
    expected = np.array([np.bincount(row, minlength=13) for row in rows])
    counts = draw_counts(np.random.default_rng(7), 40, 13)
    np.testing.assert_array_equal(counts, expected)


def test_chunks_in_one_place_are_those_in_many():
    plan = ResamplingPlan(311, 2700, 5)
    apart = [counts for _, counts in plan.chunks()]
    together = [counts.copy() for _, counts in plan.chunks(reuse=True)]
    np.testing.assert_array_equal(np.concatenate(together), np.concatenate(apart))
    first, second = (c for _, c in ResamplingPlan(11, 2500, 5).chunks(reuse=True))
    assert np.shares_memory(first, second)


@pytest.mark.parametrize("stream", ["numpy", "r"])
def test_a_kept_plan_draws_once_what_a_plan_draws(stream):
    kept = KeptPlan(31, 2700, 5, stream)
    first, again = (list(kept.chunks(reuse=reuse)) for reuse in (True, False))
    plain = ResamplingPlan(31, 2700, 5, stream)
    for (start, counts), (at, same), (of, own) in zip(
        first, again, plain.chunks(), strict=True
    ):
        assert start == at == of
        assert same is counts
        np.testing.assert_array_equal(counts, own)
    np.testing.assert_array_equal(kept.replacements(9, 0), plain.replacements(9, 0))


def test_many_cells_are_counted_as_numpy_counts_each_sample():
    drawn = np.random.default_rng(3).integers(700, size=(60, 700), dtype=np.uint16)
    loop = [np.bincount(row, minlength=700) for row in drawn]
    np.testing.assert_array_equal(count_rows(drawn, 700), loop)
