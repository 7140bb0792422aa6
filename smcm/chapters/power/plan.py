"""Power of the study's eight indirect effects, and sample sizes for another study."""

from dataclasses import dataclass, replace

import numpy as np

from smcm.analysis.study import Study, published_study
from smcm.chapters.power.cited import CitedPower, cite_power
from smcm.chapters.power.model_power import ModelPower, model_power
from smcm.chapters.power.planned import PlannedSize, Trade, plan_size, trade_teams
from smcm.chapters.power.settings import (
    INDIRECT_POWER,
    PLAN_RESAMPLES,
    PLANNED_PATHS,
    REPLICATIONS,
    SIMULATED_AT,
)
from smcm.stats.power_methods import (
    Power,
    Simulation,
    power_at,
)
from smcm.stats.power_paths import PathSizes
from smcm.stats.resample import Array


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
    models = tuple(model_power(study, r, INDIRECT_POWER, how) for r in study.models)
    plan = PowerPlan(
        models=models,
        curves=(),
        planned=tuple(plan_size(PathSizes(a=a, b=b), how) for a, b in PLANNED_PATHS),
        traded=trade_teams(models[0].teams.count),
        covariates=study.predictors - 1,
        cited=cite_power(study),
    )
    shown = (plan.ranked[0], plan.middle, plan.ranked[-1])
    return replace(plan, curves=tuple(_curve(found, how) for found in shown))


def _curve(own: ModelPower, how: Simulation) -> Curve:
    return Curve(
        own=own, simulated=tuple(power_at(own.sizes, n, how) for n in SIMULATED_AT)
    )
