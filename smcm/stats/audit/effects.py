"""Effect sizes that follow from a test or from means and SDs."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from smcm.stats.audit.interval import Interval, Relation

TINY = 1e-9


def partial_eta_squared(df1: float, df2: float) -> Relation:
    """Write partial eta squared as F df1 / (F df1 + df2).

    References
    ----------
    Cohen J (1973). Eta-squared and partial eta-squared in fixed factor ANOVA designs.
    Educational and Psychological Measurement 33:107-112.
    """
    return Relation("eta2", lambda F: F * df1 / (F * df1 + df2), {"F": 1})


def r2_change(df1: float, df2: float) -> Relation:
    """Write the change of R squared as F df1 (1 - R^2) / df2, R^2 of the larger model.

    References
    ----------
    Cohen J, Cohen P, West SG, Aiken LS (2003). Applied multiple regression/correlation
    analysis for the behavioral sciences, 3rd ed., section 3.6.
    """
    return Relation(
        "r2_change", lambda F, r2: F * df1 * (1.0 - r2) / df2, {"F": 1, "r2": -1}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoScores:
    """What is printed of two measurements and of the test between them.

    Attributes
    ----------
    difference : Interval
        Size of the mean difference.
    sd1, sd2 : Interval
    t : Interval
        Size of t; unbounded where not printed.
    n1, n2 : int
        Equal for one group measured twice.
    paired : bool
    """

    difference: Interval
    sd1: Interval
    sd2: Interval
    t: Interval
    n1: int
    n2: int
    paired: bool


def sd_of_difference(pair: TwoScores) -> Interval:
    """SDs of the paired differences that t and the means imply: |difference| √n / t."""
    n = math.sqrt(pair.n1)
    low = 0.0 if math.isinf(pair.t.high) else pair.difference.low * n / pair.t.high
    high = math.inf if pair.t.low <= 0.0 else pair.difference.high * n / pair.t.low
    return Interval(low, high)


def possible_sd_of_difference(pair: TwoScores) -> Interval:
    """SDs of a difference that two SDs allow, the correlation being anything.

    The variance is s1^2 + s2^2 - 2 r s1 s2, so that the SD lies from |s1 - s2| at
    r = 1 to s1 + s2 at r = -1.
    """
    apart = (pair.sd1 - pair.sd2).size()
    return Interval(apart.low, (pair.sd1 + pair.sd2).high)


def implied_correlation(pair: TwoScores) -> Interval:
    """Correlations of two measurements that their SDs and the paired t imply."""
    allowed = sd_of_difference(pair) & possible_sd_of_difference(pair)
    if allowed.empty:
        return Interval(1.0, -1.0)
    found = [
        (s1**2 + s2**2 - s**2) / (2.0 * s1 * s2)
        for s in (allowed.low, allowed.high)
        for s1, s2 in _turning_points(pair, s)
    ]
    return Interval(min(found), max(found)) & Interval(-1.0, 1.0)


def t_between(pair: TwoScores) -> Interval:
    """Sizes of t of two independent groups, with a pooled variance.

    Welch's statistic differs only through the weights of the variances, so that the
    interval spans both.
    """
    size = 1.0 / pair.n1 + 1.0 / pair.n2
    ends = []
    for difference, s1, s2 in (
        (pair.difference.low, pair.sd1.high, pair.sd2.high),
        (pair.difference.high, pair.sd1.low, pair.sd2.low),
    ):
        pooled = _pooled(s1, s2, pair.n1, pair.n2) * math.sqrt(size)
        welch = math.sqrt(s1**2 / pair.n1 + s2**2 / pair.n2)
        ends.append([difference / max(se, TINY) for se in (pooled, welch)])
    return Interval(min(ends[0]), max(ends[1]))


def cohens_d(pair: TwoScores) -> Mapping[str, Interval]:
    """Ranges of d under the definitions in use.

    Returns
    -------
    dict of str to Interval
        ``average`` divides by the mean of both SDs, ``pooled`` by the root of the
        mean variance (weighted by df for two groups), ``first`` and ``second`` by one
        SD (Glass). ``dz`` is t / √n and ``rm`` is dz √(2 (1 - r)), both for paired
        measurements only; ``hedges`` is the pooled one times 1 - 3 / (4 df - 1), for
        two groups only.

    References
    ----------
    Lakens D (2013). Calculating and reporting effect sizes to facilitate cumulative
    science. Frontiers in Psychology 4:863.
    """
    n1, n2 = (1, 1) if pair.paired else (pair.n1, pair.n2)
    found = {
        "pooled": _ratio(pair, lambda s1, s2: _pooled(s1, s2, n1, n2)),
        "average": _ratio(pair, lambda s1, s2: 0.5 * (s1 + s2)),
        "first": _ratio(pair, lambda s1, _s2: s1),
        "second": _ratio(pair, lambda _s1, s2: s2),
    }
    if not pair.paired:
        df = pair.n1 + pair.n2 - 2
        found["hedges"] = found["pooled"].scaled(1.0 - 3.0 / (4.0 * df - 1.0))
    if pair.paired and not math.isinf(pair.t.high):
        found["dz"] = pair.t.scaled(1.0 / math.sqrt(pair.n1))
        found["rm"] = _repeated_measures(pair, found["dz"])
    return found


def pooled_d(n1: int = 1, n2: int = 1) -> Relation:
    """Write d as the difference of means over the pooled SD."""
    return Relation(
        "d",
        lambda difference, sd1, sd2: difference / max(_pooled(sd1, sd2, n1, n2), TINY),
        {"difference": 1, "sd1": -1, "sd2": -1},
    )


def _pooled(s1: float, s2: float, n1: int, n2: int) -> float:
    if n1 == n2:
        return math.sqrt(0.5 * (s1**2 + s2**2))
    total = n1 + n2 - 2
    return math.sqrt(((n1 - 1) * s1**2 + (n2 - 1) * s2**2) / total)


def _ratio(pair: TwoScores, denominator: Callable[[float, float], float]) -> Interval:
    low = pair.difference.low / max(denominator(pair.sd1.high, pair.sd2.high), TINY)
    high = pair.difference.high / max(denominator(pair.sd1.low, pair.sd2.low), TINY)
    return Interval(low, high)


def _repeated_measures(pair: TwoScores, dz: Interval) -> Interval:
    """Range of dz √(2 (1 - r)), which is √(D²/(s1 s2) - dz² (s1 - s2)²/(s1 s2))."""
    found = []
    for difference, z in (
        (pair.difference.low, dz.high),
        (pair.difference.high, dz.low),
    ):
        sd = difference / max(z, TINY)
        for s1, s2 in _turning_points(pair, sd):
            square = (difference**2 - (z * (s1 - s2)) ** 2) / (s1 * s2)
            found.append(math.sqrt(max(square, 0.0)))
    return Interval(min(found), max(found))


def _turning_points(pair: TwoScores, sd: float) -> list[tuple[float, float]]:
    """Pairs of SDs among which a correlation has its least and greatest value.

    With one SD fixed, r has its extreme where s1^2 = s2^2 - sd^2.
    """
    points = []
    for box, other, swap in ((pair.sd1, pair.sd2, False), (pair.sd2, pair.sd1, True)):
        for fixed in (other.low, other.high):
            turn = math.sqrt(max(fixed**2 - sd**2, 0.0)) if sd < fixed else 0.0
            values = [box.low, box.high] + ([turn] if turn in box else [])
            points += [(fixed, v) if swap else (v, fixed) for v in values]
    return [(max(s1, TINY), max(s2, TINY)) for s1, s2 in points]
