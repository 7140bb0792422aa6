"""Counts, percentages and degrees of freedom."""

from collections.abc import Sequence

from smcm.analysis.audit.claims import Claim
from smcm.analysis.audit.results import Check, Checked
from smcm.stats.audit.counts import counts_of, denominators, percentage
from smcm.stats.audit.interval import Interval
from smcm.stats.audit.quantities import Statistic

NO_TOTAL = "The total is not printed."
NO_COUNT = "No whole number of people out of the total gives this percentage."
FIT = "Residual degrees of freedom must equal n − predictors − 1."
APPROXIMATE = "Approximate degrees of freedom need not equal n − predictors − 1."
NOT_ALL = "The number of cases analysed is not printed."
FARTHEST = 10**9  # where no total is printed


def percentages(claim: Claim) -> Check | None:
    """Check percentages against their counts and the total they are of.

    Where not all answered, each percentage can be of a smaller total of its own.
    """
    total = claim.one("total") or claim.one("n")
    some = claim.word("answered") == "some"
    percents = claim.all("percent")
    pairs = [
        (count, percent)
        for percent in percents
        if (count := claim.of_part("count", percent.part)) is not None
    ]
    if pairs and some:
        return _of_some(pairs, total)
    if pairs:
        return _counted(pairs, total)
    if total is not None and percents:
        return _uncounted(percents, total, some=some)
    return None


def _of_some(
    pairs: Sequence[tuple[Statistic, Statistic]], total: Statistic | None
) -> Check:
    most = int(total.number.value) if total else FARTHEST
    holds = all(
        bool(denominators([int(count.number.value)], [percent.interval], most))
        for count, percent in pairs
    )
    rows = [row for pair in pairs for row in pair]
    return Check(
        rule="percentage",
        holds=holds,
        numbers=tuple(Checked(r, r.interval if holds else None) for r in rows),
    )


def _counted(
    pairs: Sequence[tuple[Statistic, Statistic]], total: Statistic | None
) -> Check:
    counts = [int(count.number.value) for count, _ in pairs]
    boxes = [percent.interval for _, percent in pairs]
    most = int(total.number.value) if total else FARTHEST
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


def _uncounted(percents: Sequence[Statistic], total: Statistic, *, some: bool) -> Check:
    people = int(total.number.value)
    counts = [
        any(counts_of(percent.interval, n) for n in _totals(percent, people, some=some))
        for percent in percents
    ]
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


def _totals(percent: Statistic, people: int, *, some: bool) -> range:
    """Totals to try; of so many that any percentage is one, the last does."""
    enough = 2 * 10 ** (percent.number.decimals + 2)
    return (
        range(1, people + 1) if some and people < enough else range(people, people + 1)
    )


def residual_df(claim: Claim) -> Check | None:
    """Check degrees of freedom against people and predictors.

    Where predictors are not printed, their number follows.
    """
    n = claim.one("n")
    df = claim.one("df2") or (claim.one("df") if claim.one("estimate") else None)
    of_regression = any(claim.one(name) for name in ("estimate", "r2", "predictors"))
    if n is None or df is None or not of_regression:
        return None
    if not df.exact or claim.word("answered") == "some":
        return Check(
            rule="df", holds=None, notes=(NOT_ALL if df.exact else APPROXIMATE,)
        )
    left = n.number.value - df.number.value - 1.0
    predictors = claim.one("predictors")
    rows = (n, df) if predictors is None else (n, df, predictors)
    holds = left >= 0.0 if predictors is None else left == predictors.number.value
    return Check(
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
