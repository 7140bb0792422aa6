"""Paths of many models on many samples, from the samples' cross-products."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from smcm.errors import DegenerateDataError
from smcm.stats.crossproducts import (
    CrossProducts,
    ModelColumns,
    cross_products,
    grams_without_each,
)
from smcm.stats.draws import PathReplicates
from smcm.stats.elimination import Flags, slopes_of_models, sweep_shared
from smcm.stats.ols import Array, independent_columns

FLAT = 1e-12  # variance of y in a sample over its own: less is rounding


@dataclass(frozen=True, slots=True)
class Batch:
    """Paths of every model on some samples.

    Attributes
    ----------
    values : tuple of ndarray, a model each, shape (2 n_mediators + 3, n_samples)
        Every a, every b, direct, SD of x, SD of y.
    dropped, undefined, guarded : ndarray of bool, shape (n_models, n_samples)
        Whether a covariate was left out; whether x, a mediator or y did not vary on
        its own; whether the model was refitted by QR.
    """

    values: tuple[Array, ...]
    dropped: Flags
    undefined: Flags
    guarded: Flags

    @classmethod
    def empty(cls, models: Sequence[ModelColumns], n_samples: int) -> Self:
        """Make room for samples to come."""
        heights = [2 * len(model.mediators) + 3 for model in models]
        flags = np.zeros((3, len(models), n_samples), dtype=bool)
        return cls(tuple(np.empty((height, n_samples)) for height in heights), *flags)

    def put(self, samples: NDArray[np.intp] | slice, part: "Batch") -> None:
        """Write the paths on some samples into their places."""
        for own, new in zip(self.values, part.values, strict=True):
            own[:, samples] = new
        self.dropped[:, samples] = part.dropped
        self.undefined[:, samples] = part.undefined
        self.guarded[:, samples] = part.guarded


def evaluate(
    prepared: CrossProducts,
    models: Sequence[ModelColumns],
    gram: Array,
    counts: Array,
    *,
    overwrite: bool = False,
) -> Batch:
    """Fit every model on every sample.

    Parameters
    ----------
    gram : ndarray, shape (n_products, n_samples)
    counts : ndarray, shape (n_samples, n)
        How often each case stands in each sample.
    overwrite : bool
        Whether to work in `gram` itself, so that it cannot be used afterwards.
    """
    found = Batch.empty(models, counts.shape[0])
    swept = sweep_shared(prepared, gram, overwrite=overwrite)
    deviation = _deviations(gram[prepared.first_moment :], counts.sum(axis=1))
    flat = _flat(prepared, deviation)
    own, moments = prepared.layout.places, prepared.layout.moments
    for alike in _of_one_shape(models, own):
        last, at = len(models[alike[0]].mediators), np.array([own[k] for k in alike])
        slopes = slopes_of_models(prepared, swept, at, last)
        paths = np.concatenate([slopes.a, slopes.b, slopes.direct[None]])
        paths *= _units(prepared, at, last).T[:, :, None]
        for place_of_model, k in enumerate(alike):
            found.values[k][:-2] = paths[:, place_of_model]
        found.dropped[alike] = swept.dropped | slopes.dropped
        found.undefined[alike] = slopes.undefined
        found.guarded[alike] = swept.guarded | slopes.guarded
    for k, sample in np.argwhere(found.guarded):
        last = len(models[k].mediators)
        again = refit(prepared, own[k], last, counts[sample])
        units = _units(prepared, np.array(own[k]), last)
        found.values[k][:-2, sample] = again.slopes * units
        found.dropped[k, sample] = again.dropped
        found.undefined[k, sample] = again.undefined
    for k, (model, values) in enumerate(zip(models, found.values, strict=True)):
        values[-2] = deviation[moments[model.x]]
        values[-1] = deviation[moments[model.y]]
        found.undefined[k] |= flat[moments[model.y]]
    return found


def _of_one_shape(
    models: Sequence[ModelColumns], own: Sequence[tuple[int, ...]]
) -> list[list[int]]:
    """Group the places of models with equally many mediators and own columns."""
    groups: dict[tuple[int, int], list[int]] = {}
    for k, model in enumerate(models):
        groups.setdefault((len(own[k]), len(model.mediators)), []).append(k)
    return list(groups.values())


def jackknife_paths(
    values: Array, models: Sequence[ModelColumns]
) -> tuple[PathReplicates, ...]:
    """Estimate every model on the sample less each of its cases.

    A sample less one case has the cross-products of the whole less that case's own,
    so the estimates are those of refits, to rounding.

    Parameters
    ----------
    values : ndarray, shape (n, p)
        Data without gaps.
    models : sequence of ModelColumns

    Returns
    -------
    tuple of PathReplicates
        In the order of `models`; n samples each, in the order of the cases.

    Raises
    ------
    DegenerateDataError
        A case without which x or m is determined, or y constant.
    """
    prepared = cross_products(values, models)
    counts = 1.0 - np.eye(prepared.n_cases)
    found = evaluate(prepared, models, grams_without_each(prepared), counts)
    if found.undefined.any():
        case = int(np.flatnonzero(found.undefined.any(axis=0))[0]) + 1
        raise DegenerateDataError(
            f"Without case {case} of {prepared.n_cases} the predictor, a mediator or "
            "the outcome does not vary on its own, so BCa limits do not exist; ask for "
            "percentile limits."
        )
    return tuple(map(PathReplicates, found.values))


def _units(prepared: CrossProducts, own: NDArray[np.intp], n_mediators: int) -> Array:
    """Units of every a, every b and direct.

    Shape (..., 2 n_mediators + 1), of positions `own` of shape (..., columns).
    """
    x, m, y = np.split(prepared.scale[own[..., -2 - n_mediators :]], [1, -1], axis=-1)
    return np.concatenate([m / x, y / m, y / x], axis=-1)


def _deviations(moments: Array, n: Array) -> Array:
    """Compute the SD of raw columns in resamples of n cases, (columns, n_samples).

    `moments` holds a row of sums and one of square sums for each column.
    """
    sums, squares = moments[::2], moments[1::2]
    deviation: Array = np.sqrt(np.maximum(squares - sums**2 / n, 0.0) / (n - 1))
    return deviation


def _flat(prepared: CrossProducts, deviation: Array) -> Flags:
    """Whether raw columns do not vary in a resample, by their SDs of the same shape."""
    own = prepared.products[prepared.first_moment + 1 :: 2].sum(axis=1)
    flat: Flags = deviation**2 * (prepared.n_cases - 1) <= FLAT * own[:, None]
    return flat


@dataclass(frozen=True, slots=True)
class Refit:
    """Paths of one model on one sample, in the scale of the residuals.

    Attributes
    ----------
    slopes : ndarray, shape (2 n_mediators + 1,)
        Every a, every b, direct; nan where they are undefined.
    dropped : bool
        Whether a covariate was determined by others and left out.
    undefined : bool
        Whether x or a mediator was determined.
    """

    slopes: Array
    dropped: bool
    undefined: bool


def refit(
    prepared: CrossProducts, own: tuple[int, ...], n_mediators: int, weights: Array
) -> Refit:
    """Fit both equations by one QR of the columns [shared, own covariates, x, m, y].

    The rows are those of the preconditioned columns, each times the root of its
    weight. A column is determined by the ones before it where less than
    `smcm.stats.ols.COLLINEAR` of its length is its own.

    Parameters
    ----------
    own : tuple of int
        Positions among the own columns: covariates of the model's own, x, the
        mediators, y.
    weights : ndarray, shape (n,)
        How often each case stands in the sample.
    """
    rows = np.flatnonzero(weights)
    columns = np.column_stack([prepared.block[rows], prepared.residual[rows][:, own]])
    columns *= np.sqrt(weights[rows])[:, None]
    last = columns.shape[1] - 1
    kept = independent_columns(columns[:, :last])
    paths = n_mediators + 1  # x and the mediators, the last before y
    if np.count_nonzero(kept >= last - paths) < paths:
        nothing = np.full(2 * n_mediators + 1, np.nan)
        return Refit(nothing, dropped=False, undefined=True)
    _, r = np.linalg.qr(columns[:, [*kept, last]])
    x = kept.size - paths
    a = r[x, x + 1 : -1] / r[x, x]
    direct, *b = np.linalg.solve(r[x:-1, x:-1], r[x:-1, -1])
    slopes = np.array([*a, *b, direct])
    return Refit(slopes, dropped=kept.size < last, undefined=False)
