"""Power of the study's eight indirect effects, and what the next study needs."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from smcm.analysis.cases import complete_cases
from smcm.analysis.study import Study, published_study
from smcm.analysis.verdicts import ModelResult, on_one_set
from smcm.design.models import StudyModel
from smcm.design.power import (
    INDIRECT_POWER,
    PLAN_RESAMPLES,
    PLANNED_ICC,
    PLANNED_PATHS,
    PLANNED_TEAM_SIZE,
    REPLICATIONS,
    SIMULATED_AT,
)
from smcm.errors import DegenerateDataError, OutOfRangeError
from smcm.stats.icc import icc_anova
from smcm.stats.power_exact import LEAST_CASES
from smcm.stats.power_paths import PathSizes, design_effect
from smcm.stats.power_search import (
    BOOTSTRAP,
    JOINT,
    METHODS,
    MONTE_CARLO,
    Power,
    Simulation,
    cases_needed,
    power_at,
)
from smcm.stats.resample import Array

LEVEL = 0.95
LEAST_SIZE = 1e-9  # a path that is zero has no number of cases


@dataclass(frozen=True, slots=True, kw_only=True)
class Teams:
    """How alike the clients of a team are in one model.

    Attributes
    ----------
    count : int
    size : float
        Clients in a team, the size that enters the design effect.
    icc_x, icc_m, icc_y : float
        Intraclass correlations, negative ones as 0; NaN where there are no two teams.
    """

    count: int
    size: float
    icc_x: float
    icc_m: float
    icc_y: float

    @property
    def effect_a(self) -> float:
        """Factor on the variance of a."""
        return design_effect(self.size, self.icc_x, self.icc_m)

    @property
    def effect_b(self) -> float:
        """Factor on the variance of b."""
        return design_effect(self.size, self.icc_m, self.icc_y)

    def shrunk(self, sizes: PathSizes) -> PathSizes:
        """Paths as they look to an analysis that allows for the teams."""
        return PathSizes(
            a=sizes.a / np.sqrt(self.effect_a), b=sizes.b / np.sqrt(self.effect_b)
        )


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
        Of the Monte Carlo interval if the standardized coefficients were all there is:
        no covariates, variables of variance 1.
    at_limits : tuple of float
        Of the Monte Carlo interval if both paths stood at the ends of their 95%
        intervals that are nearest to zero, and at the farthest.
    teams : Teams
    in_teams : float
        Of the Monte Carlo interval allowing for teams; NaN where there are no two.
    needed : mapping of str to int or None
        Clients for the usual power, by test of `smcm.stats.power_search.METHODS` but
        the simulated one, and "teams" for the Monte Carlo interval allowing for teams.
        None where more are needed than can be had.
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
    teams: Teams
    in_teams: float
    needed: Mapping[str, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSize:
    """Clients for the usual power with one pair of paths.

    Attributes
    ----------
    sizes : PathSizes
    needed : mapping of str to int
        By test.
    error : float
        Of the simulated number, in clients.
    in_teams : mapping of float to int
        By intraclass correlation, for the Monte Carlo interval.
    """

    sizes: PathSizes
    needed: Mapping[str, int]
    error: float
    in_teams: Mapping[float, int]


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
    """Everything that the chapter on the next study shows.

    Attributes
    ----------
    models : tuple of ModelPower
        In the order of the eight models.
    curves : tuple of Curve
        Of the models with the least, the middle and the most power.
    planned : tuple of PlannedSize
    covariates : int
    """

    models: tuple[ModelPower, ...]
    curves: tuple[Curve, ...]
    planned: tuple[PlannedSize, ...]
    covariates: int

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
    plan = PowerPlan(models=models, curves=(), planned=(), covariates=covariates)
    shown = (plan.ranked[0], plan.middle, plan.ranked[-1])
    return PowerPlan(
        models=models,
        curves=tuple(_curve(found, how) for found in shown),
        planned=tuple(_planned(PathSizes(a=a, b=b), how) for a, b in PLANNED_PATHS),
        covariates=covariates,
    )


def _model_power(
    study: Study, result: ModelResult, covariates: int, how: Simulation
) -> ModelPower:
    paths = on_one_set(result).paths
    fit_m, fit_y = paths.to_mediator, paths.to_outcome
    ratios = float(fit_m.t[1]), float(fit_y.t[1])
    sizes = PathSizes.from_ratios((ratios[0], fit_m.df), (ratios[1], fit_y.df))
    cases = max(result.mediation.n - covariates, LEAST_CASES)
    exact = Simulation(method=MONTE_CARLO)
    teams = _teams(study, result)
    shrunk = teams.shrunk(sizes)
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
        in_teams=_power_in_teams(shrunk, cases, exact),
        needed={**needed, "teams": _clients(shrunk, exact, covariates)},
    )


def _bare_power(result: ModelResult, how: Simulation) -> float:
    paths = on_one_set(result).paths
    sizes = PathSizes.from_standardized(
        paths.a_standardized, paths.b_standardized, paths.direct_standardized
    )
    return power_at(sizes, max(result.mediation.n, LEAST_CASES), how).power


def _at_limits(result: ModelResult, cases: int, how: Simulation) -> tuple[float, float]:
    """Power with both paths at one end of their intervals, then at the other."""
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


def _power_in_teams(shrunk: PathSizes, cases: int, how: Simulation) -> float:
    return power_at(shrunk, cases, how).power if np.isfinite(shrunk.a) else np.nan


def _clients(sizes: PathSizes, how: Simulation, covariates: int) -> int | None:
    """Clients for the usual power: each covariate costs one."""
    if not min(abs(sizes.a), abs(sizes.b)) > LEAST_SIZE:
        return None
    try:
        return cases_needed(sizes, INDIRECT_POWER, how).n + covariates
    except OutOfRangeError:
        return None


def _teams(study: Study, result: ModelResult) -> Teams:
    spec = result.mediation.spec
    frame = complete_cases(study.frame, spec)
    codes = np.unique(frame["team"].to_numpy(), return_inverse=True)[1]
    count = int(codes.max()) + 1
    try:
        found = [
            icc_anova(frame[c].to_numpy(dtype=np.float64), codes)
            for c in (spec.x, spec.m, spec.y)
        ]
    except DegenerateDataError:
        nothing = float("nan")
        size = len(frame) / count
        return Teams(
            count=count, size=size, icc_x=nothing, icc_m=nothing, icc_y=nothing
        )
    icc = [max(one.value, 0.0) for one in found]
    size = found[0].mean_size
    return Teams(count=count, size=size, icc_x=icc[0], icc_m=icc[1], icc_y=icc[2])


def _curve(own: ModelPower, how: Simulation) -> Curve:
    return Curve(
        own=own, simulated=tuple(power_at(own.sizes, n, how) for n in SIMULATED_AT)
    )


def _planned(sizes: PathSizes, how: Simulation) -> PlannedSize:
    simulated = cases_needed(sizes, INDIRECT_POWER, how)
    exact = {
        method: cases_needed(sizes, INDIRECT_POWER, Simulation(method=method)).n
        for method in (MONTE_CARLO, JOINT)
    }
    return PlannedSize(
        sizes=sizes,
        needed={BOOTSTRAP: simulated.n, **exact},
        error=simulated.standard_error,
        in_teams={
            icc: cases_needed(
                sizes.in_teams(icc, PLANNED_TEAM_SIZE),
                INDIRECT_POWER,
                Simulation(method=MONTE_CARLO),
            ).n
            for icc in PLANNED_ICC
        },
    )
