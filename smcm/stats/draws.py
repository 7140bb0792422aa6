"""Replicates of a model's effects, on resamples or with each case left out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from smcm.stats.ols import Array


@dataclass(frozen=True, slots=True)
class PathReplicates:
    """Paths of one model with k mediators on many samples.

    Attributes
    ----------
    rows : ndarray, shape (2 k + 3, n_samples)
        Every a, every b, direct, SD of x, SD of y; read them by their names.
    """

    rows: Array

    @property
    def n_mediators(self) -> int:
        """Number of mediators, k."""
        return int(self.rows.shape[0] - 3) // 2

    @property
    def a(self) -> Array:
        """Paths from x, shape (n_samples,); of several mediators (k, n_samples)."""
        return _only(self.rows[: self.n_mediators])

    @property
    def b(self) -> Array:
        """Paths to y, shape (n_samples,); of several mediators (k, n_samples)."""
        return _only(self.rows[self.n_mediators : -3])

    @property
    def direct(self) -> Array:
        """Direct effects c', shape (n_samples,)."""
        direct: Array = self.rows[-3]
        return direct

    @property
    def sd_x(self) -> Array:
        """Standard deviations (n - 1) of raw x, shape (n_samples,)."""
        sd_x: Array = self.rows[-2]
        return sd_x

    @property
    def sd_y(self) -> Array:
        """Standard deviations (n - 1) of raw y, shape (n_samples,)."""
        sd_y: Array = self.rows[-1]
        return sd_y

    @property
    def specific(self) -> Array:
        """Indirect effects through each mediator, a b, shape (k, n_samples)."""
        return self.rows[: self.n_mediators] * self.rows[self.n_mediators : -3]

    def weighted(self, weights: Sequence[float]) -> Array:
        """Sum the specific indirect effects, each times its weight.

        Ones give the total indirect effect, a one among zeros a specific effect, and
        one and minus one a contrast.

        Parameters
        ----------
        weights : sequence of float, length k

        Returns
        -------
        ndarray, shape (n_samples,)
        """
        return np.asarray(weights, dtype=np.float64) @ self.specific

    @property
    def indirect(self) -> Array:
        """Indirect effects through all mediators, shape (n_samples,)."""
        return self.weighted((1.0,) * self.n_mediators)

    @property
    def total(self) -> Array:
        """Total effects, direct and indirect, shape (n_samples,)."""
        return self.direct + self.indirect

    @property
    def indirect_ps(self) -> Array:
        """Partially standardized, ab / SD(y), shape (n_samples,)."""
        return self.indirect / self.sd_y

    @property
    def indirect_cs(self) -> Array:
        """Completely standardized, ab SD(x) / SD(y), shape (n_samples,)."""
        return self.indirect * self.sd_x / self.sd_y


@dataclass(frozen=True, slots=True)
class PathDraws(PathReplicates):
    """Bootstrap draws of one model.

    Attributes
    ----------
    rows : ndarray, shape (2 k + 3, n_samples)
        As in `PathReplicates`.
    n_dropped : int
        Resamples in which a covariate was determined by others and left out.
    n_replaced : int
        Resamples drawn again because x or a mediator was determined, or y constant.
    n_guarded : int
        Resamples so nearly collinear that they were fitted by QR.
    """

    n_dropped: int
    n_replaced: int
    n_guarded: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class IndirectTerm:
    """A sum of specific indirect effects, or a difference of two.

    Attributes
    ----------
    name : str
        As a result's `tidy` has it.
    weights : tuple of float
        Of the specific indirect effects, in the order of the mediators.
    scale : str
        ``""``, ``"ps"`` per SD of y, or ``"cs"`` per SD of y and times that of x.
    """

    name: str
    weights: tuple[float, ...]
    scale: str = ""

    def of(self, paths: PathReplicates) -> Array:
        """Values in units of y per unit of x, or standardized; shape (n_samples,)."""
        effect = paths.weighted(self.weights)
        if self.scale == "ps":
            return effect / paths.sd_y
        if self.scale == "cs":
            return effect * paths.sd_x / paths.sd_y
        return effect


def _only(rows: Array) -> Array:
    """Leave out the axis of the mediators where there is one."""
    only: Array = rows[0] if len(rows) == 1 else rows
    return only
