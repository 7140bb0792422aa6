"""The facts about another study: clients and teams for paths that one may expect."""

from dataclasses import dataclass

from smcm.chapters.power.plan import PowerPlan
from smcm.chapters.power.planned import PlannedSize, Trade, least_teams, power_in
from smcm.chapters.power.settings import ENDLESS, PLANNED_ICC, PLANNED_TEAM_SIZE
from smcm.stats.power_methods import BOOTSTRAP, JOINT, MONTE_CARLO
from smcm.stats.power_paths import design_effect
from smcm.stats.power_search import NeededCases

LED = 1  # the row of planned paths that the text takes as its example


@dataclass(frozen=True, slots=True, kw_only=True)
class InTeams:
    """Clients, and the teams that they belong to."""

    n: int
    teams: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """Power of the example with as many teams as this study has.

    Attributes
    ----------
    teams : int
    power : float
        With teams of the planned size.
    most : float
        With any number of clients in them.
    """

    teams: int
    power: float
    most: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One pair of equal paths, for which the text gives the clients.

    Attributes
    ----------
    path : float
        Of a and of b.
    icc, team_size : float
        Intraclass correlation of both residuals, and clients in a team.
    unrelated : int
        Clients for the usual power by the Monte Carlo interval.
    in_teams : InTeams
        The same by joint significance allowing for teams.
    effect_a, effect_b : float
        Factors by which the teams multiply the variances of the two paths.
    here : Here or None
        None where this study has enough teams, or too few for a test.
    """

    path: float
    icc: float
    team_size: float
    unrelated: int
    in_teams: InTeams
    effect_a: float
    effect_b: float
    here: Here | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Traded:
    """More teams against more clients.

    Attributes
    ----------
    path, icc : float
    enough : tuple of InTeams
        For each number of teams that can do, the fewest clients in them.
    too_few : tuple of int
        Numbers of teams that reach the power with no number of clients, ascending.
    """

    path: float
    icc: float
    enough: tuple[InTeams, ...]
    too_few: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreeTests:
    """Clients for the usual power by test, for the paths that need most of them.

    Attributes
    ----------
    path : float
    bootstrap, monte_carlo, joint : int
    apart : float
        The largest difference of the last two over all planned paths, as a share.
    """

    path: float
    bootstrap: int
    monte_carlo: int
    joint: int
    apart: float


def in_teams(found: NeededCases) -> InTeams:
    """Take the clients and the teams of a search for teams."""
    return InTeams(n=found.n, teams=found.teams or 0)


def example_facts(plan: PowerPlan) -> Example:
    """Gather those of the example."""
    row, icc = plan.planned[LED], PLANNED_ICC[1]
    return Example(
        path=row.sizes.a,
        icc=icc,
        team_size=PLANNED_TEAM_SIZE,
        unrelated=row.needed[MONTE_CARLO],
        in_teams=in_teams(row.in_teams[icc]),
        effect_a=design_effect(PLANNED_TEAM_SIZE, 1.0, icc),
        effect_b=design_effect(PLANNED_TEAM_SIZE, icc, icc),
        here=_here(row, plan.models[0].teams.count, icc),
    )


def _here(row: PlannedSize, teams: int, icc: float) -> Here | None:
    if teams < least_teams() or teams >= (row.in_teams[icc].teams or 0):
        return None
    return Here(
        teams=teams,
        power=power_in(row.sizes, teams, PLANNED_TEAM_SIZE, icc),
        most=power_in(row.sizes, teams, ENDLESS, icc),
    )


def traded_facts(trade: Trade) -> Traded:
    """Gather those of more teams against more clients."""
    return Traded(
        path=trade.sizes.a,
        icc=trade.icc,
        enough=tuple(
            InTeams(n=found.enough, teams=found.count)
            for found in trade.teams
            if found.enough is not None
        ),
        too_few=tuple(found.count for found in trade.teams if found.enough is None),
    )


def three_tests_facts(plan: PowerPlan) -> ThreeTests:
    """Gather how far the three tests lie apart."""
    row = max(plan.planned, key=lambda row: row.needed[MONTE_CARLO])
    return ThreeTests(
        path=row.sizes.a,
        bootstrap=row.needed[BOOTSTRAP],
        monte_carlo=row.needed[MONTE_CARLO],
        joint=row.needed[JOINT],
        apart=max(
            abs(row.needed[JOINT] / row.needed[MONTE_CARLO] - 1.0)
            for row in plan.planned
        ),
    )
