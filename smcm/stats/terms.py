"""Estimates with intervals and tests: one of any method, and those of a regression."""

from dataclasses import dataclass
from typing import overload

import numpy as np
from numpy.typing import NDArray
from scipy import special

Array = NDArray[np.float64]
LEAST_DF = 2.0  # of fewer, draws have no variance; they are drawn as if of these


@overload
def excludes_zero(low: float, high: float) -> bool: ...
@overload
def excludes_zero(low: Array, high: Array) -> NDArray[np.bool_]: ...
def excludes_zero(low: float | Array, high: float | Array) -> bool | NDArray[np.bool_]:
    """Whether an interval, or each of many, lies on one side of zero."""
    return (low > 0.0) | (high < 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One estimated quantity; NaN where a method has no such number.

    Attributes
    ----------
    estimate, se : float
        In the quantity's own units.
    statistic, df, p : float
        Of Student's t.
    ci_low, ci_high : float
        Limits of the interval, in the units of the estimate.
    """

    estimate: float
    se: float = np.nan
    statistic: float = np.nan
    df: float = np.nan
    p: float = np.nan
    ci_low: float
    ci_high: float

    @property
    def limits(self) -> tuple[float, float]:
        """Both limits of the interval."""
        return self.ci_low, self.ci_high

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval excludes zero."""
        return excludes_zero(self.ci_low, self.ci_high)


@dataclass(frozen=True, slots=True)
class LinearFit:
    """One outcome regressed on one design whose first column is the constant.

    Attributes
    ----------
    slope : ndarray, shape (k,)
        Units of the outcome per unit of the column.
    covariance : ndarray, shape (k, k)
        Of the slopes; classical, heteroscedasticity-consistent or cluster-robust, and
        NaN where a robust error does not exist.
    n, df : int
        Cases, and residual degrees of freedom n - k.
    sse : float
        Residual sum of squares, squared units of the outcome; 0 where the residuals
        are rounding and nothing else.
    sst : float
        Sum of squares of the outcome about its mean.
    se_kind : str
        One of `smcm.stats.ols.EVERY_ERROR`.
    n_clusters : int
        Clusters that the errors know of; 0 where they know of none.
    own_df : ndarray, shape (k,), or None
        Satterthwaite degrees of freedom of each slope, where errors are
        cluster-robust.
    """

    slope: Array
    covariance: Array
    n: int
    df: int
    sse: float
    sst: float
    se_kind: str = "classical"
    n_clusters: int = 0
    own_df: Array | None = None

    @property
    def t_df(self) -> Array:
        """Degrees of freedom of each slope's t, shape (k,)."""
        if self.own_df is not None:
            return self.own_df
        return np.full(self.slope.shape, float(self.df))

    @property
    def se(self) -> Array:
        """Standard errors, shape (k,).

        NaN where a robust error does not exist: where the coefficient relies on a case
        or a cluster that its own columns fit exactly.
        """
        errors: Array = np.sqrt(self.covariance.diagonal())
        return errors

    @property
    def t(self) -> Array:
        """Ratio of slope to standard error, shape (k,).

        NaN where the error is zero, or rests on no degrees of freedom.
        """
        se, ratio = self.se, np.full_like(self.slope, np.nan)
        tested = (se > 0.0) & ~np.isnan(self.t_df)
        np.divide(self.slope, se, out=ratio, where=tested)
        return ratio

    @property
    def p(self) -> Array:
        """Two-sided p values from Student's t, shape (k,)."""
        tail: Array = 2.0 * special.stdtr(self.t_df, -np.abs(self.t))
        return tail

    def limits(self, level: float = 0.95) -> tuple[Array, Array]:
        """Confidence limits from Student's t, each of shape (k,)."""
        reach = special.stdtrit(self.t_df, 0.5 + level / 2.0) * self.se
        return self.slope - reach, self.slope + reach

    def term(self, at: int, level: float = 0.95) -> Term:
        """Numbers of the slope at one place, with Student's t."""
        low, high = self.limits(level)
        return Term(
            estimate=float(self.slope[at]),
            se=float(self.se[at]),
            statistic=float(self.t[at]),
            df=float(self.t_df[at]),
            p=float(self.p[at]),
            ci_low=float(low[at]),
            ci_high=float(high[at]),
        )

    @property
    def r2(self) -> float:
        """Share of the outcome's variance explained, 0 to 1; NaN of a constant."""
        return 1.0 - self.sse / self.sst if self.sst > 0.0 else float("nan")

    @property
    def mse(self) -> float:
        """Residual variance, SSE / df."""
        return self.sse / self.df

    @property
    def f(self) -> float:
        """Wald F of all slopes but the constant; the usual F when classical.

        NaN where the covariance of the slopes is singular, so of an exact fit, and
        where errors are cluster-robust: few clusters carry no test of many slopes.
        """
        if self.n_clusters:
            return float("nan")
        t, se = self.t[1:], self.se[1:]
        if t.size == 0 or not np.isfinite(t).all():
            return float("nan")
        correlation = self.covariance[1:, 1:] / np.outer(se, se)
        if np.linalg.matrix_rank(correlation, hermitian=True) < t.size:
            return float("nan")
        return float(t @ np.linalg.solve(correlation, t) / t.size)

    @property
    def f_p(self) -> float:
        """P value of `f` on (k - 1, df) degrees of freedom."""
        return float(special.fdtrc(self.slope.size - 1, self.df, self.f))
