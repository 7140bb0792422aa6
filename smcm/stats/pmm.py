"""Predictive mean matching of one column, in all imputed sets at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smcm.stats.regression_draws import Moments, RegressionDraws, draw_coefficients

Array = NDArray[np.float64]
Index = NDArray[np.intp]

SAME = 1e-12  # share of the largest prediction; what differs by less is rounding


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnDraws:
    """The random numbers that one column uses in one sweep.

    Attributes
    ----------
    regression : RegressionDraws
    rank : ndarray of int, shape (m, u)
        Which of a cell's nearest donors is taken, 0 the nearest.
    tie : ndarray, shape (m, r)
        Order among donors with equal predictions.
    """

    regression: RegressionDraws
    rank: Index
    tie: Array


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows that hold a column, and those in which it is imputed.

    Rows that are neither stay out of the regression.

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


@dataclass(frozen=True, slots=True)
class Predictors:
    """The predictors of one column in all sets, without a constant.

    Attributes
    ----------
    design : ndarray, shape (m, q, n)
        Those with random effects last; it is overwritten.
    n_random : int
        How many of them have random effects.
    """

    design: Array
    n_random: int = 0


def draw_column(
    predictors: Predictors, target: Array, rows: Rows, draws: ColumnDraws, donors: int
) -> Index:
    """Choose a donor for every missing cell of one column.

    Parameters
    ----------
    predictors : Predictors
    target : ndarray, shape (r,)
        The observed values, the same in all sets.
    rows : Rows
        Which of the n rows hold the column (r) and in which it is imputed (u).
    draws : ColumnDraws
    donors : int
        Nearest donors to choose among.

    Returns
    -------
    ndarray of int, shape (m, u)
        Positions in `target`.
    """
    return match(predict(predictors, target, rows, draws.regression), draws, donors)


def predict(
    predictors: Predictors, target: Array, rows: Rows, draws: RegressionDraws
) -> Predictions:
    """Regress, draw the coefficients from their posterior, and predict.

    Parameters
    ----------
    predictors, target, rows
        As in `draw_column`.
    draws : RegressionDraws
    """
    design, level = predictors.design, target.mean()
    weights = rows.weights(design.shape[2])
    outcome = np.zeros(design.shape[2])
    outcome[rows.observed] = target - level
    centre = design @ weights
    design -= centre[:, :, None]
    missing = np.take(design, rows.missing, axis=2)
    design[:, :, weights == 0.0] = 0.0
    moments = Moments(
        gram=design @ design.swapaxes(1, 2),
        cross=design @ outcome,
        total=float(outcome @ outcome),
        centre=centre,
        df=len(target) - 1 - (design.shape[1] - predictors.n_random),
        n_random=predictors.n_random,
    )
    found = draw_coefficients(moments, draws)
    shift = level + found.sigma * draws.normal[:, 0] / np.sqrt(len(target))
    fitted = (found.estimate[:, None] @ design)[:, 0, rows.observed]
    return Predictions(
        fitted=level + fitted,
        drawn=shift[:, None] + (found.drawn[:, None] @ missing)[:, 0],
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
    order, ordered = in_order(predictions.fitted, draws.tie)
    drawn, n_fitted = predictions.drawn, order.shape[1]
    width = min(2 * donors, n_fitted)
    first = (_places(ordered, drawn) - donors).clip(0, n_fitted - width)
    window = first[:, :, None] + np.arange(width)
    own = np.arange(len(order))[:, None]  # each set's own row, in what follows
    near = ordered[own[:, :, None], window]
    by_distance = np.argsort(np.abs(near - drawn[:, :, None]), axis=2, kind="stable")
    cells = np.arange(drawn.shape[1])
    chosen: Index = order[own, first + by_distance[own, cells, draws.rank]]
    return chosen


def in_order(fitted: Array, tie: Array) -> tuple[Index, Array]:
    """Sort the predictions of each set, those that differ by rounding alone as equal.

    Parameters
    ----------
    fitted : ndarray, shape (m, r)
    tie : ndarray, shape (m, r)
        Order among equal ones, from 0 to below 1.

    Returns
    -------
    order : ndarray of int, shape (m, r)
    ordered : ndarray, shape (m, r)
        Each prediction, or the lowest of those that are the same as it.
    """
    own = np.arange(len(fitted))[:, None]
    order = fitted.argsort(axis=1)
    ordered = fitted[own, order]
    noise = SAME * np.maximum(-ordered[:, :1], ordered[:, -1:])
    differs = np.ones(fitted.shape, dtype=np.bool_)
    differs[:, 1:] = ordered[:, 1:] - ordered[:, :-1] > noise
    place = np.where(differs, np.arange(fitted.shape[1]), 0)
    first = np.maximum.accumulate(place, axis=1)
    among_equal = (first + tie[own, order]).argsort(axis=1)
    return order[own, among_equal], ordered[own, first]


def _places(ordered: Array, wanted: Array) -> Index:
    """Count, set by set, the sorted values up to each wanted one; shape (m, u)."""
    return np.array(
        [
            np.searchsorted(values, own, side="right")
            for values, own in zip(ordered, wanted, strict=True)
        ]
    )
