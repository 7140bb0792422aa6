"""The CSV beneath a table holds the numbers behind its cells, to the last digit."""

import csv
import re
from html import unescape
from io import StringIO
from urllib.parse import unquote

import pandas as pd
import pytest

from smcm.report import format as fmt
from smcm.report.csv_text import table_csv
from smcm.report.format import MINUS
from smcm.report.show import Table
from tests.shown import tables

HELD = re.compile(r'href="data:text/csv;charset=utf-8,([^"]+)"')
TERMS = {"a": "a", "b": "b", "c′": "direct", "c": "total"}


def rows_of(table):
    """Read what the link beneath a table holds, as a reader's program does."""
    text = unquote(HELD.search(table._repr_markdown_())[1]).removeprefix("\ufeff")
    return list(csv.DictReader(StringIO(text)))


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (fmt.number(1.234), ">Unrounded numbers (CSV)<"),
        ("client_id", ">This table (CSV)<"),
    ],
)
def test_the_link_promises_unrounded_numbers_where_there_are_any(cell, words):
    table = Table(pd.DataFrame({"a": [cell]}), name="tab-x", caption="x")
    assert words in table._repr_markdown_()


def test_paths_are_those_of_the_models(study):
    rows = rows_of(tables.paths(study))
    assert list(rows[0]) == ["Outcome", "quantity", "estimate", "low", "high", "p"]
    assert len(rows) == len(TERMS) * len(study.models)
    each = [(result, row) for result in study.models for row in TERMS.values()]
    for found, (result, term) in zip(rows, each, strict=True):
        tidy = result.mediation.row(term)
        numbers = [float(found[name]) for name in ("estimate", "low", "high")]
        assert numbers == [tidy["estimate"], tidy["ci_low"], tidy["ci_high"]]
        if term != "total":  # whose p the table does not show
            assert float(found["p"]) == tidy["p"]


def test_indirect_effects_have_their_limits_and_standard_errors(study):
    rows = rows_of(tables.indirect_effects(study))
    raw, standardized = rows[::2], rows[1::2]
    for result, one, other in zip(study.models, raw, standardized, strict=True):
        mediation = result.mediation
        assert float(one["estimate"]) == mediation.indirect
        assert float(one["se"]) == mediation.row("indirect")["se"]
        assert (float(one["low"]), float(one["high"])) == mediation.limits()
        assert float(other["estimate"]) == mediation.indirect_cs


def test_the_p_that_a_head_names_stands_beside_its_estimate():
    shown = {"Published (95% CI)": (1.0, 0.5, 1.5), "Other (95% CI)": (2.0, 1.0, 3.0)}
    body = {"Path": ["a"]} | {
        head: [fmt.Rounded("x", estimate=one, low=low, high=high)]
        for head, (one, low, high) in shown.items()
    }
    body |= {"p, published": [fmt.Rounded(".012", p=0.0123)]}
    body |= {"p, other": [fmt.Rounded(".5", p=0.5)]}
    rows = list(csv.DictReader(StringIO(table_csv(pd.DataFrame(body)))))
    assert [row["quantity"] for row in rows] == ["Published", "Other"]
    assert [float(row["p"]) for row in rows] == [0.0123, 0.5]
    assert [float(row["high"]) for row in rows] == [1.5, 3.0]


def test_counts_and_moments_keep_the_lines_of_the_table(study):
    rows = rows_of(tables.characteristics(study))
    age = study.characteristics.measured[0]
    assert float(rows[0]["N, mean"]) == age.mean
    assert float(rows[0]["N, sd"]) == age.sd
    by_level = {row["Characteristic"]: row for row in rows}
    line = study.characteristics.counts[0]
    assert int(by_level[line.level.name]["N, count"]) == line.n
    assert float(by_level[line.level.name]["%"]) == line.percent


@pytest.mark.parametrize(
    "name",
    ["change", "nesting", "reciprocity", "sensitivity", "missing"],
)
def test_no_typographic_minus_and_no_markdown_is_left(study, name):
    table = getattr(tables, name)(study)
    text = table_csv(table.body)
    assert MINUS not in text
    assert not re.search(r"\*\*|\{\w+\}`|&\w+;|</", text)
    assert any(_is_number(cell) for row in rows_of(table) for cell in row.values())


def _is_number(text):
    return re.fullmatch(r"-?\d+(\.\d+)?(e-\d+)?", text or "") is not None


def test_a_mark_in_front_or_behind_leaves_the_number():
    cell = "±" + fmt.bare(0.123456) + "†"
    assert cell == "±.12†"
    assert cell.numbers == {"estimate": 0.123456}


def test_words_are_text_and_no_formula_of_a_spreadsheet():
    body = pd.DataFrame([{"Name": "=1+1", "Value": fmt.number(-0.25)}])
    assert table_csv(body) == "Name,Value\n'=1+1,-0.25\n"


def test_the_link_names_its_file():
    link = unescape(Table(pd.DataFrame([{"a": "b"}]), "tab-a", "A")._repr_markdown_())
    assert 'download="tab-a.csv"' in link
