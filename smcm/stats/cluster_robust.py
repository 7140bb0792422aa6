"""Standard errors of a regression whose cases come in clusters.

With Q the orthonormal columns of the design and Q_g the rows of one cluster, the hat
matrix of the cluster is Q_g Q_g'. Every function of it that the adjustments need acts
on Q_g alone, so that all arithmetic is on k by k matrices, one a cluster.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from smcm.errors import DegenerateDataError, UnknownValueError
from smcm.stats.heteroscedastic import relies, without_error
from smcm.stats.usable import Array

Codes = NDArray[np.intp]
CLUSTER_ROBUST = ("cr1", "cr2", "cr3")
FEWEST_CLUSTERS = 3
FITTED = 1e-12  # what is left of a direction that a cluster's own rows fit exactly
NO_VARIANCE = 1e-12  # expected variance over that of the coefficient: none is left


@dataclass(frozen=True)
class ClusterDesign:
    """What the cluster-robust errors of any outcome on one design share.

    Designs of several data sets with the same clusters are axes in front, here and in
    what the methods give.

    Attributes
    ----------
    q : ndarray, shape (..., n, k)
        Orthonormal columns that span the design.
    bread : ndarray, shape (..., k, k)
        Turns a sum over q into the coefficients: slope = bread @ q.T @ outcome.
    index : ndarray of int, shape (n,)
        Cluster of each case, from 0 and without gaps.
    share : ndarray, shape (..., G, k)
        Eigenvalues of the hat matrix of each cluster, 0 to 1.
    vectors : ndarray, shape (..., G, k, k)
        Their eigenvectors in the space of q, in columns.
    """

    q: Array
    bread: Array
    index: Codes
    share: Array
    vectors: Array

    @property
    def n_clusters(self) -> int:
        """Clusters, G."""
        return int(self.share.shape[-2])

    def factors(self, kind: str) -> Array:
        """How much each direction of a cluster is enlarged, shape (..., G, k).

        A direction that the cluster's own rows fit exactly has no residual, and counts
        for nothing: the Moore-Penrose inverse, as in clubSandwich. Coefficients that
        rely on such a direction are `undefined`.

        Raises
        ------
        UnknownValueError
        """
        if kind == "cr1":
            enlarged = np.sqrt(self.n_clusters / (self.n_clusters - 1.0))
            return np.full_like(self.share, enlarged)
        if kind not in CLUSTER_ROBUST:
            raise UnknownValueError.for_choice("se", kind, CLUSTER_ROBUST)
        room = 1.0 - self.share
        power = 0.5 if kind == "cr2" else 1.0
        found = np.zeros_like(room)
        np.divide(1.0, room**power, out=found, where=room > FITTED)
        return found

    def covariance(self, residual: Array, kind: str) -> Array:
        """Covariance of the coefficients, shape (..., k, k); NaN where `undefined`.

        Parameters
        ----------
        residual : ndarray, shape (..., n)
        kind : {"cr1", "cr2", "cr3"}
        """
        parts, codes = self.q * residual[..., None], range(self.n_clusters)
        own = [parts[..., self.index == code, :].sum(axis=-2) for code in codes]
        sums = np.stack(own, axis=-2)
        turned = np.einsum("...gji,...gj->...gi", self.vectors, sums)
        enlarged = self.factors(kind) * turned
        scores = np.einsum("...gij,...gj->...gi", self.vectors, enlarged)
        half = self.bread @ scores.swapaxes(-1, -2)
        return without_error(half @ half.swapaxes(-1, -2), self.undefined)

    @cached_property
    def _along(self) -> Array:
        """Weight of each direction of a cluster in each coefficient, (..., G, k, k)."""
        back = self.bread.swapaxes(-1, -2)[..., None, :, :]
        weight: Array = self.vectors.swapaxes(-1, -2) @ back
        return weight

    @cached_property
    def undefined(self) -> NDArray[np.bool_]:
        """Whether a coefficient has no error, shape (..., k).

        That is so where it relies on a direction that a cluster's own rows fit exactly,
        as the coefficient of a column that is true of one cluster alone.
        """
        fitted = (1.0 - self.share <= FITTED)[..., None]
        weights = np.where(fitted, np.abs(self._along), 0.0).max(axis=-3)
        return relies(weights, self.bread)

    def df(self, kind: str) -> Array:
        """Satterthwaite degrees of freedom of each coefficient, shape (..., k).

        The estimated variance is a quadratic form in independent errors of one
        variance; these are the degrees of freedom of the chi-square with its mean and
        variance. NaN where a coefficient has no error, or no estimated variance.
        """
        factor, along = self.factors(kind), self._along
        own = np.einsum("...gi,...gic->...gc", self.share * factor**2, along**2)
        fitted = self.vectors @ ((self.share * factor)[..., None] * along)
        lost = np.einsum("...gic,...gic->...gc", fitted, fitted)
        mean = (own - lost).sum(axis=-2)
        by_term = np.moveaxis(fitted, -1, -3)  # (..., terms, G, k)
        gram = by_term.swapaxes(-1, -2) @ by_term
        spread = (own**2 - 2.0 * own * lost).sum(axis=-2) + (gram**2).sum(axis=(-2, -1))
        size = (self.bread**2).sum(axis=-1)
        found = np.full(mean.shape, np.nan)
        defined = (mean > NO_VARIANCE * size) & ~self.undefined
        np.divide(mean**2, spread, out=found, where=defined)
        return found

    def weights(self, kind: str, at: int) -> Array:
        """Weights of the residuals in the robust variance of one coefficient.

        The variance is the sum over clusters of the squared sum of weight times
        residual, so that one product serves any number of outcomes.

        Returns
        -------
        ndarray, shape (n,)
        """
        turned = np.einsum("gji,j->gi", self.vectors, self.bread[at])
        enlarged = np.einsum("gij,gj->gi", self.vectors, self.factors(kind) * turned)
        found: Array = np.einsum("ni,ni->n", self.q, enlarged[self.index])
        return found


def cluster_design(q: Array, bread: Array, cluster: Codes) -> ClusterDesign:
    """Decompose the hat matrix of every cluster.

    Parameters
    ----------
    q : ndarray, shape (..., n, k)
    bread : ndarray, shape (..., k, k)
    cluster : ndarray of int, shape (n,)
        Any numbers; equal numbers are one cluster.

    Raises
    ------
    DegenerateDataError
        Under three clusters, or every case a cluster of its own.

    References
    ----------
    Bell RM, McCaffrey DF (2002). Survey Methodology 28(2):169-181; Pustejovsky JE,
    Tipton E (2018). Journal of Business & Economic Statistics 36:672-683. CR1 is
    G / (G - 1) times the plain sandwich, which Stata multiplies by (n - 1) / (n - k)
    besides; CR3 is close to a jackknife that leaves out clusters.
    """
    _, index = np.unique(cluster, return_inverse=True)
    require_clusters(int(index.max()) + 1 if index.size else 0, index.size)
    rows = [q[..., index == code, :] for code in range(int(index.max()) + 1)]
    products = np.stack([own.swapaxes(-1, -2) @ own for own in rows], axis=-3)
    share, vectors = np.linalg.eigh(products)
    return ClusterDesign(q, bread, index, np.clip(share, 0.0, 1.0), vectors)


def require_clusters(n_clusters: int, n: int) -> None:
    """Refuse numbers of clusters that no error can rest on.

    Raises
    ------
    DegenerateDataError
    """
    if n_clusters < FEWEST_CLUSTERS:
        values = "one value" if n_clusters == 1 else f"{n_clusters} different values"
        raise DegenerateDataError(
            f"The column of the clusters has {values}; "
            f"cluster-robust errors need at least {FEWEST_CLUSTERS} clusters."
        )
    if n_clusters == n:
        raise DegenerateDataError(
            "Every case is a cluster of its own; take se='hc2' or 'hc3', or a column "
            "whose values repeat."
        )
