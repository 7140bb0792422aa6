"""How many cases an indirect effect needs, by any of three tests."""

from collections.abc import Callable
from dataclasses import dataclass

from scipy import special

from smcm.errors import OutOfRangeError, UnknownValueError
from smcm.stats.power import indirect_power
from smcm.stats.power_exact import (
    LARGEST_PATH,
    LEAST_CASES,
    joint_power,
    monte_carlo_power,
)
from smcm.stats.power_paths import PathSizes

BOOTSTRAP, MONTE_CARLO, JOINT = "bootstrap", "montecarlo", "joint"
METHODS = (BOOTSTRAP, MONTE_CARLO, JOINT)
MOST_CASES = 10_000_000
MOST_SIMULATED = 20_000  # cases; each sample is then resampled some thousand times
ROUNDS = 6
ERRORS_EACH_WAY = 2.0  # of the neighbourhood, about 95 in 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """How a test is tried; what is computed exactly reads `alpha` alone.

    Attributes
    ----------
    method : str
        One of `METHODS`.
    alpha : float
        Level of the test, 1 less the coverage of the interval.
    n_replications, n_boot, seed : int
        Of the simulation behind ``"bootstrap"``.

    Raises
    ------
    UnknownValueError
    """

    method: str = BOOTSTRAP
    alpha: float = 0.05
    n_replications: int = 1000
    n_boot: int = 2000
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse a method that there is not."""
        if self.method not in METHODS:
            raise UnknownValueError.for_choice("method", self.method, METHODS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Power:
    """Power at one number of cases.

    Attributes
    ----------
    n : int
    power : float
    standard_error : float
        Monte Carlo error; 0 where the power is computed exactly.
    """

    n: int
    power: float
    standard_error: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class NeededCases:
    """Fewest cases whose power reaches a target.

    Attributes
    ----------
    n : int
    target : float
    low, high : int
        What `n` would be if the simulation missed by two standard errors either way;
        both `n` where the power is exact.
    at : Power
        The power nearest to the answer that was computed or simulated.
    tried : int
        Numbers of cases at which it was simulated.
    """

    n: int
    target: float
    low: int
    high: int
    at: Power
    tried: int

    @property
    def standard_error(self) -> float:
        """Error of `n` by simulation, in cases."""
        return (self.high - self.low) / (2.0 * ERRORS_EACH_WAY)


def power_at(sizes: PathSizes, n: int, how: Simulation) -> Power:
    """Compute or simulate the power of one test with n cases.

    Raises
    ------
    OutOfRangeError
        As `smcm.stats.power.indirect_power`.
    """
    if how.method != BOOTSTRAP:
        return Power(n=n, power=_exact(sizes, how)(n))
    if n > MOST_SIMULATED:
        raise OutOfRangeError.for_number("n", n, _simulated_rule())
    found = indirect_power(
        sizes.a,
        sizes.b,
        n,
        n_replications=how.n_replications,
        n_boot=how.n_boot,
        seed=how.seed,
        alpha=how.alpha,
    )
    return Power(n=n, power=found.power, standard_error=found.standard_error)


def cases_needed(sizes: PathSizes, target: float, how: Simulation) -> NeededCases:
    """Find the fewest cases whose power reaches a target.

    Of joint significance and of the Monte Carlo interval it is a bisection of the
    exact power. The bootstrap is simulated where the Monte Carlo interval, which it
    follows closely, reaches the target; what it has less or more there moves the
    answer along the exact curve, and it is simulated again, on the same cases with
    some added or left out, until an answer moves by less than its own error.

    Parameters
    ----------
    sizes : PathSizes
    target : float
        Power, above `how.alpha` and below 1.
    how : Simulation

    Raises
    ------
    OutOfRangeError
        A target that no number of cases reaches, or more cases than can be had.
    """
    require_reachable(sizes, target, how.alpha)
    curve = _exact(sizes, how)
    n = _least(curve, target, sizes, how)
    if how.method != BOOTSTRAP:
        at = Power(n=n, power=curve(n))
        return NeededCases(n=n, target=target, low=n, high=n, at=at, tried=0)
    now, tried, settled = n, 0, False
    while not settled and tried < ROUNDS:
        n, tried = now, tried + 1
        at = power_at(sizes, n, how)
        beside = at.power - curve(n)
        reach = ERRORS_EACH_WAY * at.standard_error
        now, low, high = (
            _least(curve, _share(target - beside + move), sizes, how)
            for move in (0.0, -reach, reach)
        )
        error = (high - low) / (2.0 * ERRORS_EACH_WAY)
        settled = abs(now - n) <= max(error, 1.0)
    return NeededCases(n=now, target=target, low=low, high=high, at=at, tried=tried)


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
            rule = "a path other than 0, which no number of cases finds"
            raise OutOfRangeError.for_number(name, path, rule)
        if not abs(path) <= LARGEST_PATH:
            rule = f"a path from {-LARGEST_PATH:g} to {LARGEST_PATH:g}"
            raise OutOfRangeError.for_number(name, path, rule)


def _exact(sizes: PathSizes, how: Simulation) -> Callable[[int], float]:
    """Power as a function of n; for the bootstrap, that of the Monte Carlo interval."""
    power = joint_power if how.method == JOINT else monte_carlo_power
    return lambda n: power(sizes.a, sizes.b, n, how.alpha)


def _least(
    curve: Callable[[int], float], target: float, sizes: PathSizes, how: Simulation
) -> int:
    """Bisect a rising curve."""
    most = MOST_SIMULATED if how.method == BOOTSTRAP else MOST_CASES
    if curve(LEAST_CASES) >= target:
        return LEAST_CASES
    wanted = special.ndtri(1.0 - how.alpha / 2.0) + special.ndtri(target)
    guess = (wanted / min(abs(sizes.a), abs(sizes.b))) ** 2
    low, high = LEAST_CASES, int(min(max(guess, 2.0 * LEAST_CASES), most))
    while curve(high) < target:
        if high == most:
            raise OutOfRangeError.for_number("power", target, _reached_rule(how))
        low, high = high, min(2 * high, most)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if curve(middle) >= target else (middle, high)
    return high


def _share(target: float) -> float:
    return min(max(target, 1e-6), 1.0 - 1e-6)


def _simulated_rule() -> str:
    return (
        f"at most {MOST_SIMULATED} cases for the bootstrap, which is simulated; the "
        f"methods {MONTE_CARLO} and {JOINT} are computed for any number"
    )


def _reached_rule(how: Simulation) -> str:
    if how.method == BOOTSTRAP:
        return f"a power that is reached with {_simulated_rule()}"
    return f"a power that is reached with {MOST_CASES} cases or fewer"
