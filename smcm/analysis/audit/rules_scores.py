"""Means and SDs: the range of a scale, and whole numbers."""

import math
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from smcm.analysis.audit.claims import Claim
from smcm.analysis.audit.presumed import Rule
from smcm.analysis.audit.results import Check, Checked
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
    "With so many people (and items), whole numbers can have any mean of this "
    "precision; GRIM, GRIMMER, and DEBIT exclude nothing."
)
EVERY_ITEM = "This assumes that everyone answered every item in whole numbers."
NO_MEAN = f"No sum of whole answers gives this mean. {EVERY_ITEM}"
NO_SD = (
    f"Some sum of whole answers gives this mean, but none with this SD. {EVERY_ITEM}"
)
NO_BINARY = f"No number of ones gives both this mean and this SD. {EVERY_ITEM}"
UNANSWERED = (
    "If items are missing, scores are prorated or imputed, or people are excluded, "
    "the mean need not be one of whole numbers."
)
BEYOND = "The mean is outside the range of the scale."
NO_SPREAD = "No scores within the scale have so large an SD around this mean."


def scores(claim: Claim) -> Iterator[Rule]:
    """List the range of the scale, then GRIM and GRIMMER or DEBIT, for every mean."""
    low, high = claim.value("scale_min"), claim.value("scale_max")
    for mean in claim.all("mean"):
        n = claim.of_part("n", mean.part)
        if n is None:
            continue
        if low is not None and high is not None and n.number.value > 1:
            yield partial(_scale, part=mean.part)
        if claim.one("items"):
            yield partial(_granular, part=mean.part)


def _scale(claim: Claim, *, part: str) -> Check:
    mean, sd, whole = _read(claim, part)
    some = claim.word("answered") == "some"
    return _in_range(mean, sd, replace(whole, n=2) if some else whole)


def _granular(claim: Claim, *, part: str) -> Check:
    if claim.word("answered") == "some":
        return Check(rule="GRIM", holds=None, notes=(UNANSWERED,))
    mean, sd, whole = _read(claim, part)
    by_n = claim.word("sd_by") == "n" and whole.n > 1
    return _of_whole_numbers(
        mean, sd, whole, factor=math.sqrt(whole.n / (whole.n - 1)) if by_n else 1.0
    )


def _read(claim: Claim, part: str) -> tuple[Statistic, Statistic | None, Whole]:
    mean, n = claim.of_part("mean", part), claim.of_part("n", part)
    if mean is None or n is None:
        raise LookupError(part)
    low, high = claim.value("scale_min"), claim.value("scale_max")
    whole = Whole(
        n=int(n.number.value),
        items=int(claim.value("items") or 1),
        low=-math.inf if low is None else low,
        high=math.inf if high is None else high,
    )
    return mean, claim.of_part("sd", part), whole


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


def _of_whole_numbers(
    mean: Statistic, sd: Statistic | None, whole: Whole, *, factor: float
) -> Check:
    """Apply GRIM, then GRIMMER or DEBIT to an SD times a factor."""
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
        holds = debit(mean.interval, sd.interval.scaled(factor), whole.n)
        rule, note = "DEBIT", NO_BINARY
    else:
        holds = grimmer(mean.interval, sd.interval.scaled(factor), whole)
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
