"""Every combination of choices that another analyst could have made, in one run."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import product

import numpy as np
from threadpoolctl import threadpool_limits

from smcm.analysis.multiverse_data import Sets, completed_sets
from smcm.analysis.multiverse_task import Task, compute
from smcm.cohort.tables import Cohort
from smcm.design.models import EIGHT_MODELS
from smcm.design.multiverse import (
    CATEGORIES,
    CR2,
    FROZEN,
    ONE_SET,
    POOLED,
    Axis,
    axes,
)
from smcm.parameters import ALL_SITES, WINDOWS_DAYS, RunParameters
from smcm.stats.factorial import main_shares, total_shares
from smcm.stats.ols import Array

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
    # Set once for all threads: whoever left it first would lift it for the others.
    one_each = threadpool_limits(1, user_api="blas")
    own = nullcontext(pool_of) if pool_of else ThreadPoolExecutor(threads)
    with one_each, own as workers:
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
    leaving a site out where a run has one, errors by team where under four teams may
    be left.
    """
    sets = completed_sets(cohort, run, (run.window_days,))
    codes = [int(code) for code in np.unique(sets.site)]
    others = [days for days in WINDOWS_DAYS if days != run.window_days]
    several = len(codes) > 1 and run.site == ALL_SITES
    teams = [
        np.unique(part.team[part.site != code]).size
        for _, part in sets.by_clients()
        for code in (codes if several else [None])
    ]
    found = axes(
        windows=(run.window_days, *others),
        left_out=("none", *map(str, codes)) if several else ("none",),
        schemes=(*([FROZEN] * len(sets.frozen)), ONE_SET, POOLED),
    )
    dropped = {
        "site": () if len(codes) > 1 else (CATEGORIES,),
        "interval": () if min(teams) >= LEAST_CLUSTERS else (CR2,),
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
