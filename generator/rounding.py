"""Stage 7: put scores on their grids without moving what was calibrated.

Rounding each score to the nearest value moves means and products by chance and loses
a third of the printed digits. Here each score goes to the value below or above it, and
the choice among the clients keeps the column's sum and its products with background,
case managers and the other scores where they were.
"""

import numpy as np

from generator.clusters import Clusters
from generator.layout import GRID, N_SCORES, Array, Mask

SUM_WEIGHT = 4.0
CLUSTER_WEIGHT = 0.5
MOST_FLIPS = 4000
TINY = 1e-9


def round_scores(
    scores: Array, background: Array, clusters: Clusters, rng: np.random.Generator
) -> Array:
    """Round column after column.

    Parameters
    ----------
    scores : ndarray, shape (n_clients, n_scores)
    background : ndarray, shape (n_clients, n_background)

    Returns
    -------
    ndarray, shape (n_clients, n_scores)
        Values of the grid.
    """
    wanted = GRID.clip(scores)
    rounded = wanted.copy()
    fixed = np.hstack(
        [
            np.full((scores.shape[0], 1), SUM_WEIGHT),
            (background - background.mean(axis=0)) / background.std(axis=0),
            CLUSTER_WEIGHT * np.eye(clusters.size.size)[clusters.label],
        ]
    )
    mean, spread = wanted.mean(axis=0), wanted.std(axis=0)
    for column in range(N_SCORES):
        keep = np.hstack([fixed, (rounded - mean) / spread])
        steps = (wanted[:, column] - GRID.low[column]) / GRID.step[column]
        below = np.floor(steps + TINY)
        top = (GRID.high[column] - GRID.low[column]) / GRID.step[column]
        may_rise = below + 1 <= top + TINY
        up = _choose(steps - below, may_rise, keep, rng)
        rounded[:, column] = GRID.low[column] + (below + up) * GRID.step[column]
    return rounded


def _choose(
    fraction: Array, may_rise: Mask, keep: Array, rng: np.random.Generator
) -> Array:
    """Choose who goes up so that the columns of `keep` notice least.

    Parameters
    ----------
    fraction : ndarray, shape (n_clients,)
        How far each score lies above the grid value below it, from 0 to 1.
    may_rise : ndarray of bool, shape (n_clients,)
    keep : ndarray, shape (n_clients, k)

    Returns
    -------
    ndarray, shape (n_clients,)
        1 for up and 0 for down.
    """
    up = ((rng.random(fraction.size) < fraction) & may_rise).astype(np.float64)
    moved = keep.T @ (up - fraction)
    own = (keep**2).sum(axis=1)
    for _ in range(MOST_FLIPS):
        sign = np.where(up > 0, -1.0, 1.0)
        gain = np.where(may_rise, 2 * sign * (keep @ moved) + own, np.inf)
        best = int(gain.argmin())
        if gain[best] < -TINY:
            up[best] += sign[best]
            moved += sign[best] * keep[best]
            continue
        swap = _best_swap(up, may_rise, gain, keep)
        if swap is None:
            break
        rises, falls = swap
        up[rises], up[falls] = 1.0, 0.0
        moved += keep[rises] - keep[falls]
    return up


def _best_swap(
    up: Array, may_rise: Mask, gain: Array, keep: Array
) -> tuple[int, int] | None:
    """Find the pair, one to rise and one to fall, that helps most, if any does."""
    rising, falling = np.flatnonzero((up == 0) & may_rise), np.flatnonzero(up == 1)
    if not rising.size or not falling.size:
        return None
    together = -2 * (keep[rising] @ keep[falling].T)
    both = gain[rising][:, None] + gain[falling][None, :] + together
    place = int(both.argmin())
    if both.flat[place] >= -TINY:
        return None
    first, second = np.unravel_index(place, both.shape)
    return int(rising[first]), int(falling[second])
