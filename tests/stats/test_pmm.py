"""One column's draw and matching against a plain loop over sets and rows."""

from dataclasses import replace

import numpy as np
import pytest

from smcm.stats.pmm import (
    ColumnDraws,
    Predictions,
    Predictors,
    Rows,
    draw_column,
    in_order,
    match,
    predict,
)
from smcm.stats.regression_draws import RegressionDraws

SETS, ROWS, PREDICTORS, DONORS = 4, 60, 3, 5
CLOSE = 1e-8  # the ridge of 1e-9 is the only difference from least squares


def unused(sets):
    """Numbers for a regression that is not run."""
    return RegressionDraws(
        normal=np.empty((sets, 0)), chisquare=np.empty(sets), uniform=np.empty(sets)
    )


@pytest.fixture
def problem():
    rng = np.random.default_rng(11)
    design = rng.normal(size=(SETS, PREDICTORS, ROWS)) + 5.0
    gone = rng.random(ROWS) < 0.3
    rows = Rows(observed=np.flatnonzero(~gone), missing=np.flatnonzero(gone))
    target = rng.integers(1, 8, size=len(rows.observed)).astype(float)
    draws = ColumnDraws(
        regression=RegressionDraws(
            normal=rng.normal(size=(SETS, PREDICTORS + 1)),
            chisquare=rng.chisquare(30, size=SETS),
            uniform=np.full(SETS, np.nan),
        ),
        rank=rng.integers(DONORS, size=(SETS, len(rows.missing))),
        tie=rng.random((SETS, len(rows.observed))),
    )
    return design, target, rows, draws


def one_set(design, target, rows, draws, k):
    """Least squares, the draw and the search for donors, nothing clever."""
    x = design[k][:, rows.observed].T
    centre = x.mean(axis=0)
    x = x - centre
    spread = np.sqrt((x**2).sum(axis=0))
    beta, *_ = np.linalg.lstsq(x, target - target.mean(), rcond=None)
    residual = target - target.mean() - x @ beta
    sigma = np.sqrt(residual @ residual / draws.regression.chisquare[k])
    correlation = (x / spread).T @ (x / spread)
    noise = (
        np.linalg.inv(np.linalg.cholesky(correlation)).T
        @ draws.regression.normal[k, 1:]
    )
    drawn = beta + sigma * noise / spread
    level = target.mean() + sigma * draws.regression.normal[k, 0] / np.sqrt(len(target))
    fitted = target.mean() + x @ beta
    donors = []
    for cell, row in enumerate(rows.missing):
        wanted = level + (design[k][:, row] - centre) @ drawn
        nearest = np.argsort(np.abs(fitted - wanted))
        donors.append(nearest[draws.rank[k, cell]])
    return fitted, donors


def test_same_numbers_in_same_donors_out(problem):
    design, target, rows, draws = problem
    donors = draw_column(Predictors(design.copy()), target, rows, draws, DONORS)
    for k in range(SETS):
        _, looped = one_set(design, target, rows, draws, k)
        assert donors[k].tolist() == looped


def test_fitted_values_are_those_of_least_squares(problem):
    design, target, rows, draws = problem
    predictions = predict(Predictors(design.copy()), target, rows, draws.regression)
    for k in range(SETS):
        fitted, _ = one_set(design, target, rows, draws, k)
        np.testing.assert_allclose(predictions.fitted[k], fitted, atol=CLOSE)


def test_rows_neither_observed_nor_missing_stay_out(problem):
    design, target, rows, draws = problem
    wider = np.concatenate([design, np.full((SETS, PREDICTORS, 4), 1e3)], axis=2)
    plain = draw_column(Predictors(design.copy()), target, rows, draws, DONORS)
    same = draw_column(Predictors(wider), target, rows, draws, DONORS)
    np.testing.assert_array_equal(same, plain)


@pytest.mark.parametrize("extra", ["constant", "repeated"])
def test_a_predictor_that_adds_nothing_is_dropped(problem, extra):
    design, target, rows, draws = problem
    column = np.full((SETS, 1, ROWS), 3.0) if extra == "constant" else design[:, :1]
    wider = np.concatenate([design, column], axis=1)
    plain_draws = draws.regression
    more = replace(
        plain_draws, normal=np.column_stack([plain_draws.normal, np.full(SETS, 1e6)])
    )
    plain = predict(Predictors(design.copy()), target, rows, draws.regression)
    same = predict(Predictors(wider), target, rows, more)
    np.testing.assert_allclose(same.drawn, plain.drawn, atol=1e-6)


def test_the_drawn_coefficients_have_the_posterior_spread(problem):
    design, target, rows, _ = problem
    many = 20000
    rng = np.random.default_rng(5)
    df = len(rows.observed) - PREDICTORS - 1
    draws = RegressionDraws(
        normal=rng.normal(size=(many, PREDICTORS + 1)),
        chisquare=rng.chisquare(df, size=many),
        uniform=np.full(many, np.nan),
    )
    same = np.repeat(design[:1], many, axis=0)
    drawn = predict(Predictors(same), target, rows, draws).drawn
    x = np.column_stack([np.ones(len(rows.observed)), design[0][:, rows.observed].T])
    new = np.column_stack([np.ones(len(rows.missing)), design[0][:, rows.missing].T])
    beta, rss, *_ = np.linalg.lstsq(x, target, rcond=None)
    spread = np.einsum("ij,jk,ik->i", new, np.linalg.inv(x.T @ x), new)
    expected = np.sqrt(rss[0] / (df - 2) * spread)  # E[1 / chi-square] = 1 / (df - 2)
    # four standard errors of a mean and of an SD from 20,000 draws
    assert np.abs(drawn.mean(axis=0) - new @ beta).max() < 4 * expected.max() / 141
    np.testing.assert_allclose(drawn.std(axis=0), expected, rtol=4 / 200)


def test_donors_with_equal_predictions_all_have_a_chance():
    sets, donors = 400, 30
    rng = np.random.default_rng(2)
    draws = ColumnDraws(
        regression=unused(sets),
        rank=rng.integers(DONORS, size=(sets, 1)),
        tie=rng.random((sets, donors)),
    )
    flat = Predictions(fitted=np.ones((sets, donors)), drawn=np.ones((sets, 1)))
    chosen = np.bincount(match(flat, draws, DONORS).ravel(), minlength=donors)
    assert chosen.min() > 0


def test_matching_takes_the_nearest_at_either_end():
    fitted = np.arange(10.0)[None]
    drawn = np.array([[-50.0, 50.0, 4.1]])
    for rank, expected in ((0, [0, 9, 4]), (4, [4, 5, 2])):
        draws = ColumnDraws(
            regression=unused(1),
            rank=np.full((1, 3), rank),
            tie=np.zeros((1, 10)),
        )
        assert match(Predictions(fitted, drawn), draws, DONORS).tolist() == [expected]


def test_rounding_does_not_order_donors_with_equal_predictions():
    sets, donors = 50, 30
    rng = np.random.default_rng(3)
    draws = ColumnDraws(
        regression=unused(sets),
        rank=rng.integers(DONORS, size=(sets, 8)),
        tie=rng.random((sets, donors)),
    )
    fitted = rng.integers(3, 6, size=(sets, donors)).astype(float)
    drawn = rng.uniform(2.0, 6.0, size=(sets, 8))
    rounded = fitted * (1.0 + rng.choice([-1e-15, 0.0, 1e-15], size=fitted.shape))
    assert (rounded != fitted).any()
    exact, blurred = (Predictions(fitted=f, drawn=drawn) for f in (fitted, rounded))
    expected = match(exact, draws, DONORS)
    np.testing.assert_array_equal(match(blurred, draws, DONORS), expected)
    _, apart = in_order(fitted + np.linspace(0.0, 1e-6, donors), draws.tie)
    assert len(np.unique(apart[0])) == donors
