"""Paths a and b of many models at once, with three kinds of standard error.

All designs [constant, covariates, x, m] are put through one batched QR. The equation
of m on all columns but the last, and that of y on all of them, then share one
orthonormal basis; the path is the last coefficient of its equation, and everything
about it follows from the last column of the basis.

The cluster-robust error needs, for each cluster g with rows Q_g of the basis, the
inverse symmetric root of I - Q_g Q_g'. With S_g = Q_g' Q_g one has
Q_g' (I - Q_g Q_g')^(-1/2) = (I - S_g)^(-1/2) Q_g', so the roots are those of k by k
matrices, however large the clusters are. Columns that are constant within clusters,
such as the constant and indicators of places that hold whole clusters, act within one
cluster as a single column; they come first, and the matrices are smaller by as many.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smcm.errors import DegenerateDataError
from smcm.stats.cluster_robust import FITTED
from smcm.stats.ols import COLLINEAR, Array

Codes = NDArray[np.intp]
MOST_TERMS, LEAST_TERM = 64, 1e-13  # of the series; its sum is 1 or more


@dataclass(frozen=True, slots=True)
class ManySlopes:
    """One coefficient in each of many regressions of the same cases.

    Attributes
    ----------
    slope : ndarray, shape (s,)
    classical, hc3, cr2 : ndarray, shape (s,)
        Standard errors, in units of the slope.
    df : int
        Residual degrees of freedom, those of `classical` and `hc3`.
    df_cr2 : ndarray, shape (s,)
        Satterthwaite degrees of freedom of `cr2`.
    """

    slope: Array
    classical: Array
    hc3: Array
    cr2: Array
    df: int
    df_cr2: Array


def fit_many(
    designs: Array, outcome: Array, cluster: Codes
) -> tuple[ManySlopes, ManySlopes]:
    """Fit the equations of m and y in every design.

    Parameters
    ----------
    designs : ndarray, shape (s, n, k)
        Columns constant, covariates, x, m.
    outcome : ndarray, shape (s, n)
        y of each design.
    cluster : ndarray of int, shape (n,)
        Codes from 0 without gaps.

    Returns
    -------
    a, b : ManySlopes
        Of m on x, and of y on m with x held fixed.

    Raises
    ------
    DegenerateDataError
        A column that those before it determine.

    References
    ----------
    Bell RM, McCaffrey DF (2002). Survey Methodology 28:169-181; Pustejovsky JE,
    Tipton E (2018). Journal of Business & Economic Statistics 36:672-683 (CR2 and its
    degrees of freedom); Long JS, Ervin LH (2000). The American Statistician
    54:217-224 (HC3).
    """
    by_cluster, sizes = np.argsort(cluster, kind="stable"), np.bincount(cluster)
    designs, outcome = designs[:, by_cluster], outcome[:, by_cluster]
    designs, n_constant = _constant_first(designs, sizes)
    scaled, scale = _scaled(designs)
    basis, upper = np.linalg.qr(scaled)
    pivot = np.diagonal(upper, axis1=1, axis2=2)
    if np.any(np.abs(pivot) <= COLLINEAR * np.sqrt(designs.shape[1])):
        raise DegenerateDataError(
            "A column of the regression is determined by those before it; leave it out."
        )
    about = outcome - outcome.mean(axis=1, keepdims=True)
    on_basis = np.einsum("snk,sn->sk", basis, about)
    residual = about - np.einsum("snk,sk->sn", basis, on_basis)
    residuals = np.stack([basis[:, :, -1] * pivot[:, -1:], residual], axis=1)
    along, cross, score = _of_clusters(basis, residuals, sizes, n_constant)
    errors = []
    for path, less in enumerate((1, 0)):  # m has no column in its own equation
        q, k = basis.shape[2] - less, cross.shape[2] - less
        cr2, df_cr2 = _cluster_robust(along, cross[:, :, :k, :k], score[:, :, path, :k])
        errors.append(_errors(basis[:, :, :q], residuals[:, path], cr2, df_cr2))
    a, b = errors
    ratio = scale[:, -1] / scale[:, -2]
    return (
        a.times(upper[:, -2, -1], ratio / pivot[:, -2]),
        b.times(on_basis[:, -1], 1.0 / (scale[:, -1] * pivot[:, -1])),
    )


@dataclass(frozen=True, slots=True)
class _Errors:
    """Errors of the last coefficient per unit of a basis column of length 1."""

    classical: Array
    hc3: Array
    cr2: Array
    df: int
    df_cr2: Array

    def times(self, slope: Array, unit: Array) -> ManySlopes:
        """Give slope and errors in units of the data; all of shape (s,)."""
        size = np.abs(unit)
        return ManySlopes(
            slope=slope * unit,
            classical=self.classical * size,
            hc3=self.hc3 * size,
            cr2=self.cr2 * size,
            df=self.df,
            df_cr2=self.df_cr2,
        )


def _constant_first(designs: Array, sizes: Codes) -> tuple[Array, int]:
    """Move columns that are constant within clusters ahead of the others; count them.

    Cases are ordered by cluster. The columns of x and m stay the last.
    """
    first = np.repeat(np.cumsum(sizes) - sizes, sizes)
    constant = (designs == designs[:, first]).all(axis=(0, 1))
    constant[-2:] = False
    order = np.argsort(~constant, kind="stable")
    return designs[:, :, order], int(constant.sum())


def _scaled(designs: Array) -> tuple[Array, Array]:
    """Columns of mean 0 and root mean square 1, the constant left; and those roots."""
    centred = designs - designs.mean(axis=1, keepdims=True)
    centred[:, :, 0] = 1.0
    scale = np.sqrt(np.mean(centred**2, axis=1))
    if not np.all(scale > 0.0):
        raise DegenerateDataError(
            "A column of the regression does not vary; leave it out."
        )
    return centred / scale[:, None, :], scale


def _errors(basis: Array, residual: Array, cr2: Array, df_cr2: Array) -> _Errors:
    n, k = basis.shape[1:]
    last = basis[:, :, -1]
    room = 1.0 - np.einsum("snk,snk->sn", basis, basis)
    pull = np.where(room > FITTED, last * residual / np.maximum(room, FITTED), 0)
    return _Errors(
        classical=np.sqrt(np.einsum("sn,sn->s", residual, residual) / (n - k)),
        hc3=np.sqrt(np.einsum("sn,sn->s", pull, pull)),
        cr2=cr2,
        df=n - k,
        df_cr2=df_cr2,
    )


def _of_clusters(
    basis: Array, residuals: Array, sizes: Codes, n_constant: int
) -> tuple[Array, Array, Array]:
    """Sum up the rows of each cluster; cases are ordered by cluster.

    The first `n_constant` columns of the basis are constant within clusters, and act
    within one as a single column, whose rows are as long as theirs together.

    Parameters
    ----------
    residuals : ndarray, shape (s, paths, n)

    Returns
    -------
    along : ndarray, shape (s, clusters, n_constant)
        Direction of the single column among the constant ones.
    cross : ndarray, shape (s, clusters, k, k)
        Cross-products of the columns, the single one and the others.
    score : ndarray, shape (s, clusters, paths, k)
        Products of the residuals and the columns.
    """
    ends = np.cumsum(sizes)
    along = basis[:, ends - 1, :n_constant]
    length = np.linalg.norm(along, axis=2, keepdims=True)
    basis = basis[:, :, n_constant - 1 :].copy()
    basis[:, :, 0] = np.repeat(length[:, :, 0], sizes, axis=1)
    k = basis.shape[2]
    cross = np.empty((*length.shape[:2], k, k))
    score = np.empty((*length.shape[:2], residuals.shape[1], k))
    for g, (size, end) in enumerate(zip(sizes, ends, strict=True)):
        own = basis[:, end - size : end]
        cross[:, g] = np.swapaxes(own, 1, 2) @ own
        score[:, g] = residuals[:, :, end - size : end] @ own
    return along / length, cross, score


def _cluster_robust(along: Array, cross: Array, score: Array) -> tuple[Array, Array]:
    """CR2 error of the last coefficient and its Satterthwaite df, each (s,).

    Parameters are as from `_of_clusters`, the scores of one path.
    """
    last = _last_of_root(cross)
    adjusted = np.einsum("sgk,sgk->sg", last, score)
    reach = (cross @ last[..., None])[..., 0]
    own_norm = np.einsum("sgk,sgk->sg", last, reach)
    reach = np.concatenate([reach[:, :, :1] * along, reach[:, :, 1:]], axis=2)
    overlap = reach @ np.swapaxes(reach, 1, 2)
    trace = own_norm.sum(axis=1) - np.trace(overlap, axis1=1, axis2=2)
    squares = (overlap**2).sum(axis=(1, 2))
    squares += (own_norm**2).sum(axis=1)
    squares -= 2.0 * np.einsum("sg,sgg->s", own_norm, overlap)
    return np.sqrt((adjusted**2).sum(axis=1)), trace**2 / squares


def _last_of_root(cross: Array) -> Array:
    """Last column of (I - S)^(-1/2) for every S in `cross`, shape (s, clusters, k).

    By the binomial series, even and odd powers apart, which needs but products with
    vectors. It is slow where the last column lies along a direction that a cluster
    nearly determines. There eigenvectors serve, without a direction that the cluster
    does determine.
    """
    square = cross @ cross
    term = np.zeros((*cross.shape[:-1], 1))
    term[..., -1, 0] = 1.0
    even, odd, factor = term.copy(), 0.5 * term, 0.5
    for j in range(2, MOST_TERMS, 2):
        term = square @ term
        factor *= 1.0 - 0.5 / j
        even += factor * term
        factor *= 1.0 - 0.5 / (j + 1)
        odd += factor * term
        if factor * np.abs(term).max() <= LEAST_TERM:
            break
    found = even[..., 0] + (cross @ odd)[..., 0]
    slow = factor * np.abs(term).max(axis=(2, 3)) > LEAST_TERM
    share, turn = np.linalg.eigh(cross[slow])
    free = 1.0 - share
    root = np.zeros_like(free)
    np.power(free, -0.5, out=root, where=free > FITTED)
    found[slow] = np.einsum("gjk,gk,gk->gj", turn, root, turn[:, -1])
    return found
