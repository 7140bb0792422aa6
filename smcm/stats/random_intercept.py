"""A regression with a random intercept for each cluster, by REML.

All that is estimated beside the regression is one number, the share of the residual
variance that lies between clusters. Given it, the rest follows in closed form from sums
within clusters; so the likelihood is looked at along that share, on a grid first and
then between the neighbours of its highest point.
"""

from dataclasses import dataclass

import numpy as np
from scipy import optimize, special

from smcm.errors import DegenerateDataError
from smcm.stats.cluster_robust import Codes, require_clusters
from smcm.stats.ols import independent_columns
from smcm.stats.terms import Term
from smcm.stats.usable import Array, centred_columns, require_usable

GRID = np.concatenate([[0.0], np.geomspace(1e-4, 0.999, 60)])
LARGEST_SHARE = 0.99999
CLOSE = 1e-10


@dataclass(frozen=True, slots=True)
class InterceptFit:
    """One outcome regressed on one design, intercepts differing between clusters.

    Attributes
    ----------
    slope : ndarray, shape (k,)
        Units of the outcome per unit of the column.
    se : ndarray, shape (k,)
        Standard errors, given the variances as estimated.
    between, within : float
        Variances of the intercepts and of the residuals, squared units.
    deviance : float
        -2 times the restricted log likelihood.
    n_clusters : int
    converged : bool
        Whether the search along the share came to its end.
    """

    slope: Array
    se: Array
    between: float
    within: float
    deviance: float
    n_clusters: int
    converged: bool

    @property
    def icc(self) -> float:
        """Share of the residual variance between clusters, 0 to 1."""
        return self.between / (self.between + self.within)

    @property
    def at_boundary(self) -> bool:
        """Whether no variance between clusters was found."""
        return self.between == 0.0

    @property
    def z(self) -> Array:
        """Ratio of slope to standard error, shape (k,)."""
        ratio: Array = self.slope / self.se
        return ratio

    @property
    def p(self) -> Array:
        """Two-sided p from the normal distribution; too small with few clusters."""
        tail: Array = 2.0 * special.ndtr(-np.abs(self.z))
        return tail

    def limits(self, level: float = 0.95) -> tuple[Array, Array]:
        """Confidence limits from the normal distribution, each of shape (k,)."""
        reach = special.ndtri(0.5 + level / 2.0) * self.se
        return self.slope - reach, self.slope + reach

    def term(self, at: int, level: float = 0.95) -> Term:
        """Numbers of the slope at one place, from the normal distribution."""
        low, high = self.limits(level)
        return Term(
            estimate=float(self.slope[at]),
            se=float(self.se[at]),
            statistic=float(self.z[at]),
            p=float(self.p[at]),
            ci_low=float(low[at]),
            ci_high=float(high[at]),
        )


@dataclass(frozen=True, slots=True)
class _Sums:
    """What the likelihood reads: products of [design, outcome], and cluster sums."""

    products: Array  # (k + 1, k + 1)
    totals: Array  # (G, k + 1)
    sizes: Array  # (G,)

    def weighted(self, share: float) -> tuple[Array, float]:
        """Products weighted by the inverse covariance, and its log determinant."""
        ratio = share / (1.0 - share)
        inner = ratio / (1.0 + ratio * self.sizes)
        products = self.products - (self.totals.T * inner) @ self.totals
        return products, float(np.log1p(ratio * self.sizes).sum())

    def deviance(self, share: float) -> float:
        """-2 times the restricted log likelihood, the residual variance profiled."""
        products, spread = self.weighted(share)
        k = len(products) - 1
        df = float(self.sizes.sum()) - k
        design, right = products[:k, :k], products[:k, k]
        sse = float(products[k, k] - right @ np.linalg.solve(design, right))
        _, size = np.linalg.slogdet(design)
        within = sse / df
        fit = df * (float(np.log(2.0 * np.pi * within)) + 1.0)
        return fit + spread + float(size)


def fit_random_intercept(design: Array, outcome: Array, cluster: Codes) -> InterceptFit:
    """Fit by restricted maximum likelihood.

    Parameters
    ----------
    design : ndarray, shape (n, k)
        First column is the constant; full column rank.
    outcome : ndarray, shape (n,)
    cluster : ndarray of int, shape (n,)

    Raises
    ------
    DegenerateDataError
        Too few cases or clusters, dependent columns, or an outcome that the columns
        determine.

    References
    ----------
    Harville DA (1977). Journal of the American Statistical Association 72:320-338.
    """
    n, k = design.shape
    labels, index = np.unique(cluster, return_inverse=True)
    require_clusters(labels.size, n)
    require_usable("The outcome of the regression", outcome)
    columns = np.column_stack([np.ones(n), centred_columns(design[:, 1:])])
    if n <= k or independent_columns(columns).size < k:
        raise DegenerateDataError(
            f"{n} cases and {k} columns that may determine one another carry no model "
            "with random intercepts; use fewer covariates."
        )
    q, r = np.linalg.qr(columns)
    centred = outcome - outcome.mean()
    scale = float(np.sqrt(np.mean(centred**2)))
    if np.linalg.norm(centred - q @ (q.T @ centred)) <= CLOSE * np.linalg.norm(centred):
        raise DegenerateDataError(
            "The outcome does not vary about the columns of the regression."
        )
    sums = _sums(np.column_stack([q, centred / scale]), index)
    share, converged = _highest(sums)
    products, _ = sums.weighted(share)
    inverse = np.linalg.inv(products[:k, :k])
    slope = inverse @ products[:k, k]
    within = float(products[k, k] - products[:k, k] @ slope) / (n - k)
    back = np.eye(k)
    back[0, 1:] = -design[:, 1:].mean(axis=0)
    bread = back @ np.linalg.inv(r)
    found = bread @ slope * scale
    found[0] += outcome.mean()
    variances = np.einsum("ij,jk,ik->i", bread, inverse, bread) * within
    _, size = np.linalg.slogdet(r.T @ r)
    return InterceptFit(
        slope=found,
        se=np.sqrt(variances) * scale,
        between=within * share / (1.0 - share) * scale**2,
        within=within * scale**2,
        deviance=sums.deviance(share) + 2.0 * (n - k) * np.log(scale) + float(size),
        n_clusters=labels.size,
        converged=converged,
    )


def _sums(columns: Array, index: Codes) -> _Sums:
    sizes = np.bincount(index).astype(np.float64)
    totals = np.zeros((sizes.size, columns.shape[1]))
    np.add.at(totals, index, columns)
    return _Sums(columns.T @ columns, totals, sizes)


def _highest(sums: _Sums) -> tuple[float, bool]:
    """Share at which the likelihood is highest, and whether the search ended."""
    along = [sums.deviance(share) for share in GRID]
    best = int(np.argmin(along))
    low = GRID[max(best - 1, 0)]
    high = GRID[best + 1] if best + 1 < GRID.size else LARGEST_SHARE
    found = optimize.minimize_scalar(
        sums.deviance, bounds=(low, high), method="bounded", options={"xatol": CLOSE}
    )
    share = float(found.x)
    if best <= 1 and along[0] <= found.fun:
        return 0.0, True
    return share, bool(found.success) and share < LARGEST_SHARE - CLOSE
