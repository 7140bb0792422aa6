"""Columns are found by the part that was declared for them, not by name or place."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from generator.shipped import EIGHT_MODELS, QOLI20, RPRS, SHARED_COVARIATES, THS
from smcm.analysis.category_columns import category_of
from smcm.analysis.published import completed_frame
from smcm.chapters.multiverse import data
from smcm.chapters.multiverse.axes import ALL
from smcm.chapters.reciprocity.cross_lagged import BACK, FORWARD, steps_of
from smcm.cohort import scoring
from smcm.cohort.frame import analysis_frame
from smcm.design.models import StudyModel
from smcm.design.study_file import shipped_study
from smcm.parameters import RunParameters

RUN = RunParameters(n_imputations=1)
WINDOWS = (RUN.window_days,)


@pytest.fixture
def sets(cohort):
    return data.completed_sets(cohort, RUN, WINDOWS)


def test_an_outcome_that_shares_waves_with_the_alliance_keeps_its_equations():
    shared = replace(QOLI20, months=(0.0, 4.5, 13.5))
    found = [(s.target.key, s.month, s.direction) for s in steps_of(shared, RPRS)]
    assert found == [
        ("rprs", 4.5, BACK),
        ("rprs", 13.5, BACK),
        ("qoli20", 13.5, FORWARD),
    ]
    last = steps_of(shared, RPRS)[-1]
    assert last.columns == ("rprs_4.5", "qoli20_4.5")


def test_an_outcome_of_the_same_waves_has_an_equation_each_way():
    same = replace(QOLI20, months=RPRS.months)
    assert [s.direction for s in steps_of(same, RPRS)] == [BACK, FORWARD]


def test_the_baseline_is_the_declared_one_wherever_it_stands(sets, monkeypatch):
    usual = StudyModel.spec

    def turned_round(model, window_days=None):
        spec = usual(model, window_days)
        return replace(spec, covariates=spec.covariates[::-1])

    monkeypatch.setattr(StudyModel, "spec", turned_round)
    adjusted = data.adjust(sets, sets.live, WINDOWS, covariates=ALL, coding={})
    baselines = [sets.columns[one.covariates[-1]] for one in adjusted.models]
    assert baselines == [model.outcome.score_column(0.0) for model in EIGHT_MODELS]


def test_an_exposure_of_any_name_is_standardized(cohort, sets, monkeypatch):
    stem, usual = f"fid{RUN.window_days}", StudyModel.spec

    def renamed(frame):
        return frame.rename(columns=lambda name: name.replace(stem, "practice"))

    def spec(model, window_days=None):
        found = usual(model, window_days)
        return replace(found, x=found.x.replace(stem, "practice"))

    def completed(*args):
        frame, completion = completed_frame(*args)
        return renamed(frame), completion

    monkeypatch.setattr(StudyModel, "spec", spec)
    monkeypatch.setattr(data, "completed_frame", completed)
    monkeypatch.setattr(data, "analysis_frame", lambda *a: renamed(analysis_frame(*a)))
    other = data.completed_sets(cohort, RUN, WINDOWS)
    assert any(name.startswith("practice_") for name in other.columns)
    np.testing.assert_array_equal(other.frozen, sets.frozen)


def test_a_covariate_called_like_the_exposure_keeps_its_unit():
    model = EIGHT_MODELS[0]
    month = model.spec().x.rpartition("_")[2]
    columns = (model.spec(WINDOWS[0]).x, f"fidgeting_{month}", model.key)
    assert data._exposures(columns, WINDOWS, model) == [0]


@pytest.mark.parametrize(
    ("column", "category"),
    [
        ("region_north_west", "region"),
        ("region_2", "region"),
        ("region_visits", "region_visits"),
        ("region_type_a", "region_type"),
        ("age", "age"),
    ],
)
def test_a_category_is_found_whatever_its_levels_are_called(column, category):
    categories = ("region", "region_type")
    covariates = ("age", "region", "region_type", "region_visits")
    assert category_of(column, covariates, categories) == category


def test_shipped_columns_stand_for_their_covariates():
    coded = shipped_study().coded
    assert category_of("site_2", SHARED_COVARIATES, coded) == "site"
    for name in SHARED_COVARIATES:
        assert category_of(name, SHARED_COVARIATES, coded) == name


def test_reversed_items_are_turned_and_gaps_stay():
    scale = replace(THS, reversed=(2, 8))
    table = pd.DataFrame([[1.0] * 8, [8.0] * 8], columns=[*scale.columns])
    table.loc[0, "ths_8"] = np.nan
    found = scoring.turned(scale, table)
    assert found["ths_2"].tolist() == [8.0, 1.0]
    assert found["ths_8"].isna().tolist() == [True, False]
    assert found["ths_1"].tolist() == [1.0, 8.0]
    assert table.loc[0, "ths_2"] == 1.0
    by_hand = 6 * 8 + 2 * 1
    assert scoring.score(scale, found.to_numpy())[1] == by_hand
