"""Files that are no proper table: missing, renamed, torn, or saved in another way."""

import pytest

from smcm.cohort.checking import check_folder
from smcm.cohort.loading import load_cohort
from tests.cohort.small import CLIENTS

pytestmark = pytest.mark.fault("files of data that are no proper tables")


def edit(folder, file, change):
    folder.write(file, change(folder.text(file)))


def test_a_missing_folder(tmp_path):
    (fault,) = check_folder(tmp_path / "none")
    assert fault.file == str(tmp_path / "none")
    assert "slip in the path" in fault.cure


def test_a_file_instead_of_a_folder(small_folder):
    (fault,) = check_folder(small_folder.path / "clients.csv")
    assert str(small_folder.path) in fault.cure


def test_an_empty_folder_lacks_every_table(tmp_path):
    faults = check_folder(tmp_path)
    assert len(faults) == 9
    assert all("missing" in fault.rule for fault in faults)


def test_a_missing_file_and_the_one_that_looks_like_it(small_folder):
    (small_folder.path / "ths.csv").rename(small_folder.path / "THS.csv")
    (fault,) = check_folder(small_folder.path)
    assert (fault.file, fault.line) == ("ths.csv", None)
    assert "rename THS.csv" in fault.cure


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (
            "interviews.sav",
            b"$FL2@(#) SPSS DATA FILE",
            "interviews.sav is an SPSS data",
        ),
        (
            "Interviews.xlsx",
            b"PK\x03\x04xl/workbook.xml",
            "Interviews.xlsx is an Excel",
        ),
        ("interviews.txt", b"client_id,month\n", "rename interviews.txt"),
    ],
)
def test_a_missing_table_that_lies_there_in_another_form(
    small_folder, name, content, said
):
    (small_folder.path / "interviews.csv").unlink()
    small_folder.write(name, content)
    (fault,) = [f for f in check_folder(small_folder.path) if not f.line]
    assert said in fault.cure


def test_a_folder_in_the_place_of_a_file(small_folder):
    (small_folder.path / "ths.csv").unlink()
    (small_folder.path / "ths.csv").mkdir()
    (fault,) = check_folder(small_folder.path)
    assert "can be read" in fault.rule


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
def test_an_empty_file(small_folder, content):
    small_folder.write("ths.csv", content)
    (fault,) = check_folder(small_folder.path)
    assert fault.file == "ths.csv"
    assert "empty" in fault.rule


def test_a_header_without_rows(small_folder):
    edit(small_folder, "ths.csv", lambda text: text.split("\n")[0] + "\n")
    (fault,) = check_folder(small_folder.path)
    assert (fault.file, fault.line) == ("ths.csv", 1)
    assert "rows" in fault.rule


@pytest.mark.parametrize("content", [b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0rest"])
def test_a_workbook_under_the_name_of_a_csv(small_folder, content):
    small_folder.write("teams.csv", content)
    (fault,) = check_folder(small_folder.path)
    assert fault.file == "teams.csv"
    assert "comma-separated CSV, UTF-8" in fault.cure


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-32"])
def test_another_unicode_is_one_fault_and_the_rest_is_still_read(small_folder, codec):
    text = small_folder.text("teams.csv")
    small_folder.write("teams.csv", text.encode(codec))
    (fault,) = check_folder(small_folder.path)
    assert (fault.file, fault.line) == ("teams.csv", None)
    assert codec[:6].upper() in fault.rule
    assert "comma-separated CSV, UTF-8" in fault.cure


@pytest.mark.parametrize(("mark", "name"), [(";", "semicolons"), ("\t", "tabs")])
def test_another_delimiter_is_one_fault_and_the_rest_is_still_read(
    small_folder, mark, name
):
    small_folder.put("clients.csv", 3, "age", "510")
    edit(small_folder, "clients.csv", lambda text: text.replace(",", mark))
    delimiter, cell = check_folder(small_folder.path)
    assert (delimiter.file, delimiter.line) == ("clients.csv", 1)
    assert name in delimiter.rule
    assert "comma-separated" in delimiter.cure
    assert (cell.line, cell.column, cell.value) == (3, "age", "510")


def test_another_encoding_names_line_and_word(small_folder):
    text = (
        small_folder.text("teams.csv").replace("Ontario", "Ontario,").encode("cp1252")
    )
    small_folder.write("teams.csv", text)
    wrong, ragged = check_folder(small_folder.path)
    assert (wrong.file, wrong.line) == ("teams.csv", 2)
    assert "Québec" in wrong.value
    assert "UTF-8" in wrong.cure
    assert ragged.line == 3


def test_a_column_name_that_occurs_twice(small_folder):
    edit(small_folder, "teams.csv", lambda text: text.replace("province", "site"))
    twice, absent = check_folder(small_folder.path)
    assert (twice.line, twice.column) == (1, "site")
    assert "columns 2 and 3" in twice.rule
    assert "rename" in twice.cure
    assert absent.column == "province"


def test_a_missing_column_says_what_it_is(small_folder):
    rows = [row[:-1] for row in small_folder.rows("clients.csv")]
    small_folder.save("clients.csv", rows)
    (fault,) = check_folder(small_folder.path)
    assert (fault.file, fault.line, fault.column) == ("clients.csv", 1, "ace")
    assert "adverse childhood" in fault.rule
    assert "Add the column" in fault.cure


def test_a_missing_key_column_is_one_fault(small_folder):
    rows = [row[1:] for row in small_folder.rows("clients.csv")]
    small_folder.save("clients.csv", rows)
    (fault,) = check_folder(small_folder.path)
    assert (fault.line, fault.column) == (1, "client_id")


def test_a_misspelt_column_is_offered_its_name(small_folder):
    edit(small_folder, "clients.csv", lambda text: text.replace("ethno", "Ethno-", 1))
    unknown, absent = check_folder(small_folder.path)
    assert unknown.column == "Ethno-cultural"
    assert unknown.cure == "Rename it to ethnocultural, if that is what it holds."
    assert absent.column == "ethnocultural"


def test_an_unknown_column_goes_elsewhere(small_folder):
    rows = small_folder.rows("clients.csv")
    small_folder.save("clients.csv", [[*row, "phone"] for row in rows])
    (fault,) = check_folder(small_folder.path)
    assert (fault.line, fault.column) == (1, "phone")
    assert "outside the data folder" in fault.cure


def test_a_column_without_a_name(small_folder):
    edit(small_folder, "teams.csv", lambda text: text.replace("\n", ",\n"))
    (fault,) = check_folder(small_folder.path)
    assert (fault.file, fault.line) == ("teams.csv", 1)
    assert "name" in fault.rule
    assert "comma at the end" in fault.cure


@pytest.mark.parametrize(
    ("tail", "cells", "cure"),
    [(",1,2", "17 cells", "surplus"), ("", "15 cells", "surplus")],
)
def test_a_long_line_is_one_fault(small_folder, tail, cells, cure):
    lines = small_folder.text("clients.csv").split("\n")
    lines[2] += f",1{tail}"
    small_folder.write("clients.csv", "\n".join(lines))
    (fault,) = check_folder(small_folder.path)
    assert (fault.line, fault.value) == (3, cells)
    assert cure in fault.cure


def test_a_short_line_is_one_fault(small_folder):
    lines = small_folder.text("clients.csv").split("\n")
    lines[2] = lines[2].rsplit(",", 1)[0]
    small_folder.write("clients.csv", "\n".join(lines))
    (fault,) = check_folder(small_folder.path)
    assert (fault.line, fault.value) == (3, "13 cells")
    assert "missing comma" in fault.cure


def test_a_quotation_mark_that_never_closes_costs_one_line(small_folder):
    lines = small_folder.text("teams.csv").split("\n")
    lines[1] = lines[1].replace("Québec", '"Québec')
    lines[2] = lines[2].replace("2", "two")
    small_folder.write("teams.csv", "\n".join(lines))
    torn, cell = check_folder(small_folder.path)
    assert (torn.file, torn.line) == ("teams.csv", 2)
    assert "quotation mark" in torn.rule
    assert "twice" in torn.cure
    assert (cell.line, cell.column) == (3, "site")


def test_accents_of_a_code_written_in_two_ways_are_one_code(small_folder):
    """As a Mac and another computer write them: e and accent apart, or together."""
    for number, path in enumerate(sorted(small_folder.path.rglob("*.csv"))):
        written = ("Ré3", "Re\u03013", "Ré\u200b3")[number % 3]
        name = path.relative_to(small_folder.path)
        rows = [
            [written if cell == "A3" else cell for cell in row]
            for row in small_folder.rows(name)
        ]
        small_folder.save(name, rows)
    assert check_folder(small_folder.path) == ()
    assert "Ré3" in set(load_cohort(small_folder.path).clients["client_id"])


@pytest.mark.parametrize(
    "first", ["\ufeff\ufeff", "sep=,\n", "\ufeffsep=,\r\n", "\n\n"]
)
def test_what_stands_before_the_header_is_passed_over(small_folder, first):
    edit(small_folder, "clients.csv", lambda text: first + text)
    assert check_folder(small_folder.path) == ()
    small_folder.write("clients.csv", first + "client\n1\n2\n")
    lines = {f.line for f in check_folder(small_folder.path) if f.file == "clients.csv"}
    assert lines == {1 + first.count("\n")}


def test_rows_of_commas_are_no_rows(small_folder):
    for name in ("clients.csv", "teams.csv", "ths.csv"):
        width = len(small_folder.rows(name)[0])
        small_folder.save(name, small_folder.rows(name) + [[""] * width] * 40)
    assert check_folder(small_folder.path) == ()
    assert len(load_cohort(small_folder.path).clients) == len(CLIENTS)


def test_line_breaks_in_a_cell_keep_the_lines_of_faults(small_folder):
    rows = small_folder.rows("teams.csv")
    rows[1][rows[0].index("province")] = "Québec\n(centre)\n"
    rows[2][rows[0].index("site")] = "two"
    small_folder.save("teams.csv", rows)
    faults = [f for f in check_folder(small_folder.path) if f.column == "site"]
    assert [(f.line, f.value) for f in faults] == [(5, "two")]


@pytest.mark.parametrize("text", ["#NULL!", "#DIV/0!", "#REF!", "sysmis", "nan"])
def test_signs_for_missing_are_told_to_be_left_empty(small_folder, text):
    small_folder.put("clients.csv", 2, "age", text)
    (fault,) = check_folder(small_folder.path)
    assert "Leave the cell empty." in fault.cure
