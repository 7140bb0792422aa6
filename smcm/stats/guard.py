"""One sample of one model by QR, for where elimination would lose digits."""

from dataclasses import dataclass

import numpy as np

from smcm.stats.crossproducts import CrossProducts
from smcm.stats.ols import Array, independent_columns


@dataclass(frozen=True, slots=True)
class Refit:
    """Paths of one model on one sample, in the scale of the residuals.

    Attributes
    ----------
    slopes : ndarray, shape (2 n_mediators + 1,)
        Every a, every b, direct; nan where they are undefined.
    dropped : bool
        Whether a covariate was determined by others and left out.
    undefined : bool
        Whether x or a mediator was determined.
    """

    slopes: Array
    dropped: bool
    undefined: bool


def refit(
    prepared: CrossProducts, own: tuple[int, ...], n_mediators: int, weights: Array
) -> Refit:
    """Fit both equations by one QR of the columns [shared, own covariates, x, m, y].

    The rows are those of the preconditioned columns, each times the root of its
    weight. A column is determined by the ones before it where less than
    `smcm.stats.ols.COLLINEAR` of its length is its own.

    Parameters
    ----------
    own : tuple of int
        Positions among the own columns: covariates of the model's own, x, the
        mediators, y.
    weights : ndarray, shape (n,)
        How often each case stands in the sample.
    """
    rows = np.flatnonzero(weights)
    columns = np.column_stack([prepared.block[rows], prepared.residual[rows][:, own]])
    columns *= np.sqrt(weights[rows])[:, None]
    last = columns.shape[1] - 1
    kept = independent_columns(columns[:, :last])
    paths = n_mediators + 1  # x and the mediators, the last before y
    if np.count_nonzero(kept >= last - paths) < paths:
        nothing = np.full(2 * n_mediators + 1, np.nan)
        return Refit(nothing, dropped=False, undefined=True)
    _, r = np.linalg.qr(columns[:, [*kept, last]])
    x = kept.size - paths
    a = r[x, x + 1 : -1] / r[x, x]
    direct, *b = np.linalg.solve(r[x:-1, x:-1], r[x:-1, -1])
    slopes = np.array([*a, *b, direct])
    return Refit(slopes, dropped=kept.size < last, undefined=False)
