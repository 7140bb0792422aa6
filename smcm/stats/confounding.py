"""How an indirect effect depends on the correlation of the errors of its equations.

An unmeasured cause of both mediator and outcome makes the two errors correlate, by
rho. This cannot be estimated, but for every rho the indirect effect can.
"""

from dataclasses import dataclass

import numpy as np

from smcm.errors import DegenerateDataError, OutOfRangeError
from smcm.stats.draw_limits import at_ranks, percentile_ranks
from smcm.stats.mediation import Paths
from smcm.stats.ols import Array

EXACT = 1e-12  # share of the residual squares of y left by m; less is rounding


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorMoments:
    """The quantities of a model, or of each resample, that determine the curve.

    Attributes
    ----------
    a : ndarray, shape (...,)
        Path from x to m, units of m per unit of x.
    ratio : ndarray, shape (...,)
        SD of the residuals of y on x and covariates over that of m, positive.
    vanishing : ndarray, shape (...,)
        Correlation of these residuals, strictly between -1 and 1: the rho at which the
        indirect effect is zero.
    """

    a: Array
    ratio: Array
    vanishing: Array

    @property
    def b(self) -> Array:
        """Path from m to y if rho is 0, shape (...,)."""
        return self.ratio * self.vanishing

    def indirect(self, rho: Array) -> Array:
        """Indirect effect if the errors correlate by rho.

        Parameters
        ----------
        rho : ndarray, shape (k,)
            Strictly between -1 and 1.

        Returns
        -------
        ndarray, shape (..., k)
            Units of y per unit of x; at rho 0 the product ab.

        Raises
        ------
        OutOfRangeError

        References
        ----------
        Imai K, Keele L, Yamamoto T (2010). Identification, inference and sensitivity
        analysis for causal mediation effects. Statistical Science 25:51-71, theorem 4.
        """
        fixed, moving = self._parts
        found: Array = fixed[..., None] - moving[..., None] * _lever(rho)
        return found

    @property
    def _parts(self) -> tuple[Array, Array]:
        """The part of the effect without rho, and the factor of `_lever` of rho."""
        scale = np.asarray(self.a * self.ratio)
        return scale * self.vanishing, scale * np.sqrt(1.0 - self.vanishing**2)

    def limits(self, rho: Array, level: float = 0.95) -> tuple[Array, Array]:
        """Percentile limits of the effect at every rho, each of shape (k,).

        Needs the moments of resamples, shape (n_samples,), each with its own slopes,
        residuals and vanishing rho.
        """
        ranks = percentile_ranks(self.a.size, level)
        fixed, moving = self._parts
        ends = np.empty((2, rho.size))
        for k, lever in enumerate(_lever(rho)):
            ends[:, k] = at_ranks(fixed - moving * lever, ranks)
        return ends[0], ends[1]


def _lever(rho: Array) -> Array:
    """Rho over the root of one minus its square, shape (k,)."""
    if not (np.abs(rho) < 1.0).all():
        rule = "correlations strictly between -1 and 1"
        raise OutOfRangeError.for_number("rho", rho, rule)
    found: Array = rho / np.sqrt(1.0 - rho**2)
    return found


def error_moments(paths: Paths) -> ErrorMoments:
    """Compute the moments from the fitted equations; arrays of shape ().

    Raises
    ------
    DegenerateDataError
        Equations that fit exactly have no errors to correlate.
    """
    m, total, rest = paths.to_mediator, paths.to_total, paths.to_outcome
    if m.sse == 0.0 or rest.sse <= EXACT * total.sse:
        raise DegenerateDataError(
            "An equation of the model fits exactly and has no errors with which a "
            "confounder could be correlated; use measured variables."
        )
    ratio = np.sqrt(total.sse / m.sse)
    return ErrorMoments(
        a=np.asarray(paths.a),
        ratio=np.asarray(ratio),
        vanishing=np.asarray(paths.b / ratio),
    )


def joined(parts: tuple[ErrorMoments, ...]) -> ErrorMoments:
    """Stack the draws of several completed data sets, shape (sets x n_samples,)."""
    return ErrorMoments(
        a=np.concatenate([part.a for part in parts]),
        ratio=np.concatenate([part.ratio for part in parts]),
        vanishing=np.concatenate([part.vanishing for part in parts]),
    )


def includes_zero_from(rho: Array, low: Array, high: Array) -> float:
    """Find the smallest |rho| at which the band includes zero.

    Parameters
    ----------
    rho : ndarray, shape (k,)
        A rising grid that includes 0.
    low, high : ndarray, shape (k,)
        The band on that grid.

    Returns
    -------
    float
        A value of the grid: 0 where the band includes zero at rho 0, the largest where
        it always excludes zero.
    """
    includes = (low <= 0.0) & (high >= 0.0)
    return float(np.abs(rho[includes]).min() if includes.any() else np.abs(rho).max())


@dataclass(frozen=True, slots=True)
class SharedVariance:
    """How much of mediator and outcome a confounder explains, for a given rho.

    Attributes
    ----------
    rho : float
        Correlation of the errors.
    r2_mediator, r2_outcome : float
        Shares of variance that the two equations explain, 0 to 1.
    """

    rho: float
    r2_mediator: float
    r2_outcome: float

    @property
    def of_residual(self) -> float:
        """Product of its shares of the *unexplained* variances, rho squared."""
        return self.rho**2

    @property
    def of_total(self) -> float:
        """Product of its shares of the *whole* variances.

        References
        ----------
        Imai K, Keele L, Tingley D (2010). A general approach to causal mediation
        analysis. Psychological Methods 15:309-334, section on interpreting rho.
        """
        return self.rho**2 * (1.0 - self.r2_mediator) * (1.0 - self.r2_outcome)
