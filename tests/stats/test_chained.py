"""The chain as a whole: what it may not touch, and what it must recover."""

from dataclasses import replace

import numpy as np
import pytest

from smcm.errors import DegenerateDataError, OutOfRangeError
from smcm.stats import chained
from smcm.stats.chain_plan import ChainSpec, PassiveMean
from smcm.stats.chained import impute_chained

SEED = 7
ITEMS = (2, 3, 4, 5, 6)
MEAN = 7


def all_predict(p):
    return ~np.eye(p, dtype=bool)


@pytest.fixture
def mixed():
    """Integers, a continuous column, a 0/1 column and a complete one."""
    rng = np.random.default_rng(1)
    common = rng.normal(size=(150, 1))
    values = np.column_stack(
        [
            np.clip(np.round(4 + common + rng.normal(size=(150, 2))), 1, 7),
            10 * common + rng.normal(size=(150, 1)),
            (common + rng.normal(size=(150, 1)) > 0).astype(float),
            common + rng.normal(size=(150, 1)),
        ]
    )
    values[:, :4][rng.random((150, 4)) < 0.2] = np.nan
    return values


@pytest.fixture
def questionnaire():
    """Two columns, five items that a third of the rows lack, and their mean."""
    rng = np.random.default_rng(4)
    n = 600
    latent = rng.multivariate_normal(
        np.zeros(3), [[1, 0.5, 0.5], [0.5, 1, 0.6], [0.5, 0.6, 1]], n
    )
    items = np.clip(np.round(4 + latent[:, 2:] + rng.normal(0, 0.8, (n, 5))), 1, 7)
    values = np.column_stack([latent[:, :2], items, items.mean(axis=1)])
    full = values.copy()
    values[rng.random(n) < 1 / 3, 2:] = np.nan
    predictors = all_predict(8)
    predictors[list(ITEMS), MEAN] = False
    spec = ChainSpec(
        predictors=predictors, means=(PassiveMean(column=MEAN, parts=ITEMS),)
    )
    return values, full, spec


def run(values, m=4, **options):
    spec = ChainSpec(predictors=all_predict(values.shape[1]), **options)
    return impute_chained(values, spec, n_imputations=m, seed=SEED)


def test_observed_cells_stay_and_imputed_ones_are_values_of_the_column(mixed):
    before = mixed.copy()
    sets = run(mixed).values
    np.testing.assert_array_equal(mixed, before)
    seen = np.isfinite(mixed)
    assert (sets[:, seen] == mixed[seen]).all()
    for column in range(mixed.shape[1]):
        assert np.isin(sets[:, :, column], mixed[seen[:, column], column]).all()


def test_same_seed_same_sets_other_seed_others(mixed):
    first, again = run(mixed), run(mixed)
    np.testing.assert_array_equal(first.values, again.values)
    spec = ChainSpec(predictors=all_predict(5))
    other = impute_chained(mixed, spec, n_imputations=4, seed=SEED + 1)
    assert (other.values != first.values).any()


def test_a_set_depends_neither_on_how_many_there_are_nor_on_threads(mixed, monkeypatch):
    few = run(mixed, m=3)
    many = run(mixed, m=11)
    monkeypatch.setattr(chained, "MOST_THREADS", 1)
    alone = run(mixed, m=11)
    np.testing.assert_array_equal(few.values, many.values[:3])
    np.testing.assert_array_equal(alone.values, many.values)
    np.testing.assert_array_equal(alone.trace_sd, many.trace_sd)


def test_sets_differ_where_cells_were_missing(mixed):
    sets = run(mixed, m=2).values
    assert (sets[0] != sets[1]).any()


def test_trace_ends_at_the_moments_of_the_sets(mixed):
    found = run(mixed, iterations=3)
    assert found.trace_mean.shape == (3, 4, 4)
    for place, column in enumerate(found.columns):
        imputed = found.values[:, np.isnan(mixed[:, column]), column]
        np.testing.assert_allclose(found.trace_mean[-1, :, place], imputed.mean(axis=1))
        np.testing.assert_allclose(found.trace_sd[-1, :, place], imputed.std(axis=1))


def test_passive_means_are_the_means_of_their_items(questionnaire):
    values, _, spec = questionnaire
    sets = impute_chained(values, spec, n_imputations=5, seed=SEED).values
    np.testing.assert_allclose(
        sets[:, :, MEAN], sets[:, :, list(ITEMS)].mean(axis=2), rtol=1e-14
    )


def test_moments_are_recovered_where_cells_are_missing_at_random(questionnaire):
    values, full, spec = questionnaire
    sets = impute_chained(values, spec, n_imputations=20, seed=SEED).values
    n, share = len(full), 1 / 3
    mean = sets[:, :, MEAN].mean()
    sd = full[:, MEAN].std()
    # four standard errors of what a third of the rows, given the rest, add
    reach = 4 * sd * np.sqrt(share / n / (1 - share))
    assert abs(mean - full[:, MEAN].mean()) < reach
    assert abs(sets[:, :, MEAN].std(axis=1).mean() - sd) < reach
    for other in (0, 1):
        pooled = np.mean([np.corrcoef(s[:, other], s[:, MEAN])[0, 1] for s in sets])
        whole = np.corrcoef(full[:, other], full[:, MEAN])[0, 1]
        assert abs(pooled - whole) < 4 * (1 - whole**2) * np.sqrt(
            share / n / (1 - share)
        )


def test_missed_means_spread_as_observed_ones_after_one_sweep(questionnaire):
    values, _, spec = questionnaire
    gone = np.isnan(values[:, MEAN])
    one = replace(spec, iterations=1)
    sets = impute_chained(values, one, n_imputations=20, seed=SEED).values
    spread = sets[:, gone, MEAN].std(axis=1).mean()
    np.testing.assert_allclose(spread, values[~gone, MEAN].std(), rtol=0.1)


@pytest.fixture(scope="module")
def long_questionnaire():
    """Thirty columns, and 24 items that 60 of 240 rows lack; others lack one item."""
    rng = np.random.default_rng(11)
    n, others, missed = 240, 30, 60
    x = rng.normal(size=(n, others))
    trait = 0.5 * x[:, :1] + rng.normal(size=(n, 1))
    items = np.clip(np.round(4 + trait + rng.normal(0, 0.9, (n, 24))), 1, 7)
    full = np.column_stack([x, items, items.mean(axis=1)])
    parts = tuple(range(others, others + 24))
    values = full.copy()
    values[:missed, others:] = np.nan
    single = rng.integers(missed, n, 30)
    values[single, rng.choice(parts, 30)] = np.nan
    spec = ChainSpec(
        predictors=all_predict(values.shape[1]),
        means=(PassiveMean(column=parts[-1] + 1, parts=parts),),
    )
    spec.predictors[list(parts), parts[-1] + 1] = False
    return values, full, spec


def test_answers_to_a_missed_questionnaire_come_from_one_row(long_questionnaire):
    values, _, spec = long_questionnaire
    sets = impute_chained(values, spec, n_imputations=3, seed=SEED).values
    parts = list(spec.means[0].parts)
    missed = np.isnan(values[:, parts]).all(axis=1)
    for one in sets:
        held = {tuple(row) for row in one[~missed][:, parts]}
        assert {tuple(row) for row in one[missed][:, parts]} <= held


def test_more_sweeps_do_not_pull_a_slope_towards_zero(long_questionnaire):
    """The rows that are seen give the slope; the missed ones add nothing to it."""
    values, full, spec = long_questionnaire
    missed = np.isnan(values[:, list(spec.means[0].parts)]).all(axis=1)

    def slope(data):
        design = np.column_stack([np.ones(len(data)), data[:, :30]])
        return np.linalg.lstsq(design, data[:, -1], rcond=None)[0][1]

    many = replace(spec, iterations=40)
    sets = impute_chained(values, many, n_imputations=40, seed=SEED).values
    slopes = np.array([slope(one) for one in sets])
    noise = slopes.std(ddof=1) / np.sqrt(len(slopes))
    assert abs(slopes.mean() - slope(full[~missed])) < 3 * noise


def test_with_few_answers_a_questionnaire_is_missed_and_answers_stay(questionnaire):
    values, full, spec = questionnaire
    few = np.flatnonzero(np.isnan(values[:, MEAN]))[:40]
    values[few, ITEMS[0]] = full[few, ITEMS[0]]
    mean = replace(spec.means[0], least=2)
    sets = impute_chained(
        values, replace(spec, means=(mean,)), n_imputations=3, seed=SEED
    ).values
    assert (sets[:, few, ITEMS[0]] == full[few, ITEMS[0]]).all()
    rest = list(ITEMS[1:])
    observed = ~np.isnan(values[:, ITEMS[1]])
    held = {tuple(row) for row in full[observed][:, rest]}
    for one in sets:
        assert {tuple(row) for row in one[few][:, rest]} <= held
        np.testing.assert_allclose(one[:, MEAN], one[:, list(ITEMS)].mean(axis=1))


def test_a_matrix_without_gaps_comes_back(mixed):
    whole = np.where(np.isnan(mixed), 1.0, mixed)
    found = run(whole)
    assert (found.values == whole).all()
    assert found.columns.size == 0


@pytest.mark.fault("data or choices that carry no analysis")
def test_a_column_without_values_is_refused_by_name(mixed):
    mixed[:, 2] = np.nan
    spec = ChainSpec(predictors=all_predict(5))
    with pytest.raises(DegenerateDataError, match="'hope' has no value at all"):
        impute_chained(
            mixed, spec, n_imputations=2, seed=1, names=["a", "b", "hope", "d", "e"]
        )


@pytest.mark.fault("data or choices that carry no analysis")
def test_fewer_values_than_donors_are_refused(mixed):
    mixed[2:, 1] = np.nan
    mixed[:2, 1] = 1.0
    with pytest.raises(
        DegenerateDataError, match="'1' has gaps, 2 values and 3 donors"
    ):
        run(mixed)


@pytest.mark.fault("data or choices that carry no analysis")
@pytest.mark.parametrize(
    ("options", "name"),
    [({"iterations": 0}, "iterations"), ({"donors": 0}, "donors"), ({"m": 0}, "n_imp")],
)
def test_settings_below_one_are_refused(mixed, options, name):
    with pytest.raises(OutOfRangeError, match=name):
        run(mixed, **options)


@pytest.mark.fault("data or choices that carry no analysis")
def test_too_few_values_for_the_predictors_are_refused():
    rng = np.random.default_rng(9)
    values = rng.normal(size=(12, 20))
    values[:4, 0] = np.nan
    with pytest.raises(DegenerateDataError, match=r"'0' has 8 values and \d+ predict"):
        run(values)
