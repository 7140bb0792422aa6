"""The measurement of bias: cohorts as they should be, and arithmetic that is known."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks import imputation, imputation_bias
from benchmarks.drawn_cohorts import population
from benchmarks.imputation_bias import (
    COLUMNS,
    Analyst,
    adjusted,
    combinations,
    mean_and_se,
    summary,
    write,
)
from smcm import RunParameters, run_study
from smcm.chapters.missing import missing_facts
from smcm.chapters.missing import tables as missing_tables
from smcm.chapters.missing.imputation_bias import (
    CASES,
    COMPLETE,
    IMPUTED,
    MAR,
    MCAR,
    bias_facts,
    read_bias,
)
from smcm.cohort.imputed_sets import block_scores
from smcm.report import format as fmt
from tests.filled import about, filled

DRAWS = 60


@pytest.fixture(scope="module")
def where(cohort):
    return population(cohort)


@pytest.fixture(scope="module")
def analyst(cohort):
    return Analyst(cohort)


@pytest.fixture(scope="module")
def rows(analyst):
    seeds = np.random.SeedSequence(3).spawn(30)
    done = [analyst.cohort(MCAR, seed, 2) for seed in seeds[:3]]
    more = [analyst.cohort(MCAR, seed, 0) for seed in seeds[3:]]
    return summary(MCAR, done, more, 2)


def test_drawn_answers_are_on_their_scale_and_the_rest_stays(where):
    values = where.draw(np.random.default_rng(1))
    assert np.isfinite(values).all()
    items = values[:, where.drawn[where.step > 0]]
    np.testing.assert_array_equal(items, np.round(items))
    assert (values[:, where.drawn] >= where.lowest).all()
    assert (values[:, where.drawn] <= where.highest).all()
    first = where.drawn.min()
    np.testing.assert_array_equal(values[:, :first], where.model.values[:, :first])


def test_drawn_scores_have_the_moments_of_the_completed_ones(where):
    rng = np.random.default_rng(2)
    drawn = np.array([block_scores(where.model, where.draw(rng)) for _ in range(DRAWS)])
    whole = block_scores(where.model, where.model.values)
    sd = whole.std(axis=0)
    # answers beyond the ends of a scale are put there, which moves a mean a little
    assert (np.abs(drawn.mean(axis=(0, 1)) - whole.mean(axis=0)) < 0.15 * sd).all()
    np.testing.assert_allclose(drawn.std(axis=1).mean(axis=0), sd, rtol=0.1)
    r = np.mean([np.corrcoef(one.T) for one in drawn], axis=0)
    assert np.abs(r - np.corrcoef(whole.T)).max() < 0.1


def test_teams_differ_as_much_as_in_the_completed_cohort(where, analyst):
    rng = np.random.default_rng(4)
    whole = block_scores(where.model, where.model.values)
    drawn = [block_scores(where.model, where.draw(rng)) for _ in range(DRAWS)]
    found = np.mean([analyst._icc(one) for one in drawn], axis=0)
    np.testing.assert_allclose(found, analyst._icc(whole), atol=0.02)


@pytest.mark.parametrize("gaps", [MCAR, MAR])
def test_the_shipped_gaps_are_cut(where, gaps):
    rng = np.random.default_rng(5)
    cut = [np.isnan(where.cut(where.model.values, gaps, rng)) for _ in range(DRAWS)]
    for one in cut:
        np.testing.assert_array_equal(one.sum(axis=0), where.gaps.sum(axis=0))
    gone = np.array([one.sum(axis=1) for one in cut]).mean(axis=0)
    r = np.corrcoef(gone, where.worse)[0, 1]
    assert r > 0.5 if gaps == MAR else abs(r) < 0.25


def test_paths_of_the_completed_cohort_are_those_of_the_study(cohort, analyst):
    fitted = analyst._fitted(
        block_scores(analyst.where.model, analyst.where.model.values)
    )
    study = run_study(cohort, RunParameters(n_boot=1000))
    paths = [result.mediation.paths for result in study.models]
    expected = [number for one in paths for number in (one.a, one.b)]
    np.testing.assert_allclose(fitted[0], expected, rtol=1e-9)


def test_a_control_of_known_expectation_lowers_the_error_and_not_the_mean():
    rng = np.random.default_rng(6)
    control = rng.normal(size=(300, 200))
    values = 2.0 + 3.0 * control + rng.normal(size=(300, 200))
    found = np.array([adjusted(*pair) for pair in zip(values, control, strict=True)])
    plain = np.array([mean_and_se(row) for row in values])
    assert abs(found[:, 0].mean() - 2.0) < 4 * found[:, 0].std() / np.sqrt(300)
    np.testing.assert_allclose(found[:, 1].mean(), found[:, 0].std(), rtol=0.15)
    assert found[:, 1].mean() < 0.4 * plain[:, 1].mean()


def test_a_horizon_is_the_mean_of_its_four_models_in_units_of_spread():
    spread = np.arange(1.0, len(COLUMNS) + 1)
    found = {(model, path): weights for model, path, weights in combinations(spread)}
    assert len(found) == len(COLUMNS) + 4
    np.testing.assert_allclose(found["9", "a"] @ spread, 1.0)
    assert (found["18", "b"] > 0).sum() == 4


def chapter(pooled, folder):
    """Fill in the chapter with what is kept in a folder."""
    missing = replace(
        missing_facts(pooled), bias=bias_facts(pooled.study.design, folder)
    )
    return filled("missing", **about(pooled.study), missing=missing)


def test_rows_are_kept_read_and_shown(rows, pooled, tmp_path):
    write(rows, tmp_path)
    kept = read_bias(tmp_path)
    assert [(r.way, r.model, r.path) for r in kept] == [
        (r.way, r.model, r.path) for r in rows
    ]
    np.testing.assert_allclose(
        [r.bias for r in kept], [r.bias for r in rows], rtol=1e-3
    )
    assert {r.way for r in kept} == {COMPLETE, CASES, IMPUTED}
    text = missing_tables.imputation_bias(
        pooled.study.design, tmp_path
    )._repr_markdown_()
    assert text.count("\n| QOLI-20") == 4
    text = chapter(pooled, tmp_path)
    assert "gives the bias of 16 single paths" in text
    mean = next(r for r in rows if (r.way, r.model, r.path) == (IMPUTED, "9", "a"))
    said = f"the bias is {fmt.number(mean.bias, 1)}% for path {{math}}`a` at 9 months"
    assert said in text
    assert "clients who started worse" not in text  # gaps of one kind were simulated


def test_without_a_measurement_the_chapter_says_so(pooled, tmp_path):
    assert bias_facts(pooled.study.design, tmp_path) is None
    assert "no measurement of the bias" in chapter(pooled, tmp_path)
    assert len(missing_tables.imputation_bias(pooled.study.design, tmp_path).body) == 20


def test_the_command_measures_the_bias_when_asked(monkeypatch):
    asked = []
    monkeypatch.setattr(imputation_bias, "main", asked.append)
    monkeypatch.setattr("sys.argv", ["imputation", "--bias", "--cohorts", "7"])
    imputation.main()
    assert asked == [7]
