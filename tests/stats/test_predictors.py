"""The predictor rule against a loop over pairs of columns."""

import numpy as np
import pytest

from smcm.stats.predictors import (
    VALUES_PER_PREDICTOR,
    PredictorRule,
    leave_room,
    only_needed,
    pairwise_correlation,
    quick_predictors,
    usable_share,
)

ROUNDING = 1e-12  # sums of 60 products of order one


@pytest.fixture
def values():
    rng = np.random.default_rng(3)
    common = rng.normal(size=(60, 1))
    matrix = common + rng.normal(size=(60, 7)) + np.array([0, 1, 50, -3, 0, 0, 0])
    matrix[rng.random((60, 7)) < 0.25] = np.nan
    matrix[:, 5] = 2.0  # does not vary
    matrix[:, 6] = rng.normal(size=60)  # complete
    return matrix


def loop_correlation(left, right):
    both = np.isfinite(left) & np.isfinite(right)
    x, y = left[both], right[both]
    if len(x) < 2 or np.ptp(x) == 0 or np.ptp(y) == 0:
        return 0.0
    return np.corrcoef(x, y)[0, 1]


def test_correlations_equal_those_of_each_pair_alone(values):
    p = values.shape[1]
    looped = [
        [loop_correlation(values[:, i], values[:, j]) for j in range(p)]
        for i in range(p)
    ]
    np.testing.assert_allclose(
        pairwise_correlation(values, values), looped, atol=ROUNDING
    )


def test_rule_equals_a_loop_over_targets_and_predictors(values):
    rule = PredictorRule(minimum_correlation=0.4, minimum_usable=0.7)
    chosen = quick_predictors(values, rule)
    seen = np.isfinite(values)
    for target in range(values.shape[1]):
        for predictor in range(values.shape[1]):
            y, x = values[:, target], values[:, predictor]
            gone = ~seen[:, target]
            wanted = (
                target != predictor
                and gone.any()
                and max(
                    abs(loop_correlation(y, x)),
                    abs(loop_correlation(seen[:, target].astype(float), x)),
                )
                > rule.minimum_correlation
                and seen[gone, predictor].mean() >= rule.minimum_usable
            )
            assert chosen[target, predictor] == wanted


def test_response_alone_makes_a_predictor():
    x = np.arange(40.0)
    y = np.random.default_rng(0).normal(size=40)
    y[30:] = np.nan
    assert quick_predictors(np.column_stack([y, x]))[0, 1]


def test_usable_share_counts_the_rows_that_lack_the_target():
    values = np.array([[np.nan, 1.0], [np.nan, np.nan], [3.0, 2.0], [4.0, 1.0]])
    share = usable_share(values)
    assert share[0, 1] == 0.5
    assert share[1, 0] == 0.0


def test_complete_columns_need_no_predictors(values):
    everything = np.ones((7, 7), dtype=bool)
    needed = only_needed(everything, values)
    assert not needed[[5, 6]].any()
    assert not needed.diagonal().any()
    assert needed[0, 1:].all()


def crowded():
    """Twelve rows, six predictors: a gappy target has room for fewer than six."""
    rng = np.random.default_rng(8)
    matrix = rng.normal(size=(12, 7))
    matrix[:, 0] = matrix[:, 1:] @ [5.0, 4.0, 3.0, 2.0, 1.0, 0.1]
    matrix[4:, 0] = np.nan
    chosen = np.ones((7, 7), dtype=bool)
    np.fill_diagonal(chosen, False)
    return matrix, chosen


def test_the_weakest_predictors_go_until_there_is_room():
    matrix, chosen = crowded()
    anything = np.ones_like(chosen)
    kept = leave_room(chosen, matrix, [anything])
    room = (~np.isnan(matrix[:, 0])).sum() // VALUES_PER_PREDICTOR
    assert kept[0].sum() == room
    seen = (~np.isnan(matrix)).astype(float)
    strength = np.maximum(
        np.abs(pairwise_correlation(matrix, matrix)),
        np.abs(pairwise_correlation(seen, matrix)),
    )[0, 1:]
    strongest = 1 + np.argsort(-strength)[:room]
    assert set(np.flatnonzero(kept[0])) == set(strongest)
    np.testing.assert_array_equal(kept[1:], chosen[1:])  # complete targets
    assert chosen[0].sum() == 6  # the argument is left as it was


def test_predictors_go_in_turns_and_some_never():
    matrix, chosen = crowded()
    first, second = np.zeros_like(chosen), np.zeros_like(chosen)
    first[:, [1, 2]], second[:, 3] = True, True
    kept = leave_room(chosen, matrix, [first, second])
    assert list(np.flatnonzero(kept[0])) == [4, 5, 6]
    kept = leave_room(chosen, matrix, [second])
    assert list(np.flatnonzero(kept[0])) == [1, 2, 4, 5, 6]
