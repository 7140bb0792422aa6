"""How much of the spread over all combinations of choices is due to each choice."""

import numpy as np

from smcm.stats.ols import Array


def main_shares(values: Array) -> Array:
    """Share of the variance that each axis explains by itself.

    Parameters
    ----------
    values : ndarray, one axis a choice
        A value for every combination.

    Returns
    -------
    ndarray, shape (values.ndim,)
        Variance of the means over the levels of an axis, over the variance of all
        values; 0 where nothing varies. What the shares lack to 1 is interaction.

    References
    ----------
    Saltelli A, Annoni P, Azzini I, et al. (2010). Computer Physics Communications
    181:259-270 (first-order and total indices).
    """
    return np.array(
        [_share(values, _others(values, axis), inner=False) for axis in _axes(values)]
    )


def total_shares(values: Array) -> Array:
    """Share of the variance that would go if the axis had one level.

    This is what the axis explains by itself and in every interaction: the mean
    variance along the axis with all else held, over the variance of all values.
    Parameters and references as in `main_shares`.
    """
    return np.array([_share(values, (axis,), inner=True) for axis in _axes(values)])


def _axes(values: Array) -> range:
    return range(values.ndim)


def _others(values: Array, axis: int) -> tuple[int, ...]:
    return tuple(other for other in _axes(values) if other != axis)


def _share(values: Array, over: tuple[int, ...], *, inner: bool) -> float:
    whole = float(values.var())
    if whole == 0.0:
        return 0.0
    part = values.var(axis=over).mean() if inner else values.mean(axis=over).var()
    return float(part) / whole
