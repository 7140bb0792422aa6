"""What an unmeasured confounder would have to be to undo the eight models."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smcm.analysis.cases import complete_cases, in_order, shared_cases
from smcm.analysis.confounding_pooled import (
    PooledConfounding,
    pool_confounding,
)
from smcm.analysis.mediation_data import laid_out
from smcm.analysis.study import Study, published_study
from smcm.analysis.verdicts import ModelResult, on_one_set
from smcm.design.confounding import PATHS, RHO_STEPS, RHO_TO, TIMES
from smcm.design.models import SHARED_COVARIATES, StudyModel
from smcm.design.nesting import USUAL_ALPHA
from smcm.stats.confounding import (
    ErrorMoments,
    SharedVariance,
    error_moments,
    held_until,
)
from smcm.stats.confounding_draws import bootstrap_errors
from smcm.stats.mediation import FOCAL
from smcm.stats.ols import Array, LinearFit, fit_linear
from smcm.stats.omitted import Coefficient, Strength, coefficient_of
from smcm.stats.resample import percentile_limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """A path with a confounder added that is as strong as a measured covariate.

    Attributes
    ----------
    covariate : str
    measured : Strength
        Of the covariate itself.
    bound : Strength or None
        The most that such a confounder may explain; None where it cannot exist.
    adjusted : Coefficient or None
        The path with that confounder in the equation.
    """

    covariate: str
    measured: Strength
    bound: Strength | None
    adjusted: Coefficient | None

    def stands(self, before: Coefficient) -> bool:
        """Whether the path keeps its sign and the usual level."""
        if self.adjusted is None or self.adjusted.estimate * before.estimate <= 0.0:
            return False
        return self.adjusted.significant(USUAL_ALPHA)


@dataclass(frozen=True, slots=True, kw_only=True)
class PathSensitivity:
    """One path of one model.

    Attributes
    ----------
    path : {"a", "b"}
    coefficient : Coefficient
        On the completed set.
    pooled : Coefficient
        Over the imputed sets.
    benchmarks : tuple of Benchmark
        One a covariate, in the order of the model.
    """

    path: str
    coefficient: Coefficient
    pooled: Coefficient
    benchmarks: tuple[Benchmark, ...]

    @property
    def strongest(self) -> Benchmark:
        """The covariate whose like would move the path farthest towards zero."""
        return max(self.benchmarks, key=_reach)

    @property
    def strongest_other(self) -> Benchmark:
        """The same among covariates other than the outcome at entry."""
        return max(_others(self.benchmarks), key=_reach)

    def stands(self, *, baseline: bool = True) -> bool:
        """Whether the path survives a further covariate like any of them.

        Parameters
        ----------
        baseline : bool
            Whether the outcome at entry counts among them.
        """
        asked = self.benchmarks if baseline else _others(self.benchmarks)
        significant = self.coefficient.significant(USUAL_ALPHA)
        return significant and all(b.stands(self.coefficient) for b in asked)


def _reach(one: Benchmark) -> float:
    return one.bound.even if one.bound else 1.0


def _others(benchmarks: tuple[Benchmark, ...]) -> tuple[Benchmark, ...]:
    return tuple(one for one in benchmarks if one.covariate in SHARED_COVARIATES)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfoundedModel:
    """One of the eight models.

    Attributes
    ----------
    completed : ModelResult
    moments : ErrorMoments, shape ()
        On the completed set.
    draws : ErrorMoments, shape (n_samples,)
        Of the bootstrap samples of the study.
    paths : mapping of str to PathSensitivity
        By path, a and b.
    pooled : PooledConfounding
    rho : ndarray, shape (k,)
        Grid of the curve; rising, symmetric, holds 0.
    """

    completed: ModelResult
    moments: ErrorMoments
    draws: ErrorMoments
    paths: Mapping[str, PathSensitivity]
    pooled: PooledConfounding
    rho: Array

    @property
    def model(self) -> StudyModel:
        """Which of the eight it is."""
        return self.completed.model

    @property
    def vanishing(self) -> float:
        """The rho at which the indirect effect is zero."""
        return float(self.moments.vanishing)

    @property
    def limits(self) -> tuple[float, float]:
        """Percentile limits of `vanishing`."""
        return percentile_limits(self.draws.vanishing, self.completed.mediation.level)

    @property
    def curve(self) -> Array:
        """Indirect effect at every rho, points of y per point of x, shape (k,)."""
        return self.moments.indirect(self.rho)

    @property
    def band(self) -> tuple[Array, Array]:
        """Percentile limits of the curve, each of shape (k,)."""
        return self.draws.limits(self.rho, self.completed.mediation.level)

    @property
    def held_until(self) -> float:
        """Smallest |rho| of the grid at which the band meets zero."""
        return held_until(self.rho, *self.band)

    @property
    def shared(self) -> SharedVariance:
        """What a confounder explains that makes the indirect effect vanish."""
        fits = on_one_set(self.completed).paths
        return SharedVariance(self.vanishing, fits.to_mediator.r2, fits.to_outcome.r2)

    @property
    def stands(self) -> bool:
        """Whether both paths survive a further covariate like the strongest."""
        return all(one.stands() for one in self.paths.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Confounding:
    """The eight models under confounders that nobody measured.

    Attributes
    ----------
    study : Study
    m : int
        Imputed sets behind the pooled numbers.
    models : tuple of ConfoundedModel
    """

    study: Study
    m: int
    models: tuple[ConfoundedModel, ...]

    @property
    def mediated(self) -> tuple[ConfoundedModel, ...]:
        """Models that the rule of the study calls mediated."""
        return tuple(one for one in self.models if one.completed.mediated)


def describe_confounding(study: Study) -> Confounding:
    """Compute all of it, on the completed set and over the imputed ones.

    Parameters
    ----------
    study : Study
    """
    study = published_study(study)
    rho = np.linspace(-RHO_TO, RHO_TO, RHO_STEPS)
    draws = _draws(study)
    pooled = pool_confounding(study, rho)
    return Confounding(
        study=study,
        m=pooled[0].m,
        models=tuple(
            ConfoundedModel(
                completed=result,
                moments=error_moments(on_one_set(result).paths),
                draws=draws[k],
                paths={
                    path: _path(study.frame, result, path, pooled[k]) for path in PATHS
                },
                pooled=pooled[k],
                rho=rho,
            )
            for k, result in enumerate(study.models)
        ),
    )


def _draws(study: Study) -> tuple[ErrorMoments, ...]:
    """Error moments on the resamples that the study's own intervals rest on."""
    specs = [result.mediation.spec for result in study.models]
    found = []
    for group in shared_cases(study.frame, specs):
        own = [specs[k] for k in group.models]
        values, models = laid_out(study.frame[group.rows], own)
        plan = group.plan(study.run.n_boot, study.run.seed)
        found.append((group, bootstrap_errors(values, models, plan)))
    return in_order(found)


def _path(
    frame: pd.DataFrame, result: ModelResult, path: str, pooled: PooledConfounding
) -> PathSensitivity:
    """Set one path beside what the covariates do to it."""
    fits, spec = on_one_set(result).paths, result.mediation.spec
    equation = fits.to_mediator if path == "a" else fits.to_outcome
    treatment = _treatment_equation(frame, result) if path == "a" else fits.to_mediator
    coefficient = coefficient_of(equation, FOCAL)
    first = len(spec.covariates)
    return PathSensitivity(
        path=path,
        coefficient=coefficient,
        pooled=pooled.coefficients[path],
        benchmarks=tuple(
            _benchmark(
                name,
                Strength(
                    coefficient_of(treatment, k - first).partial_r2,
                    coefficient_of(equation, k - first).partial_r2,
                ),
                coefficient,
            )
            for k, name in enumerate(spec.covariates)
        ),
    )


def _benchmark(name: str, measured: Strength, before: Coefficient) -> Benchmark:
    bound = measured.times(TIMES)
    return Benchmark(
        covariate=name,
        measured=measured,
        bound=bound,
        adjusted=None if bound is None else before.adjusted(bound),
    )


def _treatment_equation(frame: pd.DataFrame, result: ModelResult) -> LinearFit:
    """Regress x on the covariates."""
    spec = result.mediation.spec
    frame = complete_cases(frame, spec)
    covariates = frame[list(spec.covariates)].to_numpy(dtype=np.float64)
    design = np.column_stack([np.ones(len(frame)), covariates])
    return fit_linear(design, frame[spec.x].to_numpy(dtype=np.float64))
