"""Adjusted p values for multiple tests."""

import numpy as np
from numpy.typing import NDArray

from smcm.errors import OutOfRangeError
from smcm.stats.ols import Array


def holm(p: Array) -> Array:
    """Adjust p values to control the familywise error rate.

    Parameters
    ----------
    p : ndarray, shape (k,)

    Returns
    -------
    ndarray, shape (k,)
        In the order of `p`.

    Raises
    ------
    OutOfRangeError
        A p value outside 0 to 1.

    References
    ----------
    Holm S (1979). Scandinavian Journal of Statistics 6:65-70.
    """
    _require_shares(p)
    order = np.argsort(p, kind="stable")
    weight = p.size - np.arange(p.size)
    stepped = np.maximum.accumulate(weight * p[order])
    return _back(np.minimum(stepped, 1.0), order)


def benjamini_hochberg(p: Array) -> Array:
    """Adjust p values to control the false discovery rate.

    Parameters
    ----------
    p : ndarray, shape (k,)

    Returns
    -------
    ndarray, shape (k,)
        In the order of `p`.

    Raises
    ------
    OutOfRangeError
        A p value outside 0 to 1.

    References
    ----------
    Benjamini Y, Hochberg Y (1995). Journal of the Royal Statistical Society B
    57:289-300.
    """
    _require_shares(p)
    order = np.argsort(p, kind="stable")
    weight = p.size / np.arange(1, p.size + 1)
    stepped = np.minimum.accumulate((weight * p[order])[::-1])[::-1]
    return _back(np.minimum(stepped, 1.0), order)


def _require_shares(p: Array) -> None:
    wrong = p[~((p >= 0.0) & (p <= 1.0))]
    if wrong.size:
        raise OutOfRangeError.for_number("p", float(wrong[0]), "a share from 0 to 1")


def _back(ordered: Array, order: NDArray[np.intp]) -> Array:
    """Put sorted values back into their original order."""
    adjusted = np.empty_like(ordered)
    adjusted[order] = ordered
    return adjusted
