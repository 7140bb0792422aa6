"""The bootstrap of many mediation models on one resampling plan."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smcm.errors import DegenerateDataError
from smcm.stats.crossproducts import (
    CrossProducts,
    ModelColumns,
    cross_products,
    grams,
    own_columns,
    shared_covariates,
)
from smcm.stats.elimination import Flags, slopes_of_model, sweep_shared
from smcm.stats.ols import Array
from smcm.stats.resample import ResamplingPlan

MOST_REPLACEMENT_ROUNDS = 100
CASES_PER_COEFFICIENT = 3  # fewer, and too many resamples lose a column
FLAT = 1e-12  # variance of y in a resample over its own: less is rounding


@dataclass(frozen=True, slots=True)
class PathDraws:
    """Bootstrap draws of one model.

    Attributes
    ----------
    a, b, direct : ndarray, shape (n_samples,)
        In units of the data.
    sd_x, sd_y : ndarray, shape (n_samples,)
        Standard deviations (n - 1) of raw x and y in each resample.
    n_dropped : int
        Resamples in which a covariate was determined by others and left out.
    n_replaced : int
        Resamples drawn again because x or m was determined, or y constant.
    """

    a: Array
    b: Array
    direct: Array
    sd_x: Array
    sd_y: Array
    n_dropped: int
    n_replaced: int

    @property
    def indirect(self) -> Array:
        """Products ab, shape (n_samples,)."""
        return self.a * self.b

    @property
    def total(self) -> Array:
        """Total effects c' + ab, shape (n_samples,)."""
        return self.direct + self.indirect

    @property
    def indirect_ps(self) -> Array:
        """Partially standardized, ab / SD(y), shape (n_samples,)."""
        return self.indirect / self.sd_y

    @property
    def indirect_cs(self) -> Array:
        """Completely standardized, ab SD(x) / SD(y), shape (n_samples,)."""
        return self.indirect * self.sd_x / self.sd_y


@dataclass(frozen=True, slots=True)
class _Batch:
    """Draws of every model for some resamples.

    Attributes
    ----------
    values : ndarray, shape (n_models, 5, n_samples)
        a, b, direct, SD of x, SD of y.
    dropped, undefined : ndarray of bool, shape (n_models, n_samples)
    """

    values: Array
    dropped: Flags
    undefined: Flags

    def put(self, samples: NDArray[np.intp], part: "_Batch") -> None:
        """Write the draws of some resamples into their places."""
        self.values[:, :, samples] = part.values
        self.dropped[:, samples] = part.dropped
        self.undefined[:, samples] = part.undefined


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
    n, most = values.shape[0], 3 + max(len(model.covariates) for model in models)
    if n < CASES_PER_COEFFICIENT * most:
        raise DegenerateDataError(
            f"{n} cases are too few to bootstrap a regression with {most} "
            f"coefficients; at least {CASES_PER_COEFFICIENT * most} are needed."
        )
    prepared = cross_products(values, models)
    found = _Batch(
        values=np.empty((len(models), 5, plan.n_samples)),
        dropped=np.zeros((len(models), plan.n_samples), dtype=bool),
        undefined=np.zeros((len(models), plan.n_samples), dtype=bool),
    )
    for start, counts in plan.chunks():
        part = np.arange(start, start + counts.shape[0])
        found.put(part, _evaluate(prepared, models, counts))
    replaced = _replace_undefined(prepared, models, plan, found)
    return tuple(
        PathDraws(
            a=values[0],
            b=values[1],
            direct=values[2],
            sd_x=values[3],
            sd_y=values[4],
            n_dropped=int(dropped.sum()),
            n_replaced=replaced,
        )
        for values, dropped in zip(found.values, found.dropped, strict=True)
    )


def _replace_undefined(
    prepared: CrossProducts,
    models: Sequence[ModelColumns],
    plan: ResamplingPlan,
    found: _Batch,
) -> int:
    """Draw again, for all models alike, the resamples unusable for one of them."""
    waiting = np.flatnonzero(found.undefined.any(axis=0))
    replaced, drawn = int(waiting.size), 0
    for round_number in range(MOST_REPLACEMENT_ROUNDS):
        if waiting.size == 0:
            return replaced
        counts = plan.replacements(int(waiting.size), round_number, drawn)
        drawn += int(waiting.size)
        found.put(waiting, _evaluate(prepared, models, counts))
        waiting = waiting[found.undefined[:, waiting].any(axis=0)]
    raise DegenerateDataError(
        f"{waiting.size} of {plan.n_samples} resamples stayed without variation in x, "
        f"m or y after {MOST_REPLACEMENT_ROUNDS} draws; the data are too few or too "
        "nearly constant for a bootstrap."
    )


def _evaluate(
    prepared: CrossProducts, models: Sequence[ModelColumns], counts: Array
) -> _Batch:
    n_samples, n = counts.shape
    gram = grams(prepared, counts)
    swept = sweep_shared(prepared, gram)
    shared = shared_covariates(models)
    place = {column: k for k, column in enumerate(prepared.own)}
    values = np.empty((len(models), 5, n_samples))
    dropped = np.empty((len(models), n_samples), dtype=bool)
    undefined = np.empty((len(models), n_samples), dtype=bool)
    for k, model in enumerate(models):
        own = tuple(place[column] for column in own_columns(model, shared))
        slopes = slopes_of_model(prepared, swept, own)
        x, m, y = (prepared.scale[position] for position in own[-3:])
        values[k, 0] = slopes.a * (m / x)
        values[k, 1] = slopes.b * (y / m)
        values[k, 2] = slopes.direct * (y / x)
        values[k, 3] = _deviation(prepared, gram, model.x, n)
        values[k, 4] = _deviation(prepared, gram, model.y, n)
        dropped[k] = swept.dropped | slopes.dropped
        undefined[k] = slopes.undefined | _is_flat(prepared, model.y, values[k, 4])
    return _Batch(values=values, dropped=dropped, undefined=undefined)


def _deviation(prepared: CrossProducts, gram: Array, column: int, n: int) -> Array:
    """Compute the SD of a raw column in every resample, shape (n_samples,)."""
    row = prepared.first_moment + 2 * prepared.moments[column]
    spread = gram[row + 1] - gram[row] ** 2 / n
    deviation: Array = np.sqrt(np.maximum(spread, 0.0) / (n - 1))
    return deviation


def _is_flat(prepared: CrossProducts, column: int, deviation: Array) -> Flags:
    """Whether a raw column is constant in a resample, so nothing is standardized by it.

    `deviation` holds its SD in every resample, shape (n_samples,).
    """
    squares = prepared.first_moment + 2 * prepared.moments[column] + 1
    own: Array = prepared.products[squares]
    flat: Flags = deviation**2 * (own.size - 1) <= FLAT * own.sum()
    return flat
