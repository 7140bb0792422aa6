"""Numbers of a column stand beneath each other by their decimal points."""

import importlib

import pytest
from docutils import nodes

from smcm.paths import BOOK


@pytest.fixture
def tables(monkeypatch):
    monkeypatch.syspath_prepend(str(BOOK / "_ext"))
    return importlib.import_module("book_tables")


def ends(texts, sign):
    """How far from the end of a cell a sign stands, in characters of one width."""
    return {len(text) - text.index(sign) for text in texts}


@pytest.mark.parametrize(
    "cells",
    [
        ["0.5", "10.25", "−1.125"],
        [".05†", "<.001", ".9996"],
        ["1,234.5", "7.25‡", "0.5"],
    ],
)
def test_points_are_as_far_from_the_end(tables, cells):
    shown = tables.aligned(cells)
    assert len(ends(shown, ".")) == 1
    assert [text.replace(tables.DIGIT, "") for text in shown] == cells


def test_limits_are_aligned_each_by_itself(tables):
    cells = ["0.07 (0.005 to 0.17)", "−0.1 (−1.25 to 10.5)"]
    one, other = tables.aligned(cells)
    points = [
        [k for k, sign in enumerate(text) if sign == "."] for text in (one, other)
    ]
    assert points[0] == points[1]


def test_what_has_another_form_is_left(tables):
    assert tables.aligned(["1.5", "10.5", "over 100,000"])[2] == "over 100,000"
    assert tables.aligned(["none", ""]) == ["none", ""]


def test_what_html_holds_is_no_number_of_the_cell(tables):
    entry = nodes.entry("", classes=["text-right"])
    paragraph = nodes.paragraph()
    paragraph += nodes.raw("", '<data value="0.123456">', format="html")
    paragraph += nodes.Text("0.12")
    paragraph += nodes.raw("", "</data>", format="html")
    entry += paragraph
    (cell,) = tables.Cell.within(entry)
    assert (cell.text, cell.marks) == ("0.12", 0)
    cell.show(f"{tables.DIGIT}0.12")
    assert paragraph.astext() == f'<data value="0.123456">{tables.DIGIT}0.12</data>'
