"""How far two bootstraps lie apart when neither is wrong."""

import numpy as np

from smcm.stats.draw_limits import percentile_limits


def noise_between(draws, size, repeats=400):
    """Errors of the difference in SE and limits between these draws and `size` others.

    What `size` draws leave open is seen by taking so many of ours again and again.
    """
    rng = np.random.default_rng(11)
    taken = draws[rng.integers(draws.size, size=(repeats, size))]
    ends = np.array([percentile_limits(row) for row in taken])
    theirs = np.array([taken.std(axis=1, ddof=1).std(), *ends.std(axis=0)])
    return np.hypot(theirs, theirs * np.sqrt(size / draws.size))
