"""Tables of the power at the study's own estimates and of sample sizes."""

from math import isfinite

import pandas as pd

from smcm.chapters.power.model_power import LEVEL, ModelPower
from smcm.chapters.power.plan import PowerPlan
from smcm.chapters.power.planned import PlannedSize, TradedTeams
from smcm.chapters.power.settings import INDIRECT_POWER, PLANNED_TEAM_SIZE, TRADED_SHOWN
from smcm.report import format as fmt
from smcm.report.show import Table
from smcm.report.words import short_title
from smcm.stats.power_methods import BOOTSTRAP, JOINT, MONTE_CARLO
from smcm.stats.power_search import MOST_CASES

NOTHING = "–"


def power_own(plan: PowerPlan) -> Table:
    """Lay out the power of each of the eight indirect effects."""
    return Table(
        pd.DataFrame([_own(found, in_teams_title(plan)) for found in plan.models]),
        name="tab-power-own",
        caption="Power of the eight indirect effects at this study's estimates",
        notes=(
            "a and b are standardized coefficients. *Power*: percentile bootstrap, "
            f"simulated for {fmt.whole(plan.models[0].n)} clients less "
            f"{fmt.spelled(plan.covariates)} covariates, Monte Carlo error in "
            "parentheses. *No covariates*: exact power of the Monte Carlo interval for "
            "these two coefficients without covariates. *At CI limits*: the same test "
            f"with both paths at the limits of their {fmt.percent(100.0 * LEVEL)} "
            "confidence intervals nearer to zero, and at the other limits. "
            f"{_own_teams(plan)}",
        ),
        wide=True,
    )


def _own_teams(plan: PowerPlan) -> str:
    teams = plan.models[0].teams
    if teams.df < 1:
        return "*In teams*: too few teams for a test that allows for clustering."
    return (
        f"*In {fmt.whole(teams.count)} teams*: joint significance, allowing for "
        f"clustering in the {fmt.whole(teams.count)} teams of this edition, on "
        f"{fmt.whole(teams.df)} degrees of freedom; approximate."
    )


def in_teams_title(plan: PowerPlan) -> str:
    """Head the column of the power with this study's teams."""
    return f"In {fmt.whole(plan.models[0].teams.count)} teams"


def _own(found: ModelPower, in_teams: str) -> dict[str, str]:
    low, high = found.at_limits
    return {
        "Outcome": short_title(found.model),
        "a": fmt.bare(found.a),
        "b": fmt.bare(found.b),
        "Power": fmt.with_error(found.own.power, found.own.standard_error, fmt.bare, 3),
        "No covariates": fmt.bare(found.bare),
        in_teams: fmt.bare(found.in_teams) if isfinite(found.in_teams) else NOTHING,
        "At CI limits": fmt.Rounded(
            f"{fmt.bare(low)} to {fmt.bare(high)}", low=low, high=high
        ),
    }


def power_needed(plan: PowerPlan) -> Table:
    """Lay out the clients that each model would need."""
    return Table(
        pd.DataFrame([_clients(found) for found in plan.models]),
        name="tab-power-needed",
        caption=(
            f"Clients needed for power {fmt.bare(INDIRECT_POWER)} at this study's "
            "estimates"
        ),
        notes=(
            "Covariates as in the study. *Joint significance* and *Monte Carlo* treat "
            "clients as unrelated. *Design effects*: factors by which clustering in "
            "teams like these multiplies the variances of a and b. *Teams* and "
            "*Clients in them*: joint significance, allowing for clustering in teams "
            "like these; so many clients suffice in so many teams, not in the "
            f"{fmt.whole(plan.models[0].teams.count)} of this edition.",
        ),
        wide=True,
    )


def _clients(found: ModelPower) -> dict[str, str]:
    teams, needed = found.teams, found.needed_in_teams
    known = teams.clustering is not None
    return {
        "Outcome": short_title(found.model),
        "Joint significance": _count(found.needed[JOINT]),
        "Monte Carlo": _count(found.needed[MONTE_CARLO]),
        "Design effects": (
            fmt.Rounded(
                f"{fmt.number(teams.effect_a)}, {fmt.number(teams.effect_b)}",
                a=teams.effect_a,
                b=teams.effect_b,
            )
            if known
            else NOTHING
        ),
        "Teams": fmt.whole(needed.teams) if needed and needed.teams else NOTHING,
        "Clients in them": _count(needed.n if needed else None) if known else NOTHING,
    }


def _count(clients: int | None) -> str:
    return f"over {fmt.whole(MOST_CASES)}" if clients is None else fmt.whole(clients)


def power_planned(plan: PowerPlan) -> Table:
    """Lay out the clients for pairs of paths that one may expect."""
    return Table(
        pd.DataFrame([_planned(row) for row in plan.planned]),
        name="tab-power-planned",
        caption=(
            f"Clients needed for power {fmt.bare(INDIRECT_POWER)}, by paths and test"
        ),
        notes=(
            "x and both residuals have variance 1. There are no covariates; each would "
            "require one more client. *Bootstrap*: simulated, standard error in "
            "parentheses. *In teams*: number of teams in parentheses. The "
            f"{fmt.whole(PLANNED_TEAM_SIZE)} clients of a team share x, the residuals "
            "of alliance and outcome have the given intraclass correlation, and joint "
            "significance is tested on two degrees of freedom fewer than there are "
            "teams.",
        ),
        wide=True,
    )


def _planned(row: PlannedSize) -> dict[str, str]:
    error = fmt.whole(row.error)
    return {
        "a, b": f"{fmt.bare(row.sizes.a)}, {fmt.bare(row.sizes.b)}",
        "Bootstrap": fmt.Rounded(
            f"{fmt.whole(row.needed[BOOTSTRAP])} ({error})",
            clients=row.needed[BOOTSTRAP],
            se=row.error,
        ),
        "Monte Carlo": fmt.whole(row.needed[MONTE_CARLO]),
        "Joint significance": fmt.whole(row.needed[JOINT]),
        **{
            f"In teams, ICC {fmt.bare(icc)}": (
                fmt.Rounded(
                    f"{fmt.whole(found.n)} ({fmt.whole(found.teams or 0)})",
                    clients=found.n,
                    teams=found.teams or 0,
                )
            )
            for icc, found in row.in_teams.items()
        },
    }


def power_traded(plan: PowerPlan) -> Table:
    """Lay out the power of several numbers of teams and clients."""
    trade = plan.traded
    return Table(
        pd.DataFrame([_traded(found) for found in trade.teams]),
        name="tab-power-traded",
        caption=(
            f"Power by the number of teams, both paths at {fmt.bare(trade.sizes.a)}"
        ),
        notes=(
            "Joint significance, allowing for clustering. x and both residuals have "
            "variance 1; the residuals of alliance and outcome have an intraclass "
            f"correlation of {fmt.bare(trade.icc)}. Clients are those of all "
            "teams. *At most*: the limit for any number of clients. *Clients for "
            f"{fmt.bare(INDIRECT_POWER)}*: the fewest, in teams of equal size.",
        ),
    )


def _traded(found: TradedTeams) -> dict[str, str]:
    return {
        "Teams": fmt.whole(found.count),
        **{
            f"{fmt.whole(n)} clients": fmt.bare(found.power_of(n)) for n in TRADED_SHOWN
        },
        "At most": fmt.bare(found.most),
        f"Clients for {fmt.bare(INDIRECT_POWER)}": (
            "not attainable" if found.enough is None else fmt.whole(found.enough)
        ),
    }
