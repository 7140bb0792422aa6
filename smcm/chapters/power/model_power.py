"""Power at the estimates of one of the study's models, and the clients it needs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from smcm.analysis.eight_models import ModelResult, on_one_set
from smcm.analysis.study import Study
from smcm.chapters.power.clustering import ModelTeams, model_teams
from smcm.design.model import StudyModel
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

LEVEL = 0.95
LEAST_SIZE = 1e-9  # a path that is zero has no number of cases


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelPower:
    """Power at the estimates of one of the eight models.

    Attributes
    ----------
    model : StudyModel
    target : float
        Power that a study is planned for, 0 to 1.
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
        Clients for this power, by test of `smcm.stats.power_methods.METHODS` but
        the simulated one. None where more are needed than a search tries.
    needed_in_teams : NeededCases or None
        The same by joint significance, allowing for clustering in as many teams as
        are needed; its cases include those for covariates.
    """

    model: StudyModel
    target: float
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
        return self.own.power >= self.target


def model_power(
    study: Study, result: ModelResult, target: float, how: Simulation
) -> ModelPower:
    """Compute the power of one model; `how` simulates that of the bootstrap."""
    covariates = study.predictors - 1
    paths = on_one_set(result).paths
    fit_m, fit_y = paths.to_mediator, paths.to_outcome
    ratios = float(fit_m.t[1]), float(fit_y.t[1])
    sizes = PathSizes.from_ratios((ratios[0], fit_m.df), (ratios[1], fit_y.df))
    cases = max(result.mediation.n - covariates, LEAST_CASES)
    exact = Simulation(method=MONTE_CARLO)
    teams = model_teams(study, result)
    needed = {
        method: _clients(sizes, Simulation(method=method), covariates, target)
        for method in METHODS
        if method != BOOTSTRAP
    }
    return ModelPower(
        model=result.model,
        target=target,
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
        needed_in_teams=_needed_in_teams(sizes, teams.clustering, covariates, target),
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
    sizes: PathSizes, clustering: Clustering | None, covariates: int, target: float
) -> NeededCases | None:
    if clustering is None or not min(abs(sizes.a), abs(sizes.b)) > LEAST_SIZE:
        return None
    how = Simulation(method=JOINT)
    try:
        found = cases_needed(sizes, target, how, clustering)
    except OutOfRangeError:
        return None
    return replace(
        found,
        n=found.n + covariates,
        low=found.low + covariates,
        high=found.high + covariates,
    )


def _clients(
    sizes: PathSizes, how: Simulation, covariates: int, target: float
) -> int | None:
    """Clients for the power that is planned for: each covariate costs one."""
    if not min(abs(sizes.a), abs(sizes.b)) > LEAST_SIZE:
        return None
    try:
        return cases_needed(sizes, target, how).n + covariates
    except OutOfRangeError:
        return None
