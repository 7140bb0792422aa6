"""What chance does to the paths of simulated samples, whatever the paths are.

With m = a x + e_m and y = b m + e_y, the slope of m on x is a plus the slope of e_m on
x, and the slope of m in y is b plus that of what e_m has beside x, in e_y. So chance
adds the same to any a and b, and is drawn once for all that have a sample size in
common.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from smcm.stats.ols import Array
from smcm.stats.resample import ResamplingPlan

Single = NDArray[np.float32]

COLUMNS = 3  # x, e_m, e_y
PAIRS = ((0, 0), (1, 0), (1, 1), (2, 0), (2, 1))  # products that both slopes need
SAMPLES_AT_ONCE = 8  # whose sums stay in the processor's cache
BATCHES_KEPT = 64
DRAWS_KEPT = 2_000  # resamples; with more of them a batch is not kept
CELLS_KEPT = 16_000_000  # counts of resamples; more are drawn again for each batch


@dataclass(frozen=True, slots=True)
class PathNoise:
    """What chance adds to both paths of some samples.

    Attributes
    ----------
    a, b : ndarray of float32, shape (samples, resamples)
        In each resample. Single precision is enough: limits are compared with zero.
    own_a, own_b : ndarray, shape (samples,)
        In the sample itself.
    error_a, error_b : ndarray, shape (samples,)
        Classical standard errors of both slopes.
    """

    a: Single
    b: Single
    own_a: Array
    own_b: Array
    error_a: Array
    error_b: Array


def path_noise(n: int, n_boot: int, seed: int, start: int, size: int) -> PathNoise:
    """Give a batch of samples, drawn or kept.

    Parameters
    ----------
    n : int
        Cases in a sample.
    n_boot : int
        Resamples, the same for every sample.
    seed, start : int
        Number of the stream, and of the first sample in it.
    size : int
        Samples.
    """
    make = _kept_noise if n_boot <= DRAWS_KEPT else _noise
    return make(n, n_boot, seed, start, size)


def _noise(n: int, n_boot: int, seed: int, start: int, size: int) -> PathNoise:
    samples = _samples(seed, start, n, size)
    drawn = [
        _slopes_of_resamples(samples, counts) for counts in _counts(n, n_boot, seed)
    ]
    a, b = (np.concatenate(parts, axis=1) for parts in zip(*drawn, strict=True))
    return PathNoise(a, b, *_of_samples(samples))


_kept_noise = lru_cache(maxsize=BATCHES_KEPT)(_noise)


def _counts(n: int, n_boot: int, seed: int) -> Iterable[Single]:
    """Count the cases in each resample, in chunks of shape (resamples, n)."""
    if n * n_boot <= CELLS_KEPT:
        return _kept_counts(n, n_boot, seed)
    chunks = ResamplingPlan(n, n_boot, seed).chunks()
    return (counts.astype(np.float32) for _, counts in chunks)


@lru_cache(maxsize=1)
def _kept_counts(n: int, n_boot: int, seed: int) -> tuple[Single, ...]:
    chunks = ResamplingPlan(n, n_boot, seed).chunks()
    return tuple(counts.astype(np.float32) for _, counts in chunks)


def _samples(seed: int, start: int, n: int, size: int) -> Array:
    """Draw samples, shape (size, 3, n), each column centred.

    Each of the three variables has a stream of its own, case by case, so that more
    cases leave the earlier ones as they are.
    """
    columns = [
        np.random.default_rng([seed, start, k]).standard_normal((n, size)).T
        for k in range(COLUMNS)
    ]
    stacked = np.stack(columns, axis=1)
    centred: Array = stacked - stacked.mean(axis=2, keepdims=True)
    return centred


def _slopes_of_resamples(samples: Array, counts: Single) -> tuple[Single, Single]:
    """Both slopes in each resample, each of shape (samples, resamples)."""
    size, _, n = samples.shape
    products = np.stack([samples[:, i] * samples[:, j] for i, j in PAIRS], axis=1)
    rows = np.concatenate([samples, products], axis=1).astype(np.float32)
    sums = (rows.reshape(-1, n) @ counts.T).reshape(size, rows.shape[1], -1)
    few = [
        _slopes(sums[k : k + SAMPLES_AT_ONCE], n)
        for k in range(0, size, SAMPLES_AT_ONCE)
    ]
    a, b = (np.concatenate(parts) for parts in zip(*few, strict=True))
    return a, b


def _slopes(sums: Single, n: int) -> tuple[Single, Single]:
    """Slopes from sums of columns and of `PAIRS`, each (samples, resamples)."""
    size = np.float32(n)
    means = np.divide(sums[:, :COLUMNS], size, dtype=np.float32)
    xx, mx, mm, yx, ym = (
        sums[:, COLUMNS + k] - size * means[:, i] * means[:, j]
        for k, (i, j) in enumerate(PAIRS)
    )
    a: Single = np.divide(mx, xx, dtype=np.float32)
    b: Single = np.divide(ym - a * yx, mm - a * mx, dtype=np.float32)
    return a, b


def _of_samples(samples: Array) -> tuple[Array, Array, Array, Array]:
    """Both slopes of each sample, and their errors, each of shape (samples,)."""
    n = samples.shape[2]
    xx, xm, mm, xy, my, yy = (
        np.einsum("ij,ij->i", samples[:, i], samples[:, j]) for i, j in (*PAIRS, (2, 2))
    )
    own = mm - xm**2 / xx  # of e_m beside x
    shared = my - xm * xy / xx
    rest = yy - xy**2 / xx - shared**2 / own
    error_a, error_b = np.sqrt(own / (xx * (n - 2))), np.sqrt(rest / (own * (n - 3)))
    return xm / xx, shared / own, error_a, error_b
