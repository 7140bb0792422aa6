"""Change over repeated measurements of the same cases."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from smcm.errors import DegenerateDataError
from smcm.stats.ols import Array
from smcm.stats.usable import FLAT, require_usable


@dataclass(frozen=True, slots=True)
class PairedChange:
    """Two measurements of the same cases.

    Attributes
    ----------
    difference : float
        Mean of first minus second, in units of the measure.
    t : float
        Paired t of first minus second.
    df : float
    p : float
        Two-sided.
    d : float
        Cohen's d: the absolute difference over sqrt((s1^2 + s2^2) / 2).
    """

    difference: float
    t: float
    df: float
    p: float
    d: float


@dataclass(frozen=True, slots=True)
class RepeatedMeasures:
    """One-way analysis of variance of k measurements of the same cases.

    Attributes
    ----------
    f : float
    df1, df2 : float
        Degrees of freedom when sphericity is assumed.
    p : float
        On those degrees of freedom.
    eta_squared : float
        Partial eta squared, 0 to 1.
    epsilon : float
        Greenhouse and Geisser's epsilon, 1/(k-1) to 1.
    p_corrected : float
        P value on epsilon times both degrees of freedom.
    """

    f: float
    df1: float
    df2: float
    p: float
    eta_squared: float
    epsilon: float
    p_corrected: float


def paired_change(first: Array, second: Array) -> PairedChange:
    """Compare two measurements of the same cases.

    Parameters
    ----------
    first, second : ndarray, shape (n,)

    Raises
    ------
    DegenerateDataError
        Under two cases, differences that do not vary, or a case that lacks a value.
    """
    if first.shape != second.shape:
        raise DegenerateDataError(
            "A paired comparison needs two measurements of every case; there are "
            f"{first.size} and {second.size}."
        )
    for measurement in (first, second):
        require_usable("A measurement", measurement)
    difference = first - second
    n = difference.size
    size = float(np.abs([first, second]).max(initial=0.0))
    spread = float(np.std(difference, ddof=1)) if n > 1 else 0.0
    if spread <= FLAT * size:
        raise DegenerateDataError(
            "A paired comparison needs at least two cases whose differences vary."
        )
    t = float(difference.mean() / (spread / np.sqrt(n)))
    pooled = np.sqrt((np.var(first, ddof=1) + np.var(second, ddof=1)) / 2.0)
    return PairedChange(
        difference=float(difference.mean()),
        t=t,
        df=n - 1,
        p=float(2.0 * special.stdtr(n - 1, -abs(t))),
        d=float(abs(difference.mean()) / pooled),
    )


def bonferroni(p: float, comparisons: int) -> float:
    """Multiply by the number of comparisons, at most 1."""
    return min(1.0, p * comparisons)


def repeated_measures(values: Array) -> RepeatedMeasures:
    """Compare k measurements of the same cases.

    Parameters
    ----------
    values : ndarray, shape (n, k)

    Raises
    ------
    DegenerateDataError
        Under two cases or measurements, no variation within cases, or a value that
        is missing or infinite.

    References
    ----------
    Greenhouse SW, Geisser S (1959). Psychometrika 24:95-112.
    """
    n, k = values.shape
    if n < 2 or k < 2:
        raise DegenerateDataError(
            "Repeated measures need at least two cases and two measurements."
        )
    require_usable("A measurement", values)
    centred = values - values.mean()
    centred -= centred.mean()  # what rounding left of the first mean
    occasion, case = centred.mean(axis=0), centred.mean(axis=1, keepdims=True)
    between_times = n * float((occasion**2).sum())
    error = float(((centred - case - occasion) ** 2).sum())
    if np.sqrt(error) <= FLAT * np.linalg.norm(values):
        raise DegenerateDataError("The cases all change alike; F is not defined.")
    df1, df2 = k - 1, (n - 1) * (k - 1)
    f = (between_times / df1) / (error / df2)
    epsilon = _epsilon(centred)
    return RepeatedMeasures(
        f=f,
        df1=df1,
        df2=df2,
        p=float(special.fdtrc(df1, df2, f)),
        eta_squared=between_times / (between_times + error),
        epsilon=epsilon,
        p_corrected=float(special.fdtrc(epsilon * df1, epsilon * df2, f)),
    )


def _epsilon(values: Array) -> float:
    """Greenhouse and Geisser's measure of sphericity of the k measurements."""
    k = values.shape[1]
    covariance = np.cov(values, rowvar=False)
    centring = np.eye(k) - 1.0 / k
    centred = centring @ covariance @ centring
    return float(np.trace(centred) ** 2 / ((k - 1) * (centred**2).sum()))
