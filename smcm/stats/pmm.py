"""Predictive mean matching of one column, in all imputed sets at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Index = NDArray[np.intp]

WEAKEST_PIVOT = 1e-4  # share of a predictor's variance that the others leave open
RIDGE = 1e-9  # lets the factorization pass a predictor that will be dropped
SAME = 1e-12  # share of the largest prediction; what differs by less is rounding


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnDraws:
    """The random numbers that one column uses in one sweep.

    Attributes
    ----------
    normal : ndarray, shape (m, q + 1)
        Standard normals: one for the level, q for the coefficients.
    chisquare : ndarray, shape (m,)
        Chi-square numbers, df those of the residual.
    rank : ndarray of int, shape (m, u)
        Which of a cell's nearest donors is taken, 0 the nearest.
    tie : ndarray, shape (m, r)
        Order among donors with equal predictions.
    """

    normal: Array
    chisquare: Array
    rank: Index
    tie: Array


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows that hold a column, and those that lack it.

    Attributes
    ----------
    observed : ndarray of int, shape (r,)
    missing : ndarray of int, shape (u,)
    """

    observed: Index
    missing: Index

    def weights(self, n: int) -> Array:
        """1/r for each observed row and 0 for the others, shape (n,)."""
        weights = np.zeros(n)
        weights[self.observed] = 1.0 / len(self.observed)
        return weights


@dataclass(frozen=True, slots=True)
class Predictions:
    """Predicted means on both sides of the matching.

    Attributes
    ----------
    fitted : ndarray, shape (m, r)
        Of the observed rows, by the estimated coefficients.
    drawn : ndarray, shape (m, u)
        Of the missing rows, by the coefficients drawn from their posterior.
    """

    fitted: Array
    drawn: Array


def draw_column(
    design: Array, target: Array, rows: Rows, draws: ColumnDraws, donors: int
) -> Index:
    """Choose a donor for every missing cell of one column.

    Parameters
    ----------
    design : ndarray, shape (m, q, n)
        Predictors without a constant; overwritten.
    target : ndarray, shape (r,)
        The observed values, the same in all sets.
    rows : Rows
        Which of the n rows hold the column (r) and which lack it (u).
    draws : ColumnDraws
    donors : int
        Nearest donors to choose among.

    Returns
    -------
    ndarray of int, shape (m, u)
        Positions in `target`.
    """
    return match(predict(design, target, rows, draws), draws, donors)


def predict(
    design: Array, target: Array, rows: Rows, draws: ColumnDraws
) -> Predictions:
    """Regress, draw the coefficients from their posterior, and predict.

    The prior is the usual flat one: the residual variance is drawn as the residual
    sum of squares over a chi-square number, then the coefficients from a normal
    around the estimate. With C the predictors' correlation matrix and L its Cholesky
    factor, C⁻¹Lz has the covariance C⁻¹ that the draw needs.

    A predictor that does not vary over the observed rows, or of whose variance the
    predictors before it leave less than `WEAKEST_PIVOT`, is dropped in that set: its
    coefficient is 0, estimated and drawn.

    Parameters
    ----------
    design, target, rows, draws
        As in `draw_column`.

    References
    ----------
    Rubin DB (1987). Multiple Imputation for Nonresponse in Surveys, p. 167.
    """
    level = target.mean()
    outcome = np.zeros(design.shape[2])
    outcome[rows.observed] = target - level
    centre = design @ rows.weights(design.shape[2])
    design -= centre[:, :, None]
    missing = np.take(design, rows.missing, axis=2)
    design[:, :, rows.missing] = 0.0
    correlation, factor, scale = _factor(design @ design.swapaxes(1, 2), centre)
    cross = (design @ outcome) * scale
    noise = (factor @ draws.normal[:, 1:, None])[:, :, 0]
    estimate, spread = np.moveaxis(
        np.linalg.solve(correlation, np.stack([cross, noise], axis=2)), 2, 0
    )
    explained = (estimate * cross).sum(axis=1)
    residual = np.maximum(outcome @ outcome - explained, 0.0)
    sigma = np.sqrt(residual / draws.chisquare)
    drawn = estimate + sigma[:, None] * spread
    shift = level + sigma * draws.normal[:, 0] / np.sqrt(len(target))
    fitted = ((estimate * scale)[:, None] @ design)[:, 0, rows.observed]
    return Predictions(
        fitted=level + fitted,
        drawn=shift[:, None] + ((drawn * scale)[:, None] @ missing)[:, 0],
    )


def match(predictions: Predictions, draws: ColumnDraws, donors: int) -> Index:
    """Take, for every missing row, one of the donors with the nearest prediction.

    Donors are sorted once; the nearest k of a row then stand among the k on either
    side of its place in that order. Donors with the same predictors have the same
    prediction, but a library of linear algebra may sum them in two ways; they are made
    equal first, or the processor and not `draws.tie` would put them in order.

    Parameters
    ----------
    predictions : Predictions
    draws : ColumnDraws
    donors : int
        k, at most the number of observed rows.

    Returns
    -------
    ndarray of int, shape (m, u)
        Positions among the observed rows.
    """
    fitted, drawn = without_rounding(predictions.fitted), predictions.drawn
    n_fitted = fitted.shape[1]
    order = np.lexsort((draws.tie, fitted), axis=-1)
    ordered = np.take_along_axis(fitted, order, axis=1)
    width = min(2 * donors, n_fitted)
    first = np.clip(_places(ordered, drawn) - donors, 0, n_fitted - width)
    window = first[:, :, None] + np.arange(width)
    near = np.take_along_axis(ordered, window.reshape(len(window), -1), axis=1)
    distance = np.abs(near.reshape(window.shape) - drawn[:, :, None])
    by_distance = np.argsort(distance, axis=2, kind="stable")
    nearest = np.take_along_axis(by_distance, draws.rank[:, :, None], axis=2)
    return np.take_along_axis(order, first + nearest[:, :, 0], axis=1)


def without_rounding(fitted: Array) -> Array:
    """Make predictions of a set equal that differ by rounding alone.

    Parameters
    ----------
    fitted : ndarray, shape (m, r)

    Returns
    -------
    ndarray, shape (m, r)
        Each prediction, or the lowest of those that are the same as it.
    """
    ordered = np.sort(fitted, axis=1)
    noise = SAME * np.maximum(-ordered[:, :1], ordered[:, -1:])
    gaps = np.diff(ordered, axis=1)
    if not ((gaps > 0.0) & (gaps <= noise)).any():
        return fitted
    first = np.maximum.accumulate(
        np.where(gaps > noise, np.arange(1, ordered.shape[1]), 0), axis=1
    )
    first = np.pad(first, ((0, 0), (1, 0)))
    lowest = np.empty_like(fitted)
    np.put_along_axis(
        lowest,
        np.argsort(fitted, axis=1),
        np.take_along_axis(ordered, first, axis=1),
        axis=1,
    )
    return lowest


def _factor(gram: Array, centre: Array) -> tuple[Array, Array, Array]:
    """Factor the predictors' correlation matrix, dropping what it cannot tell apart.

    Returns
    -------
    correlation, factor : ndarray, shape (m, q, q)
        The matrix and its lower Cholesky factor; a dropped predictor's row is that
        of the unit matrix.
    scale : ndarray, shape (m, q)
        1 over each predictor's root sum of squares; 0 where dropped.
    """
    square = np.diagonal(gram, axis1=1, axis2=2)
    varies = square > np.finfo(np.float64).eps * (1.0 + centre**2)
    scale = np.where(varies, 1.0 / np.sqrt(np.where(varies, square, 1.0)), 0.0)
    correlation, factor = _cholesky(gram, scale)
    weak = np.diagonal(factor, axis1=1, axis2=2) ** 2 < WEAKEST_PIVOT
    if weak.any():
        scale = np.where(weak, 0.0, scale)
        correlation, factor = _cholesky(gram, scale)
    return correlation, factor, scale


def _cholesky(gram: Array, scale: Array) -> tuple[Array, Array]:
    correlation = gram * scale[:, :, None] * scale[:, None, :]
    diagonal = np.arange(gram.shape[1])
    correlation[:, diagonal, diagonal] = 1.0 + RIDGE
    factor: Array = np.linalg.cholesky(correlation)  # type: ignore[assignment]
    return correlation, factor


def _places(ordered: Array, wanted: Array) -> Index:
    """Count, set by set, the sorted values below each wanted one; shape (m, u)."""
    n_ordered = ordered.shape[1]
    both = np.concatenate([ordered, wanted], axis=1)
    merged = np.argsort(both, axis=1, kind="stable")  # fast on what is half sorted
    below = np.cumsum(merged < n_ordered, axis=1)
    place = np.empty_like(merged)
    np.put_along_axis(place, merged, below, axis=1)
    return place[:, n_ordered:]
