"""An estimate, its interval, its test and p; and a correlation with its interval."""

import math
from collections.abc import Callable, Mapping

from smcm.analysis.audit.claims import Claim
from smcm.analysis.audit.results import Check, solved
from smcm.analysis.audit.rules_tests import df_of, ways_of
from smcm.stats.audit.coefficient import FREE, coefficient
from smcm.stats.audit.interval import Feasible, Given, Interval
from smcm.stats.audit.quantities import Statistic
from smcm.stats.audit.sides import PrintedP

COEFFICIENT = ("estimate", "se", "ci_low", "ci_high", "t", "p")
LIMITS = ("ci_low", "ci_high")
ON_THE_SCALE = ("estimate", *LIMITS)
OF_OTHERS = ("ab", "r", "d", "mean", "percent", "eta2", "r2", "r2_change")
SYMMETRIC = ("t", "normal")
USUAL_LEVEL = 95.0
NEARLY_ONE = 1.0 - 1e-12
BLUR = 1e-9  # a known SE gets some width, for there to be corners
WITHOUT_DF = (
    "p is not checked without degrees of freedom; give df, or n and predictors."
)
NOT_SYMMETRIC = (
    "These limits need not be symmetric about the estimate, so they cannot be "
    "checked against it. State interval as t, normal, log, or fisher if they are "
    "symmetric on that scale."
)
TOO_FEW = "None of these numbers can be computed from the others."
Move = Callable[[float], float]


def coefficient_rule(claim: Claim) -> Check | None:
    """Check estimate, SE, limits, t and p against each other, as `interval` says."""
    rows = _rows(claim)
    if rows is None:
        return _unread_limits(claim)
    word = claim.word("interval") or "t"
    df, notes = df_of(claim), []
    if "z" in claim.given(("z",)) or (df is None and word in ("normal", "log")):
        df = math.inf
    if df is None:
        limits = any(name in rows for name in LIMITS)
        dropped = ("p", "t", "se") if limits else ("p",)
        if any(name in rows for name in dropped):
            notes.append(WITHOUT_DF)
        rows = {name: row for name, row in rows.items() if name not in dropped}
        df = None if limits else math.inf
    if not _tied(rows):
        kept = set(LIMITS) <= set(rows) or word in SYMMETRIC
        why = notes or [TOO_FEW if kept else NOT_SYMMETRIC]
        return Check(rule="coefficient", holds=None, notes=tuple(why))
    solver = _solver(claim, df, log=word == "log", normal=word == "normal")
    return solved("coefficient", rows, solver, notes=notes)


def _rows(claim: Claim) -> dict[str, Statistic] | None:
    """Rows of a coefficient by the names of the solver; None where there is none."""
    word = claim.word("interval")
    found = claim.given(COEFFICIENT)
    ab = claim.one("ab")
    if "estimate" not in found:
        if not set(LIMITS) <= set(found):
            return None
        if any(claim.all(name) for name in OF_OTHERS):
            if ab is None or word not in SYMMETRIC:
                return None
            found["estimate"] = ab
    if len(found) < 2:
        return None
    z = claim.one("z")
    if z is not None:
        found["t"] = z
    dropped = {
        "bootstrap": LIMITS,
        "fisher": LIMITS,
        "other": (*LIMITS, "p"),
        "log": ("se",),
    }.get(word or "", ())
    if claim.word("standardized") == "yes":
        dropped = (*dropped, "estimate")
    return {name: row for name, row in found.items() if name not in dropped}


def _unread_limits(claim: Claim) -> Check | None:
    """Note that limits of a product or another effect are not checked."""
    limits = len(claim.given(LIMITS)) == 2
    if limits and not claim.one("estimate") and not claim.one("r"):
        return Check(rule="coefficient", holds=None, notes=(NOT_SYMMETRIC,))
    return None


def _tied(rows: Mapping[str, Statistic]) -> bool:
    """Whether the numbers are more than an estimate and its SE can be free to give."""
    return len(rows) > 2 or {"t", "p"} <= set(rows)


def _solver(
    claim: Claim, df: float | None, *, log: bool, normal: bool
) -> Callable[[Given], Feasible]:
    level = (claim.value("level") or USUAL_LEVEL) / 100.0
    ways = ways_of(claim, directed=True)
    unsigned = claim.word("t_sign") == "dropped"

    def solver(given: Given) -> Feasible:
        if log and any(given.get(name, FREE).high <= 0.0 for name in ON_THE_SCALE):
            return Feasible()  # a ratio is above zero
        boxes = _moved(given, ON_THE_SCALE, _log) if log else dict(given)
        turned = unsigned and boxes.get("estimate", FREE).high < 0.0
        boxes = _turned(boxes) if turned else boxes
        for way in ways:
            found = coefficient(_with_p(boxes, way), df=df, level=level, normal=normal)
            if found.possible:
                ranges = _printed(found.ranges, way)
                ranges = _turned(ranges) if turned else ranges
                return Feasible(_moved(ranges, ON_THE_SCALE, _exp) if log else ranges)
        return Feasible()

    return solver


def _turned(boxes: Given) -> dict[str, Interval]:
    """Turn the sign of t."""
    return {name: -box if name == "t" else box for name, box in boxes.items()}


def _with_p(boxes: Given, way: PrintedP) -> Given:
    return {**boxes, "p": way.two_sided(boxes["p"])} if "p" in boxes else boxes


def _printed(ranges: Given, way: PrintedP) -> dict[str, Interval]:
    found = dict(ranges)
    if "p" in found:
        found["p"] = way.printed(found["p"])
    return found


def _moved(boxes: Given, names: tuple[str, ...], move: Move) -> dict[str, Interval]:
    """Carry some intervals to another scale by a rising function."""
    return {
        name: Interval(move(box.low), move(box.high)) if name in names else box
        for name, box in boxes.items()
    }


def _log(value: float) -> float:
    return math.log(value) if value > 0.0 else -math.inf


def _exp(value: float) -> float:
    return math.exp(value) if value < 700.0 else math.inf


def fisher_rule(claim: Claim) -> Check | None:
    """Check a correlation against its limits by Fisher's z, with 1/√(n - 3) for SE."""
    rows = claim.given(("r", *LIMITS))
    if len(rows) < 3 or claim.one("estimate"):
        return None
    df = df_of(claim, pairs=True)
    word = claim.word("interval") or "fisher"
    if word != "fisher" or df is None or df <= 1.0:
        return Check(rule="fisher", holds=None, notes=(NOT_SYMMETRIC,))
    se = Interval(1.0 - BLUR, 1.0 + BLUR).scaled(1.0 / math.sqrt(df - 1.0))
    level = (claim.value("level") or USUAL_LEVEL) / 100.0
    names = {"r": "estimate", "ci_low": "ci_low", "ci_high": "ci_high"}

    def solver(given: Given) -> Feasible:
        boxes = _moved({names[n]: given[n] for n in names}, ON_THE_SCALE, _atanh)
        found = coefficient({**boxes, "se": se}, df=math.inf, level=level)
        back = _moved(found.ranges, ON_THE_SCALE, math.tanh)
        return Feasible({n: back[m] for n, m in names.items() if m in back})

    return solved("fisher", rows, solver)


def _atanh(value: float) -> float:
    return math.atanh(max(-NEARLY_ONE, min(NEARLY_ONE, value)))
