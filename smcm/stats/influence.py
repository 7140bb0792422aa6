"""Influence of single cases on a regression, and collinearity of its columns."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

from smcm.errors import DegenerateDataError
from smcm.stats.heteroscedastic import ALONE
from smcm.stats.ols import Array, fit_linear


@dataclass(frozen=True, slots=True, kw_only=True)
class Influence:
    """One regression, case by case, with one column in focus.

    A case that a column of its own fits exactly, such as the only one in its
    category, has leverage 1 and no residual. Without it that column goes too, and
    nothing else changes: it counts as having no influence.

    Attributes
    ----------
    fitted, residual : ndarray, shape (n,)
        Units of the outcome.
    leverage : ndarray, shape (n,)
        Diagonal of the hat matrix, 0 to 1; they sum to k.
    weight : ndarray, shape (n,)
        What a case adds to the focal slope per unit of its outcome.
    slope, unscaled : float
        The focal slope, and its variance over the residual variance.
    column : ndarray, shape (n,)
        The focal column.
    k : int
        Coefficients, the constant included.
    """

    fitted: Array
    residual: Array
    leverage: Array
    weight: Array
    slope: float
    unscaled: float
    column: Array
    k: int

    @property
    def n(self) -> int:
        """Cases."""
        return int(self.residual.size)

    @property
    def df(self) -> int:
        """Residual degrees of freedom, n - k."""
        return self.n - self.k

    @property
    def alone(self) -> NDArray[np.bool_]:
        """Whether a case is fitted exactly by a column of its own, shape (n,)."""
        found: NDArray[np.bool_] = 1.0 - self.leverage <= ALONE
        return found

    @property
    def _rest(self) -> Array:
        """One minus leverage, and 1 for a case that is alone, shape (n,)."""
        return np.where(self.alone, 1.0, 1.0 - self.leverage)

    @property
    def _df_without(self) -> Array:
        """Residual degrees of freedom with each case left out, shape (n,)."""
        return np.where(self.alone, float(self.df), self.df - 1.0)

    @property
    def sse(self) -> float:
        """Residual sum of squares."""
        return float(self.residual @ self.residual)

    @property
    def standardized(self) -> Array:
        """Residuals over their own standard errors, shape (n,)."""
        mse = self.sse / self.df
        found: Array = self.residual / np.sqrt(mse * self._rest)
        return found

    @property
    def cook(self) -> Array:
        """Cook's distances, shape (n,).

        References
        ----------
        Cook RD (1977). Technometrics 19:15-18.
        """
        odds = self.leverage / self._rest
        found: Array = self.standardized**2 * odds / self.k
        return found

    @property
    def dfbeta(self) -> Array:
        """Change of the focal slope by each case, in its own units, shape (n,)."""
        found: Array = self.weight * self.residual / self._rest
        return found

    @property
    def mse_without(self) -> Array:
        """Residual variance with each case left out, shape (n,)."""
        gone = self.residual**2 / self._rest
        found: Array = np.maximum(self.sse - gone, 0.0) / self._df_without
        return found

    @property
    def dfbetas(self) -> Array:
        """The same in standard errors, shape (n,).

        References
        ----------
        Belsley DA, Kuh E, Welsch RE (1980). Regression Diagnostics, section 2.1.
        """
        found: Array = self.dfbeta / np.sqrt(self.mse_without * self.unscaled)
        return found

    @property
    def p_without(self) -> Array:
        """P value of the focal slope with each case left out, exact, shape (n,)."""
        added = np.where(self.alone, 0.0, self.weight**2 / self._rest)
        t = (self.slope - self.dfbeta) / np.sqrt(
            self.mse_without * (self.unscaled + added)
        )
        found: Array = 2.0 * special.stdtr(self._df_without, -np.abs(t))
        return found

    @property
    def partial_residual(self) -> Array:
        """Residuals plus the contribution of the focal column, shape (n,).

        The part counts from the column's mean; their slope on it is the focal slope.
        """
        found: Array = self.residual + self.slope * (self.column - self.column.mean())
        return found

    @property
    def normality(self) -> float:
        """P value of Shapiro and Wilk's test of the residuals."""
        return float(stats.shapiro(self.residual).pvalue)


def influence(design: Array, outcome: Array, at: int) -> Influence:
    """Fit a regression and measure the influence of its cases.

    Parameters
    ----------
    design : ndarray, shape (n, k)
        First column is the constant; full column rank.
    outcome : ndarray, shape (n,)
    at : int
        Column in focus.

    Raises
    ------
    DegenerateDataError
        As for `smcm.stats.ols.fit_linear`; or a single residual degree of freedom.
    """
    fit = fit_linear(design, outcome)
    q, r = np.linalg.qr(design)
    leverage = np.einsum("ij,ij->i", q, q)
    if fit.df < 2:
        raise DegenerateDataError(
            f"{len(outcome)} cases leave a regression with {design.shape[1]} "
            "coefficients nothing once a case is left out; use more cases."
        )
    inverse = np.linalg.inv(r)
    fitted = design @ fit.slope
    return Influence(
        fitted=fitted,
        residual=np.where(1.0 - leverage <= ALONE, 0.0, outcome - fitted),
        leverage=leverage,
        weight=q @ inverse[at],
        slope=float(fit.slope[at]),
        unscaled=float(inverse[at] @ inverse[at]),
        column=design[:, at].copy(),
        k=design.shape[1],
    )


def variance_inflation(predictors: Array) -> Array:
    """Variance inflation factors, at least 1, shape (k,).

    Parameters
    ----------
    predictors : ndarray, shape (n, k)
        Without the constant; full column rank.
    """
    correlation = np.atleast_2d(np.corrcoef(predictors, rowvar=False))
    factors: Array = np.diag(np.linalg.inv(correlation)).copy()
    return factors


def condition_number(design: Array) -> float:
    """Largest over smallest singular value, columns scaled to unit length.

    Parameters
    ----------
    design : ndarray, shape (n, k)
        With the constant, and not centred.

    References
    ----------
    Belsley, Kuh and Welsch (1980), section 3.2: from about 30 on columns are nearly
    dependent.
    """
    return float(np.linalg.cond(design / np.linalg.norm(design, axis=0)))
