"""How large the variance between clusters may be, beside the one within them."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from smcm.errors import DegenerateDataError
from smcm.stats.cluster_robust import Codes, require_clusters
from smcm.stats.ols import independent_columns
from smcm.stats.usable import Array, require_usable

SMALL = 1e-9  # of the largest direction between clusters; below it there is none
LARGEST, STEPS = 1e6, 80  # ratio beyond which none is looked for; halvings


@dataclass(frozen=True, slots=True)
class VarianceRatio:
    """What one outcome says of the ratio of both variances, exactly.

    Attributes
    ----------
    weights : ndarray, shape (r,)
        Of the directions between clusters that the design leaves open; a direction
        has the variance within times 1 + ratio times weight.
    squares : ndarray, shape (r,)
        Of the outcome along each.
    within : float
        Variance within clusters, squared units.
    within_df : int
    """

    weights: Array
    squares: Array
    within: float
    within_df: int

    def f(self, ratio: float) -> float:
        """F of the variance between clusters against a ratio; falls with it."""
        mean = float((self.squares / (1.0 + ratio * self.weights)).mean())
        return mean / self.within

    def quantiles(self, shares: Array) -> Array:
        """Ratios that are not exceeded with so much confidence, shape of `shares`.

        Zero where the variance between clusters is smaller than chance makes it.
        """
        wanted = special.fdtri(self.weights.size, self.within_df, 1.0 - shares)
        return np.array([self._solve(float(f)) for f in wanted])

    def limits(self, level: float = 0.95) -> tuple[float, float]:
        """Confidence limits of the ratio, the lower at least 0."""
        low, high = self.quantiles(np.array([0.5 - level / 2.0, 0.5 + level / 2.0]))
        return float(low), float(high)

    def _solve(self, wanted: float) -> float:
        if self.f(0.0) <= wanted:
            return 0.0
        low, high = 0.0, LARGEST
        for _ in range(STEPS):
            middle = np.sqrt(low * high) if low > 0.0 else high * 1e-3
            low, high = (middle, high) if self.f(middle) > wanted else (low, middle)
        return high


def variance_ratio(design: Array, outcome: Array, cluster: Codes) -> VarianceRatio:
    """Take apart what varies between clusters and within, the design held fixed.

    Parameters
    ----------
    design : ndarray, shape (n, k)
        Full column rank, the constant among the columns.
    outcome : ndarray, shape (n,)
    cluster : ndarray of int, shape (n,)

    Raises
    ------
    DegenerateDataError
        Too few clusters, or a design that leaves nothing between or within them.

    References
    ----------
    Harville DA, Fenech AP (1985). Confidence intervals for a variance ratio, or for
    heritability, in an unbalanced mixed linear model. Biometrics 41:137-152.
    """
    n = outcome.size
    labels, index = np.unique(cluster, return_inverse=True)
    require_clusters(labels.size, n)
    require_usable("The outcome of the regression", outcome)
    design = design[:, independent_columns(design)]
    q = np.linalg.qr(design)[0]
    member = np.eye(labels.size)[index]
    left = member - q @ (q.T @ member)
    basis, spread, _ = np.linalg.svd(left, full_matrices=False)
    open_ = spread > SMALL**0.5 * max(spread.max(), 1.0)
    rest = outcome - q @ (q.T @ outcome)
    along = basis[:, open_].T @ rest
    within_df = n - design.shape[1] - int(open_.sum())
    if within_df < 1 or not open_.any():
        raise DegenerateDataError(
            f"{n} cases in {labels.size} clusters and {design.shape[1]} columns leave "
            "nothing between or within clusters to compare; use fewer covariates."
        )
    return VarianceRatio(
        weights=spread[open_] ** 2,
        squares=along**2,
        within=float(rest @ rest - along @ along) / within_df,
        within_df=within_df,
    )
