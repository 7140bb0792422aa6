"""Ordinary least squares on plain arrays, by QR."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from smcm.errors import DegenerateDataError, UnknownValueError
from smcm.shown import shown
from smcm.stats.cluster_robust import (
    CLUSTER_ROBUST,
    Codes,
    cluster_design,
)
from smcm.stats.heteroscedastic import HETEROSCEDASTIC, robust_covariance
from smcm.stats.terms import LinearFit
from smcm.stats.usable import (
    centred_columns,
    require_usable,
    require_usable_columns,
)

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
    return fit_each(design, (outcome,), se, cluster)[0]


def fit_each(
    design: Array,
    outcomes: Sequence[Array],
    se: StandardError = "classical",
    cluster: Codes | None = None,
) -> tuple[LinearFit, ...]:
    """Fit several outcomes on one design, prepared once; as `fit_linear` otherwise.

    Parameters
    ----------
    design : ndarray, shape (n, k)
    outcomes : sequence of ndarray, shape (n,)
    se : str
    cluster : ndarray of int, shape (n,), optional
    """
    n, k = design.shape
    kinds = STANDARD_ERRORS if cluster is None else CLUSTER_ROBUST
    if se not in kinds:
        raise UnknownValueError.for_choice("se", se, kinds)
    if n <= k:
        raise DegenerateDataError(
            f"{n} cases cannot carry a regression with {k} coefficients; "
            "use more cases or fewer covariates."
        )
    for outcome in outcomes:
        require_usable("The outcome of the regression", outcome)
    require_usable_columns("A column of the regression", design)
    # Centred, columns and outcome keep the digits that a large mean would cost.
    centred = np.column_stack([np.ones(n), centred_columns(design[:, 1:])])
    q, r = np.linalg.qr(centred)
    if (
        not _surely_own(r, np.linalg.norm(centred, axis=0))
        and independent_columns(centred).size < k
    ):
        raise DegenerateDataError(
            "The columns of the regression determine one another; leave out those "
            "that are constant or repeat another."
        )
    back = np.eye(k)  # to the constant of the columns as they are
    back[0, 1:] = -design[:, 1:].mean(axis=0)
    bread = back @ np.linalg.inv(r)
    clusters = None if cluster is None else cluster_design(q, bread, cluster)
    own_df = None if clusters is None else clusters.df(se)
    fits = []
    for outcome in outcomes:
        about_mean = centred_columns(outcome)
        slope = np.linalg.solve(r, q.T @ about_mean)
        residual = _residual(design, outcome, slope, about_mean - centred @ slope)
        slope[0] += outcome.mean()
        fits.append(
            LinearFit(
                slope=back @ slope,
                covariance=_covariance(q, bread, residual, se)
                if clusters is None
                else clusters.covariance(residual, se),
                n=n,
                df=n - k,
                sse=float(residual @ residual),
                sst=float(about_mean @ about_mean),
                se_kind=se,
                n_clusters=0 if clusters is None else clusters.n_clusters,
                own_df=own_df,
            )
        )
    return tuple(fits)


def _residual(design: Array, outcome: Array, slope: Array, residual: Array) -> Array:
    """Return the residuals, or zeros where rounding could have made all of them."""
    lengths = np.linalg.norm(design[:, 1:], axis=0)
    size = np.linalg.norm(outcome) + np.abs(slope[1:]) @ lengths
    exact = np.linalg.norm(residual) <= EXACT_FIT * size
    return np.zeros_like(residual) if exact else residual


def _covariance(q: Array, bread: Array, residual: Array, se: str) -> Array:
    """Covariance of the slopes; `bread` is the inverse of R, `q` the Q of the QR."""
    if se != "classical":
        return robust_covariance(q, bread, residual, se)
    n, k = q.shape
    classical: Array = (residual @ residual / (n - k)) * (bread @ bread.T)
    return classical
