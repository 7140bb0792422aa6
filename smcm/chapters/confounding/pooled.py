"""Sensitivity to an unmeasured confounder, pooled over the imputed sets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from smcm.analysis.cases import in_order, shared_cases
from smcm.analysis.pooled_data import stack_sets
from smcm.analysis.study import Study
from smcm.chapters.confounding.settings import PATHS
from smcm.cohort.imputation import impute_cohort
from smcm.cohort.imputed_frames import imputed_frames
from smcm.stats.confounding import ErrorMoments, error_moments, joined
from smcm.stats.confounding_draws import bootstrap_errors
from smcm.stats.mediation import FOCAL, Paths, fit_model
from smcm.stats.ols import Array
from smcm.stats.omitted import Coefficient
from smcm.stats.pooled_r2 import FISHER_CASES
from smcm.stats.pooling import Pooled, pool

LEAST_SETS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledConfounding:
    """One model, pooled over m imputed sets.

    Attributes
    ----------
    m : int
    z : Pooled, k = 1
        Fisher's z of the vanishing rho.
    curve : ndarray, shape (k,)
        Indirect effect at every rho, the mean over the sets.
    low, high : ndarray, shape (k,)
        Percentiles of the bootstrap draws of all sets together.
    coefficients : mapping of str to Coefficient
        Paths a and b. Their standard errors are those within sets, which reflect the
        residual variance; missing data enter by `inflation` and `t_df`.
    """

    m: int
    z: Pooled
    curve: Array
    low: Array
    high: Array
    coefficients: Mapping[str, Coefficient]

    @property
    def vanishing(self) -> float:
        """The rho at which the indirect effect is zero."""
        return float(np.tanh(self.z.estimate[0]))

    def limits(self, level: float = 0.95) -> tuple[float, float]:
        """Limits of `vanishing`, by Rubin's rules on Fisher's z."""
        low, high = self.z.limits(level)
        return float(np.tanh(low[0])), float(np.tanh(high[0]))


def pool_confounding(study: Study, rho: Array) -> tuple[PooledConfounding, ...]:
    """Fit and resample the eight models in every imputed set of the run.

    Parameters
    ----------
    study : Study
    rho : ndarray, shape (k,)
        Grid of the curves.

    References
    ----------
    Rubin DB (1987). Multiple Imputation for Nonresponse in Surveys, ch. 3; White IR,
    Royston P, Wood AM (2011). Statistics in Medicine 30:377-399, on correlations by
    Fisher's z. The robustness value is that of Cinelli and Hazlett (2020) with the
    critical value of the pooled test: the bias by a confounder depends on the error
    within sets, and the test on the total error.
    """
    run = study.run
    m = max(run.n_imputations, LEAST_SETS)
    imputed = impute_cohort(study.cohort, n_imputations=m, seed=run.seed)
    frames = imputed_frames(imputed, run.window_days, tuple(study.frame["client_id"]))
    specs = [result.model.spec(run.window_days) for result in study.models]
    found = []
    for group in shared_cases(frames[0], specs):
        sets = stack_sets(frames, [specs[k] for k in group.models])
        plan = group.plan(run.n_boot, run.seed)
        draws = [bootstrap_errors(values, sets.parts, plan) for values in sets.stack]
        pooled = [
            _pooled(
                fit_model(sets.stack, part),
                joined(tuple(of_set[k] for of_set in draws)),
                rho,
                study.models[group.models[k]].mediation.level,
            )
            for k, part in enumerate(sets.parts)
        ]
        found.append((group, pooled))
    return in_order(found)


def _pooled(
    fits: Sequence[Paths], draws: ErrorMoments, rho: Array, level: float
) -> PooledConfounding:
    moments = [error_moments(fit) for fit in fits]
    z = np.arctanh([[float(one.vanishing)] for one in moments])
    free = fits[0].to_total.df + 1 - FISHER_CASES  # cases less columns held fixed
    low, high = draws.limits(rho, level)
    return PooledConfounding(
        m=len(fits),
        z=pool(z, np.full(z.shape, 1.0 / free), np.inf),
        curve=np.mean([one.indirect(rho) for one in moments], axis=0),
        low=low,
        high=high,
        coefficients={path: _coefficient(fits, path) for path in PATHS},
    )


def _coefficient(fits: Sequence[Paths], path: str) -> Coefficient:
    own = [fit.to_mediator if path == "a" else fit.to_outcome for fit in fits]
    found = pool(
        np.array([[fit.slope[FOCAL]] for fit in own]),
        np.array([[fit.se[FOCAL] ** 2] for fit in own]),
        own[0].df,
    )
    return Coefficient(
        estimate=float(found.estimate[0]),
        se=float(found.within[0] ** 0.5),
        df=own[0].df,
        t_df=float(found.df[0]),
        inflation=float((found.variance[0] / found.within[0]) ** 0.5),
    )
