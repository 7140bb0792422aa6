"""How much power the study had, and what the next one needs, for their chapter."""

from math import isfinite

from smcm.analysis.power_plan import ModelPower, PowerPlan
from smcm.analysis.study import Study
from smcm.design.power import INDIRECT_POWER, PLANNED_ICC, PLANNED_TEAM_SIZE
from smcm.report import format as fmt
from smcm.report.words import count_of
from smcm.stats.power_paths import team_effects
from smcm.stats.power_search import BOOTSTRAP, JOINT, MONTE_CARLO, MOST_CASES


def power_phrases(study: Study, plan: PowerPlan) -> dict[str, str]:
    """Name and print form of everything the chapter on power quotes."""
    return {
        "power_verdict": _verdict(plan),
        "power_next": _next(plan.middle),
        "power_tests": _tests(plan),
        "power_teams_sentence": _teams(plan),
        "power_limits": _limits(plan),
        "power_found": _found(study, plan),
        "power_bare": _bare(plan),
        "power_example": _example(plan),
    }


def _verdict(plan: PowerPlan) -> str:
    least, most = plan.ranked[0], plan.ranked[-1]
    enough = sum(found.own.power >= INDIRECT_POWER for found in plan.models)
    reached = count_of(enough, len(plan.models))
    return (
        f"Taken at their own estimates, the indirect effects had power from "
        f"{fmt.bare(least.own.power)} ({least.model.title}) to "
        f"{fmt.bare(most.own.power)} ({most.model.title}); {reached} reached "
        f"{fmt.bare(INDIRECT_POWER)}."
    )


def _next(middle: ModelPower) -> str:
    alone = _clients(middle.needed[MONTE_CARLO])
    sentence = (
        f"A study that is to find an effect like that of {middle.model.title}, in the "
        f"middle of them, with power {fmt.bare(INDIRECT_POWER)} needs {alone} clients"
    )
    if not isfinite(middle.teams.effect_a):
        return f"{sentence}."
    teams = _clients(middle.needed["teams"])
    return f"{sentence}, and {teams} if its analysis allows for teams like these."


def _clients(count: int | None) -> str:
    return f"over {fmt.whole(MOST_CASES)}" if count is None else fmt.whole(count)


def _tests(plan: PowerPlan) -> str:
    """Say how far the three tests lie apart."""
    row = max(plan.planned, key=lambda row: row.needed[MONTE_CARLO])
    apart = [
        100.0 * abs(row.needed[JOINT] / row.needed[MONTE_CARLO] - 1.0)
        for row in plan.planned
    ]
    return (
        f"With both paths at {fmt.bare(row.sizes.a)} the bootstrap needs "
        f"{fmt.whole(row.needed[BOOTSTRAP])} clients, the Monte Carlo interval "
        f"{fmt.whole(row.needed[MONTE_CARLO])} and joint significance "
        f"{fmt.whole(row.needed[JOINT])}; over the rows of the table the last two "
        f"never differ by more than {fmt.percent(max(apart), 1)}."
    )


def _teams(plan: PowerPlan) -> str:
    teams = [found.teams for found in plan.models]
    if not isfinite(teams[0].effect_a):
        return "This edition has no two teams to compare, so nothing is said of them."
    of_a = [team.effect_a for team in teams]
    of_b = [team.effect_b for team in teams]
    lost = [found.own.power - found.in_teams for found in plan.models]
    return (
        f"The {fmt.whole(teams[0].count)} teams of this edition had "
        f"{fmt.number(teams[0].size, 1)} clients on average; they multiply the "
        f"variance of path a by {_span(of_a)} and that of path b by {_span(of_b)}. An "
        f"analysis that allowed for this had up to {fmt.bare(max(lost))} less power."
    )


def _span(values: list[float]) -> str:
    low, high = fmt.number(min(values)), fmt.number(max(values))
    return low if low == high else f"{low} to {high}"


def _limits(plan: PowerPlan) -> str:
    most = plan.ranked[-1]
    low, high = most.at_limits
    return (
        f"For {most.model.title}, the strongest of the eight, power is "
        f"{fmt.bare(low)} if both paths stand at the ends of their 95% intervals "
        f"nearer to zero, and {fmt.bare(high)} at the farther ends."
    )


def _found(study: Study, plan: PowerPlan) -> str:
    """Say what power the effects had that were found, and those that were not."""
    groups: dict[bool, list[float]] = {True: [], False: []}
    for result, found in zip(study.models, plan.models, strict=True):
        groups[result.mediation.interval_excludes_zero].append(found.own.power)
    if not groups[True] or not groups[False]:
        return "Here the intervals of all models agree on zero, one way or the other."
    return (
        "Here the models whose interval leaves zero out have "
        f"{_reach(groups[True])}, those whose interval holds it "
        f"{_reach(groups[False])}."
    )


def _reach(powers: list[float]) -> str:
    low, high = fmt.bare(min(powers)), fmt.bare(max(powers))
    return low if low == high else f"{low} to {high}"


def _bare(plan: PowerPlan) -> str:
    found = plan.ranked[-1]
    return (
        f"Of {found.model.title}, the standardized coefficients alone would give "
        f"{fmt.bare(found.bare)}, and with what the covariates explain taken out of "
        f"the residuals it is {fmt.bare(found.own.power)}"
    )


def _example(plan: PowerPlan) -> str:
    icc = PLANNED_ICC[1]
    of_a, of_b = team_effects(icc, PLANNED_TEAM_SIZE)
    row = plan.planned[1]
    return (
        f"With {fmt.whole(PLANNED_TEAM_SIZE)} clients in a team and an intraclass "
        f"correlation of {fmt.bare(icc)} these are {fmt.number(of_a)} and "
        f"{fmt.number(of_b)}: instead of {fmt.whole(row.needed[MONTE_CARLO])} clients "
        f"with both paths at {fmt.bare(row.sizes.a)} it takes "
        f"{fmt.whole(row.in_teams[icc])}"
    )
