"""Bootstrap samples of the error moments, from the cross-products of the fast engine.

The elimination that gives slopes also gives residual sums of squares: with the columns
in the order covariates, x, m, y, they are the pivots of m, and of y before m.
"""

from collections.abc import Sequence

import numpy as np

from smcm.errors import DegenerateDataError
from smcm.stats.bootstrap import MOST_REPLACEMENT_ROUNDS
from smcm.stats.confounding import EXACT, ErrorMoments
from smcm.stats.crossproducts import (
    CrossProducts,
    ModelColumns,
    cross_products,
    grams,
)
from smcm.stats.elimination import VANISHED, Eliminated, sweep_shared
from smcm.stats.ols import Array
from smcm.stats.resample import ResamplingPlan


def bootstrap_errors(
    values: Array, models: Sequence[ModelColumns], plan: ResamplingPlan
) -> tuple[ErrorMoments, ...]:
    """Compute the error moments of every model on the same resamples.

    With the plan of `smcm.stats.bootstrap.bootstrap_paths` the resamples are the same,
    except those that had to be replaced; these are replaced for all models.

    Parameters
    ----------
    values : ndarray, shape (n, p)
        Data without gaps; n must be the plan's.
    models : sequence of ModelColumns
        One mediator each.
    plan : ResamplingPlan

    Returns
    -------
    tuple of ErrorMoments, each of shape (n_samples,)

    Raises
    ------
    DegenerateDataError
        A variable without variation, or resamples that stay unusable.
    """
    prepared = cross_products(values, models)
    found = np.empty((len(models), 3, plan.n_samples))
    for start, counts in plan.chunks():
        part = slice(start, start + counts.shape[0])
        found[:, :, part] = _evaluated(prepared, counts)
    _replace_undefined(prepared, plan, found)
    return tuple(
        ErrorMoments(a=a, ratio=ratio, vanishing=vanishing)
        for a, ratio, vanishing in found
    )


def _replace_undefined(
    prepared: CrossProducts, plan: ResamplingPlan, found: Array
) -> None:
    waiting = np.flatnonzero(np.isnan(found).any(axis=(0, 1)))
    drawn = 0
    for round_number in range(MOST_REPLACEMENT_ROUNDS):
        if waiting.size == 0:
            return
        counts = plan.replacements(int(waiting.size), round_number, drawn)
        drawn += int(waiting.size)
        found[:, :, waiting] = _evaluated(prepared, counts)
        waiting = waiting[np.isnan(found[:, :, waiting]).any(axis=(0, 1))]
    raise DegenerateDataError(
        f"{waiting.size} of {plan.n_samples} resamples had no residual variance in x, "
        f"m or y, even after {MOST_REPLACEMENT_ROUNDS} replacements; the data are too "
        "few, or fitted too exactly, for a bootstrap."
    )


def _evaluated(prepared: CrossProducts, counts: Array) -> Array:
    """Return a, ratio and vanishing rho, (n_models, 3, samples); NaN if undefined."""
    swept = sweep_shared(prepared, grams(prepared, counts))
    return np.array(
        [_moments(prepared, swept, own, counts) for own in prepared.layout.places]
    )


def _moments(
    prepared: CrossProducts, swept: Eliminated, own: Sequence[int], counts: Array
) -> Array:
    """Sweep the model's own covariates and x out of m and y, shape (3, samples)."""
    left = swept.left[prepared.layout.pairs[np.ix_(own, own)]]
    least = VANISHED * counts.sum(axis=1)
    *_, x, m, y = range(len(own))
    for k in range(x):  # a covariate that is determined stays out, as in `lm`
        left -= _outer(left[:, k], left[k, k], least)
    undefined = left[x, x] <= least
    scale_x, scale_m, scale_y = prepared.scale[list(own[-3:])]
    with np.errstate(divide="ignore", invalid="ignore"):
        a = left[x, m] / left[x, x]
        left -= _outer(left[:, x], left[x, x], least)
        undefined |= (left[m, m] <= least) | (left[y, y] <= least)
        ratio = np.sqrt(left[y, y] / left[m, m])
        vanishing = left[m, y] / np.sqrt(left[m, m] * left[y, y])
    found = np.array([a * scale_m / scale_x, ratio * scale_y / scale_m, vanishing])
    found[:, undefined | ~(1.0 - vanishing**2 > EXACT)] = np.nan
    return found


def _outer(column: Array, pivot: Array, least: Array) -> Array:
    """Return the products that the column explains; 0 where it has vanished."""
    inverse = np.zeros_like(pivot)
    np.divide(1.0, pivot, out=inverse, where=pivot > least)
    found: Array = column[:, None] * column[None] * inverse
    return found
