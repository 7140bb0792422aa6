"""Mediation models pooled over imputed bootstrap samples."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol, runtime_checkable

import numpy as np
import pandas as pd

from smcm.analysis.mediation_data import Resampling
from smcm.analysis.mediation_result import INDIRECT_TERMS, SLOPES
from smcm.analysis.pooled_data import StackedSets, stack_sets
from smcm.analysis.pooled_result import R2_TERMS, PooledTerm
from smcm.analysis.pooled_schemes import Terms
from smcm.design.model import MediationSpec
from smcm.errors import OutOfRangeError
from smcm.stats.boot_mi import LEAST_SAMPLES, STACKED, BootMI, boot_mi, stacked_paths
from smcm.stats.ols import Array
from smcm.stats.resample import ResamplingPlan

N_SETS = 2  # of a sample; more samples help more than more sets


@runtime_checkable
class Resamples(Protocol):
    """Imputes bootstrap samples; `smcm.cohort.imputed_resamples` has one."""

    @property
    def n_cases(self) -> int:
        """Cases that are drawn from."""

    def resamples(
        self, plan: ResamplingPlan, n_sets: int
    ) -> Iterable[Sequence[pd.DataFrame]]:
        """Yield the completed data sets of one sample after the other."""


def by_boot_mi(
    imputer: object, specs: Sequence[MediationSpec], options: Resampling
) -> tuple[StackedSets, list[Terms]]:
    """Fit every model in every set of every sample, and pool by mean squares.

    Returns
    -------
    StackedSets
        Those of the first sample, for what was used and left out.
    list of dict of str to PooledTerm
        By model.

    Raises
    ------
    OutOfRangeError
        Fewer samples than `LEAST_SAMPLES`, something that imputes no samples, or
        standard errors that nothing here would use.
    """
    if not isinstance(imputer, Resamples):
        rule = (
            "an object with n_cases and resamples(plan, n_sets), such as "
            "smcm.cohort.imputed_resamples.ImputedResamples: completed frames cannot "
            "be imputed anew"
        )
        raise OutOfRangeError.for_number("frames", type(imputer).__name__, rule)
    if options.n_boot < LEAST_SAMPLES:
        rule = f"at least {LEAST_SAMPLES} samples for method='boot_mi'"
        raise OutOfRangeError.for_number("n_boot", options.n_boot, rule)
    if options.se != "classical":
        rule = "'classical' for method='boot_mi', whose errors come from the samples"
        raise OutOfRangeError.for_number("se", options.se, rule)
    plan = options.plan(imputer.n_cases)
    samples = [_fitted(f, specs) for f in imputer.resamples(plan, N_SETS)]
    estimates = np.array([found for _, found in samples])  # (B, models, M, quantities)
    kept = tuple(
        _kept_once(spec, [data.specs[k] for data, _ in samples])
        for k, spec in enumerate(specs)
    )
    used = replace(samples[0][0], specs=kept)
    return used, [_terms(one, options.level) for one in np.moveaxis(estimates, 1, 0)]


def _fitted(
    frames: Sequence[pd.DataFrame], specs: Sequence[MediationSpec]
) -> tuple[StackedSets, list[Array]]:
    """Fit every model in the sets of one sample; return the paths by model."""
    data = stack_sets(frames, specs)
    return data, [stacked_paths(data.stack, part) for part in data.parts]


def _kept_once(spec: MediationSpec, found: Sequence[MediationSpec]) -> MediationSpec:
    """Keep the covariates that were used in some sample."""
    used = {name for one in found for name in one.covariates}
    return replace(spec, covariates=tuple(c for c in spec.covariates if c in used))


def _terms(estimates: Array, level: float) -> Terms:
    """Terms of one model; R squared is pooled as Fisher's z of R."""
    first_r2 = len(STACKED) - len(R2_TERMS)
    values = estimates.copy()
    values[:, :, first_r2:] = np.arctanh(np.sqrt(values[:, :, first_r2:]))
    pooled = boot_mi(values)
    low, high = pooled.limits(level)
    names = (*SLOPES, *INDIRECT_TERMS, *R2_TERMS)
    terms = {
        name: _term(pooled, k, (float(low[k]), float(high[k])))
        for k, name in enumerate(names)
    }
    return terms | {name: _from_z(terms[name]) for name in R2_TERMS}


def _term(pooled: BootMI, k: int, limits: tuple[float, float]) -> PooledTerm:
    return PooledTerm(
        estimate=float(pooled.estimate[k]),
        se=float(pooled.se[k]),
        statistic=float(pooled.t[k]),
        df=float(pooled.df[k]),
        p=float(pooled.p[k]),
        ci_low=limits[0],
        ci_high=limits[1],
        m=pooled.n_sets,
        fmi=float(pooled.fmi[k]),
        mc_error=float(pooled.mc_error[k]),
    )


def _from_z(term: PooledTerm) -> PooledTerm:
    """Take R squared back from Fisher's z, its errors by the delta method."""
    r = float(np.tanh(term.estimate))
    slope = 2.0 * r * (1.0 - r**2)
    return replace(
        term,
        estimate=r**2,
        se=slope * term.se,
        statistic=np.nan,
        p=np.nan,
        ci_low=float(np.tanh(max(term.ci_low, 0.0)) ** 2),
        ci_high=float(np.tanh(term.ci_high) ** 2),
        mc_error=slope * term.mc_error,
    )
