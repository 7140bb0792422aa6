"""Two means with their SDs, the t between them, and d."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace

from smcm.analysis.audit.results import Check, Checked, Claim
from smcm.stats.audit.coefficient import t_sizes
from smcm.stats.audit.effects import (
    TwoScores,
    cohens_d,
    implied_correlation,
    pooled_d,
    possible_sd_of_difference,
    sd_of_difference,
    t_between,
)
from smcm.stats.audit.interval import Interval
from smcm.stats.audit.quantities import Statistic

DIFFERENCE = "difference of the means, if d is the pooled one"
UNBOUNDED = Interval(0.0, math.inf)
AS_PRINTED = (
    "Taken to the digit, the printed means, SDs and t give none of these d; some "
    "unrounded numbers behind them do."
)
NO_CORRELATION = "No correlation of the two measurements gives this t."
NOT_THIS_T = "Means and SDs of two groups of these sizes give another t."
NO_DEFINITION = "No usual definition of d gives it."


def two_scores(claim: Claim) -> Iterator[Check]:
    """Hold t against means and SDs, and d against all of them."""
    pair = _pair(claim)
    if pair is None:
        yield from _d_of_t(claim)
        return
    if pair.t != UNBOUNDED:
        yield _paired(claim, pair) if pair.paired else _groups(claim, pair)
    d = claim.one("d")
    if d is not None:
        yield _effect(claim, pair, d)


def _pair(claim: Claim) -> TwoScores | None:
    """Read two measurements from a claim; None where it has not just two."""
    means, sds, people = claim.all("mean"), claim.all("sd"), claim.all("n")
    if len(means) != 2 or len(sds) != 2 or len(people) not in (1, 2):
        return None
    by_part = {sd.part: sd for sd in sds}
    if {mean.part for mean in means} != set(by_part):
        return None
    paired = len(people) == 1
    n1, n2 = (int(people[min(k, len(people) - 1)].number.value) for k in (0, 1))
    if min(n1, n2) < 2:
        return None
    return TwoScores(
        difference=(means[0].interval - means[1].interval).size(),
        sd1=by_part[means[0].part].interval,
        sd2=by_part[means[1].part].interval,
        t=_t(claim, n1 - 1 if paired else n1 + n2 - 2),
        n1=n1,
        n2=n2,
        paired=paired,
    )


def _t(claim: Claim, usual_df: int) -> Interval:
    """Sizes of t that a printed t, or else a printed p, leaves open."""
    t, p = claim.one("t"), claim.one("p")
    if t is not None:
        return t.interval.size()
    if p is None or claim.one("F") is not None:
        return UNBOUNDED
    tests = claim.value("comparisons") or 1.0
    return t_sizes(p.interval.scaled(1.0 / tests), claim.value("df") or usual_df)


def _d_of_t(claim: Claim) -> Iterator[Check]:
    """Hold d against t alone, by the definitions that need no more than people."""
    t, d, people = claim.one("t"), claim.one("d"), claim.all("n")
    if t is None or d is None or not people:
        return
    sizes = [people_of.number.value for people_of in people]
    factors = {"dz": 1.0 / math.sqrt(sizes[0]), "two halves": 2.0 / math.sqrt(sizes[0])}
    if len(sizes) == 2:
        factors = {"two groups": math.sqrt(1.0 / sizes[0] + 1.0 / sizes[1])}
    found = {name: t.interval.size().scaled(by) for name, by in factors.items()}
    size = d.interval.size()
    holds = any(box.meets(size) for box in found.values())
    yield Check(
        rule="d",
        holds=holds,
        numbers=tuple(Checked(row, row.interval if holds else None) for row in (d, t)),
        implied=_named(found),
        notes=() if holds else (NO_DEFINITION,),
    )


def _rows(claim: Claim) -> tuple[Statistic, ...]:
    tested = claim.one("t") or claim.one("p")
    rows = (*claim.all("mean"), *claim.all("sd"))
    return rows if tested is None else (*rows, tested)


def _paired(claim: Claim, pair: TwoScores) -> Check:
    allowed = possible_sd_of_difference(pair)
    implied = sd_of_difference(pair) & allowed
    if not implied.empty:
        return Check(
            rule="paired",
            holds=True,
            numbers=tuple(Checked(row, row.interval) for row in _rows(claim)),
            implied={
                "sd of the difference": implied,
                "correlation": implied_correlation(pair),
            },
        )
    n = math.sqrt(pair.n1)
    needed = Interval(
        pair.difference.low * n / allowed.high,
        pair.difference.high * n / allowed.low if allowed.low else math.inf,
    )
    return _other_t(claim, "paired", needed, NO_CORRELATION)


def _groups(claim: Claim, pair: TwoScores) -> Check:
    allowed = t_between(pair)
    if allowed.meets(pair.t):
        rows = (Checked(row, row.interval) for row in _rows(claim))
        implied = {"size of t": allowed & pair.t}
        return Check(rule="groups", holds=True, numbers=tuple(rows), implied=implied)
    return _other_t(claim, "groups", allowed, NOT_THIS_T)


def _other_t(claim: Claim, rule: str, sizes: Interval, note: str) -> Check:
    """Say what t would have to be; a mean or an SD is not solved for."""
    numbers = []
    for row in _rows(claim):
        signed = -sizes if row.interval.high < 0.0 else sizes
        instead = signed if row.quantity.name == "t" else None
        numbers.append(Checked(row, None, instead))
    return Check(
        rule=rule,
        holds=False,
        numbers=tuple(numbers),
        implied={"size of t": sizes},
        notes=(note,),
    )


def _effect(claim: Claim, pair: TwoScores, d: Statistic) -> Check:
    size = d.interval.size()
    found = cohens_d(pair)
    fitting = {name: box & size for name, box in found.items() if box.meets(size)}
    rows = [d, *_rows(claim)]
    if not fitting:
        return Check(
            rule="d",
            holds=False,
            numbers=(*(Checked(row, None) for row in rows),),
            implied=_named(found),
            notes=(NO_DEFINITION,),
        )
    low = min(box.low for box in fitting.values())
    high = max(box.high for box in fitting.values())
    left = Interval(low, high)
    to_the_digit = any(
        box.meets(size) for box in cohens_d(_to_the_digit(claim, pair)).values()
    )
    return Check(
        rule="d",
        holds=True,
        numbers=(
            Checked(d, -left if d.interval.high < 0.0 else left),
            *(Checked(row, row.interval) for row in rows[1:]),
        ),
        implied=_named(found) | _difference(pair, size),
        notes=() if to_the_digit else (AS_PRINTED,),
    )


def _difference(pair: TwoScores, d: Interval) -> dict[str, Interval]:
    """Differences of means that a printed d leaves, where it is the pooled one."""
    n1, n2 = (1, 1) if pair.paired else (pair.n1, pair.n2)
    boxes = {"d": d, "difference": pair.difference, "sd1": pair.sd1, "sd2": pair.sd2}
    left = pooled_d(n1, n2).solve(boxes).ranges
    return {DIFFERENCE: left["difference"]} if left else {}


def _named(found: Mapping[str, Interval]) -> dict[str, Interval]:
    return {f"d {name}": box for name, box in found.items()}


def _to_the_digit(claim: Claim, pair: TwoScores) -> TwoScores:
    """Make every printed number mean exactly its digits."""
    one, other = claim.all("mean")
    sds = {sd.part: sd.number.value for sd in claim.all("sd")}
    t = claim.value("t")
    return replace(
        pair,
        difference=Interval.at(abs(one.number.value - other.number.value)),
        sd1=Interval.at(sds[one.part]),
        sd2=Interval.at(sds[other.part]),
        t=UNBOUNDED if t is None else Interval.at(abs(t)),
    )
