"""Shares of variance against sums of squares by statsmodels, and invariants."""

import itertools

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from statsmodels.formula.api import ols

from smcm.stats.factorial import main_shares, total_shares

SHAPE = (3, 2, 4)


def values(seed=4):
    return np.random.default_rng(seed).normal(size=SHAPE)


def test_main_shares_are_sums_of_squares_of_an_analysis_of_variance():
    cells = values()
    places = list(itertools.product(*map(range, SHAPE)))
    frame = pd.DataFrame(places, columns=["a", "b", "c"])
    frame["y"] = [cells[place] for place in places]
    table = sm.stats.anova_lm(ols("y ~ C(a) + C(b) + C(c)", frame).fit())
    expected = table["sum_sq"].iloc[:3] / table["sum_sq"].sum()
    np.testing.assert_allclose(main_shares(cells), expected, rtol=1e-10)


def test_total_shares_are_what_the_other_choices_leave():
    cells = values()
    for axis, total in enumerate(total_shares(cells)):
        held = np.var(cells.mean(axis=axis)) / np.var(cells)
        assert total == pytest.approx(1.0 - held, rel=1e-10)


def test_without_interaction_main_and_total_are_one_and_sum_to_one():
    rows = [np.random.default_rng(k).normal(size=size) for k, size in enumerate(SHAPE)]
    cells = rows[0][:, None, None] + rows[1][:, None] + rows[2]
    np.testing.assert_allclose(main_shares(cells), total_shares(cells), rtol=1e-10)
    assert main_shares(cells).sum() == pytest.approx(1.0, rel=1e-10)


def test_a_choice_of_one_level_or_without_effect_has_no_share():
    cells = np.broadcast_to(values()[:, :1], (3, 2, 4))[..., None]
    assert main_shares(cells)[[1, 3]].tolist() == [0.0, 0.0]
    assert total_shares(cells)[[1, 3]].tolist() == [0.0, 0.0]
    assert main_shares(np.ones((2, 3))).tolist() == [0.0, 0.0]
