"""Power of an indirect effect by simulation."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smcm.errors import OutOfRangeError
from smcm.stats.draw_limits import percentile_ranks
from smcm.stats.ols import Array
from smcm.stats.power_exact import (
    monte_carlo_power,
    needed_of_other,
    require_possible,
)
from smcm.stats.resample import ResamplingPlan
from smcm.stats.terms import excludes_zero

COLUMNS = 3  # x, m, y
PAIRS = ((0, 0), (1, 0), (1, 1), (2, 0), (2, 1))  # products that ab needs
REPLICATIONS_AT_ONCE = 100
SAMPLES_AT_ONCE = 8  # whose sums stay in the processor's cache
CELLS_KEPT = 16_000_000  # counts of resamples; more are drawn again for each batch
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
    plan = _Resamples(ResamplingPlan(n, n_boot, seed))
    low, high = (rank - 1 for rank in percentile_ranks(n_boot, 1.0 - alpha))
    found, control = np.empty((2, n_replications), dtype=bool)
    for start in range(0, n_replications, REPLICATIONS_AT_ONCE):
        batch = slice(start, min(start + REPLICATIONS_AT_ONCE, n_replications))
        samples = _samples([seed, start], a, b, n, batch.stop - batch.start)
        draws = np.concatenate([_indirect(samples, c) for c in plan.chunks()], axis=1)
        ordered = np.partition(draws, (low, high), axis=1)
        found[batch] = excludes_zero(ordered[:, low], ordered[:, high])
        control[batch] = _by_monte_carlo(samples, alpha)
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


class _Resamples:
    """The counts of a plan, kept if they are not too many."""

    def __init__(self, plan: ResamplingPlan) -> None:
        self._plan = plan
        small = plan.n_cases * plan.n_samples <= CELLS_KEPT
        self._kept = [counts for _, counts in plan.chunks()] if small else []

    def chunks(self) -> Iterator[Array]:
        """Yield counts of shape (resamples, n_cases)."""
        yield from self._kept or (counts for _, counts in self._plan.chunks())


def _samples(seed: list[int], a: float, b: float, n: int, size: int) -> Array:
    """Draw samples, shape (size, 3, n), each column centred.

    Each of the three variables has a stream of its own, case by case, so that more
    cases leave the earlier ones as they are.
    """
    x, e_m, e_y = (
        np.random.default_rng([*seed, k]).standard_normal((n, size)).T
        for k in range(COLUMNS)
    )
    m = a * x + e_m
    stacked = np.stack([x, m, b * m + e_y], axis=1)
    centred: Array = stacked - stacked.mean(axis=2, keepdims=True)
    return centred


def _indirect(samples: Array, counts: Array) -> Array:
    """Products ab, shape (samples, resamples)."""
    size, _, n = samples.shape
    products = np.stack([samples[:, i] * samples[:, j] for i, j in PAIRS], axis=1)
    rows = np.concatenate([samples, products], axis=1)
    sums = (rows.reshape(-1, n) @ counts.T).reshape(size, rows.shape[1], -1)
    few = (sums[k : k + SAMPLES_AT_ONCE] for k in range(0, size, SAMPLES_AT_ONCE))
    return np.concatenate([_product(one, n) for one in few])


def _product(sums: Array, n: int) -> Array:
    """Products ab from sums of columns and of `PAIRS`, shape (samples, resamples)."""
    mean = sums[:, :COLUMNS] / n
    s = {
        pair: sums[:, COLUMNS + k] - n * mean[:, pair[0]] * mean[:, pair[1]]
        for k, pair in enumerate(PAIRS)
    }
    a = s[1, 0] / s[0, 0]
    b = (s[2, 1] - a * s[2, 0]) / (s[1, 1] - a * s[1, 0])
    product: Array = a * b
    return product


def _by_monte_carlo(samples: Array, alpha: float) -> NDArray[np.bool_]:
    """Whether the Monte Carlo interval of each sample excludes zero."""
    n = samples.shape[2]
    xx, xm, mm, xy, my, yy = (
        np.einsum("ij,ij->i", samples[:, i], samples[:, j]) for i, j in (*PAIRS, (2, 2))
    )
    own = mm - xm**2 / xx  # of m beside x
    t_a = xm / np.sqrt(xx * own / (n - 2))
    shared = my - xm * xy / xx
    rest = yy - xy**2 / xx - shared**2 / own
    t_b = shared / np.sqrt(own * rest / (n - 3))
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
