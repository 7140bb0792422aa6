"""Multiple imputation by chained equations, all sets advanced together."""

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits

from smcm.errors import OutOfRangeError
from smcm.stats.chain_plan import (
    ChainPlan,
    ChainSpec,
    PassiveMean,
    Step,
    check_chain,
    check_room,
    plan_chain,
)
from smcm.stats.pmm import Array, ColumnDraws, Index, draw_column

MOST_THREADS = 4
LEAST_BATCH = 5  # sets; smaller batches spend their time outside the arithmetic
WARM_UP = 5  # sweeps over the means before the first sweep over their parts
Generators = Sequence[np.random.Generator]


@dataclass(frozen=True, slots=True)
class ChainedSets:
    """The completed sets and the trace of the chains.

    Attributes
    ----------
    values : ndarray, shape (m, n, p)
        No cell is missing; observed cells are as they were given.
    columns : ndarray of int, shape (v,)
        The columns that had gaps, passive means among them.
    trace_mean, trace_sd : ndarray, shape (iterations, m, v)
        Of a column's imputed values after each sweep, in its own units. The SD
        divides by the number of cells and is 0 for a single one.
    """

    values: Array
    columns: Index
    trace_mean: Array
    trace_sd: Array


def impute_chained(
    values: Array,
    spec: ChainSpec,
    *,
    n_imputations: int,
    seed: int,
    names: Sequence[str] | None = None,
) -> ChainedSets:
    """Impute a matrix by chained equations with predictive mean matching.

    Each set has a generator of its own, spawned from `seed`, so set k is the same
    however many sets are asked for. In the first sweep a column is predicted only
    by columns that are complete or already visited, so no chain starts from noise
    (Raghunathan et al. 2001). Where there are passive means, a warm-up first runs
    the chain on them in place of their parts: the parts of a wholly missing
    questionnaire hang together so closely that a chain on them alone would take
    many sweeps to move their mean.

    Parameters
    ----------
    values : ndarray, shape (n, p)
        Missing cells are NaN; what stands in a passive column is not read.
    spec : ChainSpec
    n_imputations : int
        m, the number of sets.
    seed : int
    names : sequence of str, optional
        Column names for error messages.

    Returns
    -------
    ChainedSets

    Raises
    ------
    DegenerateDataError
        A column with no value, or with fewer values than donors.
    OutOfRangeError
        Fewer than one set, iteration or donor.

    References
    ----------
    van Buuren S (2018). Flexible Imputation of Missing Data, 2nd ed., ch. 3 and 4.
    Raghunathan TE et al. (2001). A multivariate technique for multiply imputing
    missing values using a sequence of regression models. Survey Methodology 27.
    """
    if n_imputations < 1:
        raise OutOfRangeError.for_number(
            "n_imputations", n_imputations, "a whole number from 1"
        )
    start = with_means(values, spec.means)
    names = names or [str(j) for j in range(values.shape[1])]
    check_chain(start, spec, names)
    plan = plan_chain(start, spec)
    check_room(plan, names)
    seeds = np.random.SeedSequence(seed).spawn(n_imputations)
    parts = np.array_split(np.arange(n_imputations), _threads(n_imputations))
    # Threads of the library and of the pool would wait for each other.
    one_each = threadpool_limits(limits=1, user_api="blas")
    with one_each, ThreadPoolExecutor(len(parts)) as pool:
        runs = [
            pool.submit(run_chains, start, plan, spec, seeds[part[0] : part[-1] + 1])
            for part in parts
        ]
        chains = [run.result() for run in runs]
    trace = np.concatenate([traced for _, traced in chains], axis=2)
    return ChainedSets(
        values=np.concatenate([filled for filled, _ in chains]),
        columns=np.array(list(_gaps(start)), dtype=np.intp),
        trace_mean=trace[0],
        trace_sd=trace[1],
    )


def _threads(n_imputations: int) -> int:
    """Threads among which the sets are shared out, a batch to each."""
    return max(min(os.cpu_count() or 1, MOST_THREADS, n_imputations // LEAST_BATCH), 1)


def run_chains(
    start: Array,
    plan: ChainPlan,
    spec: ChainSpec,
    seeds: Sequence[np.random.SeedSequence],
) -> tuple[Array, Array]:
    """Complete one batch of sets, in this thread.

    Parameters
    ----------
    start : ndarray, shape (n, p)
        Missing cells are NaN; passive means stand where all their parts do.
    plan : ChainPlan
        Of `start`.
    spec : ChainSpec
    seeds : sequence of SeedSequence, length m
        One a set.

    Returns
    -------
    ndarray, shape (m, n, p)
        The completed sets.
    ndarray, shape (2, iterations, m, v)
        Mean and SD of the imputed values, as `ChainedSets` has them.
    """
    generators = [np.random.default_rng(seed) for seed in seeds]
    work = np.repeat(start.T[None], len(seeds), axis=0)
    if plan.warm:
        for sweep in range(WARM_UP):
            steps = plan.warm if sweep else plan.warm_first
            _visit_all(work, steps, generators, spec.donors)
    gaps = _gaps(start)
    trace = np.zeros((2, spec.iterations, len(seeds), len(gaps)))
    for sweep in range(spec.iterations):
        steps = plan.later if sweep else plan.first
        _visit_all(work, steps, generators, spec.donors)
        trace[:, sweep] = _moments(work, gaps)
    return work.swapaxes(1, 2), trace


def _visit_all(
    work: Array, steps: Sequence[Step], generators: Generators, donors: int
) -> None:
    """Run one sweep; `work`, shape (m, p, n), is filled in place."""
    draws = _draws(steps, generators, work.shape[2], donors)
    for step, draw in zip(steps, draws, strict=True):
        target = work[0, step.column, step.rows.observed]
        design = np.take(work, step.predictors, axis=1)
        chosen = draw_column(design, target, step.rows, draw, donors)
        work[:, step.column, step.rows.missing] = target[chosen]
        for mean in step.means:
            work[:, mean.column] = work[:, list(mean.parts)].mean(axis=1)


def _draws(
    steps: Sequence[Step], generators: Generators, n_rows: int, donors: int
) -> Iterator[ColumnDraws]:
    """Draw one sweep's random numbers, a set at a time; yield them by column."""
    normals = np.cumsum([0] + [len(step.predictors) + 1 for step in steps])
    ranks = np.cumsum([0] + [len(step.rows.missing) for step in steps])
    df = np.array([step.df for step in steps], dtype=np.float64)
    normal = np.stack([one.standard_normal(normals[-1]) for one in generators])
    chisquare = np.stack([one.chisquare(df) for one in generators])
    rank = np.stack([one.integers(donors, size=ranks[-1]) for one in generators])
    tie = np.stack([one.random(n_rows) for one in generators])
    for place, step in enumerate(steps):
        yield ColumnDraws(
            normal=normal[:, normals[place] : normals[place + 1]],
            chisquare=chisquare[:, place],
            rank=rank[:, ranks[place] : ranks[place + 1]],
            tie=tie[:, step.rows.observed],
        )


def _gaps(values: Array) -> dict[int, Index]:
    """Rows that lack each column with gaps."""
    gone = np.isnan(values)
    return {
        int(column): np.flatnonzero(gone[:, column])
        for column in np.flatnonzero(gone.any(axis=0))
    }


def _moments(work: Array, gaps: Mapping[int, Index]) -> Array:
    """Mean and SD of the imputed values, shape (2, m, v)."""
    moments = np.zeros((2, len(work), len(gaps)))
    for place, (column, rows) in enumerate(gaps.items()):
        filled = work[:, column, rows]
        moments[:, :, place] = filled.mean(axis=1), filled.std(axis=1)
    return moments


def with_means(values: Array, means: Sequence[PassiveMean]) -> Array:
    """Copy, with each passive column the mean of its parts; NaN where one lacks."""
    filled = values.astype(np.float64, copy=True)
    for mean in means:
        filled[:, mean.column] = filled[:, list(mean.parts)].mean(axis=1)
    return filled
