"""Every combination of choices that another analyst could have made, in one run."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import product

import numpy as np
from threadpoolctl import threadpool_limits

from smcm.analysis.multiverse_data import Adjusted, Sets, adjust, completed_sets
from smcm.cohort.tables import Cohort
from smcm.design.models import EIGHT_MODELS
from smcm.design.multiverse import (
    BOOTSTRAP,
    CATEGORIES,
    CLASSICAL,
    CR2,
    FROZEN,
    HC3,
    ONE_SET,
    POOLED,
    SET,
    Axis,
    axes,
)
from smcm.parameters import ALL_SITES, WINDOWS_DAYS, RunParameters
from smcm.stats.factorial import main_shares, total_shares
from smcm.stats.many_paths import ManySlopes, fit_many
from smcm.stats.ols import Array
from smcm.stats.pooling import pool
from smcm.stats.product import Estimates, product_limits
from smcm.stats.resample import ResamplingPlan
from smcm.stats.stacked import KeptCounts, bootstrap_stacked

DESIGN = 4  # axes that make the design; the others read it
MOST_THREADS = 8  # each lays out some 50 MB
LEAST_CLUSTERS = 4  # for an error that knows of teams


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiverse:
    """The indirect effect of every model under every combination of choices.

    Attributes
    ----------
    run : RunParameters
    axes : tuple of Axis
        The choices; their first levels are the published ones.
    indirect, low, high : ndarray, shape (8, levels of each axis)
        Completely standardized estimates and limits; models as in `EIGHT_MODELS`.
    n_sets : int
        Completed sets behind the pooled ones.
    """

    run: RunParameters
    axes: tuple[Axis, ...]
    indirect: Array
    low: Array
    high: Array
    n_sets: int

    @property
    def per_model(self) -> int:
        """Combinations of choices, the same for every model."""
        return int(self.indirect[0].size)

    @property
    def published(self) -> tuple[int, ...]:
        """Place of the published combination among those of a model."""
        return (0,) * len(self.axes)

    def above(self, model: int) -> float:
        """Share of the combinations whose interval lies above zero."""
        return float((self.low[model] > 0.0).mean())

    def below(self, model: int) -> float:
        """Share of the combinations whose interval lies below zero."""
        return float((self.high[model] < 0.0).mean())

    def positive(self, model: int) -> float:
        """Share of the combinations whose estimate lies above zero."""
        return float((self.indirect[model] > 0.0).mean())

    def nearer_limit(self, model: int) -> Array:
        """Give the limit on the published estimate's zero side, by combination.

        The lower one where that estimate is positive; else the upper one, its sign
        turned, so that above zero always means that the interval leaves zero out.
        """
        up = self.indirect[model][self.published] >= 0.0
        limit: Array = self.low[model] if up else -self.high[model]
        return limit

    def influence(self, model: int) -> tuple[Array, Array]:
        """Give main and total share of each axis in the variance of `nearer_limit`."""
        limit = self.nearer_limit(model)
        return main_shares(limit), total_shares(limit)


@dataclass(frozen=True, slots=True)
class Task:
    """What one process does: all windows, schemes and intervals on one design."""

    sets: Sets
    covariates: str
    coding: dict[str, str]
    windows: tuple[int, ...]
    schemes: tuple[str, ...]
    intervals: tuple[str, ...]
    n_boot: int
    seed: int

    def values(self, scheme: str) -> Array:
        """Completed sets of a scheme, shape (m, n, p)."""
        if scheme == FROZEN:
            return self.sets.frozen
        if scheme == POOLED:
            return self.sets.live
        k = 0 if scheme == ONE_SET else int(scheme.removeprefix(SET)) - 1
        return self.sets.live[k : k + 1]


def explore(
    cohort: Cohort,
    run: RunParameters,
    chosen: tuple[Axis, ...] | None = None,
    *,
    pool_of: Executor | None = None,
    done: Callable[[int, int], None] | None = None,
) -> Multiverse:
    """Run every combination of choices.

    Parameters
    ----------
    cohort : Cohort
    run : RunParameters
        Window, sites, resamples, imputations and seed.
    chosen : tuple of Axis, optional
        As `possible_axes` gives them, or fewer levels; by default all that these data
        can carry.
    pool_of : Executor, optional
        Where the designs are computed: processes, or a Dask cluster by
        ``Client.get_executor()``; by default a thread for each core, at most
        `MOST_THREADS` of them.
    done : callable, optional
        Told after each design how many are done, and of how many.

    Returns
    -------
    Multiverse

    Raises
    ------
    DegenerateDataError, ImpossibleRunError
        Data that cannot carry one of the combinations.
    """
    chosen = possible_axes(cohort, run) if chosen is None else chosen
    levels = {axis.key: axis.levels for axis in chosen}
    windows = tuple(int(days) for days in levels["window"])
    sets = completed_sets(cohort, run, windows)
    tasks = list(_tasks(sets, run, levels))
    shape = [len(axis.levels) for axis in chosen]
    found = np.empty((len(tasks), *shape[DESIGN:], len(EIGHT_MODELS), 3))
    threads = min(os.cpu_count() or 1, MOST_THREADS)
    with nullcontext(pool_of) if pool_of else ThreadPoolExecutor(threads) as workers:
        for k, result in enumerate(workers.map(compute, tasks)):
            found[k] = result
            if done:
                done(k + 1, len(tasks))
    found = np.moveaxis(found.reshape(*shape, len(EIGHT_MODELS), 3), -2, 0)
    return Multiverse(
        run=run,
        axes=chosen,
        indirect=found[..., 0],
        low=found[..., 1],
        high=found[..., 2],
        n_sets=len(sets.live),
    )


def possible_axes(cohort: Cohort, run: RunParameters) -> tuple[Axis, ...]:
    """Choices that the data of a run can carry.

    Left out are levels that mean nothing there: the categories of a single site,
    leaving a site out where a run has one, errors by team of under four teams.
    """
    sets = completed_sets(cohort, run, (run.window_days,))
    codes = [int(code) for code in np.unique(sets.site)]
    others = [days for days in WINDOWS_DAYS if days != run.window_days]
    several = len(codes) > 1 and run.site == ALL_SITES
    found = axes(
        windows=(run.window_days, *others),
        left_out=("none", *map(str, codes)) if several else ("none",),
        schemes=(*([FROZEN] * len(sets.frozen)), ONE_SET, POOLED),
    )
    dropped = {
        "site": () if len(codes) > 1 else (CATEGORIES,),
        "interval": () if sets.team.max() + 1 > LEAST_CLUSTERS else (CR2,),
    }
    return tuple(
        Axis(
            axis.key,
            axis.title,
            tuple(v for v in axis.levels if v not in dropped.get(axis.key, ())),
        )
        for axis in found
    )


def _tasks(
    sets: Sets, run: RunParameters, levels: dict[str, tuple[int | str, ...]]
) -> Iterator[Task]:
    """Give a task for each design, in the order of the axes."""
    kept = {
        code: sets.without_site(None if code == "none" else int(code))
        for code in levels["left_out"]
    }
    for left_out, covariates, site, education in product(
        *(levels[key] for key in ("left_out", "covariates", "site", "education"))
    ):
        yield Task(
            sets=kept[left_out],
            covariates=str(covariates),
            coding={"site": str(site), "education": str(education)},
            windows=tuple(int(days) for days in levels["window"]),
            schemes=tuple(map(str, levels["scheme"])),
            intervals=tuple(map(str, levels["interval"])),
            n_boot=run.n_boot,
            seed=run.seed,
        )


def compute(task: Task) -> Array:
    """Effects of one design, shape (windows, schemes, intervals, 8, 3).

    The last axis holds the estimate and its limits.
    """
    shape = (len(task.windows), len(EIGHT_MODELS), 3)
    found = np.empty((len(task.schemes), len(task.intervals), *shape))
    with threadpool_limits(1, user_api="blas"):
        n = task.sets.site.size
        kept = KeptCounts.of(ResamplingPlan(n, task.n_boot, task.seed))
        for k, scheme in enumerate(task.schemes):
            adjusted = adjust(
                task.sets,
                task.values(scheme),
                task.windows,
                covariates=task.covariates,
                coding=task.coding,
            )
            limits = _intervals(adjusted, task, kept)
            found[k] = np.array(limits).reshape(len(task.intervals), *shape)
    return np.moveaxis(found, 2, 0)


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
