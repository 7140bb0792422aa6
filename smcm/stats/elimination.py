"""Symmetric elimination of many small cross-product matrices side by side.

Each matrix is that of the columns [shared, own covariates, x, m, y] of one resample.
Eliminating them in this order (an L D L' factorisation) leaves the paths in the unit
lower triangle: a = L[m, x], b = L[y, m], c = L[y, x], and c' = c - a b. Of several
mediators the last has its b there; the others follow by substitution.

Elimination loses digits where a pivot is small: of a column of which a share s of the
variance is its own, about eps / s of a slope is rounding. Above `GUARDED` that is
less than 1e-10. Between that and `VANISHED`, where rounding alone can leave as much,
a resample is `guarded`: `smcm.stats.replicates.refit` fits it by QR. Below, the column
is gone.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smcm.stats.crossproducts import CrossProducts
from smcm.stats.ols import Array

Flags = NDArray[np.bool_]
VANISHED = 1e-12  # pivot over n: a column with less than this left is determined
GUARDED = 1e-5  # pivot over n: with less than this left, elimination loses digits


@dataclass(frozen=True, slots=True)
class Eliminated:
    """What is left of the own columns once the shared block is swept out.

    Attributes
    ----------
    left : ndarray, shape (n_pairs, n_samples)
        Cross-products of the pairs of own columns.
    dropped : ndarray of bool, shape (n_samples,)
        Whether a shared covariate was determined by the others and left out.
    guarded : ndarray of bool, shape (n_samples,)
        Whether a shared covariate was nearly determined.
    """

    left: Array
    dropped: Flags
    guarded: Flags


@dataclass(frozen=True, slots=True)
class Slopes:
    """Paths of some models in every resample, in the scale of the residuals.

    Attributes
    ----------
    a, b : ndarray, shape (n_mediators, n_models, n_samples)
    direct : ndarray, shape (n_models, n_samples)
    dropped : ndarray of bool, shape (n_models, n_samples)
        Whether one of the model's own covariates was left out.
    undefined : ndarray of bool, shape (n_models, n_samples)
        Whether x or a mediator was determined, so that the paths mean nothing.
    guarded : ndarray of bool, shape (n_models, n_samples)
        Whether a column was nearly determined, so that the paths have lost digits.
    """

    a: Array
    b: Array
    direct: Array
    dropped: Flags
    undefined: Flags
    guarded: Flags


def _safe_inverse(pivot: Array, n_cases: int) -> tuple[Array, Flags, Flags]:
    """Reciprocal of a pivot, 0 where the column has vanished; and where it nearly has.

    All three of the pivot's shape.
    """
    if pivot.min(initial=np.inf) > GUARDED * n_cases:  # the rule, and quick
        none = np.zeros(pivot.shape, dtype=bool)
        return 1.0 / pivot, none, none
    gone = pivot <= VANISHED * n_cases
    near = (pivot <= GUARDED * n_cases) & ~gone
    inverse = np.zeros_like(pivot)
    np.divide(1.0, pivot, out=inverse, where=~gone)
    return inverse, gone, near


def sweep_shared(
    prepared: CrossProducts, gram: Array, *, overwrite: bool = False
) -> Eliminated:
    """Eliminate the shared block from every resample's cross-products.

    A shared covariate that the earlier ones determine is left out of that resample,
    as R's `lm` would do.

    Parameters
    ----------
    gram : ndarray, shape (n_products, n_samples)
    overwrite : bool
        Whether to work in `gram` itself, all of it but the sums and squares.
    """
    if not overwrite:
        gram = gram[: prepared.first_moment].copy()
    size, n_samples = prepared.n_shared, gram.shape[1]
    factor = np.empty((size, size, n_samples))  # lower; the diagonal holds reciprocals
    factor[np.tril_indices(size)] = gram[: prepared.n_triangle]
    cross = gram[prepared.n_triangle : prepared.first_pair]
    cross = cross.reshape(len(prepared.scale), size, n_samples)
    dropped, guarded = np.zeros((2, n_samples), dtype=bool)
    for k in range(size):  # column k of the Cholesky factor, over all resamples
        before = factor[k, :k]
        below = factor[k:, k]
        below -= np.einsum("ukb,kb->ub", factor[k:, :k], before)
        inverse, gone, near = _safe_inverse(below[0], prepared.n_cases)
        dropped |= gone
        guarded |= near
        below[0] = np.sqrt(inverse)
        below[1:] *= below[0]
        cross[:, k] -= np.einsum("ukb,kb->ub", cross[:, :k], before)
        cross[:, k] *= below[0]
    left = gram[prepared.first_pair : prepared.first_moment]
    for first, places in enumerate(prepared.layout.pairs):
        others = first + np.flatnonzero(places[first:] >= 0)
        left[places[others]] -= np.einsum("ukb,kb->ub", cross[others], cross[first])
    return Eliminated(left=left, dropped=dropped, guarded=guarded)


def slopes_of_models(
    prepared: CrossProducts,
    swept: Eliminated,
    own: NDArray[np.intp],
    n_mediators: int = 1,
) -> Slopes:
    """Finish the elimination for models with equally many columns, side by side.

    Parameters
    ----------
    own : ndarray of int, shape (n_models, n_columns)
        Positions among the own columns: covariates of the model's own, x, the
        mediators, y.
    n_mediators : int
    """
    n_own = own.shape[1]
    left = {
        (i, j): swept.left[prepared.layout.pairs[own[:, i], own[:, j]]]
        for i in range(n_own)
        for j in range(i + 1)
    }
    shape = (3, len(own), swept.dropped.size)
    dropped, undefined, guarded = np.zeros(shape, dtype=bool)
    lower: dict[tuple[int, int], Array] = {}
    last = n_own - 1
    x = last - 1 - n_mediators
    for k in range(last):
        inverse, gone, near = _safe_inverse(left[k, k], prepared.n_cases)
        guarded |= near
        if k < x:
            dropped |= gone
        else:
            undefined |= gone
        for i in range(k + 1, last + 1):
            lower[i, k] = left[i, k] * inverse
        for i in range(k + 1, last + 1):
            for j in range(k + 1, min(i + 1, last)):
                left[i, j] -= lower[i, k] * left[j, k]
    a, b, direct = _substituted(lower, x, last)
    return Slopes(
        a=a, b=b, direct=direct, dropped=dropped, undefined=undefined, guarded=guarded
    )


def _substituted(
    lower: dict[tuple[int, int], Array], x: int, y: int
) -> tuple[Array, Array, Array]:
    """Read a, b and direct off the unit lower triangle, the last mediator first."""
    mediators = range(x + 1, y)
    slope = {k: lower[y, k] for k in range(x, y)}
    for i in reversed(mediators):
        for k in range(x, i):
            slope[k] = slope[k] - lower[i, k] * slope[i]
    a = np.array([lower[i, x] for i in mediators])
    b = np.array([slope[i] for i in mediators])
    return a, b, slope[x]
