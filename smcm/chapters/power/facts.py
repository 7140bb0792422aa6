"""The facts of the chapter on power: plain values, of which its text is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from smcm.analysis.study import Study
from smcm.chapters.power.model_power import LEVEL, ModelPower
from smcm.chapters.power.plan import PowerPlan
from smcm.chapters.power.planned_facts import (
    Example,
    InTeams,
    ThreeTests,
    Traded,
    example_facts,
    in_teams,
    three_tests_facts,
    traded_facts,
)
from smcm.stats.power_methods import MONTE_CARLO
from smcm.stats.power_search import MOST_CASES


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The smallest and the largest of some values."""

    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Power at the estimates of one model.

    Attributes
    ----------
    title : str
    power : float
        Of the percentile bootstrap, clients taken as unrelated.
    enough : bool
        Whether that reaches the usual power.
    bare : float
        Of the standardized coefficients with no covariates.
    in_teams : float or None
        Allowing for the teams; None where they are too few.
    at_limits : Span
        With both paths at the ends of their intervals.
    excludes_zero : bool
        Whether the interval of the indirect effect does, in the published analysis.
    unrelated : int or None
        Clients for the usual power; None where they are more than were searched.
    needed : InTeams or None
        The same in teams like these; None where none can be found.
    """

    title: str
    power: float
    enough: bool
    bare: float
    in_teams: float | None
    at_limits: Span
    excludes_zero: bool
    unrelated: int | None
    needed: InTeams | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Teams:
    """The teams of this study.

    Attributes
    ----------
    count : int
    size : float
        Clients in a team, the mean.
    effect_a, effect_b : Span
        Factors on the variances of the two paths, over the models.
    df : int
        Of a test that allows for the teams; 0 where they are too few.
    lost : float or None
        The most power that allowing for them costs a model.
    """

    count: int
    size: float
    effect_a: Span
    effect_b: Span
    df: int
    lost: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerFacts:
    """Power of the indirect effects, and clients and teams for another study.

    Attributes
    ----------
    target, level : float
        The usual power, and the level of the paths' intervals, 0 to 1.
    most_cases : int
        The most clients that a search goes to.
    example : Example
    traded : Traded
    tests : ThreeTests
    models : tuple of Model
        From the least power to the most.
    middle : Model
    teams : Teams or None
        None where there are no two teams.
    """

    target: float
    level: float
    most_cases: int
    example: Example
    traded: Traded
    tests: ThreeTests
    models: tuple[Model, ...]
    middle: Model
    teams: Teams | None


def power_facts(study: Study, plan: PowerPlan) -> PowerFacts:
    """Gather them.

    Parameters
    ----------
    study : Study
        Analysed as published.
    plan : PowerPlan
    """
    excludes = {
        result.model.key: result.mediation.excludes_zero for result in study.models
    }

    def model(found: ModelPower) -> Model:
        return _model(found, excludes_zero=excludes[found.model.key])

    return PowerFacts(
        target=plan.target,
        level=LEVEL,
        most_cases=MOST_CASES,
        example=example_facts(plan),
        traded=traded_facts(plan.traded),
        tests=three_tests_facts(plan),
        models=tuple(map(model, plan.ranked)),
        middle=model(plan.middle),
        teams=_teams(plan.models),
    )


def _model(found: ModelPower, *, excludes_zero: bool) -> Model:
    low, high = found.at_limits
    needed = found.needed_in_teams
    return Model(
        title=found.model.title,
        power=found.own.power,
        enough=found.enough,
        bare=found.bare,
        in_teams=found.in_teams if isfinite(found.in_teams) else None,
        at_limits=Span(low=low, high=high),
        excludes_zero=excludes_zero,
        unrelated=found.needed[MONTE_CARLO],
        needed=None if needed is None else in_teams(needed),
    )


def _teams(models: Sequence[ModelPower]) -> Teams | None:
    teams = [found.teams for found in models]
    alike, df = teams[0].clustering, teams[0].df
    if alike is None:
        return None
    lost = max(found.own.power - found.in_teams for found in models)
    return Teams(
        count=teams[0].count,
        size=alike.size,
        effect_a=_span([team.effect_a for team in teams]),
        effect_b=_span([team.effect_b for team in teams]),
        df=df,
        lost=lost if df else None,
    )


def _span(values: Sequence[float]) -> Span:
    return Span(low=min(values), high=max(values))
