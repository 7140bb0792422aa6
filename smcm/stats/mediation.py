"""The equations of a mediation model on one sample."""

from dataclasses import dataclass

import numpy as np

from smcm.stats.cluster_robust import Codes
from smcm.stats.draws import ParallelReplicates
from smcm.stats.ols import Array, LinearFit, StandardError, fit_each, fit_linear

FOCAL = 1  # column 0 is the constant; the path's own column comes next


@dataclass(frozen=True, slots=True)
class Paths:
    """The three regressions of one model, fitted on the same cases.

    Attributes
    ----------
    to_mediator : LinearFit
        m on constant, x, covariates.
    to_outcome : LinearFit
        y on constant, m, x, covariates.
    to_total : LinearFit
        y on constant, x, covariates.
    sd_x, sd_m, sd_y : float
        Standard deviations (n - 1) of raw x, m and y.
    """

    to_mediator: LinearFit
    to_outcome: LinearFit
    to_total: LinearFit
    sd_x: float
    sd_m: float
    sd_y: float

    @property
    def a(self) -> float:
        """Units of m per unit of x."""
        return float(self.to_mediator.slope[FOCAL])

    @property
    def b(self) -> float:
        """Units of y per unit of m, x held fixed."""
        return float(self.to_outcome.slope[FOCAL])

    @property
    def direct(self) -> float:
        """c', units of y per unit of x, m held fixed."""
        return float(self.to_outcome.slope[FOCAL + 1])

    @property
    def total(self) -> float:
        """Units of y per unit of x."""
        return float(self.to_total.slope[FOCAL])

    @property
    def indirect(self) -> float:
        """Units of y per unit of x through m, the product ab."""
        return self.a * self.b

    @property
    def a_standardized(self) -> float:
        """SDs of m per SD of x."""
        return self.a * self.sd_x / self.sd_m

    @property
    def b_standardized(self) -> float:
        """SDs of y per SD of m, x held fixed."""
        return self.b * self.sd_m / self.sd_y

    @property
    def direct_standardized(self) -> float:
        """SDs of y per SD of x, m held fixed."""
        return self.direct * self.sd_x / self.sd_y

    @property
    def indirect_ps(self) -> float:
        """Partially standardized: SDs of y per unit of x."""
        return self.indirect / self.sd_y

    @property
    def indirect_cs(self) -> float:
        """Completely standardized: SDs of y per SD of x."""
        return self.indirect * self.sd_x / self.sd_y


def fit_paths(
    x: Array,
    m: Array,
    y: Array,
    covariates: Array,
    se: StandardError = "classical",
    *,
    cluster: Codes | None = None,
) -> Paths:
    """Fit the three equations of the simple mediation model.

    Parameters
    ----------
    x, m, y : ndarray, shape (n,)
    covariates : ndarray, shape (n, q)
        The same columns enter every equation; q may be 0.
    se : str
        One of `smcm.stats.ols.EVERY_ERROR`.
    cluster : ndarray of int, shape (n,), optional
        Cluster of each case, for the cluster-robust kinds.

    Raises
    ------
    DegenerateDataError
        Too few cases, or columns that determine one another.

    References
    ----------
    Hayes AF (2018). Introduction to Mediation, Moderation, and Conditional Process
    Analysis, 2nd ed., chapters 3 and 4 (simple mediation, "Model 4").
    """
    constant = np.ones_like(x)
    without_m = np.column_stack([constant, x, covariates])
    with_m = np.column_stack([constant, m, x, covariates])
    to_mediator, to_total = fit_each(without_m, (m, y), se, cluster)
    return Paths(
        to_mediator=to_mediator,
        to_outcome=fit_linear(with_m, y, se, cluster),
        to_total=to_total,
        sd_x=float(np.std(x, ddof=1)),
        sd_m=float(np.std(m, ddof=1)),
        sd_y=float(np.std(y, ddof=1)),
    )


@dataclass(frozen=True, slots=True)
class ParallelPaths:
    """The regressions of one model with k mediators, fitted on the same cases.

    Attributes
    ----------
    to_mediators : tuple of LinearFit
        Each mediator on constant, x, covariates.
    to_outcome : LinearFit
        y on constant, the mediators, x, covariates.
    to_total : LinearFit
        y on constant, x, covariates.
    sd_x, sd_y : float
        Standard deviations (n - 1) of raw x and y.
    """

    to_mediators: tuple[LinearFit, ...]
    to_outcome: LinearFit
    to_total: LinearFit
    sd_x: float
    sd_y: float

    @property
    def effects(self) -> ParallelReplicates:
        """Paths as one replicate, n_samples 1, in the shape that draws have."""
        a = [fit.slope[FOCAL] for fit in self.to_mediators]
        *b, direct = self.to_outcome.slope[FOCAL : FOCAL + len(a) + 1]
        rows = np.array([*a, *b, direct, self.sd_x, self.sd_y])
        return ParallelReplicates(rows[:, None])


def fit_parallel_paths(
    x: Array,
    mediators: Array,
    y: Array,
    covariates: Array,
    se: StandardError = "classical",
    *,
    cluster: Codes | None = None,
) -> ParallelPaths:
    """Fit the equations of a model with mediators in parallel.

    Parameters
    ----------
    x, y : ndarray, shape (n,)
    mediators : ndarray, shape (n, k)
    covariates : ndarray, shape (n, q)
        The same columns enter every equation; q may be 0.
    se : str
        One of `smcm.stats.ols.EVERY_ERROR`.
    cluster : ndarray of int, shape (n,), optional
        Cluster of each case, for the cluster-robust kinds.

    Raises
    ------
    DegenerateDataError
        Too few cases, or columns that determine one another.

    References
    ----------
    Hayes AF (2018). Introduction to Mediation, Moderation, and Conditional Process
    Analysis, 2nd ed., chapter 5 (parallel multiple mediators).
    """
    constant = np.ones_like(x)
    without = np.column_stack([constant, x, covariates])
    through = np.column_stack([constant, mediators, x, covariates])
    *to_mediators, to_total = fit_each(without, (*mediators.T, y), se, cluster)
    return ParallelPaths(
        to_mediators=tuple(to_mediators),
        to_outcome=fit_linear(through, y, se, cluster),
        to_total=to_total,
        sd_x=float(np.std(x, ddof=1)),
        sd_y=float(np.std(y, ddof=1)),
    )
