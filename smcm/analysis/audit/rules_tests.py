"""A test statistic with its degrees of freedom against p."""

from collections.abc import Iterator
from functools import partial
from itertools import product

from smcm.analysis.audit.claims import Claim
from smcm.analysis.audit.presumed import Rule
from smcm.analysis.audit.results import Check, solved
from smcm.stats.audit.interval import Feasible, Given, Interval
from smcm.stats.audit.quantities import Statistic
from smcm.stats.audit.recompute import (
    STATISTICS,
    StatisticKind,
    decides_otherwise,
    recomputed,
    statistic_and_p,
)
from smcm.stats.audit.sides import PrintedP, ways_to_print

NEEDS_DF = "p cannot be recomputed without the degrees of freedom."
FEWER = "The number of people tested is not printed."
DECISION = (
    "For a two-sided test with unadjusted p and df as printed, the printed and the "
    "recomputed p are on opposite sides of .05."
)
DECIDES = "The printed and the recomputed p are on opposite sides of .05."
DIRECTED = ("t", "z", "r")
LEAST_DF = 0.01
STEPS = 100  # between no correction of the df of F and the greatest there is


def tests(claim: Claim) -> Iterator[Rule]:
    """List a rule for every statistic that is printed with p."""
    for name in STATISTICS:
        if len(claim.given((name, "p"))) == 2:
            yield partial(_tested, name=name)


def df_of(claim: Claim, *, pairs: bool = False) -> float | None:
    """Residual degrees of freedom, printed or from people and predictors.

    Of `pairs` of numbers, whose correlation it is, n alone leaves n - 2.
    """
    df = claim.value("df")
    n, predictors = claim.value("n"), claim.value("predictors")
    if predictors is None and pairs:
        predictors = 1.0
    if df is not None or n is None or predictors is None:
        return df
    left = n - predictors - 1.0
    return left if left > 0.0 and claim.word("answered") != "some" else None


def ways_of(
    claim: Claim, *, directed: bool, halves: bool = False
) -> tuple[PrintedP, ...]:
    """Ways from a two-sided p of one test to the printed one, as a claim states."""
    return ways_to_print(
        tails=int(claim.value("tails") or 2),
        comparisons=claim.value("comparisons") or 1.0,
        adjusted=claim.word("p_adjusted") == "yes" and not claim.one("comparisons"),
        directed=directed,
        halves=halves,
    )


def kinds_of(claim: Claim, name: str) -> tuple[StatisticKind, ...]:
    """List the tests that a statistic can be of; none where df are not printed.

    Df that are printed with decimals are rounded; of these the ends are tried.
    """
    corrected = claim.word("df_corrected") == "yes"
    if name == "z":
        return (StatisticKind(statistic="z"),)
    if name in ("t", "r"):
        return _with_one_df(claim, name, corrected=corrected)
    names = ("df1", "df2") if name == "F" else ("df",)
    rows = [claim.one(of) for of in names]
    boxes = [_box(row, corrected=corrected) for row in rows if row is not None]
    if len(boxes) < len(names):
        return ()
    grid = product(*(_points(box) for box in boxes))
    kinds = [StatisticKind(statistic=name, df=df) for df in grid]
    if name == "F" and corrected:
        kinds += _corrected(*(row.number.value for row in rows if row is not None))
    return tuple(kinds)


def _with_one_df(
    claim: Claim, name: str, *, corrected: bool
) -> tuple[StatisticKind, ...]:
    printed = claim.one("df")
    df = df_of(claim, pairs=name == "r")
    if df is None:
        return ()
    box = Interval.at(df) if printed is None else _box(printed, corrected=corrected)
    low = max(box.low, LEAST_DF)
    middle, half = 0.5 * (low + box.high), 0.5 * (box.high - low)
    return (StatisticKind(statistic=name, df=(middle,), blur=half),)


def _box(row: Statistic, *, corrected: bool) -> Interval:
    """Df as printed, or for whole ones the fractions that can be behind them."""
    if corrected and row.exact:
        return Interval(row.number.value - 1.0, row.number.value + 1.0)
    return row.interval


def _points(box: Interval) -> tuple[float, ...]:
    if box.width == 0.0:
        return (box.low,)
    ends = (box.low, 0.5 * (box.low + box.high), box.high)
    return tuple(max(end, LEAST_DF) for end in ends)


def _corrected(df1: float, df2: float) -> Iterator[StatisticKind]:
    """Multiply both df by every epsilon from 1 to the least, 1 / df1."""
    least = 1.0 / max(df1, 1.0)
    for step in range(STEPS + 1):
        epsilon = least + (1.0 - least) * step / STEPS
        yield StatisticKind(statistic="F", df=(epsilon * df1, epsilon * df2))


def _tested(claim: Claim, *, name: str) -> Check:
    rows = claim.given((name, "p"))
    kinds = kinds_of(claim, name)
    if not kinds:
        some = claim.word("answered") == "some" and name in ("t", "r")
        return Check(rule="test", holds=None, notes=(FEWER if some else NEEDS_DF,))
    ways = ways_of(claim, directed=name in DIRECTED, halves=_one_df(claim, name))
    negative = rows[name].interval.high < 0.0

    def solver(given: Given) -> Feasible:
        possible = [
            (kind, way)
            for kind in kinds
            for way in ways
            if _meets(given[name], way.two_sided(given["p"]), kind)
        ]
        ends = {k: possible[k] for k in (0, -1) if possible}
        found = [_ranges(given[name], given["p"], *end) for end in ends.values()]
        if not all(found) or not found:
            return Feasible()
        size, p = (Interval.around(r[n] for r in found) for n in ("statistic", "p"))
        return Feasible({name: -size if negative else size, "p": p & given["p"]})

    notes = () if solver(_boxes(rows)).possible else _decision(claim, rows, kinds[0])
    return solved("test", rows, solver, notes=notes)


def _boxes(rows: dict[str, Statistic]) -> Given:
    return {name: row.interval for name, row in rows.items()}


def _meets(statistic: Interval, two_sided: Interval, kind: StatisticKind) -> bool:
    return not two_sided.empty and recomputed(statistic, kind).meets(two_sided)


def _ranges(
    statistic: Interval, p: Interval, kind: StatisticKind, way: PrintedP
) -> dict[str, Interval]:
    found = dict(statistic_and_p(statistic, way.two_sided(p), kind).ranges)
    return found | {"p": way.printed(found["p"])} if found else {}


def _one_df(claim: Claim, name: str) -> bool:
    return {"F": claim.value("df1"), "chi2": claim.value("df")}.get(name) == 1.0


def _decision(
    claim: Claim, rows: dict[str, Statistic], kind: StatisticKind
) -> tuple[str, ...]:
    """Whether the usual assumptions would give another decision at .05."""
    if claim.value("tails") == 1.0 or claim.word("p_adjusted") == "yes":
        return ()
    statistic, p = (row.interval for row in rows.values())
    if claim.one("comparisons") or not decides_otherwise(statistic, p, kind):
        return ()
    settled = all(map(claim.settles, ("tails", "p_adjusted", "df_corrected")))
    return (DECIDES if settled else DECISION,)
