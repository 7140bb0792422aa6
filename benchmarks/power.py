"""Time the simulated power of an indirect effect against a plain loop.

Run from the repository root: ``python -m benchmarks.power``. Times are CPU seconds on
one BLAS thread. The loop takes the rows of each resample and solves two regressions; it
is run for a few resamples and scaled up.
"""

import time
from statistics import median

import numpy as np
from threadpoolctl import threadpool_limits

from smcm.published import Published
from smcm.stats.power import indirect_power

SAMPLES, RESAMPLES = 1000, 2000
REPETITIONS = 5
LOOPED = 2000  # resamples of the loop


def ours(path: float, n: int) -> float:
    """Seconds for all samples and resamples."""
    start = time.process_time()
    indirect_power(path, path, n, n_replications=SAMPLES, n_boot=RESAMPLES, seed=1)
    return time.process_time() - start


def loop(path: float, n: int) -> float:
    """Seconds for the same by a loop, scaled up."""
    rng = np.random.default_rng(1)
    x = rng.standard_normal(n)
    m = path * x + rng.standard_normal(n)
    y = path * m + rng.standard_normal(n)
    to_m = np.column_stack([np.ones(n), x])
    to_y = np.column_stack([np.ones(n), m, x])
    start = time.process_time()
    for _ in range(LOOPED):
        rows = rng.integers(n, size=n)
        np.linalg.lstsq(to_m[rows], m[rows], rcond=None)
        np.linalg.lstsq(to_y[rows], y[rows], rcond=None)
    return (time.process_time() - start) * SAMPLES * RESAMPLES / LOOPED


def main() -> None:
    """Print both times."""
    published = Published.read()
    path, n = published.number("fm.b.small"), int(published.number("fm.n.small"))
    with threadpool_limits(1):
        seconds = median(ours(path, n) for _ in range(REPETITIONS))
        looped = loop(path, n)
    print(f"{SAMPLES} samples of {RESAMPLES} resamples, N = {n}")
    print(f"  smcm            {seconds:8.2f} s")
    print(f"  loop of lstsq   {looped:8.0f} s, {looped / seconds:.0f} times as long")


if __name__ == "__main__":
    main()
