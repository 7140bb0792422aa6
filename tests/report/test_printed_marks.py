"""A number that the article prints otherwise has a mark that leads to its row."""

import re
from dataclasses import replace

import pytest

from smcm.article.printed_blocks import level_names
from smcm.article.printed_marks import MARK, keeps_settings, printed_otherwise, row_name
from smcm.chapters.printed import tables as printed_tables
from smcm.design.study_file import shipped_study
from smcm.report.csv_text import plain
from smcm.report.terminal import table_text
from tests.shown import tables

LINK = re.compile(r"\{ref\}`‡ <([\w-]+)>`")
LEVELS = {name: stem for stem, name in level_names(shipped_study()).items()}


@pytest.fixture(scope="module")
def rows(study):
    return printed_tables.printed(study).body


def test_each_percentage_that_differs_from_print_is_marked(study, published):
    marked = 0
    for name, _, share in tables.characteristics(study).body.itertuples(index=False):
        key = f"t1.{LEVELS.get(name.removeprefix('&emsp;'), '')}.pct"
        if key not in published.by_key:
            assert MARK not in share
            continue
        digits = LINK.sub("", share)
        assert (digits != published[key].text) == bool(LINK.search(share)), name
        if found := LINK.search(share):
            assert found[1] == row_name(key)
            marked += 1
    assert marked == 4


def test_each_path_b_that_differs_from_print_is_marked(study, published):
    body = tables.paths(study).body
    for result, cell in zip(study.models, body["b (95% CI)"], strict=True):
        model = result.model
        key = f"b.{model.outcome.short}.{model.horizon:g}.b"
        printed = published.by_key.get(key)
        differs = printed is not None and cell.split()[0] != printed.text
        assert differs == bool(LINK.search(cell)), key


def test_every_mark_leads_to_one_row_that_shows_the_same_number(study, rows):
    anchors = [re.search(r"\{#([\w-]+)\}", place)[1] for place in rows["Place"]]
    assert len(set(anchors)) == len(anchors) == len(rows)
    assert printed_otherwise(study)
    for key, row in printed_otherwise(study).items():
        shown = rows["Regenerated"][anchors.index(row_name(key))]
        assert plain(shown).split(" ")[0] == row.own != row.printed


def test_a_number_that_comes_out_by_a_rule_is_shown_beside_our_own(rows):
    female = rows[rows["Place"].str.contains("printed-t1-gender-female-pct")]
    assert female["Regenerated"].item() == "50 (51 by rule)"


@pytest.mark.parametrize("change", [{"window_days": 90}, {"reading": "defensible"}])
def test_an_edition_with_other_settings_has_no_marks(study, change):
    other = replace(study, run=replace(study.run, **change))
    assert not keeps_settings(other.run)
    assert printed_otherwise(other) == {}


def test_the_notes_say_what_is_printed_and_only_where_something_is(study):
    notes = " ".join(tables.characteristics(study).notes)
    assert "51 instead of 50, 49 instead of 48, 33 instead of 32, and 67" in notes
    assert MARK in " ".join(tables.paths(study).notes)
    other = replace(study, run=replace(study.run, window_days=90))
    assert MARK not in " ".join(tables.paths(other).notes)


def test_a_terminal_shows_the_mark_and_no_markup(study):
    text = table_text(tables.characteristics(study))
    assert f"50{MARK}" in text
    assert "{ref}" not in text
    assert "printed-t1" not in text
    assert plain("[Table 1]{#printed-t1-n}") == "Table 1"
