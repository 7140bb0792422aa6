"""Search for the cases, or teams of cases, that give an indirect effect a power."""

from dataclasses import dataclass, field
from math import ceil, sqrt

from scipy import special

from smcm.errors import OutOfRangeError
from smcm.stats.power_exact import LEAST_CASES
from smcm.stats.power_methods import (
    BOOTSTRAP,
    MOST_SIMULATED,
    Power,
    Simulation,
    computed_power,
    power_at,
    simulated_rule,
)
from smcm.stats.power_paths import PathSizes, require_paths
from smcm.stats.power_team_bootstrap import LEAST_TEAMS
from smcm.stats.power_teams import Clustering

MOST_CASES = 10_000_000
ROUNDS = 6
ERRORS_EACH_WAY = 2.0  # of the neighbourhood, about 95 in 100


@dataclass(frozen=True, slots=True, kw_only=True)
class NeededCases:
    """Fewest cases whose power reaches a target.

    Attributes
    ----------
    n : int
    target : float
    low, high : int
        Limits of `n` from two standard errors of the simulated power either way;
        both are `n` where the power is computed.
    at : Power
        The power computed or simulated nearest to the answer.
    tried : int
        Numbers of cases at which it was simulated.
    at_floor : bool
        Whether `n` is the least that is tried, so that fewer may suffice.
    teams : int or None
        Teams that hold the `n` cases.
    """

    n: int
    target: float
    low: int
    high: int
    at: Power
    tried: int
    at_floor: bool
    teams: int | None = None

    @property
    def standard_error(self) -> float:
        """Error of `n` by simulation, in cases."""
        return (self.high - self.low) / (2.0 * ERRORS_EACH_WAY)


def cases_needed(
    sizes: PathSizes,
    target: float,
    how: Simulation,
    clustering: Clustering | None = None,
) -> NeededCases:
    """Find the fewest cases, or the fewest teams of a size, that reach a power.

    For joint significance and the Monte Carlo interval, the computed power is bisected.
    The bootstrap is simulated where the Monte Carlo interval, whose power is similar,
    reaches the target. The difference of the two powers there moves the answer along
    the computed curve, and the bootstrap is simulated again, with cases added or
    removed, until the answer changes by less than its own error.

    Parameters
    ----------
    sizes : PathSizes
    target : float
        Power, above `how.alpha` and below 1.
    how : Simulation
    clustering : Clustering, optional
        None where cases are unrelated; else whole teams are counted.

    Raises
    ------
    OutOfRangeError
        A target that no number of cases reaches, or only more than `MOST_CASES`.
    """
    require_reachable(sizes, target, how.alpha)
    search = _Search(sizes, how, clustering)
    units = search.least(target)
    if how.method != BOOTSTRAP:
        return search.answer((units,) * 3, target, search.power(units), 0)
    now, tried, settled = units, 0, False
    while not settled and tried < ROUNDS:
        units, tried = now, tried + 1
        at = search.power(units)
        beside = at.power - search.computed(units)
        reach = ERRORS_EACH_WAY * at.standard_error
        now, low, high = (
            search.least(_share(target - beside + move))
            for move in (0.0, -reach, reach)
        )
        error = (high - low) / (2.0 * ERRORS_EACH_WAY)
        settled = abs(now - units) <= max(error, 1.0)
    return search.answer((now, low, high), target, at, tried)


def require_reachable(sizes: PathSizes, target: float, alpha: float) -> None:
    """Refuse a target that no number of cases reaches.

    Raises
    ------
    OutOfRangeError
    """
    if not alpha < target < 1.0:
        rule = f"a share above alpha, {alpha:g}, and below 1"
        raise OutOfRangeError.for_number("power", target, rule)
    for name, path in (("a", sizes.a), ("b", sizes.b)):
        if path == 0.0:
            rule = "a path other than 0, which no number of cases detects"
            raise OutOfRangeError.for_number(name, path, rule)
    require_paths(sizes.a, sizes.b)


@dataclass(frozen=True, slots=True)
class _Search:
    """Power as a function of units, which are cases or teams."""

    sizes: PathSizes
    how: Simulation
    clustering: Clustering | None
    _known: dict[int, float] = field(default_factory=dict)

    def cases(self, units: int) -> int:
        return units if self.clustering is None else self.clustering.cases(units)

    def computed(self, units: int) -> float:
        """Power by formula, computed once for each number."""
        if units not in self._known:
            n = self.cases(units)
            found = computed_power(self.sizes, n, self.how, self.clustering)
            self._known[units] = found
        return self._known[units]

    def power(self, units: int) -> Power:
        return power_at(self.sizes, self.cases(units), self.how, self.clustering)

    @property
    def floor(self) -> int:
        """Fewest units that are tried."""
        alike, simulated = self.clustering, self.how.method == BOOTSTRAP
        if alike is None:
            return LEAST_CASES
        least = LEAST_TEAMS + alike.covariates if simulated else alike.least
        return max(least, ceil(LEAST_CASES / alike.size))

    @property
    def most(self) -> int:
        """Most units that are tried."""
        if self.how.method == BOOTSTRAP:
            return MOST_SIMULATED
        size = 1.0 if self.clustering is None else self.clustering.size
        return max(int(MOST_CASES / size), self.floor)

    def least(self, target: float) -> int:
        """Bisect a rising curve."""
        low, most = self.floor, self.most
        if self.computed(low) >= target:
            return low
        high = min(max(self._guess(target), 2 * low), most)
        while self.computed(high) < target:
            if high == most:
                raise OutOfRangeError.for_number("power", target, self._rule())
            low, high = high, min(2 * high, most)
        while high - low > 1:
            middle = (low + high) // 2
            reached = self.computed(middle) >= target
            low, high = (low, middle) if reached else (middle, high)
        return high

    def answer(
        self, units: tuple[int, int, int], target: float, at: Power, tried: int
    ) -> NeededCases:
        """Put units into cases."""
        n, low, high = (self.cases(each) for each in units)
        return NeededCases(
            n=n,
            target=target,
            low=low,
            high=high,
            at=at,
            tried=tried,
            at_floor=units[0] == self.floor,
            teams=None if self.clustering is None else units[0],
        )

    def _guess(self, target: float) -> int:
        wanted = special.ndtri(1.0 - self.how.alpha / 2.0) + special.ndtri(target)
        smaller = min(abs(self.sizes.a), abs(self.sizes.b))
        cases = min(float(wanted) / smaller, sqrt(MOST_CASES)) ** 2
        return int(cases if self.clustering is None else cases / self.clustering.size)

    def _rule(self) -> str:
        paths = (
            f"a power that is reached at a={self.sizes.a:g}, b={self.sizes.b:g} with"
        )
        if self.how.method == BOOTSTRAP:
            return f"{paths} {simulated_rule(self.clustering)}"
        return f"{paths} {MOST_CASES} cases or fewer"


def _share(target: float) -> float:
    return min(max(target, 1e-6), 1.0 - 1e-6)
