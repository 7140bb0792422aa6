"""The bootstrap of many mediation models on one resampling plan."""

from collections.abc import Sequence

import numpy as np

from smcm.errors import DegenerateDataError
from smcm.stats.crossproducts import (
    CrossProducts,
    ModelColumns,
    cross_products,
    grams,
)
from smcm.stats.draws import PathDraws
from smcm.stats.ols import Array
from smcm.stats.replicates import Batch, evaluate
from smcm.stats.resample import ResamplingPlan

MOST_REPLACEMENT_ROUNDS = 100
CASES_PER_COEFFICIENT = 3  # fewer, and too many resamples lose a column


def bootstrap_paths(
    values: Array, models: Sequence[ModelColumns], plan: ResamplingPlan
) -> tuple[PathDraws, ...]:
    """Bootstrap every model on the same resamples.

    Parameters
    ----------
    values : ndarray, shape (n, p)
        Data without gaps; n must be the plan's.
    models : sequence of ModelColumns
    plan : ResamplingPlan

    Returns
    -------
    tuple of PathDraws
        In the order of `models`.

    Raises
    ------
    DegenerateDataError
        Under three cases for each coefficient, a variable without variation, or
        resamples that stay unusable however often they are drawn again.
    """
    return bootstrap_sets(values[None], models, plan)[0]


def bootstrap_sets(
    sets: Array, models: Sequence[ModelColumns], plan: ResamplingPlan
) -> tuple[tuple[PathDraws, ...], ...]:
    """Bootstrap every model on the same resamples in several completed data sets.

    The resamples are drawn once for all sets, so that a draw of one set and that of
    another hold the same cases.

    Parameters
    ----------
    sets : ndarray, shape (m, n, p)
        The same cases in the same order in every set; no gaps.
    models : sequence of ModelColumns
    plan : ResamplingPlan

    Returns
    -------
    tuple of tuple of PathDraws
        By set, then by model.

    Raises
    ------
    DegenerateDataError
        As for `bootstrap_paths`.
    """
    return tuple(
        tuple(
            PathDraws(
                rows,
                n_dropped=int(found.dropped[k].sum()),
                n_replaced=replaced,
                n_guarded=int(found.guarded[k].sum()),
            )
            for k, rows in enumerate(found.values)
        )
        for found, replaced in _bootstrap(sets, models, plan)
    )


def _bootstrap(
    sets: Array, models: Sequence[ModelColumns], plan: ResamplingPlan
) -> list[tuple[Batch, int]]:
    """By set, replicates of every model and how many resamples were drawn again."""
    n = sets.shape[1]
    most = max(2 + len(model.mediators) + len(model.covariates) for model in models)
    if n < CASES_PER_COEFFICIENT * most:
        raise DegenerateDataError(
            f"{n} cases are too few to bootstrap a regression with {most} "
            f"coefficients; at least {CASES_PER_COEFFICIENT * most} are needed."
        )
    prepared = [cross_products(values, models) for values in sets]
    found = [Batch.empty(models, plan.n_samples) for _ in sets]
    room = np.empty((prepared[0].products.shape[0], 0))
    for start, counts in plan.chunks(reuse=True):
        if room.shape[1] != counts.shape[0]:
            room = np.empty((prepared[0].products.shape[0], counts.shape[0]))
        part = slice(start, start + counts.shape[0])
        for one, batch in zip(prepared, found, strict=True):
            gram = grams(one, counts, out=room)
            batch.put(part, evaluate(one, models, gram, counts, overwrite=True))
    return [
        (batch, _replace_undefined(one, models, plan, batch))
        for one, batch in zip(prepared, found, strict=True)
    ]


def _replace_undefined(
    prepared: CrossProducts,
    models: Sequence[ModelColumns],
    plan: ResamplingPlan,
    found: Batch,
) -> int:
    """Draw again, for all models alike, the resamples unusable for one of them."""
    waiting = np.flatnonzero(found.undefined.any(axis=0))
    replaced, drawn = int(waiting.size), 0
    for round_number in range(MOST_REPLACEMENT_ROUNDS):
        if waiting.size == 0:
            return replaced
        counts = plan.replacements(int(waiting.size), round_number, drawn)
        drawn += int(waiting.size)
        found.put(waiting, evaluate(prepared, models, grams(prepared, counts), counts))
        waiting = waiting[found.undefined[:, waiting].any(axis=0)]
    raise DegenerateDataError(
        f"{waiting.size} of {plan.n_samples} resamples stayed without variation in x, "
        f"m or y after {MOST_REPLACEMENT_ROUNDS} draws; the data are too few or too "
        "nearly constant for a bootstrap."
    )
