"""Change over repeated measurements, pooled over m completed data sets."""

from dataclasses import dataclass, replace

import numpy as np
from scipy import linalg

from smcm.stats.change import repeated_measures
from smcm.stats.ols import Array
from smcm.stats.pooled_tests import PooledF, pool_d1, pool_d2
from smcm.stats.pooling import Pooled, pool


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledMoments:
    """Means and SDs of k measurements.

    Attributes
    ----------
    mean : Pooled
        In units of the measure.
    log_sd : Pooled
        Of the logarithms of the SDs, on whose scale they are nearly normal, each with
        the variance 1 / (2 (n - 1)).
    """

    mean: Pooled
    log_sd: Pooled

    @property
    def sd(self) -> Array:
        """Standard deviations, shape (k,)."""
        back: Array = np.exp(self.log_sd.estimate)
        return back


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledRepeated:
    """One-way analysis of variance of k measurements of the same cases, pooled.

    Attributes
    ----------
    d1 : PooledF
        From the pooled contrasts, sphericity assumed.
    d2 : PooledF
        From the F values alone.
    eta_squared : float
        Partial eta squared, mean over the sets, 0 to 1.
    epsilon : float
        Greenhouse and Geisser's epsilon, mean over the sets.
    """

    d1: PooledF
    d2: PooledF
    eta_squared: float
    epsilon: float

    @property
    def p_corrected(self) -> float:
        """P value of D1 on `epsilon` times both degrees of freedom."""
        return replace(
            self.d1, df1=self.epsilon * self.d1.df1, df2=self.epsilon * self.d1.df2
        ).p


def pool_moments(values: Array) -> PooledMoments:
    """Pool means and SDs.

    Parameters
    ----------
    values : ndarray, shape (m, n, k)

    References
    ----------
    White IR, Royston P, Wood AM (2011). Statistics in Medicine 30:377-399 (on which
    scale a quantity is pooled).
    """
    n = values.shape[1]
    sd = values.std(axis=1, ddof=1)
    known = np.full(sd.shape, 1.0 / (2.0 * (n - 1)))
    return PooledMoments(
        mean=pool(values.mean(axis=1), sd**2 / n, n - 1),
        log_sd=pool(np.log(sd), known, np.inf),
    )


def pool_differences(first: Array, second: Array) -> Pooled:
    """Pool mean differences, first minus second, of the same cases.

    Parameters
    ----------
    first, second : ndarray, shape (m, n, k)
    """
    n = first.shape[1]
    difference = first - second
    variance = difference.var(axis=1, ddof=1) / n
    return pool(difference.mean(axis=1), variance, n - 1)


def pool_repeated(values: Array) -> PooledRepeated:
    """Pool the comparison of k measurements of the same cases.

    With orthonormal contrasts of the k means as estimates, and the error mean square
    over n as the variance of each, the Wald test of one set is the F of
    `smcm.stats.change.repeated_measures`; D1 pools these.

    Parameters
    ----------
    values : ndarray, shape (m, n, k)

    Raises
    ------
    DegenerateDataError
        As for `smcm.stats.change.repeated_measures`.
    """
    n, k = values.shape[1:]
    each = [repeated_measures(one) for one in values]
    contrasts = linalg.helmert(k).T
    estimates = values.mean(axis=1) @ contrasts
    f = np.array([one.f for one in each])
    own = values - values.mean(axis=2, keepdims=True)
    error = ((own - own.mean(axis=1, keepdims=True)) ** 2).sum(axis=(1, 2))
    mean_square = error / ((n - 1) * (k - 1))
    covariances = (mean_square / n)[:, None, None] * np.eye(k - 1)
    return PooledRepeated(
        d1=pool_d1(estimates, covariances, (n - 1) * (k - 1)),
        d2=pool_d2(f, k - 1),
        eta_squared=float(np.mean([one.eta_squared for one in each])),
        epsilon=float(np.mean([one.epsilon for one in each])),
    )
