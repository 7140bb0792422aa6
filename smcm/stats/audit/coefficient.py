"""Consistency of estimate, interval, test and p of one coefficient."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from scipy import special

from smcm.stats.audit.interval import Feasible, Given, Interval

ROOM = 1e5  # half the side of the square that is cut, in largest printed numbers
BLUR = 1e-12  # relative: what arithmetic may move a corner
Point = tuple[float, float]
FREE = Interval(-math.inf, math.inf)
LIMITS = ("estimate", "ci_low", "ci_high")


@dataclass(frozen=True, slots=True)
class HalfPlane:
    """Points (estimate, se) with ``x * estimate + y * se <= most``."""

    x: float
    y: float
    most: float

    def excess(self, point: Point) -> float:
        """How far a point is outside; negative inside."""
        return self.x * point[0] + self.y * point[1] - self.most


def centre(low: Interval, high: Interval) -> Interval:
    """Range in which the midpoint of a printed interval can lie."""
    return (low + high).scaled(0.5)


def coefficient(
    given: Given, *, df: float | None, level: float = 0.95, normal: bool = False
) -> Feasible:
    """Find every estimate and standard error that all printed numbers allow.

    The limits are estimate ± t* se with t* from the t distribution, the test is
    estimate / se, and p is two-sided. In the plane of estimate and standard error
    every printed number is then two straight lines, so that what is left is a
    polygon on each side of zero and its corners give the ranges exactly.

    Parameters
    ----------
    given : mapping of str to Interval
        Some of ``estimate``, ``se``, ``ci_low``, ``ci_high``, ``t`` and ``p``.
    df : float or None
        Residual degrees of freedom; None where unknown, infinite for a z test.
        Without them only the estimate and its limits count: it has to be in the middle.
    level : float
        Of the interval.
    normal : bool
        Whether the limits are by z although t and p have `df`.

    Returns
    -------
    Feasible
        Ranges of ``estimate``, ``ci_low`` and ``ci_high``, and with `df` of ``se``,
        ``t`` and ``p``.
    """
    quantile = 0.5 + level / 2
    critical = 1.0 if df is None else float(special.stdtrit(df, quantile))
    if normal:
        critical = float(special.ndtri(quantile))
    if df is None:
        given = {name: given[name] for name in LIMITS if name in given}
    if any(box.empty for box in given.values()):
        return Feasible()
    sizes = Interval(0.0, math.inf)
    if df is not None and "p" in given:
        sizes = t_sizes(given["p"], df)
    side = _side(given)
    corners: list[Point] = []
    for sign in (1.0, -1.0):
        corners += _polygon(side, [*_lines(given, critical), *_signed(sizes, sign)])
    if not corners:
        return Feasible()
    ranges = {
        "estimate": _hull([e for e, _ in corners], side),
        "ci_low": _hull([e - critical * s for e, s in corners], side),
        "ci_high": _hull([e + critical * s for e, s in corners], side),
    }
    if df is not None:
        t = [_ratio(e, s) for e, s in corners]
        sizes = _hull([abs(ratio) for ratio in t])
        p = (2.0 * float(special.stdtr(df, -end)) for end in (sizes.high, sizes.low))
        se = _hull([s for _, s in corners], side)
        ranges |= {"se": se, "t": _hull(t), "p": Interval(*p)}
    return Feasible(ranges)


def t_sizes(p: Interval, df: float) -> Interval:
    """Sizes of t whose two-sided p lies in an interval."""
    ends = (min(max(end, 0.0), 1.0) for end in (p.high, p.low))
    least, most = (
        math.inf if end == 0.0 else -float(special.stdtrit(df, end / 2)) for end in ends
    )
    return Interval(max(least, 0.0), max(most, 0.0))


def _lines(given: Given, critical: float) -> Iterator[HalfPlane]:
    """Write every printed number but p as half-planes."""
    yield HalfPlane(0.0, -1.0, 0.0)
    forms = {
        "estimate": (1.0, 0.0),
        "se": (0.0, 1.0),
        "ci_low": (1.0, -critical),
        "ci_high": (1.0, critical),
    }
    for name, (x, y) in forms.items():
        box = given.get(name, FREE)
        yield HalfPlane(x, y, box.high)
        yield HalfPlane(-x, -y, -box.low)
    t = given.get("t", FREE)
    yield HalfPlane(1.0, -t.high, 0.0)  # estimate <= t.high * se
    yield HalfPlane(-1.0, t.low, 0.0)


def _signed(sizes: Interval, sign: float) -> Iterator[HalfPlane]:
    """Write one side of zero, and the sizes of t that p leaves there."""
    yield HalfPlane(-sign, 0.0, 0.0)
    yield HalfPlane(sign, -sizes.high, 0.0)
    yield HalfPlane(-sign, sizes.low, 0.0)


def _side(given: Given) -> float:
    """Half the side of a square around all that can matter."""
    ends = (abs(end) for box in given.values() for end in (box.low, box.high))
    return ROOM * max((end for end in ends if math.isfinite(end)), default=1.0)


def _polygon(side: float, cuts: list[HalfPlane]) -> list[Point]:
    """Cut a large square along lines; no corners are left where nothing is."""
    corners = [(-side, 0.0), (side, 0.0), (side, side), (-side, side)]
    for cut in cuts:
        if math.isinf(cut.x) or math.isinf(cut.y) or math.isinf(cut.most):
            continue
        corners = _cut(corners, cut)
    return corners


def _cut(corners: list[Point], cut: HalfPlane) -> list[Point]:
    kept: list[Point] = []
    for k, point in enumerate(corners):
        before = corners[k - 1]
        here, there = _outside(cut, point), _outside(cut, before)
        if (here > 0.0) != (there > 0.0):
            share = there / (there - here)
            kept.append(
                (
                    before[0] + share * (point[0] - before[0]),
                    before[1] + share * (point[1] - before[1]),
                )
            )
        if here <= 0.0:
            kept.append(point)
    return kept


def _outside(cut: HalfPlane, point: Point) -> float:
    """Excess of a point, with what is but rounding counted as none."""
    excess = cut.excess(point)
    terms = abs(cut.x * point[0]) + abs(cut.y * point[1]) + abs(cut.most)
    return 0.0 if abs(excess) <= BLUR * terms else excess


def _hull(values: list[float], side: float = math.inf) -> Interval:
    """Span some values; what the square alone has bounded is unbounded."""
    ends = (min(values), max(values))
    low, high = (
        math.copysign(math.inf, end) if abs(end) > 0.99 * side else end for end in ends
    )
    return Interval(low, high)


def _ratio(estimate: float, se: float) -> float:
    if se > 0.0:
        return estimate / se
    return math.copysign(math.inf, estimate) if estimate else 0.0
