"""R's random numbers re-created, against R's own `set.seed` and `runif`."""

import numpy as np
import pytest

from smcm.errors import OutOfRangeError, UnknownValueError
from smcm.stats.bootstrap import bootstrap_paths
from smcm.stats.crossproducts import ModelColumns
from smcm.stats.r_stream import (
    CHUNK,
    EDGE,
    LARGEST_SEED,
    STEP,
    RUniform,
    r_rows,
)
from smcm.stats.resample import ResamplingPlan


def all_counts(plan):
    return np.concatenate([counts for _, counts in plan.chunks()])


def all_rows(*key):
    return np.concatenate(list(r_rows(*key)))


def test_every_digit_is_that_of_runif(oracle, compare):
    kept = oracle("runif").groupby("seed")
    assert len(kept) > 5
    for seed, table in kept:
        found = RUniform.seeded(int(seed)).draw(table["place"].max())
        ours, what = found[table["place"] - 1], "random numbers after a seed (runif)"
        compare(ours, table["value"], source="R", script="runif", what=what, abs=0.0)


def test_draws_go_on_where_the_last_ended():
    stream, whole = RUniform.seeded(3), RUniform.seeded(3).draw(2000)
    parts = [stream.draw(size) for size in (1, 623, 2, 1374)]
    np.testing.assert_array_equal(np.concatenate(parts), whole)


class Extreme:
    """A twister whose words are the smallest and the largest."""

    def random_raw(self, size):
        return np.array([0, 2**32 - 1] * size, dtype=np.uint64)[:size]


def test_neither_zero_nor_one_is_drawn():
    low, high = RUniform(Extreme()).draw(2)
    assert low == EDGE > 0.0
    assert high == min((2**32 - 1) * STEP, 1.0 - EDGE) < 1.0
    assert int(high * 10**6) == 10**6 - 1  # so no row lies past the last


def test_rows_take_the_stream_sample_by_sample():
    uniform = RUniform.seeded(8).draw(40 * 7).reshape(40, 7)
    np.testing.assert_array_equal(all_rows(8, 7, 0, 40), np.floor(uniform * 7))


@pytest.mark.parametrize("first", [1, CHUNK - 1, CHUNK, CHUNK + 30])
def test_rows_of_later_samples_are_the_later_rows(first):
    last = CHUNK + 50
    whole = all_rows(8, 5, 0, last)
    np.testing.assert_array_equal(all_rows(8, 5, first, last), whole[first:])


def test_very_many_cases_come_in_smaller_parts():
    parts = list(r_rows(1, 900_000, 0, 5))
    assert [len(part) for part in parts] == [2, 2, 1]
    assert all(part.max() < 900_000 for part in parts)


def test_a_plan_counts_the_rows():
    plan = ResamplingPlan(23, CHUNK + 10, 4, "r")
    counts, rows = all_counts(plan), all_rows(4, 23, 0, CHUNK + 10)
    expected = np.array([np.bincount(row, minlength=23) for row in rows])
    np.testing.assert_array_equal(counts, expected)
    assert [start for start, _ in plan.chunks()] == [0, CHUNK]


def test_replacements_go_on_after_the_last_sample():
    plan, longer = ResamplingPlan(23, 100, 4, "r"), ResamplingPlan(23, 112, 4, "r")
    after = all_counts(longer)[100:]
    np.testing.assert_array_equal(plan.replacements(5, 0, 0), after[:5])
    np.testing.assert_array_equal(plan.replacements(7, 1, 5), after[5:])


def test_the_streams_differ():
    plans = [ResamplingPlan(30, 100, 4, stream) for stream in ("numpy", "r")]
    assert np.any(all_counts(plans[0]) != all_counts(plans[1]))


def test_another_stream_is_refused_with_the_nearest():
    with pytest.raises(UnknownValueError, match=r"numpy, r\. Did you mean 'r'"):
        ResamplingPlan(30, 100, 4, "R")


def test_a_seed_that_r_has_not_is_refused():
    assert ResamplingPlan(30, 100, LARGEST_SEED, "r")
    assert ResamplingPlan(30, 100, LARGEST_SEED + 1)
    with pytest.raises(OutOfRangeError, match=f"seed is .* up to {LARGEST_SEED}"):
        ResamplingPlan(30, 100, LARGEST_SEED + 1, "r")


def test_unusable_samples_give_way_to_the_next_usable_of_the_stream():
    """As where a program draws again on the spot: the first usable ones count."""
    values = np.random.default_rng(9).normal(size=(30, 3))
    values[:, 0] = 0.0
    values[:2, 0] = 1.0
    model, plan = ModelColumns(0, 1, 2), ResamplingPlan(30, 250, 8, "r")
    (found,) = bootstrap_paths(values, [model], plan)
    rows = all_rows(8, 30, 0, 400)
    usable = [row for row in rows if (row < 2).any()][:250]
    expected = []
    for row in usable:
        x, m, y = values[row].T
        a = np.polyfit(x, m, 1)[0]
        design = np.column_stack([np.ones(30), x, m])
        expected.append(a * np.linalg.lstsq(design, y, rcond=None)[0][2])
    assert found.n_replaced == sum(not (row < 2).any() for row in rows[:250]) > 10
    np.testing.assert_allclose(np.sort(found.indirect), np.sort(expected), atol=1e-10)
