"""A text table written in any dialect is read as it was, or refused in sentences."""

import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smcm.cohort.formulas import as_written
from smcm.cohort.number_file import read_numbers
from smcm.cohort.sheets import read_sheet
from smcm.errors import DataError
from tests.properties.strategies import finite

UNSEEN = "\u200b\u2060\ufeff\u00ad"
SPACES = "\u00a0\u202f\u2009"
SEPARATORS = ",;\t|"
cells = st.text(
    f"ab1.,;\t|\"'\n\r -é\u0301\u2212\u2028\x85{UNSEEN}{SPACES}", max_size=6
)
names = st.text("abcé \u0301", min_size=1, max_size=4).filter(lambda n: n.strip())
any_names = st.text('ab,;\t|"\n', min_size=1, max_size=4).filter(
    lambda n: n.strip(' \n\t,;|"')
)
CODECS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


@st.composite
def dialects(draw):
    """Separator, line end, and whether every cell is quoted."""
    return {
        "mark": draw(st.sampled_from(SEPARATORS)),
        "end": draw(st.sampled_from(["\n", "\r\n", "\r"])),
        "all_quoted": draw(st.booleans()),
    }


@st.composite
def tables(draw, names, least=0):
    width = draw(st.integers(2, 5))
    of_cells = st.lists(cells, min_size=width, max_size=width)
    height = draw(st.integers(least, 8))
    header = draw(st.lists(names, min_size=width, max_size=width))
    return [header, *draw(st.lists(of_cells, min_size=height, max_size=height))]


def written(rows, mark, end, all_quoted):
    """Write RFC 4180 by hand: `csv` leaves a line end of another kind unquoted."""

    def quoted(cell):
        if all_quoted or set(cell) & {mark, '"', "\n", "\r"}:
            return '"' + cell.replace('"', '""') + '"'
        return cell

    return "".join(mark.join(map(quoted, row)) + end for row in rows)


def normal(cell):
    cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    for sign in UNSEEN:
        cell = cell.replace(sign, "")
    for space in SPACES:
        cell = cell.replace(space, " ")
    return as_written(unicodedata.normalize("NFC", cell))


def require_same_or_refused(rows, content):
    sheet = read_sheet("data.csv", content)
    for fault in sheet.faults:
        assert fault.rule.endswith(".")
        assert fault.cure
    if sheet.faults:
        return
    header, *below = [tuple(map(normal, row)) for row in rows]
    assert sheet.header == header
    assert list(sheet.rows) == [row for row in below if any(map(str.strip, row))]


@given(tables(names), dialects(), st.sampled_from(CODECS), st.integers(0, 2))
def test_any_table_in_any_dialect(rows, dialect, codec, marks):
    text = "\ufeff" * marks + written(rows, **dialect)
    require_same_or_refused(rows, text.encode(codec))


@given(tables(any_names), dialects(), st.booleans())
def test_separators_in_a_header_are_told_by_quotation_marks_or_sep(
    rows, dialect, declared
):
    dialect = dialect | ({} if declared else {"all_quoted": True})
    first = f"sep={dialect['mark']}{dialect['end']}" * declared
    require_same_or_refused(rows, (first + written(rows, **dialect)).encode())


@given(tables(names, least=1), dialects(), st.data())
def test_the_line_of_a_bad_cell_is_right(tmp_path_factory, rows, dialect, data):
    """Counted in the text itself, line breaks in other cells and all."""
    header = [f"c{k}" for k in range(len(rows[0]))]
    bad = data.draw(st.integers(1, len(rows) - 1))
    for row in rows[1:]:
        row[0] = "1"
    rows[bad][0] = "oops"
    text = written([header, *rows[1:]], **dialect)
    path = tmp_path_factory.getbasetemp() / "bad.csv"
    path.write_bytes(text.encode())
    with pytest.raises(DataError) as refused:
        read_numbers(path, [("--x", "c0")])
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found = [f for f in refused.value.faults if f.column == "c0"]
    torn = [f for f in refused.value.faults if f.column is None]
    assert found or torn
    assert all("oops" in lines[fault.line - 1] for fault in found)


decimals = st.one_of(finite, st.integers(-(10**6), 10**6).map(float), st.just(np.nan))


@given(
    st.lists(st.tuples(decimals, decimals), min_size=1, max_size=20),
    st.sampled_from(";\t|"),
    st.sampled_from("-\u2212\u2013"),
    st.booleans(),
)
def test_numbers_come_back_from_any_locale(
    tmp_path_factory, values, mark, minus, comma
):
    """Doubles as a program with decimal commas and a long minus writes them."""

    def shown(value):
        text = "" if np.isnan(value) else repr(value).replace("-", minus)
        return text.replace(".", ",") if comma else text

    path = tmp_path_factory.getbasetemp() / "numbers.csv"
    lines = [mark.join(map(shown, row)) + f"{mark}0,5" for row in values]
    path.write_bytes("\n".join([f"x{mark}y{mark}z", *lines]).encode())
    roles = [("--x", "x"), ("--y", "y"), ("--m", "z")]
    try:
        found = read_numbers(path, roles).frame
    except ValueError as refused:
        assert str(refused)  # noqa: PT017 (a blank column)
        assert np.isnan(np.array(values)).any()
        return
    np.testing.assert_array_equal(found[["x", "y"]].to_numpy(), np.array(values))
