"""Every combination of choices that another analyst could have made.

Leaving out a site is not such a choice. It shows how far the results depend on one
site, and is computed separately.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from itertools import product

import numpy as np
from threadpoolctl import threadpool_limits

from smcm.chapters.multiverse.axes import Axis
from smcm.chapters.multiverse.choices import possible_axes, sites_to_leave_out
from smcm.chapters.multiverse.data import Sets, completed_sets
from smcm.chapters.multiverse.task import Task, compute
from smcm.cohort.tables import Cohort
from smcm.design.models import StudyModel
from smcm.parameters import RunParameters
from smcm.stats.factorial import main_shares, total_shares
from smcm.stats.ols import Array

DESIGN = 3  # axes that make the design; the others read it
MOST_THREADS = 8  # each lays out some 50 MB
Levels = dict[str, tuple[int | str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiverse:
    """The indirect effect of every model under every combination of choices.

    Attributes
    ----------
    run : RunParameters
    models : tuple of StudyModel
    axes : tuple of Axis
        The choices; their first levels are the published ones.
    indirect, low, high : ndarray, shape (models, levels of each axis)
        Completely standardized estimates and limits.
    n_sets : int
        Completed data sets behind the pooled ones.
    without_site : mapping of int to Multiverse
        The same combinations without one site, by its code: how much each site
        influences them.
    """

    run: RunParameters
    models: tuple[StudyModel, ...]
    axes: tuple[Axis, ...]
    indirect: Array
    low: Array
    high: Array
    n_sets: int
    without_site: Mapping[int, "Multiverse"] = field(default_factory=dict)

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

    def excludes_zero(self, model: int) -> float:
        """Share of the combinations whose interval excludes zero."""
        return self.above(model) + self.below(model)

    def positive(self, model: int) -> float:
        """Share of the combinations whose estimate lies above zero."""
        return float((self.indirect[model] > 0.0).mean())

    def nearer_limit(self, model: int) -> Array:
        """Give the limit nearer zero as seen from the published estimate.

        By combination: the lower limit where that estimate is positive; else the upper
        one with its sign changed, so that a positive value means that the interval
        excludes zero.
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
    left_out: tuple[int, ...] | None = None,
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
    left_out : tuple of int, optional
        Sites to leave out, one after the other, as a check of their influence; by
        default `sites_to_leave_out`.
    pool_of : Executor, optional
        Where the designs are computed: processes, or a Dask cluster by
        ``Client.get_executor()``; by default a thread for each core, at most
        `MOST_THREADS` of them.
    done : callable, optional
        Called after each design with the number done and the total.

    Returns
    -------
    Multiverse

    Raises
    ------
    DegenerateDataError, ImpossibleRunError
        Data that cannot carry one of the combinations.
    """
    chosen = possible_axes(cohort, run) if chosen is None else chosen
    left_out = sites_to_leave_out(cohort, run) if left_out is None else left_out
    levels = {axis.key: axis.levels for axis in chosen}
    sets = completed_sets(cohort, run, levels["window"])
    tasks = list(_tasks(sets, run, levels, (None, *left_out)))
    shape, models = [len(axis.levels) for axis in chosen], cohort.design.study_models
    found = np.empty((len(tasks), *shape[DESIGN:], len(models), 3))
    threads = min(os.cpu_count() or 1, MOST_THREADS)
    # Set once for all threads: whoever left it first would lift it for the others.
    one_each = threadpool_limits(1, user_api="blas")
    own = nullcontext(pool_of) if pool_of else ThreadPoolExecutor(threads)
    with one_each, own as workers:
        for k, result in enumerate(workers.map(compute, tasks)):
            found[k] = result
            if done:
                done(k + 1, len(tasks))
    found = found.reshape(1 + len(left_out), *shape, len(models), 3)
    universes = [
        Multiverse(
            run=run,
            models=models,
            axes=chosen,
            indirect=part[..., 0],
            low=part[..., 1],
            high=part[..., 2],
            n_sets=len(sets.live),
        )
        for part in np.moveaxis(found, -2, 1)
    ]
    without = dict(zip(left_out, universes[1:], strict=True))
    return replace(universes[0], without_site=without)


def _tasks(
    sets: Sets, run: RunParameters, levels: Levels, left_out: tuple[int | None, ...]
) -> Iterator[Task]:
    """Give a task for each design: all sites, then without each, in order of axes."""
    design = (levels[key] for key in ("covariates", "site", "education"))
    for own, (covariates, site, education) in product(
        [sets.without_site(code) for code in left_out], list(product(*design))
    ):
        yield Task(
            sets=own,
            covariates=str(covariates),
            coding={"site": str(site), "education": str(education)},
            windows=levels["window"],
            schemes=tuple(map(str, levels["scheme"])),
            intervals=tuple(map(str, levels["interval"])),
            n_boot=run.n_boot,
            seed=run.seed,
        )
