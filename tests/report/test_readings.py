"""What tables, figures and sentences say in the defensible analysis."""

from dataclasses import replace

import pytest

from smcm import run_study
from smcm.article.comparison import compare
from smcm.chapters.printed import tables as printed_tables
from smcm.published import Published
from smcm.report.tidy_tables import tidy_tables
from tests.filled import about, facts_of, filled, written
from tests.shown import figures, tables

NOT_THERE = (
    *("bootstrap", "stricter level of"),
    "one completed data set that the published",
)


@pytest.fixture(scope="module")
def defensible(cohort, study):
    run = replace(study.run, reading="defensible", n_imputations=3, n_boot=500)
    return run_study(cohort, run)


@pytest.fixture(scope="module")
def other(second_study):
    run = replace(second_study.run, reading="defensible", n_imputations=3, n_boot=500)
    return run_study(second_study.cohort, run)


@pytest.mark.parametrize("stem", ["introduction", "methods", "results"])
def test_chapters_are_written_for_the_defensible_analysis(defensible, stem):
    said = filled(stem, **facts_of(defensible))
    assert "3 completed data sets" in said
    assert not {"nan", "None", "inf"} & set(said.split())


@pytest.mark.parametrize("name", ["paths", "indirect_effects", "sensitivity"])
def test_tables_of_models_tell_of_pooling_and_not_of_a_bootstrap(
    study, defensible, name
):
    table = getattr(tables, name)(defensible)
    said = " ".join((table.caption, *table.notes, *map(str, table.body.columns)))
    assert not [words for words in NOT_THERE if words in said.lower()]
    assert "Boot SE" not in said
    assert "†" not in table.body.to_string()
    assert table.body.shape == getattr(tables, name)(study).body.shape


def test_intervals_on_too_few_degrees_of_freedom_carry_a_warning(defensible, cohort):
    few = run_study(cohort, replace(defensible.run, site="without-4"))
    warning = "is drawn with two"
    for one in (defensible, few):
        df = [r.mediation.row(t)["df"] for r in one.models for t in ("a", "b")]
        said = " ".join(tables.indirect_effects(one).notes)
        assert (warning in said) == (min(df) < 2.0)
    assert warning in " ".join(tables.indirect_effects(few).notes)


def test_notes_name_the_sets(defensible):
    for name in ("paths", "change", "reciprocity"):
        assert "over 3 completed data sets" in " ".join(
            getattr(tables, name)(defensible).notes
        )
    notes = " ".join(tables.nesting(defensible).notes)
    assert "first completed data set" in notes


def test_what_is_compared_with_print_is_called_another_analysis(study, defensible):
    for table in (
        printed_tables.printed(defensible),
        printed_tables.printed_exceptions(defensible),
    ):
        assert "Defensible analysis" in table.body.columns
        assert "Regenerated" not in table.body.columns
    assert "different analysis" in " ".join(printed_tables.printed(defensible).notes)
    rows = compare(defensible, Published.read())
    assert len(rows) == len(compare(study, Published.read()))


def test_figures_are_drawn_of_what_was_pooled(defensible):
    forest = figures.indirect_effects(defensible)
    drawn = figures.bootstrap_distribution(defensible)
    assert "bootstrap" not in forest.alt
    assert "500 Monte Carlo draws" in drawn.alt
    assert "middle 99% of draws" in drawn.alt
    for plate in (forest, drawn, figures.path_diagrams(defensible, 9)):
        assert "nan" not in plate.alt
    names = figures.mediation_diagram(defensible).alt
    assert "education" in names
    assert "site" in names


def boxed(name, study, asked=None):
    return written("shared.j2", name, f"{name}()", **about(study, asked))


def test_the_box_is_in_the_defensible_analysis_alone(study, defensible):
    assert boxed("reading_box", study) == ""
    said = boxed("reading_box", defensible)
    assert "3 completed data sets" in said
    assert "500 Monte Carlo" in said


def test_further_chapters_say_that_they_start_from_the_published_analysis(
    study, defensible
):
    assert boxed("published_here", study) == ""
    assert "the published analysis" in boxed("published_here", study, defensible.run)


def test_files_hold_either_reading_in_the_same_columns(study, defensible):
    ours, theirs = tidy_tables(defensible), tidy_tables(study)
    assert ours.keys() == theirs.keys()
    assert set(theirs["models"].columns) <= set(ours["models"].columns)
    for name in ("change", "reciprocity", "nesting", "comparison"):
        assert list(ours[name].columns) == list(theirs[name].columns)
    assert set(ours["models"]["alpha"].dropna()) == {0.05}


def test_a_second_cohort_reads_well(other):
    said = filled("introduction", **facts_of(other))
    assert "from the synthetic data set “second”" in said
    assert tables.paths(other).body.shape[0] == len(other.models)
