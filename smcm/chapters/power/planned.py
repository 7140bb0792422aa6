"""Clients and teams for another study, and how each of them raises power."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from smcm.chapters.power.settings import (
    ENDLESS,
    INDIRECT_POWER,
    PLANNED_ICC,
    PLANNED_TEAM_SIZE,
    TRADED_CLIENTS,
    TRADED_ICC,
    TRADED_PATHS,
    TRADED_SHOWN,
    TRADED_TEAMS,
)
from smcm.stats.power_methods import BOOTSTRAP, JOINT, MONTE_CARLO, Simulation, power_at
from smcm.stats.power_paths import PathSizes
from smcm.stats.power_search import NeededCases, cases_needed
from smcm.stats.power_teams import Clustering

POINTS = 30  # of a line


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSize:
    """Clients for the usual power with one pair of paths.

    Attributes
    ----------
    sizes : PathSizes
    needed : mapping of str to int
        By test, of unrelated clients.
    error : float
        Of the simulated number, in clients.
    in_teams : mapping of float to NeededCases
        By intraclass correlation, for joint significance allowing for teams.
    """

    sizes: PathSizes
    needed: Mapping[str, int]
    error: float
    in_teams: Mapping[float, NeededCases]


@dataclass(frozen=True, slots=True, kw_only=True)
class TradedTeams:
    """Power with one number of teams, by the number of clients in them.

    Attributes
    ----------
    count : int
    clients, power : tuple
        Clients in all teams, and the power of joint significance.
    most : float
        Power that no number of clients in these teams exceeds.
    enough : int or None
        Fewest clients in these teams for the usual power; None if no number is.
    """

    count: int
    clients: tuple[int, ...]
    power: tuple[float, ...]
    most: float
    enough: int | None

    def power_of(self, n: int) -> float:
        """Power with so many clients, one of `clients`."""
        return self.power[self.clients.index(n)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """Power by numbers of teams and of clients, for one pair of paths.

    Attributes
    ----------
    sizes : PathSizes
    icc : float
    target : float
        Power that a study is planned for, 0 to 1.
    own : int
        Teams of this study.
    teams : tuple of TradedTeams
        From few teams to many.
    """

    sizes: PathSizes
    icc: float
    target: float
    own: int
    teams: tuple[TradedTeams, ...]


def plan_size(sizes: PathSizes, how: Simulation) -> PlannedSize:
    """Find the clients for one pair of paths, by test and by intraclass correlation."""
    simulated = cases_needed(sizes, INDIRECT_POWER, how)
    exact = {
        method: cases_needed(sizes, INDIRECT_POWER, Simulation(method=method)).n
        for method in (MONTE_CARLO, JOINT)
    }
    joint = Simulation(method=JOINT)
    return PlannedSize(
        sizes=sizes,
        needed={BOOTSTRAP: simulated.n, **exact},
        error=simulated.standard_error,
        in_teams={
            icc: cases_needed(
                sizes, INDIRECT_POWER, joint, _teams_of(PLANNED_TEAM_SIZE, icc)
            )
            for icc in PLANNED_ICC
        },
    )


def trade_teams(own: int) -> Trade:
    """Compute power by numbers of teams and of clients, for one pair of paths.

    Parameters
    ----------
    own : int
        Teams of this study, added to the others if they are enough for a test.
    """
    sizes = PathSizes(a=TRADED_PATHS[0], b=TRADED_PATHS[1])
    counts = sorted({*TRADED_TEAMS, *([own] if own >= least_teams() else [])})
    teams = tuple(_traded(sizes, count) for count in counts)
    return Trade(
        sizes=sizes, icc=TRADED_ICC, target=INDIRECT_POWER, own=own, teams=teams
    )


def power_in(sizes: PathSizes, count: int, size: float, icc: float) -> float:
    """Power of joint significance with so many teams of a size."""
    clustering = _teams_of(max(size, 1.0), icc)
    n = clustering.cases(count)
    return power_at(sizes, n, Simulation(method=JOINT), clustering).power


def least_teams() -> int:
    """Fewest teams that leave a degree of freedom."""
    return _teams_of(1.0, 0.0).least


def _teams_of(size: float, icc: float) -> Clustering:
    return Clustering(size=size, icc_m=icc, icc_y=icc)


def _traded(sizes: PathSizes, count: int) -> TradedTeams:
    even = np.geomspace(*TRADED_CLIENTS, POINTS).round().astype(int)
    clients = tuple(sorted({*even.tolist(), *TRADED_SHOWN}))
    return TradedTeams(
        count=count,
        clients=clients,
        power=tuple(power_in(sizes, count, n / count, TRADED_ICC) for n in clients),
        most=power_in(sizes, count, ENDLESS, TRADED_ICC),
        enough=_enough(sizes, count),
    )


def _enough(sizes: PathSizes, count: int) -> int | None:
    """Bisect the clients in a team, in whole clients."""
    low, high = 1, int(ENDLESS)
    if power_in(sizes, count, float(high), TRADED_ICC) < INDIRECT_POWER:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        reached = power_in(sizes, count, float(middle), TRADED_ICC) >= INDIRECT_POWER
        low, high = (low, middle) if reached else (middle, high)
    return count * high
