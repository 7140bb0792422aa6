"""R squared of m completed data sets pooled into one, on the scale of Fisher's z."""

from dataclasses import dataclass

import numpy as np

from smcm.errors import DegenerateDataError
from smcm.stats.ols import Array
from smcm.stats.pooling import Pooled, pool

FISHER_CASES = 3  # Fisher's z has the variance 1 / (n - 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledR2:
    """Shares of variance explained, pooled on the scale of Fisher's z.

    Attributes
    ----------
    z : Pooled
        Of atanh(R), whose variance 1 / (n - 3) is known.
    """

    z: Pooled

    @property
    def estimate(self) -> Array:
        """R squared, shape (k,), 0 to 1."""
        return _r2(self.z.estimate)

    def limits(self, level: float = 0.95) -> tuple[Array, Array]:
        """Confidence limits of R squared, each of shape (k,); the lower at least 0."""
        low, high = self.z.limits(level)
        return _r2(np.maximum(low, 0.0)), _r2(high)

    @property
    def se(self) -> Array:
        """Standard errors of R squared by the delta method, shape (k,)."""
        return self._slope * self.z.se

    @property
    def mc_error(self) -> Array:
        """As `Pooled.mc_error`, of R squared by the delta method, shape (k,)."""
        return self._slope * self.z.mc_error

    @property
    def _slope(self) -> Array:
        r: Array = np.tanh(self.z.estimate)
        return 2.0 * r * (1.0 - r**2)


def pool_r2(r2: Array, n: int) -> PooledR2:
    """Pool R squared of m fits.

    Parameters
    ----------
    r2 : ndarray, shape (m, k)
        From 0 up to, and not including, 1.
    n : int
        Cases of a fit.

    Raises
    ------
    DegenerateDataError
        Under four cases, or an exact fit.
    OutOfRangeError
        Under two sets.

    References
    ----------
    Harel O (2009). The estimation of R2 and adjusted R2 in incomplete data sets using
    multiple imputation. Journal of Applied Statistics 36:1109-1118.
    """
    if n <= FISHER_CASES or not (r2 < 1.0).all():
        raise DegenerateDataError(
            f"R squared of {n} cases, up to {r2.max():g}, has no pooled value; more "
            "than three cases are needed, and a fit that leaves residuals."
        )
    z = np.arctanh(np.sqrt(np.maximum(r2, 0.0)))
    known = np.full(z.shape, 1.0 / (n - FISHER_CASES))
    return PooledR2(z=pool(z, known, np.inf))


def _r2(z: Array) -> Array:
    squared: Array = np.tanh(z) ** 2
    return squared
