"""Coefficients of many regressions at once, estimated and drawn from their posterior.

The prior of the fixed coefficients and of the residual variance is the usual flat one.
Random effects, the coefficients of indicators of groups, come from one normal
distribution. The ratio of the residual variance to theirs has the uniform shrinkage
prior and is drawn first, from its marginal posterior on a grid; given it, the rest is
a regression with a penalty. Groups that explain nothing then add next to no noise to
a prediction, where coefficients of their own would add as much as any other predictor.

References
----------
Rubin DB (1987). Multiple Imputation for Nonresponse in Surveys, p. 167. Daniels MJ
(1999). A prior for the variance in hierarchical models. Canadian Journal of Statistics
27:567-578.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

WEAKEST_PIVOT = 1e-4  # share of a predictor's variance that the others leave open
RIDGE = 1e-9  # lets the factorization pass a predictor that will be dropped
BASE = 0.01  # the same for the indicators, which add up to a constant
TINY = 1e-300
POINTS = 20  # of the grid over the shrinkage of the random effects


@dataclass(frozen=True, slots=True, kw_only=True)
class RegressionDraws:
    """The random numbers that m regressions use.

    Attributes
    ----------
    normal : ndarray, shape (m, q + 1)
        Standard normals: one for the level, q for the coefficients.
    chisquare : ndarray, shape (m,)
        Chi-square numbers, df those of the residual.
    uniform : ndarray, shape (m,)
        From 0 to 1, for the variance of the random effects.
    """

    normal: Array
    chisquare: Array
    uniform: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """Sums of squares and products of centred columns, in m sets.

    Attributes
    ----------
    gram : ndarray, shape (m, q, q)
        Of the predictors, those with random effects last.
    cross : ndarray, shape (m, q)
        Of the predictors and the outcome.
    total : float
        Of the outcome, the same in all sets.
    centre : ndarray, shape (m, q)
        Means that were subtracted from the predictors.
    df : int
        Residual degrees of freedom, without regard to random effects.
    n_random : int
    """

    gram: Array
    cross: Array
    total: float
    centre: Array
    df: int
    n_random: int = 0


@dataclass(frozen=True, slots=True)
class Coefficients:
    """What m regressions say.

    Attributes
    ----------
    estimate, drawn : ndarray, shape (m, q)
        In units of the outcome per unit of the predictor; 0 where it was dropped.
    sigma : ndarray, shape (m,)
        Drawn residual standard deviations.
    """

    estimate: Array
    drawn: Array
    sigma: Array


def draw_coefficients(moments: Moments, draws: RegressionDraws) -> Coefficients:
    """Estimate the coefficients and draw them from their posterior.

    With C = LLᵀ the predictors' correlation matrix, penalized for random effects, and c
    what correlates with the outcome, the estimate is L⁻ᵀL⁻¹c. A draw adds L⁻ᵀz, whose
    covariance is C⁻¹.

    A predictor that does not vary, or of whose variance the predictors before it leave
    less than `WEAKEST_PIVOT`, is dropped in that set.

    Parameters
    ----------
    moments : Moments
    draws : RegressionDraws
    """
    factor, solved, scale = _factored(moments)
    if moments.n_random:
        _shrink(factor, solved, moments, draws.uniform)
    both = np.concatenate([solved[:, :, None], draws.normal[:, 1:, None]], axis=2)
    found = np.linalg.solve(factor.swapaxes(1, 2), both)
    estimate, spread = found[:, :, 0], found[:, :, 1]
    residual = np.maximum(moments.total - (solved**2).sum(axis=1), 0.0)
    sigma = np.sqrt(residual / draws.chisquare)
    drawn = estimate + sigma[:, None] * spread
    return Coefficients(estimate * scale, drawn * scale, sigma)


def _shrink(factor: Array, solved: Array, moments: Moments, uniform: Array) -> None:
    """Draw the variance of the random effects; penalize `factor` and `solved` in place.

    What the fixed predictors leave of the indicators stands in the last rows.
    """
    own = slice(factor.shape[1] - moments.n_random, None)
    last = factor[:, own, own]
    open_square = last @ last.swapaxes(1, 2)
    open_square -= BASE * np.eye(moments.n_random)
    open_cross = last @ solved[:, own, None]
    left = moments.total - (solved[:, : own.start] ** 2).sum(axis=1)
    ratios, log_weight = variance_posterior(
        open_square, open_cross[:, :, 0], left, moments.df
    )
    weight = np.exp(log_weight - log_weight.max(axis=1, keepdims=True))
    below = np.cumsum(weight, axis=1) < uniform[:, None] * weight.sum(axis=1)[:, None]
    drawn = ratios[np.arange(len(ratios)), below.sum(axis=1)]
    penalty = drawn[:, None, None] * np.eye(moments.n_random)
    factor[:, own, own] = np.linalg.cholesky(open_square + penalty)
    solved[:, own] = np.linalg.solve(factor[:, own, own], open_cross)[:, :, 0]


def variance_posterior(
    square: Array, cross: Array, left: Array, df: int
) -> tuple[Array, Array]:
    """Weigh ratios of the residual variance to that of the random effects.

    The weights are the restricted likelihood, a product along the eigenvectors of
    `square`. The ratios are so spaced that the typical shrinkage is uniform.

    Parameters
    ----------
    square : ndarray, shape (m, g, g)
        Squares and products of the indicators, less what the fixed predictors explain.
    cross : ndarray, shape (m, g)
        The same of the indicators and the outcome.
    left : ndarray, shape (m,)
        Sum of squares of the outcome that the fixed predictors leave.
    df : int
        Its degrees of freedom.

    Returns
    -------
    ratios, log_weight : ndarray, shape (m, POINTS)
    """
    values, vectors = np.linalg.eigh(square)
    values = np.maximum(values, 0.0)
    typical = np.maximum(values.mean(axis=1), TINY)
    shrinkage = (np.arange(POINTS) + 0.5) / POINTS
    ratios = typical[:, None] * shrinkage / (1.0 - shrinkage)
    along = (cross[:, None] @ vectors) ** 2
    total = values[:, None] + ratios[:, :, None]
    unexplained = np.maximum(left[:, None] - (along / total).sum(axis=2), TINY)
    log_weight = -0.5 * np.log(total / ratios[:, :, None]).sum(axis=2)
    return ratios, log_weight - 0.5 * df * np.log(unexplained)


def _factored(moments: Moments) -> tuple[Array, Array, Array]:
    """Factor the predictors' correlation matrix, dropping what it cannot tell apart.

    Returns
    -------
    factor : ndarray, shape (m, q, q)
        Its lower Cholesky factor; a dropped predictor's row is that of the unit matrix.
    solved : ndarray, shape (m, q)
        The factor's inverse times the correlations with the outcome, in its units.
    scale : ndarray, shape (m, q)
        1 over each predictor's root sum of squares, the same for all with random
        effects; 0 where dropped.
    """
    square = np.diagonal(moments.gram, axis1=1, axis2=2).copy()
    random = square[:, square.shape[1] - moments.n_random :]
    if moments.n_random:
        random[:] = random.mean(axis=1, keepdims=True)
    varies = square > np.finfo(np.float64).eps * (1.0 + moments.centre**2)
    scale = np.where(varies, 1.0 / np.sqrt(np.where(varies, square, 1.0)), 0.0)
    factor = _cholesky(moments, scale)
    weak = np.diagonal(factor, axis1=1, axis2=2)[:, :-1] ** 2 < WEAKEST_PIVOT
    if weak.any():
        scale = np.where(weak, 0.0, scale)
        factor = _cholesky(moments, scale)
    return factor[:, :-1, :-1], factor[:, -1, :-1], scale


def _cholesky(moments: Moments, scale: Array) -> Array:
    """Factor the correlations, the outcome last, shape (m, q + 1, q + 1).

    The last row then holds the inverse of the other rows times the outcome's products.
    """
    n_sets, q = scale.shape
    ridge = np.full(q, RIDGE)
    ridge[q - moments.n_random :] = BASE
    joined = np.zeros((n_sets, q + 1, q + 1))
    joined[:, :q, :q] = moments.gram * scale[:, :, None] * scale[:, None, :]
    joined[:, np.arange(q), np.arange(q)] += np.where(scale > 0.0, ridge, 1.0)
    joined[:, q, :q] = moments.cross * scale
    joined[:, q, q] = 2.0 * moments.total + 1.0  # large enough; it is not read
    factor: Array = np.linalg.cholesky(joined)
    return factor
