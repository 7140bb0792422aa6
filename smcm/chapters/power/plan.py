"""Power of the study's eight indirect effects, and sample sizes for another study."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from smcm.analysis.eight_models import ModelResult, on_one_set
from smcm.analysis.study import Study, published_study
from smcm.chapters.power.cited import CitedPower, cite_power
from smcm.chapters.power.clustering import ModelTeams, model_teams
from smcm.chapters.power.planned import PlannedSize, Trade, plan_size, trade_teams
from smcm.design.models import StudyModel
from smcm.design.power import (
    INDIRECT_POWER,
    PLAN_RESAMPLES,
    PLANNED_PATHS,
    REPLICATIONS,
    SIMULATED_AT,
)
from smcm.errors import OutOfRangeError
from smcm.stats.power_exact import LEAST_CASES
from smcm.stats.power_methods import (
    BOOTSTRAP,
    JOINT,
    METHODS,
    MONTE_CARLO,
    Power,
    Simulation,
    power_at,
)
from smcm.stats.power_paths import PathSizes
from smcm.stats.power_search import NeededCases, cases_needed
from smcm.stats.power_teams import Clustering
from smcm.stats.resample import Array

LEVEL = 0.95
LEAST_SIZE = 1e-9  # a path that is zero has no number of cases


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelPower:
    """Power at the estimates of one of the eight models.

    Attributes
    ----------
    model : StudyModel
    a, b, direct : float
        Standardized coefficients, as the figures of paths have them.
    sizes : PathSizes
        Of the same paths with what covariates explain taken out.
    n : int
        Clients.
    own : Power
        Of the percentile bootstrap at these sizes, simulated; of n less the covariates.
    bare : float
        Of the Monte Carlo interval for the standardized coefficients without
        covariates, all variables of variance 1.
    at_limits : tuple of float
        Of the Monte Carlo interval with both paths at the limits of their 95%
        intervals nearer to zero, and at the other limits.
    teams : ModelTeams
    in_teams : float
        Of joint significance, allowing for clustering in the study's teams; NaN where
        they are too few.
    needed : mapping of str to int or None
        Clients for the usual power, by test of `smcm.stats.power_methods.METHODS` but
        the simulated one. None where more are needed than a search tries.
    needed_in_teams : NeededCases or None
        The same by joint significance, allowing for clustering in as many teams as
        are needed; its cases include those for covariates.
    """

    model: StudyModel
    a: float
    b: float
    direct: float
    sizes: PathSizes
    n: int
    own: Power
    bare: float
    at_limits: tuple[float, float]
    teams: ModelTeams
    in_teams: float
    needed: Mapping[str, int | None]
    needed_in_teams: NeededCases | None

    @property
    def enough(self) -> bool:
        """Whether the power at these estimates is what a study is planned for."""
        return self.own.power >= INDIRECT_POWER


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Power against cases for one model.

    Attributes
    ----------
    own : ModelPower
    simulated : tuple of Power
        Of the percentile bootstrap.
    """

    own: ModelPower
    simulated: tuple[Power, ...]

    def exact(self, cases: Array, method: str) -> Array:
        """Power of the other tests, shape of `cases`."""
        how = Simulation(method=method)
        return np.array([power_at(self.own.sizes, int(n), how).power for n in cases])


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerPlan:
    """Everything that the chapter on power and sample size shows.

    Attributes
    ----------
    models : tuple of ModelPower
        In the order of the eight models.
    curves : tuple of Curve
        Of the models with the least, the middle and the most power.
    planned : tuple of PlannedSize
    traded : Trade
        Power by numbers of teams and of clients, this study's teams among them.
    covariates : int
    cited : CitedPower
        By the methods that the article names.
    """

    models: tuple[ModelPower, ...]
    curves: tuple[Curve, ...]
    planned: tuple[PlannedSize, ...]
    traded: Trade
    covariates: int
    cited: CitedPower

    @property
    def target(self) -> float:
        """Power that a study is planned for, 0 to 1."""
        return INDIRECT_POWER

    @property
    def ranked(self) -> tuple[ModelPower, ...]:
        """Models from the least power to the most."""
        return tuple(sorted(self.models, key=lambda found: found.own.power))

    @property
    def middle(self) -> ModelPower:
        """The model below which half of the others lie."""
        return self.ranked[(len(self.models) - 1) // 2]


def plan_power(study: Study) -> PowerPlan:
    """Compute the power at the study's own estimates, and plan another study.

    All simulations share their random numbers.
    """
    study = published_study(study)
    how = Simulation(
        n_replications=REPLICATIONS, n_boot=PLAN_RESAMPLES, seed=study.run.seed
    )
    covariates = study.predictors - 1
    models = tuple(_model_power(study, r, covariates, how) for r in study.models)
    plan = PowerPlan(
        models=models,
        curves=(),
        planned=tuple(plan_size(PathSizes(a=a, b=b), how) for a, b in PLANNED_PATHS),
        traded=trade_teams(models[0].teams.count),
        covariates=covariates,
        cited=cite_power(study),
    )
    shown = (plan.ranked[0], plan.middle, plan.ranked[-1])
    return replace(plan, curves=tuple(_curve(found, how) for found in shown))


def _model_power(
    study: Study, result: ModelResult, covariates: int, how: Simulation
) -> ModelPower:
    paths = on_one_set(result).paths
    fit_m, fit_y = paths.to_mediator, paths.to_outcome
    ratios = float(fit_m.t[1]), float(fit_y.t[1])
    sizes = PathSizes.from_ratios((ratios[0], fit_m.df), (ratios[1], fit_y.df))
    cases = max(result.mediation.n - covariates, LEAST_CASES)
    exact = Simulation(method=MONTE_CARLO)
    teams = model_teams(study, result)
    needed = {
        method: _clients(sizes, Simulation(method=method), covariates)
        for method in METHODS
        if method != BOOTSTRAP
    }
    return ModelPower(
        model=result.model,
        a=paths.a_standardized,
        b=paths.b_standardized,
        direct=paths.direct_standardized,
        sizes=sizes,
        n=result.mediation.n,
        own=power_at(sizes, cases, how),
        bare=_bare_power(result, exact),
        at_limits=_at_limits(result, cases, exact),
        teams=teams,
        in_teams=_power_in_teams(sizes, cases, teams),
        needed=needed,
        needed_in_teams=_needed_in_teams(sizes, teams.clustering, covariates),
    )


def _bare_power(result: ModelResult, how: Simulation) -> float:
    paths = on_one_set(result).paths
    sizes = PathSizes.from_standardized(
        paths.a_standardized, paths.b_standardized, paths.direct_standardized
    )
    return power_at(sizes, max(result.mediation.n, LEAST_CASES), how).power


def _at_limits(result: ModelResult, cases: int, how: Simulation) -> tuple[float, float]:
    """Power with both paths at their limits nearer to zero, then at the others."""
    paths = on_one_set(result).paths
    fits = paths.to_mediator, paths.to_outcome
    ends = []
    for fit in fits:
        low, high = (float(end[1]) / float(fit.se[1]) for end in fit.limits(LEVEL))
        nearest = 0.0 if low < 0.0 < high else min(abs(low), abs(high))
        ends.append((nearest, max(abs(low), abs(high)), fit.df))
    near, far = (
        power_at(
            PathSizes.from_ratios(*((end[k], end[2]) for end in ends)), cases, how
        ).power
        for k in (0, 1)
    )
    return near, far


def _power_in_teams(sizes: PathSizes, cases: int, teams: ModelTeams) -> float:
    """Power with the teams of the study, as many as there are."""
    if teams.clustering is None:
        return float("nan")
    as_many = replace(teams.clustering, size=max(cases / teams.count, 1.0))
    try:
        return power_at(sizes, cases, Simulation(method=JOINT), as_many).power
    except OutOfRangeError:
        return float("nan")


def _needed_in_teams(
    sizes: PathSizes, clustering: Clustering | None, covariates: int
) -> NeededCases | None:
    if clustering is None or not min(abs(sizes.a), abs(sizes.b)) > LEAST_SIZE:
        return None
    how = Simulation(method=JOINT)
    try:
        found = cases_needed(sizes, INDIRECT_POWER, how, clustering)
    except OutOfRangeError:
        return None
    return replace(
        found,
        n=found.n + covariates,
        low=found.low + covariates,
        high=found.high + covariates,
    )


def _clients(sizes: PathSizes, how: Simulation, covariates: int) -> int | None:
    """Clients for the usual power: each covariate costs one."""
    if not min(abs(sizes.a), abs(sizes.b)) > LEAST_SIZE:
        return None
    try:
        return cases_needed(sizes, INDIRECT_POWER, how).n + covariates
    except OutOfRangeError:
        return None


def _curve(own: ModelPower, how: Simulation) -> Curve:
    return Curve(
        own=own, simulated=tuple(power_at(own.sizes, n, how) for n in SIMULATED_AT)
    )
