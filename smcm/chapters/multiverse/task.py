"""One design of the multiverse: all windows, data sets and intervals on it."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from threadpoolctl import threadpool_limits

from smcm.chapters.multiverse.axes import (
    BOOTSTRAP,
    CLASSICAL,
    CR2,
    FROZEN,
    HC3,
    ONE_SET,
    POOLED,
    SET,
)
from smcm.chapters.multiverse.data import Adjusted, Sets, Windows, adjust
from smcm.stats.many_paths import ManySlopes, fit_many
from smcm.stats.ols import Array
from smcm.stats.pooling import pool
from smcm.stats.product import Estimates, product_limits
from smcm.stats.resample import SubsetPlan
from smcm.stats.stacked import KeptCounts, bootstrap_stacked


@dataclass(frozen=True, slots=True)
class Task:
    """What one process does: all windows, schemes and intervals on one design."""

    sets: Sets
    covariates: str
    coding: dict[str, str]
    windows: Windows
    schemes: tuple[str, ...]
    intervals: tuple[str, ...]
    n_boot: int
    seed: int

    def values(self, scheme: str) -> Array:
        """Completed data sets of a scheme, shape (m, n, p)."""
        if scheme == FROZEN:
            return self.sets.frozen
        if scheme == POOLED:
            return self.sets.live
        k = 0 if scheme == ONE_SET else int(scheme.removeprefix(SET)) - 1
        return self.sets.live[k : k + 1]


def compute(task: Task) -> Array:
    """Effects of one design, shape (windows, schemes, intervals, models, 3).

    The last axis holds the estimate and its limits.
    """
    shape = (len(task.windows), len(task.sets.design.study_models), 3)
    found = np.empty((len(task.schemes), len(task.intervals), *shape))
    with threadpool_limits(1, user_api="blas"):
        for rows, sets in task.sets.by_clients():
            part = replace(task, sets=sets)
            plan = SubsetPlan.among(rows, task.n_boot, task.seed)
            found[..., list(sets.models), :] = _by_scheme(part, kept_counts(plan))
    return np.moveaxis(found, 2, 0)


kept_counts = lru_cache(maxsize=2)(KeptCounts.of)  # designs share them


def _by_scheme(task: Task, kept: KeptCounts) -> Array:
    """Effects of the models of the task's sets, (schemes, intervals, windows, s, 3)."""
    shape = (len(task.intervals), len(task.windows), len(task.sets.models), 3)
    found = []
    for scheme in task.schemes:
        adjusted = adjust(
            task.sets,
            task.values(scheme),
            task.windows,
            covariates=task.covariates,
            coding=task.coding,
        )
        limits = _intervals(adjusted, task, kept)
        found.append(np.array(limits).reshape(shape))
    return np.array(found)


def _intervals(adjusted: Adjusted, task: Task, kept: KeptCounts) -> list[Array]:
    """Estimates and limits by each interval, every one of shape (models, 3)."""
    fits = None
    found = []
    for kind in task.intervals:
        if kind == BOOTSTRAP:
            drawn = bootstrap_stacked(adjusted.values, adjusted.models, kept)
            found.append(np.stack([drawn.indirect, drawn.low, drawn.high], axis=1))
            continue
        fits = fits or [
            fit_many(*adjusted.designs(k), task.sets.team)
            for k in range(len(adjusted.values))
        ]
        a, b = (_estimates([fit[path] for fit in fits], kind) for path in (0, 1))
        low, high = product_limits(a, b, n_draws=task.n_boot, seed=task.seed)
        effect = np.mean([fit[0].slope * fit[1].slope for fit in fits], axis=0)
        found.append(np.stack([effect, low, high], axis=1))
    return found


def _estimates(fits: list[ManySlopes], kind: str) -> Estimates:
    """One path of every model, pooled over the sets where there are several.

    Draws are normal but for the error by team, whose few degrees of freedom count.
    """
    name = {CLASSICAL: "classical", HC3: "hc3", CR2: "cr2"}[kind]
    slope = np.array([fit.slope for fit in fits])
    error = np.array([getattr(fit, name) for fit in fits])
    complete = np.array([fit.df_cr2 for fit in fits])
    if len(fits) == 1:
        df = complete[0] if kind == CR2 else np.full(slope.shape[1], np.inf)
        return Estimates(slope[0], error[0], df)
    pooled = pool(slope, error**2, complete if kind == CR2 else float(fits[0].df))
    df = pooled.df if kind == CR2 else np.full(slope.shape[1], np.inf)
    return Estimates(pooled.estimate, pooled.se, df)
