"""The four hierarchical models against R's anova of two fits."""

import pytest

from smcm.analysis.reciprocity import reciprocal_models
from smcm.design.study_file import shipped_study

KEPT = 1e-9  # relative; R's digits are written to 16 places


def test_changes_in_r2_are_those_of_anova_in_r(study, oracle, compare):
    kept = oracle("reciprocity").set_index("outcome")
    for model in study.reciprocity:
        row = kept.loc[model.outcome.key]
        ours = [model.first.r2, model.second.r2, model.f, model.df1, model.df2, model.p]
        theirs = row[["r2_first", "r2_second", "f", "df1", "df2", "p"]]
        what = "reciprocal models (anova of two lm)"
        compare(ours, theirs, source="R", script="reciprocity", what=what, rel=KEPT)


def test_f_of_one_column_is_the_square_of_its_t(study):
    for model in study.reciprocity:
        assert model.f == pytest.approx(model.second.t[-1] ** 2, rel=1e-9)
        assert model.p == pytest.approx(model.second.p[-1], rel=1e-8)


def test_f_follows_from_the_change_in_r2(study):
    for model in study.reciprocity:
        expected = model.r2_change / ((1 - model.second.r2) / model.df2)
        assert model.f == pytest.approx(expected, rel=1e-9)


def test_degrees_of_freedom_are_those_of_ten_columns(study, published):
    for model in study.reciprocity:
        assert model.df2 == published.number("rec.MCAS.df2")
        assert model.df1 == published.number("rec.MCAS.df1")


def test_one_site_loses_a_column_and_keeps_the_test(frame):
    largest = frame["site"].mode()[0]
    models = reciprocal_models(frame[frame["site"] == largest], shipped_study())
    n = int((frame["site"] == largest).sum())
    assert {model.df1 for model in models} == {1}
    assert {model.df2 for model in models} == {n - 10}
