"""Consistency of percentages with the counts they come from."""

import math
from collections.abc import Sequence

from smcm.stats.audit.interval import Interval

WHOLE = 1e-9


def whole_numbers(interval: Interval) -> range:
    """Whole numbers in a finite interval, its ends among them."""
    slack = WHOLE * max(1.0, abs(interval.low), abs(interval.high))
    return range(math.ceil(interval.low - slack), math.floor(interval.high + slack) + 1)


def percentage(count: int, total: int) -> Interval:
    """Compute the percentage that a count is of a total."""
    return Interval.at(100.0 * count / total)


def denominators(
    counts: Sequence[int], percentages: Sequence[Interval], most: int
) -> range:
    """Find the totals of which every count makes its percentage.

    They have no gap: each percentage allows all totals between two.

    Parameters
    ----------
    counts : sequence of int
    percentages : sequence of Interval
        One for each count.
    most : int
        Largest total to consider.
    """
    found = Interval(max(1, *counts) if counts else 1, most)
    for count, percent in zip(counts, percentages, strict=True):
        if count:
            least = 100.0 * count / percent.high if percent.high > 0.0 else math.inf
            greatest = 100.0 * count / percent.low if percent.low > 0.0 else most
            found = found & Interval(least, greatest)
        elif 0.0 not in percent:
            return range(0)
    return range(0) if found.empty or math.isinf(found.low) else whole_numbers(found)


def counts_of(percent: Interval, total: int) -> range:
    """List the counts of which a percentage of a total can be made."""
    within = percent & Interval(0.0, 100.0)
    if within.empty:
        return range(0)
    return whole_numbers(within.scaled(total / 100.0))
