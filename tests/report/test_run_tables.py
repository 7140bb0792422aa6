"""The tables of runs hold what the runs recorded, each number where it belongs."""

import re
from html import unescape

from generator.shipped import EIGHT_MODELS
from smcm.chapters.compare import tables as compare_tables
from smcm.report import choices
from smcm.report import format as fmt
from smcm.report.tables.models import BELOW
from tests.report.conftest import replace_run

DATA = re.compile(r'^<data value="([^"]+)">(.*)</data>$')


def cell(text):
    """Sorting value and what is read in a cell, with and without its link."""
    value, shown = DATA.match(text).groups()
    return float(value), unescape(re.sub(r"</?a[^>]*>", "", shown))


def test_there_is_a_row_for_each_model_of_each_run_and_it_holds_their_numbers(grid):
    records = grid
    body = compare_tables.runs(records).body
    pairs = [(record, found) for record in records for found in record.models]
    assert len(body) == len(pairs)
    for row, (record, found) in zip(body.to_dict("records"), pairs, strict=True):
        for term, head in (
            *(("a", "a (95% CI)"), ("b", "b (95% CI)")),
            *(("direct", "c′ (95% CI)"), ("indirect", "ab (95% CI)")),
        ):
            value, shown = cell(row[head])
            assert value == found.terms[term].estimate
            assert shown.startswith(f"{fmt.number(value)} (")
        assert cell(row["n"]) == (record.n, fmt.whole(record.n))
        assert cell(row["Mediation"])[1] == ("yes" if found.mediated else "no")


def test_a_path_between_the_levels_is_marked(runs):
    body = compare_tables.runs(runs).body
    seen = 0
    pairs = [(record, found) for record in runs for found in record.models]
    for row, (_, found) in zip(body.to_dict("records"), pairs, strict=True):
        for term in ("a", "b"):
            marked = BELOW in row[f"{term} (95% CI)"]
            assert marked == (
                found.terms[term].p < 0.05 and not found.significant(term)
            )
            seen += marked
    assert seen


def test_limits_show_their_side_of_zero_in_every_row(runs):
    for text in compare_tables.runs(runs).body["ab (95% CI)"]:
        assert not re.search(r"[( ]0\.0+(?![\d])", cell(text)[1]), text


def test_the_first_cell_leads_to_the_page_of_the_run(runs):
    first = compare_tables.runs(runs).body.iloc[8, 0]
    assert f'href="runs/{runs[1].slug}.html"' in first
    assert f'aria-label="{runs[1].run.label}"' in first


def test_columns_follow_what_varies(runs, seeds):
    heads = ["Window", "Sites", "Outcome"]
    assert list(compare_tables.runs(runs).body.columns[:3]) == heads
    assert list(compare_tables.runs(seeds).body.columns[:3]) == [
        "Window",
        "Sites",
        "Seed",
    ]


def test_strings_of_the_data_are_escaped(runs):
    hostile = "<script>alert(1)</script>|x"
    spoilt = (replace_run(runs[0], data=hostile), *runs[1:])
    text = compare_tables.runs(spoilt)._repr_markdown_()
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    assert "\\|x" in text


def test_the_table_says_that_it_sorts(runs):
    assert (
        ":class: full-width sortable\n" in compare_tables.runs(runs)._repr_markdown_()
    )


def test_the_summary_counts_the_runs(grid):
    records = choices.alike(grid)
    body = compare_tables.across_runs(grid).body
    parts = [
        part
        for part in (
            [r for r in records if r.run.site == "all"],
            [r for r in records if r.run.site != "all"],
        )
        if part
    ]
    expected = [(model, part) for model in EIGHT_MODELS for part in parts]
    for row, (model, part) in zip(body.to_dict("records"), expected, strict=True):
        found = [record.model(model.key) for record in part]
        if len(parts) > 1:
            assert row["Runs"].startswith(f"{len(part)}, ")
        assert row["Mediated"] == str(sum(each.mediated for each in found))
        assert row["a (level)"].split(" (")[0] == str(
            sum(each.significant("a") for each in found)
        )
        assert ("ab, main run" in row) == (choices.main_run(records) is not None)
        assert ("ab, defensible" in row) == (choices.beside(grid) is not None)


def test_the_one_run_of_another_analysis_stands_beside_and_is_not_counted(runs, grids):
    own = grids["one of another analysis"]
    lone = own[-1]
    assert choices.beside(own) is lone
    assert choices.alike(own) == runs
    table, without = (compare_tables.across_runs(found) for found in (own, runs))
    assert lone.run.label in table.notes[0]
    effects = table.body.pop("ab, defensible")
    assert table.caption == without.caption
    assert table.body.equals(without.body)
    parts = len(effects) // len(EIGHT_MODELS)
    for k, model in enumerate(EIGHT_MODELS):
        given = lone.model(model.key).terms["indirect"].estimate
        assert effects[k * parts] == f"{fmt.limit(given)} (no)"
    assert len(compare_tables.runs(own).body) == len(own) * len(EIGHT_MODELS)
    assert "Analysis" in compare_tables.runs(own).body.columns


def test_two_analyses_with_several_runs_each_are_compared(runs, grids):
    both = grids["another reading"]
    assert choices.beside(both) is None
    assert choices.alike(both) == both
    pair = (runs[0], replace_run(runs[0], reading="defensible"))
    assert choices.alike(pair) == pair
