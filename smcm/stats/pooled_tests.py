"""Tests of several parameters at once, pooled over m completed data sets."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from smcm.errors import OutOfRangeError
from smcm.stats.ols import Array
from smcm.stats.pooling import require_sets


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledF:
    """One F test pooled over completed data sets.

    Attributes
    ----------
    f : float
        At least 0.
    df1, df2 : float
        Infinite df2 where the sets do not differ and no df of the data is known.
    increase : float
        Average relative increase in variance due to missing data, r.
    m : int
        Completed data sets.
    """

    f: float
    df1: float
    df2: float
    increase: float
    m: int

    @property
    def p(self) -> float:
        """P value of F, of chi-square over df1 where df2 is infinite."""
        if np.isinf(self.df2):
            return float(special.chdtrc(self.df1, self.df1 * self.f))
        return float(special.fdtrc(self.df1, self.df2, self.f))


def pool_d2(f: Array, df1: int) -> PooledF:
    """Pool the F values of m sets by the statistic D2.

    Use it where no estimates are available. It is rough: its p values may be off by a
    factor of two (`pool_d1` uses the estimates).

    Parameters
    ----------
    f : ndarray, shape (m,)
    df1 : int
        Parameters tested.

    Raises
    ------
    OutOfRangeError
        Under two sets, or a negative F.

    References
    ----------
    Li K-H, Meng X-L, Raghunathan TE, Rubin DB (1991). Significance levels from
    repeated p-values with multiply-imputed data. Statistica Sinica 1:65-92.
    """
    m = f.size
    require_sets(m)
    if not (f >= 0.0).all():
        raise OutOfRangeError.for_number("F", float(f.min()), "numbers from 0")
    wald = df1 * f
    r = (1.0 + 1.0 / m) * float(np.var(np.sqrt(wald), ddof=1))
    pooled = (float(wald.mean()) / df1 - (m + 1) / (m - 1) * r) / (1.0 + r)
    df2 = df1 ** (-3.0 / m) * (m - 1) * (1.0 + 1.0 / r) ** 2 if r > 0.0 else np.inf
    return PooledF(f=max(pooled, 0.0), df1=df1, df2=df2, increase=r, m=m)


def pool_d1(estimates: Array, covariances: Array, complete_df: float) -> PooledF:
    """Pool the Wald tests of m sets by the statistic D1, from their estimates.

    The hypothesis is that all k parameters are zero.

    Parameters
    ----------
    estimates : ndarray, shape (m, k)
    covariances : ndarray, shape (m, k, k)
        Of the estimates within each set.
    complete_df : float
        Degrees of freedom in a completed data set.

    Raises
    ------
    OutOfRangeError
        Under two sets.

    References
    ----------
    Li K-H, Raghunathan TE, Rubin DB (1991). Journal of the American Statistical
    Association 86:1065-1073; Reiter JP (2007). Biometrika 94:502-508 (df2).
    """
    m, k = estimates.shape
    require_sets(m)
    mean, within = estimates.mean(axis=0), covariances.mean(axis=0)
    spread = estimates - mean
    between = spread.T @ spread / (m - 1)
    r = (1.0 + 1.0 / m) * float(np.trace(np.linalg.solve(within, between))) / k
    f = float(mean @ np.linalg.solve(within, mean)) / (k * (1.0 + r))
    return PooledF(f=f, df1=k, df2=_reiter(k, m, r, complete_df), increase=r, m=m)


def _reiter(k: int, m: int, r: float, complete_df: float) -> float:
    """Denominator degrees of freedom of D1 in samples of any size.

    With so few sets or cases that the formula has no value, that of Li, Raghunathan
    and Rubin is used instead.
    """
    t = k * (m - 1)
    whole = (complete_df + 1.0) / (complete_df + 3.0) * complete_df
    if r <= 0.0:
        return whole
    a = r * t / (t - 2.0) if t > 2 else np.inf
    near, far = whole - 2.0 * (1.0 + a), whole - 4.0 * (1.0 + a)
    if t <= 4 or far <= 0.0:
        return t * (1.0 + 1.0 / k) * (1.0 + 1.0 / r) ** 2 / 2.0
    own = near / ((1.0 + a) ** 2 * far) + 4.0 / ((1.0 + a) * far)
    own += 8.0 * near / ((1.0 + a) * far**2) + 4.0 / (far * near)
    own += 16.0 * near / far**3 + 8.0 / far**2
    return 4.0 + 1.0 / (1.0 / far + a**2 * own / (t - 4.0))
