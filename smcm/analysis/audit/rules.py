"""The rules: what is applied to a claim that prints what the rule needs."""

import math
from collections.abc import Iterator
from dataclasses import replace

from smcm.analysis.audit.results import Check, Claim, solved
from smcm.analysis.audit.rules_counts import percentages, residual_df
from smcm.analysis.audit.rules_scores import scores
from smcm.analysis.audit.rules_two import two_scores
from smcm.stats.audit.coefficient import coefficient
from smcm.stats.audit.effects import partial_eta_squared, r2_change
from smcm.stats.audit.interval import Feasible, Given, Interval
from smcm.stats.audit.products import product_of_paths
from smcm.stats.audit.recompute import (
    STATISTICS,
    StatisticKind,
    decides_otherwise,
    statistic_and_p,
)

COEFFICIENT = ("estimate", "se", "ci_low", "ci_high", "t", "p")
USUAL_LEVEL = 95.0
GREATEST_F = 1e6
WITHOUT_DF = "Without degrees of freedom p is left out; give df, or n and predictors."
NEEDS_DF = "p cannot be computed again without the degrees of freedom."
ONE_SIDED = "A one-sided test would give this p."
DECISION = "The printed and the computed p lie on different sides of .05."
RULES = {
    "coefficient": "estimate, limits, test and p of a coefficient",
    "test": "a test statistic with its degrees of freedom against p",
    "product": "paths a and b against their product",
    "eta2": "F against partial eta squared",
    "r2_change": "F against the change of R squared",
    "paired": "t or p of a paired test against means and SDs",
    "groups": "t or p of two groups against means and SDs",
    "d": "Cohen's d against means, SDs and t, by every usual definition",
    "scale": "mean and SD against the range of the scale",
    "GRIM": "a mean of whole numbers against the number of people",
    "GRIMMER": "an SD of whole numbers against mean and number of people",
    "DEBIT": "an SD of zeros and ones against mean and number of people",
    "percentage": "percentages against counts and total",
    "df": "residual degrees of freedom against people and predictors",
    "none": "nothing to check",
}
NOTHING = "There are not two numbers here of which one follows from the other."


def checks_of(claim: Claim) -> tuple[Check, ...]:
    """Apply every rule for which a claim prints enough."""
    found = tuple(_checks(claim))
    return found or (Check(rule="none", holds=None, notes=(NOTHING,)),)


def _checks(claim: Claim) -> Iterator[Check]:
    if _is_coefficient(claim):
        yield _coefficient(claim)
    else:
        yield from _tests(claim)
    if len(claim.given(("a", "b", "ab"))) == 3:
        yield solved("product", claim.given(("a", "b", "ab")), product_of_paths)
    yield from _of_f(claim)
    yield from two_scores(claim)
    yield from scores(claim)
    yield from percentages(claim)
    yield from residual_df(claim)


def _is_coefficient(claim: Claim) -> bool:
    """Whether there is an interval, or an estimate with something that goes with it."""
    found = claim.given(COEFFICIENT)
    interval = {"ci_low", "ci_high"} <= set(found)
    return interval or ("estimate" in found and len(found) > 1)


def _coefficient(claim: Claim) -> Check:
    rows = claim.given(COEFFICIENT)
    level = (claim.value("level") or USUAL_LEVEL) / 100.0
    df = df_of(claim)
    notes = []
    z = claim.one("z")
    if z is not None:
        rows |= {"t": z}
        df = math.inf
    if df is None:
        limits = "ci_low" in rows or "ci_high" in rows
        dropped = ("p", "t", "se") if limits else ("p",)
        if any(name in rows for name in dropped):
            notes.append(WITHOUT_DF)
        rows = {name: row for name, row in rows.items() if name not in dropped}
        df = None if limits else math.inf
    found = df
    return solved(
        "coefficient",
        rows,
        lambda given: coefficient(given, df=found, level=level),
        notes=notes,
    )


def df_of(claim: Claim) -> float | None:
    """Residual degrees of freedom, printed or from people and predictors."""
    df = claim.value("df")
    n, predictors = claim.value("n"), claim.value("predictors")
    if df is None and n is not None and predictors is not None:
        left = n - predictors - 1.0
        return left if left > 0.0 else None
    return df


def kind_of(claim: Claim, statistic: str, tails: int) -> StatisticKind | None:
    """Say what test a statistic is of; None where its df are not printed."""
    names = {"F": ("df1", "df2"), "z": ()}.get(statistic, ("df",))
    df = [df_of(claim) if name == "df" else claim.value(name) for name in names]
    if any(value is None for value in df):
        return None
    return StatisticKind(
        statistic=statistic,
        df=tuple(float(value) for value in df if value is not None),
        tails=tails,
        comparisons=int(claim.value("comparisons") or 1),
        blur=_blur(claim) if statistic in ("t", "r") else 0.0,
    )


def _blur(claim: Claim) -> float:
    df = claim.one("df")
    return 0.0 if df is None else 0.5 * df.interval.width


def _tests(claim: Claim) -> Iterator[Check]:
    for name in STATISTICS:
        rows = claim.given((name, "p"))
        if len(rows) < 2:
            continue
        printed_tails = claim.value("tails")
        kind = kind_of(claim, name, int(printed_tails or 2))
        if kind is None:
            yield Check(rule="test", holds=None, notes=(NEEDS_DF,))
            continue
        yield _test(claim, name, kind, asked=printed_tails is not None)


def _test(claim: Claim, name: str, kind: StatisticKind, *, asked: bool) -> Check:
    rows = claim.given((name, "p"))
    negative = rows[name].interval.high < 0.0

    def solver(given: Given) -> Feasible:
        ranges = dict(statistic_and_p(given[name], given["p"], kind).ranges)
        if ranges:
            size = ranges.pop("statistic")
            ranges[name] = -size if negative else size
        return Feasible(ranges)

    found = solved("test", rows, solver)
    if found.holds:
        return found
    notes = []
    one = replace(kind, tails=1)
    boxes = (rows[name].interval, rows["p"].interval)
    directed = name in ("t", "z", "r") and not asked
    if directed and statistic_and_p(*boxes, one).possible:
        notes.append(ONE_SIDED)
    if decides_otherwise(*boxes, kind):
        notes.append(DECISION)
    return solved("test", rows, solver, notes=notes)


def _of_f(claim: Claim) -> Iterator[Check]:
    df1, df2 = claim.value("df1"), claim.value("df2")
    f = claim.one("F")
    if f is None or df1 is None or df2 is None:
        return
    if claim.one("eta2"):
        relation = partial_eta_squared(df1, df2)
        yield solved(
            "eta2", claim.given(("F", "eta2")), lambda g: relation.solve(_finite(g))
        )
    if claim.one("r2"):
        change = r2_change(df1, df2)
        rows = claim.given(("F", "r2", "r2_change"))
        yield solved(
            "r2_change",
            rows,
            lambda g: change.solve(_finite({"r2_change": Interval(0.0, 1.0), **g})),
        )


def _finite(given: Given) -> Given:
    """Bound F, where it may be anything, by more than any study has."""
    return {**given, "F": given["F"] & Interval(0.0, GREATEST_F)}
