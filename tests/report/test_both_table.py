"""The table of both analyses holds the numbers that each of them has found."""

import math
import re
from dataclasses import replace

import pytest

from generator.shipped import HORIZONS, USUAL_ALPHA
from smcm.analysis.study import run_study
from smcm.chapters.results.both import both_analyses
from smcm.chapters.results.facts import facts_of_both
from smcm.chapters.results.tables import NOTHING, both
from smcm.facts import plain
from smcm.parameters import DEFENSIBLE, PUBLISHED, RunParameters
from smcm.paths import BOOK, ROOT
from smcm.report import format as fmt
from smcm.report.facts.study import study_facts
from smcm.report.format import MINUS
from smcm.report.tidy_tables import tidy_tables
from smcm.rerun.books import Book
from smcm.rerun.contents import read_chapters
from smcm.rerun.grid import default_grid
from smcm.rerun.units import Unit
from smcm.text import Text
from smcm.text.printed import printed_facts
from tests.filled import about
from tests.windows import WINDOWS_DAYS

CLAIM = re.compile(
    r"\(the defensible analysis|[Ii]n the defensible analysis, it|nor the def"
)
CALLS = r"results\.both\(analyses, \d+\)|results\.prepare\(vars\(\)\)"
SECTION = "## Published and defensible analysis"
RUN = RunParameters()
TERMS = {"a": "a", "b": "b", "c′": "direct", "ab": "indirect"}
NUMBER = re.compile(rf"{MINUS}?\d+\.\d+")


@pytest.fixture(scope="module")
def studies(cohort, study):
    run = replace(study.run, n_imputations=3, n_boot=500)
    runs = (run, replace(run, reading=DEFENSIBLE))
    return {one.reading: run_study(cohort, one) for one in runs}


@pytest.fixture(scope="module")
def found(studies):
    return both_analyses(studies[PUBLISHED])


def paragraphs(stem, **parts):
    source = (BOOK / f"{stem}.md").read_text(encoding="utf-8")
    facts = {name: plain(part) for name, part in parts.items()}
    text = Text().filled(source, f"book/{stem}.md", facts | printed_facts())
    return [" ".join(part.split()) for part in text.split("\n\n")]


def number(text):
    return float(text.replace(MINUS, "-"))


def rows_of(found, horizon):
    return both(found, horizon).body.to_dict("records")


def models_of(study, horizon):
    """Rows of the tidy table of a run, by model and term."""
    table = tidy_tables(study)["models"]
    own = table[table["window_days"] == study.run.window_days]
    keys = {r.mediation.spec.y: r.model.outcome.short for r in study.models}
    return {
        (keys[row["model"]], row["term"]): row
        for row in own.to_dict("records")
        if row["model"]
        in {r.mediation.spec.y for r in study.models if r.model.horizon == horizon}
    }


@pytest.mark.parametrize("horizon", HORIZONS)
@pytest.mark.parametrize("analysis", [PUBLISHED, DEFENSIBLE])
def test_every_number_is_that_of_its_run(studies, found, analysis, horizon):
    tidy = models_of(studies[analysis], horizon)
    rows = rows_of(found, horizon)
    assert len(rows) == 4 * len(TERMS)
    for row in rows:
        outcome, symbol = row["Path"].split(":\N{NO-BREAK SPACE}")
        own = tidy[outcome, TERMS[symbol]]
        shown = NUMBER.findall(row[f"{analysis.capitalize()} (95% CI)"])
        expected = [own[name] for name in ("estimate", "ci_low", "ci_high")]
        assert list(map(number, shown)) == pytest.approx(expected, abs=0.0051)
        df = row[f"df, {analysis}"]
        assert df == (NOTHING if math.isnan(own["df"]) else fmt.degrees(own["df"]))
        if symbol != "ab":
            p = row[f"p, {analysis}"].rstrip("†")
            assert p == fmt.p_value(own["p"])
            assert row[f"p, {analysis}"].endswith("†") == (
                own["alpha"] <= own["p"] < USUAL_ALPHA
            )


def test_a_product_has_a_p_where_it_was_pooled(found):
    for row, result in zip(rows_of(found, 9)[3::4], found.defensible, strict=False):
        assert row["p, published"] == NOTHING
        assert row["p, defensible"] == fmt.p_value(result.mediation.indirect_p)


@pytest.mark.parametrize("horizon", HORIZONS)
def test_what_is_found_follows_from_the_numbers_of_the_runs(studies, found, horizon):
    """By the rule, from p, level and limits as the tidy tables have them."""
    tidy = {name: models_of(study, horizon) for name, study in studies.items()}

    def holds(rows, outcome, term):
        a, b, own = (rows[outcome, name] for name in ("a", "b", term))
        if term != "indirect":
            return own["p"] < own["alpha"]
        both_paths = a["p"] < a["alpha"] and b["p"] < b["alpha"]
        return both_paths and not own["ci_low"] <= 0.0 <= own["ci_high"]

    seen = set()
    for row in rows_of(found, horizon):
        outcome, symbol = row["Path"].split(":\N{NO-BREAK SPACE}")
        names = [n for n in tidy if holds(tidy[n], outcome, TERMS[symbol])]
        said = {2: "both", 1: names[0] if names else "", 0: "neither"}[len(names)]
        assert row["Found by"] == said
        seen.add(said)
    assert len(seen) > 1


def test_too_few_teams_leave_the_published_columns(found):
    table = both(replace(found, defensible=()), 9)
    assert not [name for name in table.body.columns if DEFENSIBLE in name.casefold()]
    assert table.caption.startswith("Published analysis,")
    assert "Defensible" not in " ".join(table.notes)


def test_the_notes_name_the_sets_and_the_mark(found):
    notes = " ".join(both(found, 18).notes)
    assert f"{found.n_sets} completed data sets" in notes
    marked = "†" in " ".join(rows["p, published"] for rows in rows_of(found, 18))
    assert marked
    assert "†" in notes


@pytest.mark.parametrize("stem", ["discussion", "results"])
def test_what_is_said_of_both_leads_to_the_tables(study, found, stem):
    """Every paragraph that says what the defensible analysis finds."""
    facts = {"study": study_facts(study), "both": facts_of_both(found)}
    told = paragraphs(stem, **about(study), **facts)
    claims = [text for text in told if CLAIM.search(text)]
    assert claims
    for text in claims:
        assert "{numref}`tab-both-9` and {numref}`tab-both-18`" in text, text


def test_the_section_is_executed_by_itself_and_the_chapter_without_it():
    chapter = read_chapters(ROOT)["book/results"]
    short, section = chapter.parts
    calls = re.findall(CALLS, chapter.code)
    assert len(calls) == 1 + len(HORIZONS)
    assert re.findall(CALLS, section.code) == calls
    assert not re.findall(CALLS, short.code)
    assert SECTION in chapter.text
    assert SECTION not in short.text
    assert Unit(RUN, short).file != Unit(RUN, section).file
    assert short.parts == (short,)
    cells = [one.notebook.cells for one in (chapter, short, section)]
    whole, without, alone = (
        [c.source for c in held if c.cell_type == "code"] for held in cells
    )
    assert whole[0] == without[0] == alone[0]  # the parameters
    assert sorted(whole) == sorted(without + alone[1:])


def test_a_chapter_without_a_section_is_executed_whole():
    for name, chapter in read_chapters(ROOT).items():
        if name != "book/results":
            assert chapter.parts == (chapter,)
            assert chapter.short == chapter


def test_what_speaks_of_both_is_told_by_the_section():
    for chapter in read_chapters(ROOT).values():
        speaks = re.search(r"\bboth_analyses\(\)", chapter.short.text)
        assert chapter.reads_sections == bool(speaks or chapter.reads_conclusions)


@pytest.mark.parametrize("stem", ["introduction", "discussion", "index", "methods"])
def test_a_rerun_of_what_speaks_of_both_executes_the_section_too(
    cohort, tmp_path, stem
):
    runs = (RUN, replace(RUN, window_days=90))
    book = Book(run=RUN, cohort=cohort, runs=runs, repeated=(stem,), folder=tmp_path)
    units = book.plan(whole=False).units
    sections = [u.run for u in units if u.chapter and u.chapter.part]
    assert sections == ([] if stem == "methods" else list(runs))


def test_each_run_of_a_book_is_executed_once_and_the_section_for_its_own(
    cohort, tmp_path
):
    runs = default_grid(RUN, WINDOWS_DAYS).runs("synthetic", (1, 2), lambda _: None)[0]
    book = Book(run=RUN, cohort=cohort, runs=runs, folder=tmp_path)
    units = book.plan().units
    of_results = [u for u in units if u.chapter and u.chapter.stem == "results"]
    assert [u.run for u in of_results if u.chapter.part] == [RUN]
    rest = [u.run for u in of_results if not u.chapter.part]
    assert sorted(rest, key=str) == sorted(runs, key=str)
    assert len({u.file for u in units}) == len(units)
    numbers = [u.run for u in units if u.chapter is None]
    assert [r for r in numbers if r.reading == DEFENSIBLE] == [
        replace(RUN, reading=DEFENSIBLE)
    ]
