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
from smcm.stats.pmm import Array, ColumnDraws, Index, Predictors, draw_column
from smcm.stats.regression_draws import RegressionDraws

MOST_THREADS = 4
LEAST_BATCH = 5  # sets; smaller batches spend their time outside the arithmetic
Generators = Sequence[np.random.Generator]


@dataclass(frozen=True, slots=True)
class ChainedSets:
    """The completed data sets and the trace of the chains.

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
    known: ChainedSets | None = None,
) -> ChainedSets:
    """Impute a matrix by chained equations with predictive mean matching.

    Each set has a generator of its own, spawned from `seed`, so set k is the same
    however many sets are asked for. In the first sweep a column is predicted only
    by columns that are complete or already visited, so no chain starts from noise
    (Raghunathan et al. 2001).

    Where a row lacks a whole questionnaire, its mean is matched and the donor's answers
    are copied (`smcm.stats.chain_plan.PassiveMean`), one donor for all that is missing
    as in Little (1988). Imputed one by one, the answers
    would be predicted from each other and from nothing observed in that questionnaire.
    The errors of these regressions then add up from sweep to sweep, and the relations
    of the mean with other columns weaken.

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
    known : ChainedSets, optional
        The first of these sets, where they have been computed before.

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
    Little RJA (1988). Missing-data adjustments in large surveys. Journal of Business
    & Economic Statistics 6:287-296.
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
    gaps = _gaps(start, spec.means)
    n_known = 0 if known is None else len(known.values)
    seeds = np.random.SeedSequence(seed).spawn(n_imputations)[n_known:]
    parts = np.array_split(np.arange(len(seeds)), _threads(len(seeds)))
    # Threads of the library and of the pool would wait for each other.
    one_each = threadpool_limits(limits=1, user_api="blas")
    with one_each, ThreadPoolExecutor(len(parts)) as pool:
        runs = [
            pool.submit(run_chains, start, plan, spec, [seeds[k] for k in part], gaps)
            for part in parts
        ]
        chains = [run.result() for run in runs]
    sets, trace = [filled for filled, _ in chains], [traced for _, traced in chains]
    if known is not None:
        sets.insert(0, known.values)
        trace.insert(0, np.stack([known.trace_mean, known.trace_sd]))
    trace_mean, trace_sd = np.concatenate(trace, axis=2)
    return ChainedSets(
        values=np.concatenate(sets),
        columns=np.array(list(gaps), dtype=np.intp),
        trace_mean=trace_mean,
        trace_sd=trace_sd,
    )


def _threads(n_imputations: int) -> int:
    """Threads among which the sets are shared out, a batch to each."""
    return max(min(os.cpu_count() or 1, MOST_THREADS, n_imputations // LEAST_BATCH), 1)


def run_chains(
    start: Array,
    plan: ChainPlan,
    spec: ChainSpec,
    seeds: Sequence[np.random.SeedSequence],
    traced: Mapping[int, Index] | None = None,
) -> tuple[Array, Array]:
    """Complete one batch of sets, in this thread.

    Parameters
    ----------
    start : ndarray, shape (n, p)
        Missing cells are NaN; the means are those of `with_means`.
    plan : ChainPlan
        Of `start`.
    spec : ChainSpec
    seeds : sequence of SeedSequence, length m
        One a set.
    traced : mapping of int to ndarray of int, optional
        The v columns to trace, and the rows in which each is imputed; by default none.

    Returns
    -------
    ndarray, shape (m, n, p)
        The completed data sets.
    ndarray, shape (2, iterations, m, v)
        Mean and SD of the imputed values, as `ChainedSets` has them.
    """
    generators = [np.random.default_rng(seed) for seed in seeds]
    # A cell that is not filled yet is 0, and no step reads it.
    work = np.repeat(np.nan_to_num(start.T)[None], len(seeds), axis=0)
    gaps = traced or {}
    trace = np.zeros((2, spec.iterations, len(seeds), len(gaps)))
    for sweep in range(spec.iterations):
        steps = plan.later if sweep else plan.first
        draws = _draws(steps, generators, len(start), spec.donors)
        for step, draw in zip(steps, draws, strict=True):
            _visit(work, start, step, draw, spec.donors)
        trace[:, sweep] = _moments(work, gaps)
    return work.swapaxes(1, 2), trace


def _visit(
    work: Array, start: Array, step: Step, draw: ColumnDraws, donors: int
) -> None:
    """Impute one column in all sets; `work`, shape (m, p, n), is filled in place."""
    observed, missing = step.rows.observed, step.rows.missing
    target = start[observed, step.column]
    design = np.take(work, step.predictors, axis=1)
    predictors = Predictors(design, step.n_random)
    chosen = draw_column(predictors, target, step.rows, draw, donors)
    work[:, step.column, missing] = target[chosen]
    for part in step.parts:
        given = np.take_along_axis(work[:, part, observed], chosen, axis=1)
        lacks = np.isnan(start[missing, part])
        work[:, part, missing[lacks]] = given[:, lacks]
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
    uniform = np.stack([one.random(len(steps)) for one in generators])
    rank = np.stack([one.integers(donors, size=ranks[-1]) for one in generators])
    tie = np.stack([one.random(n_rows) for one in generators])
    for place, step in enumerate(steps):
        yield ColumnDraws(
            regression=RegressionDraws(
                normal=normal[:, normals[place] : normals[place + 1]],
                chisquare=chisquare[:, place],
                uniform=uniform[:, place],
            ),
            rank=rank[:, ranks[place] : ranks[place + 1]],
            tie=tie[:, step.rows.observed],
        )


def _gaps(start: Array, means: Sequence[PassiveMean]) -> dict[int, Index]:
    """Find the rows that lack each column with gaps; of a mean, one of its parts."""
    gone = np.isnan(start)
    for mean in means:
        gone[:, mean.column] = gone[:, list(mean.parts)].any(axis=1)
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
    """Copy, with each mean that of the parts held; NaN where they are too few."""
    filled = values.astype(np.float64, copy=True)
    for mean in means:
        parts = filled[:, list(mean.parts)]
        held = np.isfinite(parts).sum(axis=1)
        total = np.nansum(parts, axis=1)
        filled[:, mean.column] = np.where(
            held >= mean.least, total / np.maximum(held, 1), np.nan
        )
    return filled
