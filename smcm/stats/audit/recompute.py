"""Recompute p from a printed test statistic, as statcheck does."""

import math
from dataclasses import dataclass, replace

from scipy import special

from smcm.stats.audit.interval import Feasible, Interval, Relation

STATISTICS = ("t", "F", "z", "chi2", "r")
ONE, TWO = 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticKind:
    """A test whose p can be computed again.

    Attributes
    ----------
    statistic : {"t", "F", "z", "chi2", "r"}
    df : tuple of float
        For t, chi2 and r one number, for F two, for z none.
    tails : int
        1 or 2; F and chi2 have no direction and always 2.
    comparisons : int
        By which p was multiplied (Bonferroni); 1 where it was not.
    blur : float
        Half of what rounding leaves open of the df of t, as Welch's test prints them.
    """

    statistic: str
    df: tuple[float, ...] = ()
    tails: int = TWO
    comparisons: int = 1
    blur: float = 0.0


def p_value(size: float, kind: StatisticKind) -> float:
    """Compute p from the size of a statistic, the sign taken off.

    A correlation of n pairs has df = n - 2 and t = r sqrt(df / (1 - r^2)).

    References
    ----------
    Nuijten MB, Hartgerink CHJ, van Assen MALM, Epskamp S, Wicherts JM (2016). The
    prevalence of statistical reporting errors in psychology (1985-2013). Behavior
    Research Methods 48:1205-1226.
    """
    if kind.statistic == "F":
        p = float(special.fdtrc(kind.df[0], kind.df[1], size))
    elif kind.statistic == "chi2":
        p = float(special.chdtrc(kind.df[0], size))
    elif kind.statistic == "z":
        p = kind.tails * float(special.ndtr(-size))
    else:
        p = kind.tails * float(special.stdtr(kind.df[0], -_as_t(size, kind)))
    return min(kind.comparisons * p, 1.0)


def recomputed(statistic: Interval, kind: StatisticKind) -> Interval:
    """All p that a statistic, rounded as printed, can have had."""
    sizes = statistic.size()
    fewest, most = (_with_df(kind, step) for step in (-kind.blur, kind.blur))
    return Interval(p_value(sizes.high, most), p_value(sizes.low, fewest))


def statistic_and_p(statistic: Interval, p: Interval, kind: StatisticKind) -> Feasible:
    """Check a statistic and its p against each other.

    Parameters
    ----------
    statistic, p : Interval
        As rounding leaves them open.
    kind : StatisticKind

    Returns
    -------
    Feasible
        Ranges of ``statistic`` (its size, without a sign) and of ``p``.
    """
    sizes = statistic.size()
    most = 1.0 if kind.statistic == "r" else 1e9
    relation = Relation(
        "p",
        lambda statistic, step: p_value(statistic, _with_df(kind, step)),
        {"statistic": -1, "step": -1},
    )
    given = {
        "statistic": sizes & Interval(0.0, most),
        "p": p & Interval(0.0, 1.0),
        "step": Interval(-kind.blur, kind.blur),
    }
    ranges = dict(relation.solve(given).ranges)
    ranges.pop("step", None)
    return Feasible(ranges)


def decides_otherwise(
    statistic: Interval, p: Interval, kind: StatisticKind, alpha: float = 0.05
) -> bool:
    """Whether printed and recomputed p lie on different sides of alpha.

    statcheck calls this a decision inconsistency; p equal to alpha counts as below.
    """
    computed = recomputed(statistic, kind)
    apart = not computed.meets(p)
    above = computed.low > alpha >= p.high
    return apart and (above or computed.high <= alpha < p.low)


def _with_df(kind: StatisticKind, step: float) -> StatisticKind:
    """Move the only df; more of them make the p of t, and of r, smaller."""
    return replace(kind, df=(kind.df[0] + step,)) if step else kind


def _as_t(size: float, kind: StatisticKind) -> float:
    if kind.statistic != "r":
        return size
    if size >= 1.0:
        return math.inf
    return size * math.sqrt(kind.df[0] / (1.0 - size**2))
