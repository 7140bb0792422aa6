"""Standard errors of a regression whose cases differ in residual variance."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
HETEROSCEDASTIC = ("hc0", "hc1", "hc2", "hc3", "hc4")
ALONE = 1e-10  # 1 - leverage of a case that a column of its own fits exactly
RELIES = 1e-6  # weight of a case over the length of all weights: less is rounding


def robust_covariance(q: Array, bread: Array, residual: Array, kind: str) -> Array:
    """Covariance of the coefficients under heteroscedasticity, shape (..., k, k).

    A case with a leverage of 1, such as the only one of its site, has no residual. The
    coefficients that rely on it have no robust error: their rows and columns are NaN.
    The others are as if the case were not there.

    Parameters
    ----------
    q : ndarray, shape (..., n, k)
        Orthonormal columns that span the design.
    bread : ndarray, shape (..., k, k)
        Turns a sum over q into the coefficients: slope = bread @ q.T @ outcome.
    residual : ndarray, shape (..., n)
        Units of the outcome.
    kind : str
        One of `HETEROSCEDASTIC`.

    References
    ----------
    Long JS, Ervin LH (2000). The American Statistician 54:217-224 (HC0 to HC3);
    Cribari-Neto F (2004). Computational Statistics & Data Analysis 45:215-233 (HC4).
    """
    leverage, back = np.einsum("...ij,...ij->...i", q, q), bread.swapaxes(-1, -2)
    scores = q * (residual * np.sqrt(_weights(kind, leverage, q.shape[-1])))[..., None]
    sandwich: Array = bread @ (scores.swapaxes(-1, -2) @ scores) @ back
    alone = np.where((1.0 - leverage <= ALONE)[..., None], q, 0.0)
    return without_error(sandwich, relies(alone @ back, bread))


def relies(weights: Array, bread: Array) -> NDArray[np.bool_]:
    """Whether a coefficient gives weight to a part of the data without residual.

    Parameters
    ----------
    weights : ndarray, shape (..., parts, k)
        Weight of each part in each coefficient.
    bread : ndarray, shape (..., k, k)

    Returns
    -------
    ndarray of bool, shape (..., k)
    """
    length = np.sqrt((bread**2).sum(axis=-1, keepdims=True)).swapaxes(-1, -2)
    found: NDArray[np.bool_] = (np.abs(weights) > RELIES * length).any(axis=-2)
    return found


def without_error(covariance: Array, undefined: NDArray[np.bool_]) -> Array:
    """Put NaN into the rows and columns of coefficients that have no error."""
    lost = undefined[..., :, None] | undefined[..., None, :]
    return np.where(lost, np.nan, covariance)


def _weights(kind: str, leverage: Array, k: int) -> Array:
    """Weight of each squared residual; 0 of a case that has none."""
    n, room = leverage.shape[-1], 1.0 - leverage
    room = np.where(room > ALONE, room, np.inf)
    weights: dict[str, Array] = {
        "hc0": np.ones_like(leverage),
        "hc1": np.full_like(leverage, n / (n - k)),
        "hc2": 1.0 / room,
        "hc3": 1.0 / room**2,
        "hc4": np.power(room, -np.minimum(4.0, n * leverage / k)),
    }
    return weights[kind]
