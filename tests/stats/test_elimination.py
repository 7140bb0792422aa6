"""Working in the cross-products themselves changes them and nothing else."""

import numpy as np
import pytest

from smcm.errors import DegenerateDataError
from smcm.stats.crossproducts import ModelColumns, cross_products, grams
from smcm.stats.replicates import evaluate
from smcm.stats.resample import ResamplingPlan
from smcm.stats.usable import require_usable_columns

MODELS = [ModelColumns(0, 1, 2, (4, 5)), ModelColumns(0, 1, 3, (4,))]


@pytest.fixture
def case():
    values = np.random.default_rng(8).normal(size=(60, 6))
    prepared = cross_products(values, MODELS)
    counts = next(ResamplingPlan(60, 40, 2).chunks())[1]
    return prepared, counts


def test_overwriting_gives_the_same_paths(case):
    prepared, counts = case
    gram = grams(prepared, counts)
    before = gram.copy()
    kept = evaluate(prepared, MODELS, gram, counts)
    np.testing.assert_array_equal(gram, before)
    lost = evaluate(prepared, MODELS, gram, counts, overwrite=True)
    assert np.any(gram != before)
    for ours, theirs in zip(kept.values, lost.values, strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_models_are_laid_out_once_for_all_their_data_sets(case):
    layout = case[0].layout
    other = np.random.default_rng(9).normal(size=(60, 6))
    assert cross_products(other, list(MODELS)).layout is layout
    assert layout.shared == (4,)
    own = [tuple(layout.own[k] for k in places) for places in layout.places]
    assert own == [(5, 0, 1, 2), (0, 1, 3)]
    needed = {(a, b) for columns in own for a in columns for b in columns}
    assert {
        (a, b): layout.pairs[k, j] >= 0
        for k, a in enumerate(layout.own)
        for j, b in enumerate(layout.own)
    } == {(a, b): (a, b) in needed for a in layout.own for b in layout.own}


def test_cross_products_go_where_they_are_wanted(case):
    prepared, counts = case
    room = np.empty((len(prepared.products), len(counts)))
    assert grams(prepared, counts, out=room) is room
    np.testing.assert_array_equal(room, grams(prepared, counts))


@pytest.mark.parametrize("bad", [np.nan, np.inf, 1e200])
def test_the_column_that_cannot_be_used_is_found_among_others(bad):
    columns = np.ones((5, 3))
    require_usable_columns("A column", columns)
    columns[2, 1] = bad
    with pytest.raises(DegenerateDataError, match="A column"):
        require_usable_columns("A column", columns)
    columns[:] = 1.0
    columns[:, 2] = 1e-200
    with pytest.raises(DegenerateDataError, match="1e-200"):
        require_usable_columns("A column", columns)
    require_usable_columns("A column", np.zeros((5, 2)))
