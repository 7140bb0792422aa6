"""Counts, percentages and degrees of freedom."""

from collections.abc import Iterator, Sequence

from smcm.analysis.audit.results import Check, Checked, Claim
from smcm.stats.audit.counts import counts_of, denominators, percentage
from smcm.stats.audit.interval import Interval
from smcm.stats.audit.quantities import Statistic

NO_TOTAL = "The total is not printed."
NO_COUNT = "No whole count of the total gives this percentage."
FIT = "n, predictors and residual degrees of freedom have to add up."
FARTHEST = 20  # times the printed total, where none is printed: of the largest count


def percentages(claim: Claim) -> Iterator[Check]:
    """Hold percentages against their counts and the total they are of."""
    total = claim.one("total") or claim.one("n")
    pairs = [
        (count, percent)
        for percent in claim.all("percent")
        if (count := claim.of_part("count", percent.part)) is not None
    ]
    if pairs:
        yield _counted(pairs, total)
    elif total is not None and claim.all("percent"):
        yield _uncounted(claim.all("percent"), total)


def _counted(
    pairs: Sequence[tuple[Statistic, Statistic]], total: Statistic | None
) -> Check:
    counts = [int(count.number.value) for count, _ in pairs]
    boxes = [percent.interval for _, percent in pairs]
    most = int(total.number.value) if total else FARTHEST * max(1, *counts)
    would_do = denominators(counts, boxes, most)
    if total is None:
        found = bool(would_do)
        return Check(
            rule="percentage",
            holds=found,
            numbers=tuple(Checked(p, p.interval if found else None) for _, p in pairs),
            notes=(NO_TOTAL,),
            denominators=would_do,
        )
    apart = [
        not percentage(count, most).meets(box)
        for count, box in zip(counts, boxes, strict=True)
    ]
    alone = sum(apart) == 1
    numbers = tuple(
        _percent_and_count(pair, most, off=off, alone=alone)
        for pair, off in zip(pairs, apart, strict=True)
    )
    totals = Interval(would_do[0], would_do[-1]) if would_do else None
    of_total = Checked(total, None, totals) if any(apart) else _kept(total)
    return Check(
        rule="percentage",
        holds=not any(apart),
        numbers=(*(n for pair in numbers for n in pair), of_total),
        denominators=would_do,
    )


def _percent_and_count(
    pair: tuple[Statistic, Statistic], total: int, *, off: bool, alone: bool
) -> tuple[Checked, Checked]:
    count, percent = pair
    exact = percentage(int(count.number.value), total)
    if not off:
        return _kept(count), Checked(percent, exact)
    others = counts_of(percent.interval, total)
    needed = Interval(others.start, others.stop - 1) if alone and others else None
    return (
        Checked(count, None, needed),
        Checked(percent, None, exact if alone else None),
    )


def _uncounted(percents: Sequence[Statistic], total: Statistic) -> Check:
    people = int(total.number.value)
    counts = [counts_of(percent.interval, people) for percent in percents]
    holds = all(counts)
    return Check(
        rule="percentage",
        holds=holds,
        numbers=tuple(
            Checked(percent, percent.interval if found else None)
            for percent, found in zip(percents, counts, strict=True)
        ),
        notes=() if holds else (NO_COUNT,),
    )


def residual_df(claim: Claim) -> Iterator[Check]:
    """Hold degrees of freedom against people and predictors.

    Where predictors are not printed, their number follows.
    """
    n = claim.one("n")
    df = claim.one("df2") or (claim.one("df") if claim.one("estimate") else None)
    of_regression = any(claim.one(name) for name in ("estimate", "r2", "predictors"))
    if n is None or df is None or not of_regression:
        return
    left = n.number.value - df.number.value - 1.0
    predictors = claim.one("predictors")
    rows = (n, df) if predictors is None else (n, df, predictors)
    holds = left >= 0.0 if predictors is None else left == predictors.number.value
    yield Check(
        rule="df",
        holds=holds,
        numbers=tuple(
            _kept(row)
            if holds
            else Checked(row, None, Interval.at(_needed(row, n, df, predictors)))
            for row in rows
        ),
        implied={} if predictors else {"predictors": Interval.at(left)},
        notes=() if holds else (FIT,),
    )


def _needed(
    row: Statistic, n: Statistic, df: Statistic, predictors: Statistic | None
) -> float:
    """Value of one of the three that the others ask for."""
    k = 0.0 if predictors is None else predictors.number.value
    if row is n:
        return df.number.value + k + 1.0
    if row is df:
        return n.number.value - k - 1.0
    return n.number.value - df.number.value - 1.0


def _kept(row: Statistic) -> Checked:
    return Checked(row, row.interval)
