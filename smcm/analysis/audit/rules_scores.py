"""Means and SDs: the range of a scale, and whole numbers."""

import math
from collections.abc import Iterator

from smcm.analysis.audit.results import Check, Checked, Claim
from smcm.stats.audit.granular import (
    Whole,
    debit,
    grim,
    grimmer,
    informative,
    sd_bounds,
)
from smcm.stats.audit.interval import Interval
from smcm.stats.audit.quantities import Statistic

UNINFORMATIVE = (
    "With so many people (and items) every mean of this precision can be one of "
    "whole numbers, so that GRIM, GRIMMER and DEBIT say nothing."
)
NO_MEAN = "No sum of whole answers gives this mean."
NO_SD = "Some sum of whole answers gives the mean, and none of these gives the SD."
NO_BINARY = "No count of ones gives this mean together with this SD."
BEYOND = "The scale does not reach so far."
NO_SPREAD = "No scores within the scale spread so much around this mean."


def scores(claim: Claim) -> Iterator[Check]:
    """Apply the range of the scale, then GRIM and GRIMMER or DEBIT, to every mean."""
    low, high = claim.value("scale_min"), claim.value("scale_max")
    for mean in claim.all("mean"):
        n = claim.of_part("n", mean.part)
        if n is None:
            continue
        sd = claim.of_part("sd", mean.part)
        whole = Whole(
            n=int(n.number.value),
            items=int(claim.value("items") or 1),
            low=-math.inf if low is None else low,
            high=math.inf if high is None else high,
        )
        if low is not None and high is not None and whole.n > 1:
            yield _in_range(mean, sd, whole)
        if claim.one("items"):
            yield _of_whole_numbers(mean, sd, whole)


def _in_range(mean: Statistic, sd: Statistic | None, whole: Whole) -> Check:
    within = mean.interval & Interval(whole.low, whole.high)
    if within.empty:
        needed = Checked(mean, None, Interval(whole.low, whole.high))
        return Check(rule="scale", holds=False, numbers=(needed,), notes=(BEYOND,))
    if sd is None:
        return Check(rule="scale", holds=True, numbers=(Checked(mean, within),))
    allowed = sd_bounds(mean.interval, whole)
    holds = allowed.meets(sd.interval)
    numbers = (
        Checked(mean, within if holds else None),
        Checked(
            sd, allowed & sd.interval if holds else None, None if holds else allowed
        ),
    )
    return Check(
        rule="scale",
        holds=holds,
        numbers=numbers,
        implied={"greatest sd": Interval.at(allowed.high)},
        notes=() if holds else (NO_SPREAD,),
    )


def _of_whole_numbers(mean: Statistic, sd: Statistic | None, whole: Whole) -> Check:
    rows = (mean,) if sd is None else (mean, sd)
    sums = grim(mean.interval, whole)
    if not sums:
        return Check(
            rule="GRIM",
            holds=False,
            numbers=tuple(Checked(row, None) for row in rows),
            notes=(NO_MEAN,),
            implied=_neighbours(mean, whole),
        )
    binary = whole.items == 1 and (whole.low, whole.high) == (0.0, 1.0)
    if not informative(mean.interval, whole) and not (binary and sd):
        return Check(rule="GRIM", holds=None, notes=(UNINFORMATIVE,))
    kept = tuple(Checked(row, row.interval) for row in rows)
    if sd is None:
        return Check(rule="GRIM", holds=True, numbers=kept)
    if binary:
        holds = debit(mean.interval, sd.interval, whole.n)
        rule, note = "DEBIT", NO_BINARY
    else:
        holds = grimmer(mean.interval, sd.interval, whole)
        rule, note = "GRIMMER", NO_SD
    return Check(
        rule=rule,
        holds=holds,
        numbers=kept if holds else tuple(Checked(row, None) for row in rows),
        notes=() if holds else (note,),
    )


def _neighbours(mean: Statistic, whole: Whole) -> dict[str, Interval]:
    """Means of whole numbers next below and above a printed one."""
    parts = whole.n * whole.items
    below = math.floor(mean.interval.low * parts) / parts
    return {"nearest means": Interval(below, below + 1.0 / parts)}
