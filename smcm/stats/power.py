"""Power of an indirect effect by simulation."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smcm.errors import OutOfRangeError
from smcm.stats.draw_limits import at_ranks, percentile_ranks
from smcm.stats.power_exact import (
    monte_carlo_power,
    needed_of_other,
    require_possible,
)
from smcm.stats.power_noise import PathNoise, path_noise
from smcm.stats.terms import excludes_zero

REPLICATIONS_AT_ONCE = 100
RESAMPLES_IN_TAILS = 5  # least of all, as a multiple of 1 / alpha


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedPower:
    """Share of simulated samples whose bootstrap interval excludes zero.

    Attributes
    ----------
    power : float
        The share, corrected by what is known exactly: of the same samples, the share
        in which the Monte Carlo interval excludes zero misses that interval's power
        by chance alone.
    standard_error : float
        Monte Carlo error of `power`.
    share : float
        The share itself.
    n, n_replications, n_boot : int
    a, b : float
        Paths in the simulated population.
    alpha : float
        1 less the coverage of the interval.
    """

    power: float
    standard_error: float
    share: float
    n: int
    n_replications: int
    n_boot: int
    a: float
    b: float
    alpha: float


def indirect_power(
    a: float,
    b: float,
    n: int,
    *,
    n_replications: int,
    n_boot: int,
    seed: int,
    alpha: float = 0.05,
) -> SimulatedPower:
    """Simulate the power of the percentile bootstrap interval of ab.

    x, and the residuals of m = a x + e and y = b m + e, are standard normal. A direct
    effect is left out: it moves no draw of ab. All replications share one resampling
    plan: the samples differ, so the estimate stays unbiased. A larger n repeats the
    cases of a smaller one and adds others, so that powers of neighbouring n differ by
    less than their errors say.

    Parameters
    ----------
    a, b : float
    n : int
        Cases in a sample.
    n_replications, n_boot, seed : int
    alpha : float
        1 less the coverage of the interval.

    Raises
    ------
    OutOfRangeError
        Fewer than 20 cases, 1 replication or 5 / alpha resamples, a path over 1,000,
        or an alpha that is no share.

    References
    ----------
    Fritz MS, MacKinnon DP (2007). Psychological Science 18:233-239; the correction is
    a control variate, Glasserman P (2003). Monte Carlo Methods in Financial
    Engineering, section 4.1.
    """
    require_possible(a, b, n, alpha)
    for name, given, low in (
        ("n_boot", n_boot, least_resamples(alpha)),
        ("n_replications", n_replications, 1),
    ):
        if given < low:
            raise OutOfRangeError.for_number(name, given, f"at least {low}")
    ranks = percentile_ranks(n_boot, 1.0 - alpha)
    found, control = np.empty((2, n_replications), dtype=bool)
    for start in range(0, n_replications, REPLICATIONS_AT_ONCE):
        batch = slice(start, min(start + REPLICATIONS_AT_ONCE, n_replications))
        noise = path_noise(n, n_boot, seed, start, batch.stop - batch.start)
        draws = (np.float32(a) + noise.a) * (np.float32(b) + noise.b)
        found[batch] = excludes_zero(*at_ranks(draws, ranks))
        control[batch] = _by_monte_carlo(noise, a, b, alpha)
    power, error = _corrected(found, control, monte_carlo_power(a, b, n, alpha))
    return SimulatedPower(
        power=power,
        standard_error=error,
        share=float(found.mean()),
        n=n,
        n_replications=n_replications,
        n_boot=n_boot,
        a=a,
        b=b,
        alpha=alpha,
    )


def least_resamples(alpha: float) -> int:
    """Fewest resamples for meaningful percentile limits."""
    return int(np.ceil(RESAMPLES_IN_TAILS / alpha - 1e-9))


def _by_monte_carlo(
    noise: PathNoise, a: float, b: float, alpha: float
) -> NDArray[np.bool_]:
    """Whether the Monte Carlo interval of each sample excludes zero."""
    t_a, t_b = (a + noise.own_a) / noise.error_a, (b + noise.own_b) / noise.error_b
    found: NDArray[np.bool_] = np.abs(t_b) > needed_of_other(t_a, alpha)
    return found


def _corrected(
    found: NDArray[np.bool_], control: NDArray[np.bool_], expected: float
) -> tuple[float, float]:
    """Power and its error, given what the share of `control` should have been."""
    size = found.size
    y, c = found.astype(np.float64), control.astype(np.float64)
    spread = c.var()
    slope = float(((y - y.mean()) * (c - c.mean())).mean() / spread) if spread else 0.0
    power = float(y.mean() - slope * (c.mean() - expected))
    error = float(np.std(y - slope * c) / np.sqrt(size))
    return min(max(power, 0.0), 1.0), error
