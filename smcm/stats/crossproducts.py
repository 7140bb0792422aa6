"""Every resample's cross-products of many models, in one matrix product.

A resample that holds case i exactly w_i times has the cross-product
sum_i w_i u_i v_i of two columns u and v. With the row-wise products u_i v_i of all
pairs that some model needs as the columns of P, and the counts w as the rows of W,
W P holds the cross-products of all resamples and all models at once.

Before that the columns are put into a shape in which elimination loses no digits:
the covariates that all models share are orthonormalised together with the constant,
and the others become their residuals on them, scaled to length sqrt(n). Slopes of x
and m are unchanged by this as long as the covariates stay in the regression.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from smcm.errors import DegenerateDataError
from smcm.stats.ols import COLLINEAR, Array, independent_columns
from smcm.stats.usable import centred_columns


@dataclass(frozen=True, slots=True)
class ModelColumns:
    """Which columns of a data matrix play which part in one model.

    Attributes
    ----------
    x, m, y : int
    covariates : tuple of int
    more : tuple of int
        Further mediators, in parallel with `m`.
    """

    x: int
    m: int
    y: int
    covariates: tuple[int, ...] = ()
    more: tuple[int, ...] = ()

    @property
    def mediators(self) -> tuple[int, ...]:
        """Every mediator, `m` first."""
        return (self.m, *self.more)


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns and products a family of models needs, whatever the data.

    Attributes
    ----------
    shared : tuple of int
        Covariates that every model holds, in the order of the first.
    own : tuple of int
        Data columns outside the shared block, in order.
    places : tuple of tuple of int
        Of each model, the positions of its own columns among these: covariates of the
        model's own, x, the mediators, y.
    pairs : ndarray of int, shape (number of own, number of own)
        Place of each pair of own columns in its block; -1 if no model needs it.
    moments : dict
        Place of the sum and of the square sum of a data column.
    """

    shared: tuple[int, ...]
    own: tuple[int, ...]
    places: tuple[tuple[int, ...], ...]
    pairs: NDArray[np.intp]
    moments: dict[int, int]


@dataclass(frozen=True, slots=True)
class CrossProducts:
    """The preconditioned columns of a family of models and their products.

    Attributes
    ----------
    products : ndarray, shape (n_products, n)
        Row-wise products: the shared block's lower triangle, then shared by own
        columns, then the pairs of own columns, then the sums and squares of x and y.
    block : ndarray, shape (n, n_shared)
        The shared block itself: constant and covariates, orthonormal.
    residual : ndarray, shape (n, number of own)
        The own columns themselves, residuals of root mean square 1.
    scale : ndarray, shape (number of own,)
        Root mean square of each own column's residual, in its own units.
    layout : Layout
    """

    products: Array
    block: Array
    residual: Array
    scale: Array
    layout: Layout

    @property
    def n_cases(self) -> int:
        """Cases of the sample itself."""
        return int(self.products.shape[1])

    @property
    def n_shared(self) -> int:
        """Columns of the shared block, the constant included."""
        return int(self.block.shape[1])

    @property
    def n_triangle(self) -> int:
        """Number of products within the shared block."""
        return self.n_shared * (self.n_shared + 1) // 2

    @property
    def first_pair(self) -> int:
        """Row of the first pair of own columns."""
        return self.n_triangle + self.n_shared * len(self.scale)

    @property
    def first_moment(self) -> int:
        """Row of the first sum."""
        return self.first_pair + int(self.layout.pairs.max()) + 1


@lru_cache(maxsize=8)  # many data sets come with the same models
def layout_of(models: tuple[ModelColumns, ...]) -> Layout:
    """List what some models need."""
    common = set.intersection(*(set(model.covariates) for model in models))
    shared = tuple(column for column in models[0].covariates if column in common)
    columns = [
        (*(c for c in m.covariates if c not in common), m.x, *m.mediators, m.y)
        for m in models
    ]
    own = tuple(dict.fromkeys(chain.from_iterable(columns)))
    places = tuple(tuple(map(own.index, of_model)) for of_model in columns)
    pairs = np.full((len(own), len(own)), -1)
    for at in places:
        pairs[np.ix_(at, at)] = 0
    first, second = np.nonzero(np.triu(pairs == 0))
    pairs[first, second] = pairs[second, first] = np.arange(first.size)
    raw = dict.fromkeys(chain.from_iterable((m.x, m.y) for m in models))
    moments = {column: k for k, column in enumerate(raw)}
    return Layout(shared, own, places, pairs, moments)


def cross_products(values: Array, models: Sequence[ModelColumns]) -> CrossProducts:
    """Prepare the products that all models of a run need.

    Parameters
    ----------
    values : ndarray, shape (n, p)
        Data, no gaps.
    models : sequence of ModelColumns
        Covariates of a model must not determine one another on `values`.

    Raises
    ------
    DegenerateDataError
        An x, m or y that the covariates determine.
    """
    layout = layout_of(tuple(models))
    block = _orthonormal(values[:, list(layout.shared)])
    residual, scale = _residuals(values[:, list(layout.own)], block)
    moments = values[:, list(layout.moments)]
    centred = moments - moments.mean(axis=0)
    shared_rows, own_rows = block.T.copy(), residual.T.copy()
    first, second = np.tril_indices(len(shared_rows))
    left, right = np.nonzero(np.triu(layout.pairs >= 0))
    products = [
        shared_rows[first] * shared_rows[second],
        (own_rows[:, None] * shared_rows).reshape(-1, len(values)),
        own_rows[left] * own_rows[right],
        np.stack([centred.T, centred.T**2], axis=1).reshape(-1, len(values)),
    ]
    return CrossProducts(
        products=np.concatenate(products),
        block=block,
        residual=residual,
        scale=scale,
        layout=layout,
    )


def _orthonormal(covariates: Array) -> Array:
    """Constant and covariates, orthonormal in the scale where the constant is 1."""
    n = covariates.shape[0]
    constant = np.ones((n, 1))
    design = np.column_stack([constant, centred_columns(covariates)])
    if independent_columns(design).size < design.shape[1]:
        raise DegenerateDataError(
            "The covariates determine one another; leave out those that are constant "
            "or repeat another."
        )
    q, _ = np.linalg.qr(design[:, 1:])
    return np.column_stack([constant, q * np.sqrt(n)])


def _residuals(columns: Array, block: Array) -> tuple[Array, Array]:
    """Residuals on the block, at root mean square 1, and that root."""
    n = columns.shape[0]
    centred = centred_columns(columns)
    residual = centred.copy()
    for _ in range(2):  # the second pass removes what rounding left of the first
        residual -= block @ (block.T @ residual) / n
    scale = np.sqrt(np.mean(residual**2, axis=0))
    spread = np.sqrt(np.mean(centred**2, axis=0))
    if np.any(scale <= COLLINEAR * spread) or np.any(spread == 0.0):
        raise DegenerateDataError(
            "A variable of the model does not vary, or the covariates determine it; "
            "its path cannot be estimated."
        )
    return residual / scale, scale


def grams(prepared: CrossProducts, counts: Array, out: Array | None = None) -> Array:
    """Cross-products of every resample.

    Parameters
    ----------
    counts : ndarray, shape (n_samples, n)
    out : ndarray, shape (n_products, n_samples), or None
        Where to put them, if not into new memory.

    Returns
    -------
    ndarray, shape (n_products, n_samples)
    """
    result: Array = np.matmul(prepared.products, counts.T, out=out)
    return result


def grams_without_each(prepared: CrossProducts) -> Array:
    """Cross-products of the sample less one case, for every case; exact, no refits.

    Returns
    -------
    ndarray, shape (n_products, n)
    """
    total = prepared.products.sum(axis=1, keepdims=True)
    result: Array = total - prepared.products
    return result
