"""How a printed p follows from the two-sided p of one test."""

from dataclasses import dataclass

from smcm.stats.audit.interval import Interval

SHARE = Interval(0.0, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedP:
    """One way from the two-sided p of one test to the p that is printed.

    Attributes
    ----------
    tails : int
        1 or 2.
    opposite : bool
        For one side: whether the effect is in the direction that was not expected,
        so that p is above one half.
    comparisons : float
        By which p was multiplied; at most 1 is printed.
    adjusted : bool
        Whether p was made larger by an unknown factor.
    """

    tails: int = 2
    opposite: bool = False
    comparisons: float = 1.0
    adjusted: bool = False

    def two_sided(self, p: Interval) -> Interval:
        """Two-sided p of one test that can stand behind a printed one."""
        low = 0.0 if self.adjusted else p.low / self.comparisons
        high = 1.0 if p.high >= 1.0 else p.high / self.comparisons
        one = Interval(max(low, 0.0), high)
        if self.tails == 1:
            one = (Interval.at(1.0) - one if self.opposite else one).scaled(2.0)
        return one & SHARE

    def printed(self, two_sided: Interval) -> Interval:
        """Find the p to print for a two-sided p of one test."""
        one = two_sided
        if self.tails == 1:
            one = one.scaled(0.5)
            one = Interval.at(1.0) - one if self.opposite else one
        if self.adjusted:
            return Interval(one.low, 1.0)
        times = one.scaled(self.comparisons)
        return Interval(min(times.low, 1.0), min(times.high, 1.0))


def ways_to_print(
    *, tails: int, comparisons: float, adjusted: bool, directed: bool, halves: bool
) -> tuple[PrintedP, ...]:
    """List the ways that a number of sides leaves open.

    Parameters
    ----------
    tails : int
    comparisons : float
    adjusted : bool
    directed : bool
        Whether the statistic has a direction, as t, z and r.
    halves : bool
        Whether it has none, and its p may still have been halved: F with one
        numerator df and chi squared with one.
    """
    both = PrintedP(comparisons=comparisons, adjusted=adjusted)
    if tails != 1 or not (directed or halves):
        return (both,)
    sides = tuple(
        PrintedP(tails=1, opposite=o, comparisons=comparisons, adjusted=adjusted)
        for o in (False, True)
    )
    return sides if directed else (both, *sides)
