"""What one more step of one score does to every statistic, to first order.

All statistics but the ICCs are functions of means and covariances. Their derivatives
are taken once; the change of the moments under a step is known exactly, so the effect
of every possible step on every statistic is one matrix product.
"""

from dataclasses import dataclass

import numpy as np

from generator.goals import Goals
from generator.layout import GRID, N_BACKGROUND, N_SCORES, Array
from generator.statistics import Moments

MEAN_STEP, PRODUCT_STEP = 1e-4, 1e-5  # in standard deviations


@dataclass(frozen=True, slots=True)
class Derivatives:
    """Derivatives of the statistics that follow from moments.

    Attributes
    ----------
    of_mean : ndarray, shape (n_scores, n_targets)
        For the mean of each score.
    of_product : ndarray, shape (n_scores, n_columns, n_targets)
        For the covariance of each score with each column, or its variance.
    """

    of_mean: Array
    of_product: Array


def derive(goals: Goals, scores: Array) -> Derivatives:
    """Take all derivatives, as differences, in one stack of moments."""
    moments = Moments.of(goals.data(scores))
    size = moments.mean.size
    sd = np.sqrt(np.diag(moments.covariance))
    own = N_BACKGROUND + np.arange(N_SCORES)
    n_products = N_SCORES * size
    mean = np.tile(moments.mean, (1 + N_SCORES + n_products, 1))
    covariance = np.tile(moments.covariance, (1 + N_SCORES + n_products, 1, 1))
    mean[1 + np.arange(N_SCORES), own] += MEAN_STEP * sd[own]
    rows, columns = np.repeat(own, size), np.tile(np.arange(size), N_SCORES)
    place = 1 + N_SCORES + np.arange(n_products)
    step = PRODUCT_STEP * sd[rows] * sd[columns]
    covariance[place, rows, columns] += step
    off = rows != columns
    covariance[place[off], columns[off], rows[off]] += step[off]
    values = goals.of_moments(Moments(mean, covariance, moments.n))
    change = values[1:] - values[0]
    of_product = change[N_SCORES:] / step[:, None]
    return Derivatives(
        of_mean=change[:N_SCORES] / (MEAN_STEP * sd[own])[:, None],
        of_product=of_product.reshape(N_SCORES, size, -1),
    )


def step_effects(
    goals: Goals, derivatives: Derivatives, scores: Array, place: int, steps: int
) -> Array:
    """Change of every statistic when one score of one client moves.

    Parameters
    ----------
    place : int
        Which score.
    steps : int
        How many steps of its grid, up or down.

    Returns
    -------
    ndarray, shape (n_goals, n_clients)
    """
    data = goals.data(scores)
    n, own = data.shape[0], N_BACKGROUND + place
    move = steps * GRID.step[place]
    centred = data - data.mean(axis=0)
    products = move * centred.T / (n - 1)
    products[own] = 2 * products[own] + move**2 / n
    effects = np.zeros((goals.bounds.low.size, n))
    n_targets = len(goals.moments.names)
    effects[:n_targets] = derivatives.of_product[place].T @ products
    effects[:n_targets] += derivatives.of_mean[place][:, None] * move / n
    if place in goals.icc_places:
        row = n_targets + goals.icc_places.index(place)
        effects[row] = _icc_effects(goals, scores[:, place], move)
    return effects


def _icc_effects(goals: Goals, score: Array, move: float) -> Array:
    """Exact change of one score's ICC, by the client who moves."""
    clusters = goals.clusters
    centred = score - score.mean()
    mean = clusters.means(centred)
    between, total = float(mean @ mean), float(centred @ centred)
    own_size = clusters.size[clusters.label]
    n = score.size
    new_between = between + 2 * move * mean + move**2 * (1 / own_size - 1 / n)
    new_total = total + 2 * move * centred + move**2 * (1 - 1 / n)
    before = clusters.icc_of_sums(np.array(between), np.array(total))
    effects: Array = clusters.icc_of_sums(new_between, new_total) - before
    return effects
