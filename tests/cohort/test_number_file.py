"""Columns of numbers from files as authors have them: read, or refused with a cure."""

import math

import numpy as np
import pytest

from smcm.cohort.number_cells import cure_of
from smcm.cohort.number_file import read_numbers
from smcm.errors import DataError, DegenerateDataError, UnknownValueError

pytestmark = pytest.mark.fault("a column of a model that is not of numbers only")

ROLES = [("--x", "x"), ("--y", "y")]


@pytest.fixture
def read(tmp_path):
    def reading(text, roles=ROLES, **options):
        path = tmp_path / "data.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_numbers(path, roles, **options)

    return reading


@pytest.fixture
def faults(read):
    def refused(text, roles=ROLES, **options):
        with pytest.raises(DataError) as error:
            read(text, roles, **options)
        return error.value.faults

    return refused


def rows(*cells):
    return "x,y\n" + "".join(f'"{cell}",{k}\n' for k, cell in enumerate(cells))


@pytest.mark.parametrize("sign", "-\u2212\u2013\u2010\uff0d")
def test_every_minus_is_a_minus(read, sign):
    frame = read(rows(f"{sign}0.37", "1.5", f"{sign}2e{sign}1", "4")).frame
    assert frame["x"].tolist() == [-0.37, 1.5, -0.2, 4.0]


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        *((sign, "Leave the cell empty, or write NA") for sign in (".", "-", "nan")),
        *((f"#{n}", f"name #{n} with --missing") for n in ("NULL!", "DIV/0!", "N/A")),
        *((f"#{n}", f"name #{n} with --missing") for n in ("VALUE!", "REF!", "NUM!")),
        ("1 234", "Write 1234, without a separator between thousands."),
        ("1\u00a0234,5", "Write 1234.5, without"),
        ("1\u202f234\u202f567", "Write 1234567, without"),
        ("1'234", "Write 1234, without"),
        ("1,234", "or 1.234, if the comma is a decimal sign"),
        ("1,234,567", "Write 1234567, without"),
        ("1,234.5", "Write 1234.5, without"),
        ("1.234,5", "Write 1234.5, without"),
        ("95,83", "Write 95.83, with a decimal point."),
        (",5", "Write 0.5, with a decimal point."),
        ("\u22120,5", "Write -0.5, with a decimal point."),
        ("12%", "Write 12, without the sign"),
        ("12,5 %", "Write 12.5, without the sign"),
        ("1e999", "Write a finite number"),
        ("-inf", "Write a finite number"),
        ("2024-01-31", "This is a date"),
        ("31/01/2024", "This is a date"),
        ("<5", "a bound is no number"),
        ("9 ans", "Write 9, the number alone"),
        ("$5", "Write 5, the number alone"),
        ("5 (high)", "Write a number, or leave the cell empty"),
        ("low", "Write a number, or leave the cell empty"),
        ("12O", "Write a number, or leave the cell empty"),
        ("٣٤", "Write a number, or leave the cell empty"),
    ],
)
def test_a_cell_that_is_no_number_is_shown_with_its_line(faults, text, cure):
    (fault,) = faults('x,y,note\n1,2,"a\nb"\n' + f'"{text}",3,ok\n2,3,"c"\n')
    assert (fault.line, fault.column) == (4, "x")
    assert fault.value == text.replace("\u00a0", " ").replace("\u202f", " ")
    assert cure in fault.cure


@pytest.mark.parametrize("text", ["", "NA", "1", " 2.5 ", "-.5", "1e3", "+4"])
def test_numbers_and_blanks_are_read(read, text):
    found = read(rows("1", "2", text, "3")).frame["x"][2]
    bare = text.strip()
    expected = math.nan if bare in ("", "NA") else float(bare)
    np.testing.assert_equal(found, expected)


@pytest.mark.parametrize("mark", ";\t|")
def test_decimal_commas_where_commas_separate_nothing(read, mark):
    text = (
        f"x{mark}y\n" + "".join(f"{k},5{mark}{k}\n" for k in range(9)) + f".{mark}3\n"
    )
    found = read(text, missing=["."])
    assert found.frame["x"].tolist()[:9] == [k + 0.5 for k in range(9)]
    assert "Commas were read as decimal signs in x." in found.notes


def test_thousands_or_decimals_is_told_by_the_other_cells(read, faults):
    assert read("x;y\n1,234;1\n2,5;2\n3,250;0\n").frame["x"].tolist() == [
        1.234,
        2.5,
        3.25,
    ]
    assert read("x;y\n1,234;1,5\n2,345;2\n3,1;4\n").frame["x"][0] == 1.234
    assert read("x;y\n1,234;1,5\n2,345;2\n3,456;4\n").frame["x"][0] == 1.234
    assert read("x;y\n0,234;1\n0,345;2\n0,456;4\n").frame["x"][0] == 0.234
    for fault in faults("x;y\n1,234;1\n2,345;2\n3,456;4\n"):
        assert "if the comma is a decimal sign" in fault.cure


def test_points_and_commas_in_one_column_are_refused(faults):
    (fault,) = faults("x;y\n1,5;1\n2.5;2\n3;4\n")
    assert (fault.line, fault.value) == (2, "1,5")


def test_two_answers_in_a_cell_are_no_decimal(faults):
    assert len(faults(rows("1,2", "3", "1,3"))) == 2


@pytest.mark.parametrize("codes", [["-9", "99"], ["-9.0", "99.00"], ["\u22129", "99"]])
def test_codes_named_as_missing(read, codes):
    found = read(rows("1", "-9", "99.0", "2", "-9.00", "3"), missing=codes)
    np.testing.assert_equal(
        found.frame["x"].tolist(), [1, np.nan, np.nan, 2, np.nan, 3]
    )
    assert found.missing == {"x": 3, "y": 0}
    assert f"Cells with a code for missing ({', '.join(codes)}): x 3." in found.notes
    assert not found.warnings


@pytest.mark.parametrize("code", [".", "#NULL!", "refused", "nan"])
def test_a_word_named_as_missing(read, code):
    found = read(rows("1", code, "2", "3"), missing=[code])
    assert found.missing["x"] == 1


def test_a_code_that_nobody_named_is_warned_of(read):
    found = read(rows(*"12345" * 9, "999", "999"))
    (warning,) = found.warnings
    assert "x is 999 in 2 rows" in warning
    assert "--missing 999" in warning
    assert found.missing["x"] == 0


@pytest.mark.parametrize("blank", ["", "NA", " "])
def test_a_blank_column_is_named(faults, blank):
    (fault,) = faults(rows(*[blank] * 60))
    assert "x is blank in all 60 rows" in fault.rule
    (fault,) = faults("x,y,team\n" + "1,2,\n" * 7, labels=[("--cluster", "team")])
    assert "team is blank in all 7 rows" in fault.rule


def test_too_few_complete_rows_name_what_lacks(read):
    text = "x,y\n" + "1,\n" * 30 + ",2\n" * 20 + "3,4\n"
    data = read(text)
    data.require_rows(0)
    with pytest.raises(DegenerateDataError) as refused:
        data.require_rows(2)
    assert "1 of 51 rows" in str(refused.value)
    assert "x in 20, y in 30 rows" in str(refused.value)


@pytest.mark.parametrize("header", ["qualite\u0301", "qualité ", "\ufeffqualité\u200b"])
@pytest.mark.parametrize("name", ["qualité", "qualite\u0301"])
def test_a_name_is_found_however_its_accent_is_written(read, header, name):
    found = read(f"x,{header}\n1,2\n2,3\n3,4\n", [("--x", "x"), ("--y", name)])
    assert found.frame["qualité"].tolist() == [2.0, 3.0, 4.0]


def test_names_that_differ_in_what_is_not_seen_are_one_name(faults):
    roles = (*ROLES, ("--covariate", "qualité"))
    text = "x,y,qualité,qualite\u0301\n1,2,3,4\n2,3,4,5\n4,5,6,7\n"
    (fault,) = faults(text, roles)
    assert "columns 3 and 4" in fault.rule


def test_a_second_header_is_one_fault(faults):
    (fault,) = faults("x,y\nHow often?,How much?\n1,2\n3,4\n")
    assert (fault.line, fault.cure) == (2, "Delete line 2.")
    (fault,) = faults('x,y\n"How\n(often)?","a"\nyears,points\n1,2\n3,4\n')
    assert (fault.line, fault.cure) == (2, "Delete lines 2 and 4.")


def test_what_is_alike_in_a_column_is_said_once(faults):
    one, other = faults(rows(*["1.5", "12%"] * 9, "low"))
    assert (one.line, one.value) == (3, "12%")
    assert "8 more cells" in one.rule
    assert "lines 5, 7, 9, 11, 13, …" in one.rule
    assert (other.line, other.value) == (20, "low")


def test_a_title_comes_before_the_columns_that_it_hides(faults):
    (fault,) = faults("Export of May\nx,y\n1,2\n3,4\n")
    assert "title" in fault.cure


def test_a_missing_column_of_a_sound_file_is_named(read):
    with pytest.raises(UnknownValueError, match="Did you mean 'x'"):
        read("x,y\n1,2\n", [("--x", "X")])


def test_every_cure_is_a_sentence():
    for text in ("5 apples", "a" * 300, "--", "1,,2", "(5)", "½", "1/2", "5/5/24"):
        assert cure_of(text).endswith((".", "!"))
