"""Cohen's d against means, SDs and t, by the stated or any usual definition."""

import math
from collections.abc import Mapping
from dataclasses import replace

from smcm.analysis.audit.claims import Claim
from smcm.analysis.audit.pairs import UNBOUNDED, rows_of_two, two_scores
from smcm.analysis.audit.results import Check, Checked
from smcm.stats.audit.effects import TwoScores, cohens_d, pooled_d
from smcm.stats.audit.interval import Interval
from smcm.stats.audit.quantities import Statistic

DIFFERENCE = "difference in means, if d divides by the pooled SD"
AS_PRINTED = (
    "Computed from the printed digits, no definition gives exactly this d; some "
    "unrounded means, SDs, and t do."
)
NO_DEFINITION = "No common definition of d gives this value."
UNKNOWN_D = "d by another definition cannot be recomputed."


def effect_size(claim: Claim) -> Check | None:
    """Check d against means, SDs and t."""
    d = claim.one("d")
    pair = two_scores(claim)
    if d is None:
        return None
    if claim.word("d_by") == "other":
        return Check(rule="d", holds=None, notes=(UNKNOWN_D,))
    if isinstance(pair, str):
        return Check(rule="d", holds=None, notes=(pair,))
    return _d_of_t(claim) if pair is None else _effect(claim, pair, d)


def _d_of_t(claim: Claim) -> Check | None:
    """Check d against t alone, by the definitions that need no more than people."""
    t, d, people = claim.one("t"), claim.one("d"), claim.all("n")
    if t is None or d is None or not people:
        return None
    sizes = [people_of.number.value for people_of in people]
    if len(sizes) == 2:
        factors = {"two groups": math.sqrt(1.0 / sizes[0] + 1.0 / sizes[1])}
    else:
        root = math.sqrt(sizes[0])
        factors = {"dz": 1.0 / root, "two halves": 2.0 / root}
    if (df := claim.value("df")) is not None:
        factors["twice t by df"] = 2.0 / math.sqrt(df)
    by = claim.word("d_by")
    if by is not None:
        names = {"dz": ("dz",), "pooled": ("two groups", "two halves")}.get(by, ())
        factors = {name: f for name, f in factors.items() if name in names}
    if not factors:
        return None
    found = {name: t.interval.size().scaled(by) for name, by in factors.items()}
    size = d.interval.size()
    holds = any(box.meets(size) for box in found.values())
    return Check(
        rule="d",
        holds=holds,
        numbers=tuple(Checked(row, row.interval if holds else None) for row in (d, t)),
        implied=_named(found),
        notes=() if holds else (NO_DEFINITION,),
    )


def _effect(claim: Claim, pair: TwoScores, d: Statistic) -> Check:
    size = d.interval.size()
    found = _as_stated(claim, cohens_d(pair))
    if not found:
        return Check(rule="d", holds=None, notes=(UNKNOWN_D,))
    fitting = {name: box & size for name, box in found.items() if box.meets(size)}
    rows = [d, *rows_of_two(claim)]
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
        box.meets(size)
        for box in _as_stated(claim, cohens_d(_to_the_digit(claim, pair))).values()
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


def _as_stated(claim: Claim, found: Mapping[str, Interval]) -> Mapping[str, Interval]:
    """Keep the definition that a claim states; all where it states none."""
    by = claim.word("d_by")
    return {name: box for name, box in found.items() if by in (None, name)}


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
