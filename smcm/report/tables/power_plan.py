"""Power at the study's own estimates, and clients for another study."""

from math import isfinite

import pandas as pd

from smcm.analysis.power_plan import ModelPower, PlannedSize, PowerPlan
from smcm.design.power import INDIRECT_POWER, PLANNED_ICC, PLANNED_TEAM_SIZE
from smcm.report import format as fmt
from smcm.report.show import Table
from smcm.report.words import short_title
from smcm.stats.power_search import BOOTSTRAP, JOINT, MONTE_CARLO, MOST_CASES

NOTHING = "–"


def power_own(plan: PowerPlan) -> Table:
    """Lay out the power of each of the eight indirect effects."""
    return Table(
        pd.DataFrame([_own(found) for found in plan.models]),
        name="tab-power-own",
        caption="Power of the eight indirect effects at their own estimates",
        notes=(
            "a and b are standardized coefficients. *Power*: the percentile bootstrap, "
            f"simulated for {fmt.whole(plan.models[0].n)} clients less "
            f"{fmt.spelled(plan.covariates)} covariates, Monte Carlo error in "
            "parentheses. The other columns are of the Monte Carlo interval, which is "
            "exact. *Bare*: the two coefficients with no covariates beside. *In "
            "teams*: an analysis that allows for the teams. *At the limits*: both "
            "paths at the end of their 95% interval nearer to zero, and at the other.",
        ),
        wide=True,
    )


def _own(found: ModelPower) -> dict[str, str]:
    low, high = found.at_limits
    error = fmt.bare(found.own.standard_error, 3)
    return {
        "Outcome": short_title(found.model),
        "a": fmt.bare(found.a),
        "b": fmt.bare(found.b),
        "Power": f"{fmt.bare(found.own.power)} ({error})",
        "Bare": fmt.bare(found.bare),
        "In teams": fmt.bare(found.in_teams) if isfinite(found.in_teams) else NOTHING,
        "At the limits": f"{fmt.bare(low)} to {fmt.bare(high)}",
    }


def power_needed(plan: PowerPlan) -> Table:
    """Lay out the clients that each model would need."""
    return Table(
        pd.DataFrame([_clients(found) for found in plan.models]),
        name="tab-power-needed",
        caption=(
            f"Clients for power {fmt.bare(INDIRECT_POWER)} if the estimates were true"
        ),
        notes=(
            "Covariates as in the study. The design effects are the factors by which "
            "teams like these raise the variance of a and of b; the last column allows "
            "for them by the Monte Carlo interval.",
        ),
        wide=True,
    )


def _clients(found: ModelPower) -> dict[str, str]:
    teams = found.teams
    known = isfinite(teams.effect_a)
    return {
        "Outcome": short_title(found.model),
        "Joint significance": _count(found.needed[JOINT]),
        "Monte Carlo": _count(found.needed[MONTE_CARLO]),
        "Design effects": (
            f"{fmt.number(teams.effect_a)}, {fmt.number(teams.effect_b)}"
            if known
            else NOTHING
        ),
        "In teams": _count(found.needed["teams"]) if known else NOTHING,
    }


def _count(clients: int | None) -> str:
    return f"over {fmt.whole(MOST_CASES)}" if clients is None else fmt.whole(clients)


def power_planned(plan: PowerPlan) -> Table:
    """Lay out the clients for pairs of paths that one may expect."""
    return Table(
        pd.DataFrame([_planned(row) for row in plan.planned]),
        name="tab-power-planned",
        caption=f"Clients for power {fmt.bare(INDIRECT_POWER)}, by paths and test",
        notes=(
            "x and both residuals have variance 1; no covariates, of which each costs "
            "one client more. Bootstrap: simulated, one standard error in parentheses. "
            f"Teams: {fmt.whole(PLANNED_TEAM_SIZE)} clients share x, the alliance and "
            "the outcome have the intraclass correlation given, and the Monte Carlo "
            "interval allows for it.",
        ),
        wide=True,
    )


def _planned(row: PlannedSize) -> dict[str, str]:
    error = fmt.whole(row.error)
    return {
        "a, b": f"{fmt.bare(row.sizes.a)}, {fmt.bare(row.sizes.b)}",
        "Bootstrap": f"{fmt.whole(row.needed[BOOTSTRAP])} ({error})",
        "Monte Carlo": fmt.whole(row.needed[MONTE_CARLO]),
        "Joint significance": fmt.whole(row.needed[JOINT]),
        **{
            f"Teams, ICC {fmt.bare(icc)}": fmt.whole(row.in_teams[icc])
            for icc in PLANNED_ICC
        },
    }
