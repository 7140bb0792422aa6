"""Random effects among the predictors, against dense matrices of the mixed model."""

import numpy as np
import pytest

from smcm.stats.random_intercept import fit_random_intercept
from smcm.stats.regression_draws import (
    Moments,
    RegressionDraws,
    draw_coefficients,
    variance_posterior,
)

N, GROUPS, FIXED = 120, 8, 3
CLOSE = 1e-6  # the ridge of 1e-9 on correlations


@pytest.fixture(scope="module")
def problem():
    """A fixed design with its constant, indicators of groups, and an outcome."""
    rng = np.random.default_rng(3)
    group = rng.integers(GROUPS, size=N)
    x = rng.normal(size=(N, FIXED)) + 0.3 * rng.normal(size=GROUPS)[group][:, None]
    y = x @ [0.5, 0.0, -0.2] + 0.6 * rng.normal(size=GROUPS)[group]
    return x, np.eye(GROUPS)[group], y + rng.normal(size=N)


def moments_of(x, z, y, n_sets=1):
    design = np.column_stack([x, z])
    centre = design.mean(axis=0)
    design, y = design - centre, y - y.mean()
    return Moments(
        gram=np.repeat((design.T @ design)[None], n_sets, axis=0),
        cross=np.repeat((design.T @ y)[None], n_sets, axis=0),
        total=float(y @ y),
        centre=np.repeat(centre[None], n_sets, axis=0),
        df=len(y) - 1 - x.shape[1],
        n_random=z.shape[1],
    )


def posterior_of(x, z, y):
    """Ratios and log weights, with what a constant and x explain projected out."""
    fixed = np.column_stack([np.ones(len(x)), x])
    q, _ = np.linalg.qr(fixed)
    z, y = z - q @ (q.T @ z), y - q @ (q.T @ y)
    df = len(y) - fixed.shape[1]
    found = variance_posterior((z.T @ z)[None], (z.T @ y)[None], np.array([y @ y]), df)
    return found[0][0], found[1][0]


def mixed(x, z, y, ratio):
    """Restricted log likelihood, generalized least squares and predicted effects."""
    fixed = np.column_stack([np.ones(len(x)), x])
    v = np.eye(len(y)) + z @ z.T / ratio
    weighted = np.linalg.solve(v, np.column_stack([fixed, y]))
    inner = fixed.T @ weighted[:, :-1]
    beta = np.linalg.solve(inner, fixed.T @ weighted[:, -1])
    left = np.linalg.solve(v, y - fixed @ beta)
    square, df = (y - fixed @ beta) @ left, len(y) - fixed.shape[1]
    logs = np.linalg.slogdet(v)[1] + np.linalg.slogdet(inner)[1]
    return -0.5 * (logs + df * np.log(square)), beta, z.T @ left / ratio, square


def test_weights_are_the_restricted_likelihood(problem):
    ratios, log_weight = posterior_of(*problem)
    dense = np.array([mixed(*problem, ratio)[0] for ratio in ratios])
    np.testing.assert_allclose(log_weight - log_weight[0], dense - dense[0], atol=1e-8)


def test_the_heaviest_ratio_lies_next_to_the_reml_estimate(problem):
    x, z, y = problem
    fixed = np.column_stack([np.ones(N), x])
    reml = fit_random_intercept(fixed, y, z.argmax(axis=1))
    ratios, log_weight = posterior_of(*problem)
    top = int(log_weight.argmax())
    assert ratios[top - 1] < reml.within / reml.between < ratios[top + 1]


def test_typical_shrinkage_is_uniform_on_the_grid(problem):
    x, z, _ = problem
    fixed = np.column_stack([np.ones(N), x])
    q, _ = np.linalg.qr(fixed)
    typical = np.trace(z.T @ z - (z.T @ q) @ (q.T @ z)) / GROUPS
    ratios, _ = posterior_of(*problem)
    np.testing.assert_allclose(np.diff(ratios / (ratios + typical)), 1 / len(ratios))


def test_draws_have_the_mean_and_spread_of_the_mixed_model(problem):
    """Averaged over the ratios; four standard errors of 40,000 draws."""
    x, z, y = problem
    many, rng = 40_000, np.random.default_rng(8)
    df = N - 1 - FIXED
    draws = RegressionDraws(
        normal=rng.normal(size=(many, FIXED + GROUPS + 1)),
        chisquare=rng.chisquare(df, size=many),
        uniform=rng.random(many),
    )
    moments = moments_of(x, z, y, many)
    drawn = draw_coefficients(moments, draws).drawn
    ratios, log_weight = posterior_of(x, z, y)
    weight = np.exp(log_weight - log_weight.max())
    weight /= weight.sum()
    means, squares = [], []
    for ratio in ratios:
        _, beta, effects, square = mixed(x, z, y, ratio)
        mean = np.concatenate([beta[1:], effects])
        penalty = np.diag(np.r_[np.zeros(FIXED), np.full(GROUPS, ratio)])
        covariance = np.linalg.inv(moments.gram[0] + penalty) * square / (df - 2)
        means.append(mean)
        squares.append(mean**2 + np.diag(covariance))
    mean = weight @ np.array(means)
    sd = np.sqrt(weight @ np.array(squares) - mean**2)
    assert np.abs((drawn.mean(axis=0) - mean) / sd).max() < 4 / np.sqrt(many)
    np.testing.assert_allclose(drawn.std(axis=0), sd, rtol=0.03)


def test_without_random_effects_it_is_least_squares(problem):
    x, _, y = problem
    draws = RegressionDraws(
        normal=np.zeros((1, FIXED + 1)), chisquare=np.ones(1), uniform=np.zeros(1)
    )
    found = draw_coefficients(moments_of(x, np.empty((N, 0)), y), draws)
    beta, rss, *_ = np.linalg.lstsq(np.column_stack([np.ones(N), x]), y, rcond=None)
    np.testing.assert_allclose(found.estimate[0], beta[1:], atol=CLOSE)
    np.testing.assert_allclose(found.sigma, np.sqrt(rss), rtol=CLOSE)


def test_a_group_without_rows_is_drawn_from_the_distribution_of_groups(problem):
    x, z, y = problem
    many, rng = 20_000, np.random.default_rng(5)
    wider = np.column_stack([z, np.zeros(N)])
    draws = RegressionDraws(
        normal=rng.normal(size=(many, FIXED + GROUPS + 2)),
        chisquare=rng.chisquare(N - 1 - FIXED, size=many),
        uniform=rng.random(many),
    )
    empty = draw_coefficients(moments_of(x, wider, y, many), draws).drawn[:, -1]
    assert abs(empty.mean()) < 4 * empty.std() / np.sqrt(many)
    assert 0.3 < empty.std() < 1.2  # the groups differ by 0.6
