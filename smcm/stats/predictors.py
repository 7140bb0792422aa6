"""Which columns predict which in chained equations."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Mask = NDArray[np.bool_]

MINIMUM_CORRELATION = 0.3
MINIMUM_USABLE = 0.25
VALUES_PER_PREDICTOR = 2
FLAT = 1e-12  # a variance below this share of the sum of squares is rounding


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictorRule:
    """When a column is worth having as a predictor of another.

    Attributes
    ----------
    minimum_correlation : float
        The larger of two absolute correlations must exceed it: the predictor's
        with the target, and the predictor's with whether the target was observed.
    minimum_usable : float
        Share of the target's missing cells in whose rows the predictor was
        observed, at least; 0 to 1.
    """

    minimum_correlation: float = MINIMUM_CORRELATION
    minimum_usable: float = MINIMUM_USABLE


def pairwise_correlation(left: Matrix, right: Matrix) -> Matrix:
    """Correlate every column with every other on the rows that hold both.

    Parameters
    ----------
    left : ndarray, shape (n, p)
    right : ndarray, shape (n, q)
        Missing cells are NaN.

    Returns
    -------
    ndarray, shape (p, q)
        Pearson's r, and 0 where fewer than two rows hold both or where one of the
        two columns does not vary over them.
    """
    left_seen, right_seen = _seen(left), _seen(right)
    left_filled, right_filled = _centred(left), _centred(right)
    rows = left_seen.T @ right_seen
    left_sum, right_sum = left_filled.T @ right_seen, left_seen.T @ right_filled
    left_square = (left_filled**2).T @ right_seen
    right_square = left_seen.T @ right_filled**2
    left_spread = rows * left_square - left_sum**2
    right_spread = rows * right_square - right_sum**2
    varies = (left_spread > FLAT * rows * left_square) & (
        right_spread > FLAT * rows * right_square
    )
    product = rows * (left_filled.T @ right_filled) - left_sum * right_sum
    scale = np.sqrt(np.where(varies, left_spread * right_spread, 1.0))
    r: Matrix = np.where(varies, product / scale, 0.0)
    return r


def usable_share(values: Matrix) -> Matrix:
    """Share of a target's missing cells in whose rows a predictor was observed.

    Parameters
    ----------
    values : ndarray, shape (n, p)

    Returns
    -------
    ndarray, shape (p, p)
        Row: target; column: predictor. NaN in the row of a complete target.
    """
    seen = _seen(values)
    gone = 1.0 - seen
    missing = gone.sum(axis=0)[:, None]
    share = np.full((values.shape[1], values.shape[1]), np.nan)
    np.divide(gone.T @ seen, missing, out=share, where=missing > 0)
    return share


def quick_predictors(values: Matrix, rule: PredictorRule | None = None) -> Mask:
    """Choose predictors by correlation and by usable cases.

    Parameters
    ----------
    values : ndarray, shape (n, p)
        Missing cells are NaN.
    rule : PredictorRule, optional

    Returns
    -------
    ndarray of bool, shape (p, p)
        Row: target; column: predictor. All False in the row of a complete column.

    References
    ----------
    van Buuren S, Boshuizen HC, Knook DL (1999). Multiple imputation of missing
    blood pressure covariates in survival analysis. Statistics in Medicine 18.
    """
    rule = rule or PredictorRule()
    related = _strength(values) > rule.minimum_correlation
    usable = ~(usable_share(values) < rule.minimum_usable)
    return only_needed(related & usable, values)


def leave_room(chosen: Mask, values: Matrix, turns: Sequence[Mask]) -> Mask:
    """Drop the weakest predictors of targets that have too few values for them.

    A regression with nearly as many predictors as values follows chance. Targets
    keep at most one predictor for every `VALUES_PER_PREDICTOR` values observed, as
    far as the predictors that may go allow it.

    Parameters
    ----------
    chosen : ndarray of bool, shape (p, p)
        Row: target; column: predictor. It is not changed.
    values : ndarray, shape (n, p)
        Missing cells are NaN; complete targets keep what they have.
    turns : sequence of ndarray of bool, shape (p, p)
        Predictors that may go: those of the first mask before those of the second,
        and within a mask the least correlated first, with the target or with whether
        it was observed.
    """
    kept = chosen.copy()
    room = (~np.isnan(values)).sum(axis=0) // VALUES_PER_PREDICTOR
    surplus = only_needed(chosen, values).sum(axis=1) - room
    if not (surplus > 0).any():
        return kept
    strength = _strength(values)
    for target in np.flatnonzero(surplus > 0):
        left = int(surplus[target])
        for may_go in turns:
            places = np.flatnonzero(kept[target] & may_go[target])
            order = np.argsort(strength[target, places], kind="stable")
            gone = places[order[:left]]
            kept[target, gone] = False
            left -= gone.size
    return kept


def _strength(values: Matrix) -> Matrix:
    """Larger of two absolute correlations: with the target, and with its response."""
    with_value = np.abs(pairwise_correlation(values, values))
    with_response = np.abs(pairwise_correlation(_seen(values), values))
    strength: Matrix = np.maximum(with_value, with_response)
    return strength


def only_needed(predictors: Mask, values: Matrix) -> Mask:
    """Drop what is never used: a column for itself, and for complete targets.

    Parameters
    ----------
    predictors : ndarray of bool, shape (p, p)
        Row: target; column: predictor.
    values : ndarray, shape (n, p)
    """
    incomplete: Mask = np.asarray(np.isnan(values).any(axis=0))
    needed: Mask = predictors & incomplete[:, None]
    np.fill_diagonal(needed, False)
    return needed


def _seen(values: Matrix) -> Matrix:
    return (~np.isnan(values)).astype(np.float64)


def _centred(values: Matrix) -> Matrix:
    """Subtract each column's observed mean; 0 where the cell is missing."""
    seen = ~np.isnan(values)
    held = np.maximum(seen.sum(axis=0), 1)
    mean = np.where(seen, values, 0.0).sum(axis=0) / held
    return np.where(seen, values - mean, 0.0)
