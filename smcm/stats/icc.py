"""The share of variance that lies between clusters."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from smcm.errors import DegenerateDataError
from smcm.stats.ols import Array
from smcm.stats.usable import FLAT, centred_columns, require_usable


@dataclass(frozen=True, slots=True)
class IntraclassCorrelation:
    """ICC(1) of one variable in clusters of unequal size.

    Attributes
    ----------
    between, within : float
        Mean squares of the one-way analysis of variance.
    n_clusters : int
    mean_size : float
        The size that enters the formula, a little under the mean.
    n : int
        Cases.
    """

    between: float
    within: float
    n_clusters: int
    mean_size: float
    n: int

    @property
    def value(self) -> float:
        """At most 1; negative where clusters differ less than chance would have it."""
        return (self.between - self.within) / self.spread

    @property
    def spread(self) -> float:
        """What the share is taken of, squared units of the variable."""
        return self.between + (self.mean_size - 1.0) * self.within

    @property
    def f(self) -> float:
        """F of the differences between clusters."""
        return self.between / self.within

    @property
    def reliability(self) -> float:
        """Share of the variance of a cluster's mean that is the true mean's, ICC(1, k).

        At least 0; of a cluster of the size of the formula.
        """
        return max(0.0, 1.0 - 1.0 / self.f) if self.f > 0.0 else 0.0

    def reliability_limits(self, level: float = 0.95) -> tuple[float, float]:
        """Confidence limits of `reliability`, at least 0; otherwise as `limits`."""
        ends = self.limits(level)
        size = self.mean_size
        low, high = (max(0.0, size * v / (1.0 + (size - 1.0) * v)) for v in ends)
        return low, high

    def limits(self, level: float = 0.95) -> tuple[float, float]:
        """Confidence limits from the F distribution of the mean squares.

        Exact for normal variables in clusters of one size; where sizes differ the
        size of the formula stands for all of them.

        References
        ----------
        Searle SR (1971). Linear Models, section 9.8; Donner A, Wells G (1986).
        Biometrics 42:401-412 compare it with others for unequal sizes.
        """
        df = (self.n_clusters - 1, self.n - self.n_clusters)
        tail = (1.0 - level) / 2.0
        ends = (special.fdtri(*df, p) for p in (1.0 - tail, tail))
        low, high = (
            float((self.f / end - 1.0) / (self.f / end + self.mean_size - 1.0))
            for end in ends
        )
        return low, high


def icc_anova(values: Array, cluster: NDArray[np.intp]) -> IntraclassCorrelation:
    """Estimate ICC(1) from the mean squares of a one-way analysis of variance.

    Parameters
    ----------
    values : ndarray, shape (n,)
    cluster : ndarray of int, shape (n,)
        Cluster of each case, numbered from 0.

    Raises
    ------
    DegenerateDataError
        Under two clusters, no cluster with two cases, no variation, a value that is
        missing or infinite, or a case without a cluster.

    References
    ----------
    Shrout PE, Fleiss JL (1979). Psychological Bulletin 86:420-428; for unequal sizes
    Donner A (1986). International Statistical Review 54:67-82.
    """
    if cluster.size != values.size or np.any(cluster < 0):
        raise DegenerateDataError(
            "An intraclass correlation needs the cluster of every case; leave out "
            "the cases without one."
        )
    require_usable("The variable", values)
    _, index, counts = np.unique(cluster, return_inverse=True, return_counts=True)
    size = counts.astype(np.float64)
    n, k = values.size, size.size
    if k < 2 or n <= k:
        raise DegenerateDataError(
            "An intraclass correlation needs two clusters or more, and more cases "
            "than clusters."
        )
    centred = centred_columns(values)
    mean = np.bincount(index, weights=centred) / size
    between = float((size * mean**2).sum()) / (k - 1)
    within = float(((centred - mean[index]) ** 2).sum()) / (n - k)
    mean_size = float((n - (size**2).sum() / n) / (k - 1))
    found = IntraclassCorrelation(between, within, k, mean_size, n)
    spread = found.spread
    if spread <= 0.0 or np.sqrt(spread) <= FLAT * np.abs(values).max():
        raise DegenerateDataError("The variable does not vary; it has no ICC.")
    return found
