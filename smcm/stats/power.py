"""Power of a regression coefficient, and of an indirect effect by simulation."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from smcm.errors import OutOfRangeError
from smcm.stats.ols import Array
from smcm.stats.resample import ResamplingPlan, percentile_ranks

COLUMNS = 3  # x, m, y
LOWER_TRIANGLE = tuple((i, j) for i in range(COLUMNS) for j in range(i + 1))
REPLICATIONS_AT_ONCE = 100
LEAST_CASES = 20  # of fewer, some resamples hold two cases only and have no ab
LEAST_RESAMPLES = 100
LARGEST_PATH = 1e3  # in SDs; of a larger one, rounding leaves too little of m beside x


def coefficient_power(
    effect: float, n: int, predictors: int, alpha: float = 0.05
) -> float:
    """Power of the F test of one coefficient among several.

    The noncentrality is lambda = f^2 N, as G*Power has it; other programs take
    f^2 (u + v + 1).

    Parameters
    ----------
    effect : float
        Cohen's f^2 of the coefficient.
    n : int
        Cases.
    predictors : int
        Columns beside the constant, the tested one included.
    alpha : float

    Raises
    ------
    OutOfRangeError
        No residual degree of freedom, an effect below zero, or an alpha that is no
        share.

    References
    ----------
    Faul F, Erdfelder E, Buchner A, Lang A-G (2009). Behavior Research Methods
    41:1149-1160.
    """
    if not 0.0 <= effect < np.inf:
        raise OutOfRangeError.for_number("effect", effect, "a number from 0")
    if not 0.0 < alpha < 1.0:
        raise OutOfRangeError.for_number("alpha", alpha, "a share between 0 and 1")
    if predictors < 1:
        raise OutOfRangeError.for_number("predictors", predictors, "at least 1")
    df = n - predictors - 1
    if df < 1:
        rule = f"at least {predictors + 2} cases for {predictors} predictors"
        raise OutOfRangeError.for_number("n", n, rule)
    critical = float(special.fdtri(1, df, 1.0 - alpha))
    return float(1.0 - special.ncfdtr(1, df, effect * n, critical))


@dataclass(frozen=True, slots=True)
class SimulatedPower:
    """Share of simulated samples whose bootstrap interval leaves zero out.

    Attributes
    ----------
    power : float
    standard_error : float
        Monte Carlo error of `power`.
    n, n_replications, n_boot : int
    a, b : float
        Paths in the simulated population.
    """

    power: float
    standard_error: float
    n: int
    n_replications: int
    n_boot: int
    a: float
    b: float


def indirect_power(
    a: float, b: float, n: int, *, n_replications: int, n_boot: int, seed: int
) -> SimulatedPower:
    """Simulate the power of the 95% percentile bootstrap interval of ab.

    x, and the residuals of m = a x + e and y = b m + e, are standard normal; the
    direct effect is zero. All replications share one resampling plan: the samples
    differ, so the estimate stays unbiased.

    Parameters
    ----------
    a, b : float
    n : int
        Cases in a sample.
    n_replications, n_boot, seed : int

    Raises
    ------
    OutOfRangeError
        Fewer than 20 cases, 1 replication or 100 resamples, or a path over 1,000.

    References
    ----------
    Fritz MS, MacKinnon DP (2007). Psychological Science 18:233-239.
    """
    least = (("n", n, LEAST_CASES), ("n_boot", n_boot, LEAST_RESAMPLES))
    for name, given, low in (*least, ("n_replications", n_replications, 1)):
        if given < low:
            raise OutOfRangeError.for_number(name, given, f"at least {low}")
    for name, path in (("a", a), ("b", b)):
        if not abs(path) <= LARGEST_PATH:
            rule = f"a path from {-LARGEST_PATH:g} to {LARGEST_PATH:g}"
            raise OutOfRangeError.for_number(name, path, rule)
    rng = np.random.default_rng([seed, n])
    plan = ResamplingPlan(n, n_boot, seed)
    detected = 0
    for start in range(0, n_replications, REPLICATIONS_AT_ONCE):
        size = min(REPLICATIONS_AT_ONCE, n_replications - start)
        samples = _samples(rng, a, b, n, size)
        draws = np.concatenate(
            [_indirect(samples, counts) for _, counts in plan.chunks()], axis=1
        )
        low, high = (rank - 1 for rank in percentile_ranks(n_boot))
        ordered = np.partition(draws, (low, high), axis=1)
        detected += int(((ordered[:, low] > 0.0) | (ordered[:, high] < 0.0)).sum())
    power = detected / n_replications
    error = float(np.sqrt(power * (1.0 - power) / n_replications))
    return SimulatedPower(power, error, n, n_replications, n_boot, a, b)


def _samples(rng: np.random.Generator, a: float, b: float, n: int, size: int) -> Array:
    """Draw samples, shape (size, 3, n), each column centred."""
    x = rng.standard_normal((size, n))
    m = a * x + rng.standard_normal((size, n))
    y = b * m + rng.standard_normal((size, n))
    stacked = np.stack([x, m, y], axis=1)
    centred: Array = stacked - stacked.mean(axis=2, keepdims=True)
    return centred


def _indirect(samples: Array, counts: Array) -> Array:
    """Products ab, shape (samples, resamples)."""
    size, _, n = samples.shape
    products = np.stack(
        [samples[:, i] * samples[:, j] for i, j in LOWER_TRIANGLE], axis=1
    )
    rows = np.concatenate([samples, products], axis=1)
    sums = (rows.reshape(-1, n) @ counts.T).reshape(size, rows.shape[1], -1)
    mean = sums[:, :COLUMNS] / n
    s = {
        pair: sums[:, COLUMNS + k] - n * mean[:, pair[0]] * mean[:, pair[1]]
        for k, pair in enumerate(LOWER_TRIANGLE)
    }
    a = s[1, 0] / s[0, 0]
    b = (s[2, 1] - a * s[2, 0]) / (s[1, 1] - a * s[1, 0])
    product: Array = a * b
    return product
