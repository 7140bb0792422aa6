"""Cells that a spreadsheet would run are written as text, and come back the same."""

import csv
import io
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smcm.cohort.formulas import as_text, as_written
from smcm.cohort.number_file import read_numbers
from smcm.cohort.sheets import read_sheet
from smcm.report.csv_text import csv_text, write_frame

pytestmark = pytest.mark.fault("cells that a spreadsheet would run")

STARTS = st.text(st.sampled_from("'\" \t=+-@\uff1d\uff0b\uff0d\uff20"), max_size=4)
ENDS = st.text(st.sampled_from("1aé.,;'\"=()!|\n"), max_size=5)
CELLS = st.one_of(
    st.builds(str.__add__, STARTS, ENDS),
    st.text(st.characters(codec="utf-8", min_codepoint=1), max_size=8),
)
NUMBERS = ["-1.5", "+2", "-0", "-.5", "1e-5", "-1.5E+300", "0", "12", "-inf"]
RUN = [
    *(
        "=1+1",
        "+cmd|' /C calc'!A0",
        "@SUM(1)",
        "-2+3+cmd|' /C calc'!A0",
        "\t=1",
        "\r=1",
    ),
    *("  =1+1", '"=1+1"', ' "=1', "\uff1d1+1", "\n=1", '=HYPERLINK("x")', "-a", "--1"),
    *("\u00a0=1", "\ufeff=1", "-", "=", "- none"),
]
# what Excel, LibreOffice and Google Sheets take for the beginning of a formula
OBEYED = re.compile('[\\s"\u200b\ufeff]*[=+@\uff1d\uff0b\uff20\uff0d-]|[\t\r\n]\\s*\\S')


def is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True


@given(CELLS)
def test_every_text_comes_back_as_it_was(cell):
    assert as_written(as_text(cell)) == cell


@given(CELLS)
def test_nothing_that_is_written_is_obeyed(cell):
    written = as_text(cell)
    assert is_number(written) or not OBEYED.match(written)


@pytest.mark.parametrize("cell", RUN, ids=ascii)
def test_known_attacks_are_text(cell):
    assert as_text(cell) == f"'{cell}"
    assert as_text(f"'{cell}") == f"''{cell}"


@pytest.mark.parametrize("cell", NUMBERS)
def test_numbers_stay_numbers(cell):
    assert as_text(cell) == cell
    assert as_written(f"'{cell}") == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "NA", "'s Gravenhage", "l'été", "a=b", "1-2"])
def test_usual_texts_are_left_alone(cell):
    assert as_text(cell) == as_written(cell) == cell


def read_again(text):
    sheet = read_sheet("table.csv", text.encode())
    assert not sheet.faults
    return sheet.header, sheet.rows


@given(st.lists(CELLS, min_size=3, max_size=3))
def test_a_table_comes_back_as_our_reader_had_read_it(cells):
    """The reader makes ends of lines alike and leaves out what is invisible."""
    buffer = io.StringIO()
    rows = [["one", "two", "three", "last"], ["a", "b", "c", "d"], [*cells, "x"]]
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    sheet = read_sheet("table.csv", buffer.getvalue().encode())
    names = sheet.header
    once = [dict(zip(names, row, strict=True)) for row in sheet.rows]
    written = csv_text(once, names)
    for row in csv.reader(io.StringIO(written)):
        for cell in row:
            assert is_number(cell) or not OBEYED.match(cell)
    assert read_again(written) == (names, sheet.rows)


def test_no_row_is_ended_within_a_cell():
    """A spreadsheet takes a carriage return without quotation marks for a new row."""
    written = csv_text([{"a": "x\r=1", "b": "\r\n=1"}])
    assert written == 'a,b\n"x\n=1","\'\n=1"\n'


def test_frames_are_written_so_too(tmp_path):
    path = tmp_path / "table.csv"
    texts = [*RUN[:4], "plain", "-1.5"]
    texts[1] = "+2b"
    frame = pd.DataFrame({"=x": [-1.5, 2.0, None, 4.0, 5.0, 6.0], "team": texts})
    frame["day"] = pd.Timestamp("2015-01-31")
    before = frame.copy()
    write_frame(frame, path)
    pd.testing.assert_frame_equal(frame, before)
    assert path.read_text(encoding="utf-8").splitlines()[1] == "-1.5,'=1+1,2015-01-31"
    read = read_numbers(path, [("--x", "=x")], [("--cluster", "team")]).frame
    assert read["team"].tolist() == texts
    pd.testing.assert_series_equal(read["=x"], frame["=x"])
