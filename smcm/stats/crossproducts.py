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
from itertools import combinations_with_replacement

import numpy as np

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
    own : tuple of int
        Data columns outside the shared block, in order.
    scale : ndarray, shape (number of own,)
        Root mean square of each own column's residual, in its own units.
    pairs : dict
        Place of a pair of own columns (positions, lower first) in its block.
    moments : dict
        Place of the sum and of the square sum of a data column.
    """

    products: Array
    block: Array
    residual: Array
    own: tuple[int, ...]
    scale: Array
    pairs: dict[tuple[int, int], int]
    moments: dict[int, int]

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
        return self.n_triangle + self.n_shared * len(self.own)

    @property
    def first_moment(self) -> int:
        """Row of the first sum."""
        return self.first_pair + len(self.pairs)


def shared_covariates(models: Sequence[ModelColumns]) -> tuple[int, ...]:
    """Covariates that every model holds, in the order of the first."""
    common = set.intersection(*(set(model.covariates) for model in models))
    return tuple(column for column in models[0].covariates if column in common)


def own_columns(model: ModelColumns, shared: Sequence[int]) -> tuple[int, ...]:
    """Columns of one model outside the shared block: covariates, x, mediators, y."""
    rest = tuple(column for column in model.covariates if column not in shared)
    return (*rest, model.x, *model.mediators, model.y)


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
    shared = shared_covariates(models)
    own = tuple(dict.fromkeys(c for m in models for c in own_columns(m, shared)))
    block = _orthonormal(values[:, list(shared)])
    residual, scale = _residuals(values[:, list(own)], block)
    place = {column: position for position, column in enumerate(own)}
    pairs = _needed_pairs(models, shared, place)
    moments = {
        column: k
        for k, column in enumerate(dict.fromkeys(c for m in models for c in (m.x, m.y)))
    }
    centred = values[:, list(moments)] - values[:, list(moments)].mean(axis=0)
    shared_rows, own_rows = block.T.copy(), residual.T.copy()
    first, second = np.tril_indices(len(shared_rows))
    left, right = np.array(pairs).T
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
        own=own,
        scale=scale,
        pairs={pair: k for k, pair in enumerate(pairs)},
        moments=moments,
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


def _needed_pairs(
    models: Sequence[ModelColumns], shared: Sequence[int], place: dict[int, int]
) -> list[tuple[int, int]]:
    needed: set[tuple[int, int]] = set()
    for model in models:
        places = sorted(place[column] for column in own_columns(model, shared))
        needed.update(combinations_with_replacement(places, 2))
    return sorted(needed)


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
