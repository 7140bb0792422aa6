"""The equations of a mediation model on one sample."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from smcm.stats.cluster_robust import Codes
from smcm.stats.crossproducts import ModelColumns
from smcm.stats.draws import PathReplicates
from smcm.stats.ols import Array, StandardError, fit_sets
from smcm.stats.terms import LinearFit

AT_ONCE = 20  # sets that are fitted together; more take memory and no less time
FOCAL = 1  # column 0 is the constant; the path's own column comes next
OfEach = Any  # float of the one mediator; ndarray, shape (k,), of several


@dataclass(frozen=True, slots=True)
class Paths:
    """The regressions of one model with k mediators, fitted on the same cases.

    Paths from and to the mediators are numbers where there is one mediator, and arrays
    of shape (k,) where there are several.

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
    sd_m : float, or ndarray, shape (k,)
        The same of the mediators.
    """

    to_mediators: tuple[LinearFit, ...]
    to_outcome: LinearFit
    to_total: LinearFit
    sd_x: float
    sd_m: OfEach
    sd_y: float

    @property
    def to_mediator(self) -> LinearFit:
        """The equation of the one mediator; a ValueError where there are several."""
        (only,) = self.to_mediators
        return only

    @property
    def fits(self) -> tuple[LinearFit, ...]:
        """The equation of each mediator, that of y, and that without mediators."""
        return (*self.to_mediators, self.to_outcome, self.to_total)

    @property
    def slopes(self) -> tuple[tuple[LinearFit, int], ...]:
        """Equation and place there of every a, every b, direct and total."""
        after = FOCAL + len(self.to_mediators)
        return (
            *((fit, FOCAL) for fit in self.to_mediators),
            *((self.to_outcome, at) for at in range(FOCAL, after)),
            (self.to_outcome, after),
            (self.to_total, FOCAL),
        )

    @property
    def effects(self) -> PathReplicates:
        """Paths as one replicate, n_samples 1, in the shape that draws have."""
        *paths, _ = (fit.slope[at] for fit, at in self.slopes)
        return PathReplicates(np.array([*paths, self.sd_x, self.sd_y])[:, None])

    @property
    def a(self) -> OfEach:
        """Units of m per unit of x."""
        return _as_given(fit.slope[FOCAL] for fit in self.to_mediators)

    @property
    def b(self) -> OfEach:
        """Units of y per unit of m, x and the other mediators held fixed."""
        return _as_given(self.to_outcome.slope[FOCAL : FOCAL + len(self.to_mediators)])

    @property
    def direct(self) -> float:
        """c', units of y per unit of x, the mediators held fixed."""
        return float(self.to_outcome.slope[FOCAL + len(self.to_mediators)])

    @property
    def total(self) -> float:
        """Units of y per unit of x."""
        return float(self.to_total.slope[FOCAL])

    @property
    def indirect(self) -> float:
        """Units of y per unit of x through the mediators, the sum of their ab."""
        return float(self.effects.specific.sum())

    @property
    def a_standardized(self) -> OfEach:
        """SDs of m per SD of x."""
        return self.a * self.sd_x / self.sd_m

    @property
    def b_standardized(self) -> OfEach:
        """SDs of y per SD of m, x and the other mediators held fixed."""
        return self.b * self.sd_m / self.sd_y

    @property
    def direct_standardized(self) -> float:
        """SDs of y per SD of x, the mediators held fixed."""
        return self.direct * self.sd_x / self.sd_y

    @property
    def indirect_ps(self) -> float:
        """Partially standardized: SDs of y per unit of x."""
        return self.indirect / self.sd_y

    @property
    def indirect_cs(self) -> float:
        """Completely standardized: SDs of y per SD of x."""
        return self.indirect * self.sd_x / self.sd_y


def _as_given(values: Iterable[float]) -> OfEach:
    """Give the number of the one mediator, or an array of those of several."""
    found = np.array(list(values), dtype=np.float64)
    return float(found[0]) if found.size == 1 else found


def fit_paths(
    x: Array,
    m: Array,
    y: Array,
    covariates: Array,
    se: StandardError = "classical",
    *,
    cluster: Codes | None = None,
) -> Paths:
    """Fit the equations of a mediation model.

    Parameters
    ----------
    x, y : ndarray, shape (n,)
    m : ndarray, shape (n,), or (n, k)
        The mediator, or k mediators in parallel.
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
    Analysis, 2nd ed., chapters 3 to 5 (one mediator, and several in parallel, both
    "Model 4").
    """
    values = np.column_stack([x, m, y, covariates])
    *more, at_y = range(2, values.shape[1] - covariates.shape[1])
    rest = range(at_y + 1, values.shape[1])
    model = ModelColumns(0, 1, at_y, tuple(rest), tuple(more))
    return fit_model(values[None], model, se, cluster=cluster)[0]


def fit_model(
    stack: Array,
    model: ModelColumns,
    se: StandardError = "classical",
    *,
    cluster: Codes | None = None,
) -> tuple[Paths, ...]:
    """Fit a model in each data set of a stack, shape (m, n, p); see `fit_paths`."""
    if len(stack) > AT_ONCE:
        halves = np.array_split(stack, 2)
        first, last = (fit_model(half, model, se, cluster=cluster) for half in halves)
        return first + last
    ends = [model.x, *model.mediators, model.y]
    variables = np.ascontiguousarray(np.moveaxis(stack[:, :, ends], 2, 0))
    constant, m = np.ones_like(stack[:, :, :1]), stack[:, :, list(model.mediators)]
    rest = stack[:, :, [model.x, *model.covariates]]
    without = np.concatenate([constant, rest], axis=2)
    through = np.concatenate([constant, m, rest], axis=2)
    *to_mediators, to_total = fit_sets(without, variables[1:], se, cluster)
    (to_outcome,) = fit_sets(through, variables[-1:], se, cluster)
    sds = variables.std(axis=2, ddof=1).T
    return tuple(
        Paths(tuple(a), b, c, float(sd[0]), _as_given(sd[1:-1]), float(sd[-1]))
        for *a, b, c, sd in zip(*to_mediators, to_outcome, to_total, sds, strict=True)
    )
