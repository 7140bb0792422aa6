"""The equations of a mediation model in several completed data sets at once."""

import numpy as np

from smcm.errors import DegenerateDataError
from smcm.stats.crossproducts import ModelColumns
from smcm.stats.ols import COLLINEAR, Array

STACKED = (  # what `stacked_paths` estimates, in this order
    *("a", "b", "direct", "total", "indirect", "indirect_ps", "indirect_cs"),
    *("r2_mediator", "r2_outcome", "r2_total"),
)


def stacked_paths(sets: Array, model: ModelColumns) -> Array:
    """Estimate the paths, the indirect effects and R squared of every set.

    A covariate that others determine in some set, as may happen in a bootstrap
    sample, counts for nothing there.

    Parameters
    ----------
    sets : ndarray, shape (m, n, p)
    model : ModelColumns

    Returns
    -------
    ndarray, shape (m, 10)
        Columns `STACKED`.

    Raises
    ------
    DegenerateDataError
        No more cases than coefficients.
    """
    n, coefficients = sets.shape[1], 3 + len(model.covariates)
    if n <= coefficients:
        raise DegenerateDataError(
            f"A sample of {n} cases cannot carry a regression with {coefficients} "
            "coefficients; use more cases or fewer covariates."
        )
    centred = sets - sets.mean(axis=1, keepdims=True)
    x, m, y = (centred[:, :, column] for column in (model.x, model.m, model.y))
    without = centred[:, :, [model.x, *model.covariates]]
    through = centred[:, :, [model.m, model.x, *model.covariates]]
    to_mediator, r2_mediator = _fit(without, m)
    to_outcome, r2_outcome = _fit(through, y)
    to_total, r2_total = _fit(without, y)
    a, b = to_mediator[:, 0], to_outcome[:, 0]
    sd_x, sd_y = (np.sqrt((v**2).sum(axis=1) / (n - 1)) for v in (x, y))
    slopes = [a, b, to_outcome[:, 1], to_total[:, 0]]
    indirect = [a * b, a * b / sd_y, a * b * sd_x / sd_y]
    return np.stack([*slopes, *indirect, r2_mediator, r2_outcome, r2_total], axis=1)


def _fit(design: Array, outcome: Array) -> tuple[Array, Array]:
    """Slopes, shape (m, k), and R squared, shape (m,), of centred columns."""
    length = np.sqrt((design**2).sum(axis=1))
    unit = np.where(length > 0.0, length, 1.0)
    scaled = design / unit[:, None, :]
    q, r = np.linalg.qr(scaled)
    pivots = np.abs(np.diagonal(r, axis1=1, axis2=2))
    if pivots.min() > COLLINEAR:
        inner = q.swapaxes(1, 2) @ outcome[:, :, None]
        slope = np.linalg.solve(r, inner)[:, :, 0]
    else:
        slope = (np.linalg.pinv(scaled, COLLINEAR) @ outcome[:, :, None])[:, :, 0]
    residual = outcome - (scaled @ slope[:, :, None])[:, :, 0]
    r2 = 1.0 - (residual**2).sum(axis=1) / (outcome**2).sum(axis=1)
    return slope / unit, np.clip(r2, 0.0, 1.0)
