"""How much power the study had, and what the next one needs, for their chapter."""

from math import ceil, isfinite

from smcm.analysis.power_plan import ModelPower, PowerPlan
from smcm.analysis.power_planned import Trade, least_teams, power_in
from smcm.analysis.study import Study
from smcm.design.power import (
    ENDLESS,
    INDIRECT_POWER,
    PLANNED_ICC,
    PLANNED_TEAM_SIZE,
)
from smcm.report import format as fmt
from smcm.report.words import count_of
from smcm.stats.power_methods import BOOTSTRAP, JOINT, MONTE_CARLO
from smcm.stats.power_paths import design_effect
from smcm.stats.power_search import MOST_CASES, NeededCases

LED = 1  # the row of planned paths that the sentences take as their example


def power_phrases(study: Study, plan: PowerPlan) -> dict[str, str]:
    """Name and print form of everything the chapter on power quotes."""
    return {
        "power_lead": _lead(plan),
        "power_traded": _traded(plan.traded),
        "power_verdict": _verdict(plan),
        "power_next": _next(plan.middle),
        "power_tests": _tests(plan),
        "power_teams_sentence": _teams(plan),
        "power_limits": _limits(plan),
        "power_found": _found(study, plan),
        "power_bare": _bare(plan),
        "power_example": _example(plan),
    }


def _lead(plan: PowerPlan) -> str:
    """Say what to plan with, before anything is said of this study's own power."""
    row, icc = plan.planned[LED], PLANNED_ICC[1]
    found = row.in_teams[icc]
    sentence = (
        f"To find an indirect effect with both paths at {fmt.bare(row.sizes.a)} with "
        f"power {fmt.bare(INDIRECT_POWER)} takes "
        f"{fmt.whole(row.needed[MONTE_CARLO])} clients if they are unrelated, and "
        f"{_in_teams(found)} if {fmt.whole(PLANNED_TEAM_SIZE)} clients share a team "
        f"at an intraclass correlation of {fmt.bare(icc)}."
    )
    own = plan.models[0].teams.count
    if own < least_teams() or own >= (found.teams or 0):
        return sentence
    most = power_in(row.sizes, own, ENDLESS, icc)
    size = fmt.bare(power_in(row.sizes, own, PLANNED_TEAM_SIZE, icc))
    return (
        f"{sentence} With {fmt.whole(own)} teams of that size, as many as there are "
        f"here, power is {size}, and however many clients these teams had it would "
        f"stay below {_above(most)}."
    )


def _above(share: float) -> str:
    """Round up to two decimals, so that the share stays below what is printed."""
    return fmt.bare(min(ceil(share * 100.0 + 1e-9) / 100.0, 1.0))


def _in_teams(found: NeededCases) -> str:
    return f"{fmt.whole(found.n)} clients in {fmt.whole(found.teams or 0)} teams"


def _traded(trade: Trade) -> str:
    """Compare more teams with more clients."""
    out = [found for found in trade.teams if found.enough is None]
    within = fmt.listed(
        f"{fmt.whole(found.enough)} clients in {fmt.whole(found.count)} teams"
        for found in trade.teams
        if found.enough is not None
    )
    power = fmt.bare(INDIRECT_POWER)
    start = (
        f"With both paths at {fmt.bare(trade.sizes.a)} and an intraclass correlation "
        f"of {fmt.bare(trade.icc)}"
    )
    if not out:
        return f"{start}, power {power} takes {within}."
    fewer = " or fewer" if len(out) > 1 else ""
    none = f"{fmt.whole(out[-1].count)} teams{fewer} do not reach power {power} with "
    sentence = f"{start}, {none}any number of clients"
    return f"{sentence}; {within} do." if within else f"{sentence}."


def _verdict(plan: PowerPlan) -> str:
    least, most = plan.ranked[0], plan.ranked[-1]
    enough = sum(found.own.power >= INDIRECT_POWER for found in plan.models)
    reached = count_of(enough, len(plan.models))
    sentence = (
        f"If clients are taken for unrelated, the indirect effects had power from "
        f"{fmt.bare(least.own.power)} ({least.model.title}) to "
        f"{fmt.bare(most.own.power)} ({most.model.title}) at their own estimates; "
        f"{reached} reached {fmt.bare(INDIRECT_POWER)}."
    )
    teams = [found.in_teams for found in plan.models]
    if not all(isfinite(power) for power in teams):
        return sentence
    return (
        f"{sentence} Allowing for the {fmt.whole(least.teams.count)} teams it was "
        f"{fmt.bare(min(teams))} to {fmt.bare(max(teams))}."
    )


def _next(middle: ModelPower) -> str:
    alone = _clients(middle.needed[MONTE_CARLO])
    sentence = (
        f"An effect like that of {middle.model.title}, in the middle of them, takes "
        f"{alone} unrelated clients for power {fmt.bare(INDIRECT_POWER)}"
    )
    needed = middle.needed_in_teams
    if needed is None:
        return f"{sentence}."
    sentence = f"{sentence}, and {_in_teams(needed)} like these."
    if not isfinite(middle.in_teams):
        return sentence
    return (
        f"{sentence} With the {fmt.whole(middle.teams.count)} teams there are, its "
        f"power is {fmt.bare(middle.in_teams)}."
    )


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
    alike = teams[0].clustering
    if alike is None:
        return "This edition has no two teams to compare, so nothing is said of them."
    of_a = [team.effect_a for team in teams]
    of_b = [team.effect_b for team in teams]
    sentence = (
        f"The {fmt.whole(teams[0].count)} teams of this edition had "
        f"{fmt.number(alike.size, 1)} clients on average; they multiply the "
        f"variance of path a by {_span(of_a)} and that of path b by {_span(of_b)}."
    )
    if teams[0].df < 1:
        return f"{sentence} They are too few for a test that allows for them."
    lost = [found.own.power - found.in_teams for found in plan.models]
    return (
        f"{sentence} An analysis that allows for them has "
        f"{fmt.whole(teams[0].df)} degrees of freedom, and up to "
        f"{fmt.bare(max(lost))} less power."
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
        return (
            "Here either all models have an interval that excludes zero, or none has."
        )
    return (
        "Here the models whose interval excludes zero have "
        f"{_reach(groups[True])}, those whose "
        f"interval includes it {_reach(groups[False])}."
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
    of_a = design_effect(PLANNED_TEAM_SIZE, 1.0, icc)
    of_b = design_effect(PLANNED_TEAM_SIZE, icc, icc)
    row = plan.planned[LED]
    return (
        f"With {fmt.whole(PLANNED_TEAM_SIZE)} clients in a team and an intraclass "
        f"correlation of {fmt.bare(icc)} these are {fmt.number(of_a)} and "
        f"{fmt.number(of_b)}: instead of {fmt.whole(row.needed[MONTE_CARLO])} clients "
        f"with both paths at {fmt.bare(row.sizes.a)} it takes "
        f"{_in_teams(row.in_teams[icc])}"
    )
