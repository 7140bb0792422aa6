"""Percentages and their counts against trying every total."""

import numpy as np
import pytest

from smcm.stats.audit.counts import counts_of, denominators, percentage, whole_numbers
from smcm.stats.audit.interval import Interval
from smcm.stats.audit.rounding import read_printed


@pytest.mark.parametrize("seed", range(20))
def test_denominators_are_those_that_trying_finds(seed):
    rng = np.random.default_rng(seed)
    counts = [int(c) for c in rng.integers(0, 60, size=rng.integers(1, 4))]
    total = sum(counts) + int(rng.integers(1, 30))
    boxes = []
    for count in counts:
        text = f"{100 * count / total + rng.choice([0, 0, 0.6]):.0f}"
        boxes.append(read_printed(text).interval)
    tried = [
        d
        for d in range(max(1, *counts), 301)
        if all(100 * c / d in b for c, b in zip(counts, boxes, strict=True))
    ]
    assert list(denominators(counts, boxes, 300)) == tried


def test_counts_of_a_percentage():
    assert list(counts_of(Interval(49.5, 50.5), 10)) == [5]
    assert list(counts_of(Interval(0.5, 1.5), 10)) == []
    assert list(counts_of(Interval(-0.5, 0.5), 200)) == [0, 1]


def test_a_true_percentage_is_inside(printed):
    for total in (7, 60, 311):
        for count in range(total + 1):
            assert percentage(count, total).meets(printed(100 * count / total, 0))


def test_whole_numbers_at_the_ends_count():
    assert list(whole_numbers(Interval(1.0, 3.0))) == [1, 2, 3]
    assert list(whole_numbers(Interval(1.2, 1.8))) == []
