"""Ordinary least squares on plain arrays, by QR."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from smcm.errors import DegenerateDataError, UnknownValueError
from smcm.shown import shown
from smcm.stats.cluster_robust import CLUSTER_ROBUST, Codes, cluster_design
from smcm.stats.heteroscedastic import HETEROSCEDASTIC, robust_covariance
from smcm.stats.terms import LinearFit
from smcm.stats.usable import centred_columns, require_usable_columns

Array = NDArray[np.float64]
StandardError = Literal[
    "classical", "hc0", "hc1", "hc2", "hc3", "hc4", "cr1", "cr2", "cr3"
]
STANDARD_ERRORS = ("classical", *HETEROSCEDASTIC)
EVERY_ERROR = (*STANDARD_ERRORS, *CLUSTER_ROBUST)
COLLINEAR = 1e-7  # a column is dependent when this little of its length is its own
SURELY_OWN = 1e-3  # with more left of every column, rounding cannot make one dependent
EXACT_FIT = 1e-15  # a residual over what it is the difference of: less is rounding


def require_errors(se: str, cluster: str | None, prefix: str = "") -> None:
    """Refuse a kind of error that there is not, or that lacks what it needs.

    Parameters
    ----------
    se : str
    cluster : str or None
        Column of the clusters.
    prefix : str
        Of both names in the message, ``"--"`` on the command line.

    Raises
    ------
    UnknownValueError
    """
    if se not in EVERY_ERROR:
        raise UnknownValueError.for_choice(f"{prefix}se", se, EVERY_ERROR)
    if se in CLUSTER_ROBUST and cluster is None:
        raise UnknownValueError(
            f"{prefix}se is {shown(se)}, which needs clusters; name their "
            f"column with {prefix}cluster, or take one of {', '.join(STANDARD_ERRORS)}."
        )
    if se in STANDARD_ERRORS and cluster is not None:
        raise UnknownValueError(
            f"{prefix}cluster is {shown(cluster)}, and {shown(se)} errors take no "
            "notice of clusters; set "
            f"{prefix}se to one of {', '.join(CLUSTER_ROBUST)}, or leave "
            f"{prefix}cluster out."
        )


def independent_columns(design: Array) -> NDArray[np.intp]:
    """Keep each column that the columns before it do not determine.

    The first of a set of dependent columns stays and the later ones go, which is
    what R's `lm` does.

    Parameters
    ----------
    design : ndarray, shape (n, k)

    Returns
    -------
    ndarray of int, shape (number kept,)
    """
    if surely_independent(design):
        return np.arange(design.shape[1], dtype=np.intp)
    length = np.linalg.norm(design, axis=0)
    kept: list[int] = []
    basis = np.empty(design.shape, order="F")
    for column in range(design.shape[1]):
        rest = design[:, column].copy()
        found = basis[:, : len(kept)]
        for _ in range(2):  # a second pass removes what rounding left of the first
            rest -= found @ (found.T @ rest)
        own = np.linalg.norm(rest)
        if own > COLLINEAR * length[column] and length[column] > 0.0:
            basis[:, len(kept)] = rest / own
            kept.append(column)
    return np.array(kept, dtype=np.intp)


def surely_independent(designs: Array) -> bool:
    """Whether no column is near to being determined by the columns before it.

    Parameters
    ----------
    designs : ndarray, shape (..., n, k)
        One or more.
    """
    r: Array = np.asarray(np.linalg.qr(designs, mode="r"))
    return _surely_own(r, np.linalg.norm(designs, axis=-2))


def _surely_own(r: Array, length: Array) -> bool:
    """Whether R of a QR leaves far more than `COLLINEAR` of every column's length."""
    own = np.abs(np.diagonal(r, axis1=-2, axis2=-1))
    return own.shape == length.shape and bool(np.all(own > SURELY_OWN * length))


def fit_linear(
    design: Array,
    outcome: Array,
    se: StandardError = "classical",
    cluster: Codes | None = None,
) -> LinearFit:
    """Fit by QR of the design.

    Parameters
    ----------
    design : ndarray, shape (n, k)
        First column is the constant; full column rank.
    outcome : ndarray, shape (n,)
    se : str
        ``"classical"``, ``"hc0"`` to ``"hc4"``, or ``"cr1"`` to ``"cr3"``.
    cluster : ndarray of int, shape (n,), optional
        Cluster of each case, for the last three.

    Raises
    ------
    DegenerateDataError
        No more cases than columns, dependent columns, or clusters that there are too
        few of.
    UnknownValueError
        `se` is none of the kinds, or not of the kind that `cluster` makes it.

    See Also
    --------
    smcm.stats.heteroscedastic, smcm.stats.cluster_robust : the robust errors.
    """
    ((fit,),) = fit_sets(design[None], outcome[None, None], se, cluster)
    return fit


def fit_sets(
    designs: Array,
    outcomes: Array,
    se: StandardError = "classical",
    cluster: Codes | None = None,
) -> tuple[tuple[LinearFit, ...], ...]:
    """Fit several outcomes on one design in m data sets; as `fit_linear` otherwise.

    Parameters
    ----------
    designs : ndarray, shape (m, n, k)
    outcomes : ndarray, shape (outcomes, m, n)
    se : str
    cluster : ndarray of int, shape (n,), optional

    Returns
    -------
    tuple of tuple of LinearFit
        By outcome, then by set.
    """
    m, n, k = designs.shape
    kinds = STANDARD_ERRORS if cluster is None else CLUSTER_ROBUST
    if se not in kinds:
        raise UnknownValueError.for_choice("se", se, kinds)
    if n <= k:
        raise DegenerateDataError(
            f"{n} cases cannot carry a regression with {k} coefficients; "
            "use more cases or fewer covariates."
        )
    targets, columns = np.moveaxis(outcomes, 2, 0), np.moveaxis(designs, 1, 0)
    require_usable_columns("The outcome of the regression", targets)
    require_usable_columns("A column of the regression", columns)
    # Centred, columns and outcome keep the digits that a large mean would cost.
    centred = np.ones_like(designs, dtype=np.float64)
    centred[:, :, 1:] = np.moveaxis(centred_columns(columns[:, :, 1:]), 0, 1)
    q, r = np.linalg.qr(centred)
    if not _surely_own(r, np.linalg.norm(centred, axis=1)) and any(
        independent_columns(one).size < k for one in centred
    ):
        raise DegenerateDataError(
            "The columns of the regression determine one another; leave out those "
            "that are constant or repeat another."
        )
    back = np.tile(np.eye(k), (m, 1, 1))  # to the constant of the columns as they are
    back[:, 0, 1:] = -designs[:, :, 1:].mean(axis=1)
    bread = back @ np.linalg.inv(r)
    clusters = None if cluster is None else cluster_design(q, bread, cluster)
    about_mean = np.moveaxis(centred_columns(targets), 0, 2)
    inner = q.swapaxes(1, 2) @ about_mean[..., None]
    slope = np.linalg.solve(r, inner)[..., 0]
    residual = about_mean - np.matvec(centred, slope)
    reach = np.abs(slope[:, :, 1:]) * np.linalg.norm(designs[:, :, 1:], axis=1)
    size = np.linalg.norm(outcomes, axis=2) + reach.sum(axis=2)
    # Where rounding could have made all residuals, they are zero.
    residual[np.linalg.norm(residual, axis=2) <= EXACT_FIT * size] = 0.0
    slope[:, :, 0] += outcomes.mean(axis=2)
    numbers = (
        np.matvec(back, slope),
        _covariance(q, bread, residual, se)
        if clusters is None
        else clusters.covariance(residual, se),
        np.vecdot(residual, residual),
        np.vecdot(about_mean, about_mean),
    )
    n_clusters = 0 if clusters is None else clusters.n_clusters
    own_df = [None] * m if clusters is None else clusters.df(se)
    return tuple(
        tuple(
            LinearFit(
                slope, errors, n, n - k, float(sse), float(sst), se, n_clusters, df
            )
            for slope, errors, sse, sst, df in zip(*of_one, own_df, strict=True)
        )
        for of_one in zip(*numbers, strict=True)
    )


def _covariance(q: Array, bread: Array, residual: Array, se: str) -> Array:
    """Covariance of the slopes; `bread` is the inverse of R, `q` the Q of the QR."""
    if se != "classical":
        return robust_covariance(q, bread, residual, se)
    n, k = q.shape[-2:]
    mse = np.vecdot(residual, residual) / (n - k)
    classical: Array = mse[..., None, None] * (bread @ bread.swapaxes(-1, -2))
    return classical
