"""F against partial eta squared and against the change of R squared."""

from collections.abc import Callable

from smcm.analysis.audit.claims import Claim
from smcm.analysis.audit.results import Check, solved
from smcm.stats.audit.effects import partial_eta_squared, r2_change
from smcm.stats.audit.interval import Feasible, Given, Interval, Relation

GREATEST_F = 1e6


def eta2_rule(claim: Claim) -> Check | None:
    """Check F against partial eta squared; any other eta squared is smaller."""
    ratios = _ratios_of_df(claim)
    rows = claim.given(("F", "eta2"))
    if len(rows) < 2 or not ratios:
        return None
    smaller = claim.word("eta2_by") == "other"

    def solver(given: Given) -> Feasible:
        boxes = _finite(given)
        if smaller:
            boxes["eta2"] = Interval(given["eta2"].low, 1.0)
        return _at_every(ratios, partial_eta_squared, boxes)

    return solved("eta2", rows, solver)


def r2_rule(claim: Claim) -> Check | None:
    """Check F against R squared and its change; an adjusted R squared is smaller."""
    ratios = _ratios_of_df(claim)
    rows = claim.given(("F", "r2", "r2_change"))
    if "F" not in rows or "r2" not in rows or not ratios:
        return None
    larger = claim.word("r2_by") == "adjusted"

    def solver(given: Given) -> Feasible:
        boxes = {"r2_change": Interval(0.0, 1.0), **_finite(given)}
        if larger:
            boxes["r2"] = Interval(given["r2"].low, 1.0)
        return _at_every(ratios, r2_change, boxes)

    return solved("r2_change", rows, solver)


def _ratios_of_df(claim: Claim) -> tuple[float, ...]:
    """df1 / df2, which no correction for sphericity changes, and its ends if rounded.

    Both formulas need no more than this ratio.
    """
    df = claim.given(("df1", "df2"))
    if len(df) < 2:
        return ()
    top, bottom = (row.interval for row in df.values())
    low, high = top.low / bottom.high, top.high / bottom.low
    return (low,) if low == high else (low, 0.5 * (low + high), high)


def _at_every(
    ratios: tuple[float, ...], formula: Callable[[float, float], Relation], boxes: Given
) -> Feasible:
    found = [formula(ratio, 1.0).solve(boxes).ranges for ratio in ratios]
    possible = [ranges for ranges in found if ranges]
    if not possible:
        return Feasible()
    return Feasible({n: Interval.around(r[n] for r in possible) for n in possible[0]})


def _finite(given: Given) -> dict[str, Interval]:
    """Bound F, where it may be anything, by more than any study has."""
    return {**given, "F": given["F"] & Interval(0.0, GREATEST_F)}
