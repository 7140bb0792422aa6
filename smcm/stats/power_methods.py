"""Three tests of an indirect effect, and the power of each."""

from dataclasses import dataclass

from smcm.errors import OutOfRangeError, UnknownValueError
from smcm.stats.power import indirect_power
from smcm.stats.power_exact import joint_power, monte_carlo_power
from smcm.stats.power_in_teams import joint_power_in_teams, monte_carlo_power_in_teams
from smcm.stats.power_paths import PathSizes
from smcm.stats.power_team_bootstrap import TeamBootstrap, team_bootstrap_power
from smcm.stats.power_teams import Clustering

BOOTSTRAP, MONTE_CARLO, JOINT = "bootstrap", "montecarlo", "joint"
METHODS = (BOOTSTRAP, MONTE_CARLO, JOINT)
EXACT, APPROXIMATE, SIMULATED = "exact", "approximate", "simulated"
MOST_SIMULATED = 20_000  # cases or teams; each sample is resampled thousands of times


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """A test and the settings of its simulation; exact power uses only `alpha`.

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
        """Refuse an unknown method."""
        if self.method not in METHODS:
            raise UnknownValueError.for_choice("method", self.method, METHODS)

    def basis(self, clustering: Clustering | None) -> str:
        """Say how power is obtained: exact, approximate, or simulated."""
        if self.method == BOOTSTRAP:
            return SIMULATED
        return EXACT if clustering is None else APPROXIMATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Power:
    """Power at one number of cases.

    Attributes
    ----------
    n : int
    power : float
    standard_error : float
        Monte Carlo error; 0 where the power is computed.
    teams : int or None
        In how many teams the cases are.
    """

    n: int
    power: float
    standard_error: float = 0.0
    teams: int | None = None


def power_at(
    sizes: PathSizes, n: int, how: Simulation, clustering: Clustering | None = None
) -> Power:
    """Compute or simulate the power of one test with n cases.

    Parameters
    ----------
    sizes : PathSizes
    n : int
    how : Simulation
    clustering : Clustering, optional
        None where cases are unrelated.

    Raises
    ------
    OutOfRangeError
        Fewer than 20 unrelated cases or too few teams, more than can be simulated, a
        path over 1,000, an alpha that is no share, or too few resamples.
    """
    teams = None if clustering is None else clustering.teams(n).count
    if how.method != BOOTSTRAP:
        return Power(n=n, power=computed_power(sizes, n, how, clustering), teams=teams)
    if (n if teams is None else teams) > MOST_SIMULATED:
        raise OutOfRangeError.for_number("n", n, simulated_rule(clustering))
    if clustering is not None:
        power, error = _with_teams_drawn(sizes, n, how, clustering)
    else:
        found = indirect_power(
            sizes.a,
            sizes.b,
            n,
            n_replications=how.n_replications,
            n_boot=how.n_boot,
            seed=how.seed,
            alpha=how.alpha,
        )
        power, error = found.power, found.standard_error
    return Power(n=n, power=power, standard_error=error, teams=teams)


def computed_power(
    sizes: PathSizes, n: int, how: Simulation, clustering: Clustering | None
) -> float:
    """Power by formula; for the bootstrap, that of the Monte Carlo interval.

    Raises
    ------
    OutOfRangeError
    """
    if clustering is None:
        alone = joint_power if how.method == JOINT else monte_carlo_power
        return alone(sizes.a, sizes.b, n, how.alpha)
    in_teams = (
        joint_power_in_teams if how.method == JOINT else monte_carlo_power_in_teams
    )
    return in_teams(sizes, clustering.teams(n), how.alpha)


def _with_teams_drawn(
    sizes: PathSizes, n: int, how: Simulation, clustering: Clustering
) -> tuple[float, float]:
    options = TeamBootstrap(
        n_replications=how.n_replications,
        n_boot=how.n_boot,
        seed=how.seed,
        alpha=how.alpha,
    )
    return team_bootstrap_power(sizes, clustering.teams(n), options)


def simulated_rule(clustering: Clustering | None) -> str:
    """Say how much can be simulated."""
    what = "cases" if clustering is None else "teams"
    return (
        f"at most {MOST_SIMULATED} {what} for the bootstrap, which is simulated; the "
        f"methods {MONTE_CARLO} and {JOINT} are computed for any number"
    )
