"""Sensitivity of the eight models to an unmeasured confounder."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from smcm.analysis.cases import in_order, shared_cases
from smcm.analysis.eight_models import ModelResult, on_one_set
from smcm.analysis.mediation_data import laid_out
from smcm.analysis.study import Study, published_study
from smcm.chapters.confounding.benchmarks import PathSensitivity, path_sensitivity
from smcm.chapters.confounding.pooled import (
    PooledConfounding,
    pool_confounding,
)
from smcm.chapters.confounding.settings import PATHS, RHO_STEPS, RHO_TO
from smcm.design.models import StudyModel
from smcm.stats.confounding import (
    ErrorMoments,
    SharedVariance,
    error_moments,
    includes_zero_from,
)
from smcm.stats.confounding_draws import bootstrap_errors
from smcm.stats.draw_limits import percentile_limits
from smcm.stats.ols import Array


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfoundedModel:
    """One of the eight models.

    Attributes
    ----------
    completed : ModelResult
    moments : ErrorMoments, shape ()
        On the completed data set.
    draws : ErrorMoments, shape (n_samples,)
        Of the bootstrap samples of the study.
    paths : mapping of str to PathSensitivity
        By path, a and b.
    pooled : PooledConfounding
    rho : ndarray, shape (k,)
        Grid of the curve; rising, symmetric, includes 0.
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
        """Indirect effect at each rho, points of y per point of x, shape (k,)."""
        return self.moments.indirect(self.rho)

    @property
    def band(self) -> tuple[Array, Array]:
        """Percentile limits of the curve, each of shape (k,)."""
        return self.draws.limits(self.rho, self.completed.mediation.level)

    @property
    def includes_zero_from(self) -> float:
        """Smallest |rho| of the grid at which the band includes zero."""
        return includes_zero_from(self.rho, *self.band)

    @property
    def shared(self) -> SharedVariance:
        """What a confounder explains that reduces the indirect effect to zero."""
        fits = on_one_set(self.completed).paths
        return SharedVariance(self.vanishing, fits.to_mediator.r2, fits.to_outcome.r2)

    @property
    def withstands(self) -> bool:
        """Whether both paths withstand a confounder as strong as any covariate."""
        return all(one.withstands() for one in self.paths.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Confounding:
    """Sensitivity of the eight models to unmeasured confounders.

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
        """Models for which the rule of the study finds mediation."""
        return tuple(one for one in self.models if one.completed.mediated)


def describe_confounding(study: Study) -> Confounding:
    """Analyse sensitivity, in the completed data set and over the imputed sets.

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
                    path: path_sensitivity(
                        study.frame,
                        result,
                        path,
                        pooled[k].coefficients[path],
                        study.design,
                    )
                    for path in PATHS
                },
                pooled=pooled[k],
                rho=rho,
            )
            for k, result in enumerate(study.models)
        ),
    )


def _draws(study: Study) -> tuple[ErrorMoments, ...]:
    """Error moments on the resamples of the study's own intervals."""
    specs = [result.mediation.spec for result in study.models]
    found = []
    for group in shared_cases(study.frame, specs):
        own = [specs[k] for k in group.models]
        values, models = laid_out(study.frame[group.rows], own)
        plan = group.plan(study.run.n_boot, study.run.seed)
        found.append((group, bootstrap_errors(values, models, plan)))
    return in_order(found)
