"""Text tables of every dialect, against what Python's csv and pandas read of them."""

import csv
import io

import pandas as pd
import pytest

from smcm.cohort.descriptors import read_schema
from smcm.cohort.sheets import read_sheet, read_text_sheet
from smcm.cohort.signatures import MARKS
from smcm.cohort.typed import read_table
from smcm.paths import SYNTHETIC

MARK = "\ufeff"
PLAIN = [["x", "note", "y"], ["1", "ok", "2"], ["3", "so; so", "4"]]
ACCENTS = [
    ["x", "Alliance thérapeutique", "qualité", "site"],
    *(["1", "2", "3", "Québec"], ["2", "3", "1", "L’Île-Perrot"]),
    ["4", "0", "2", "Saint-Jérôme (été, à l’hôpital)"],
]


def written(rows, delimiter=",", end="\n", quoting=csv.QUOTE_MINIMAL):
    text = io.StringIO(newline="")
    csv.writer(
        text, delimiter=delimiter, lineterminator=end, quoting=quoting
    ).writerows(rows)
    return text.getvalue()


def read(content):
    raw = content if isinstance(content, bytes) else content.encode()
    return read_sheet("data.csv", raw)


def cells(sheet):
    assert not sheet.faults, sheet.faults
    return [list(sheet.header), *map(list, sheet.rows)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_separators_and_line_ends(delimiter, end):
    sheet = read(written(PLAIN, delimiter, end))
    assert cells(sheet) == PLAIN
    assert (sheet.separator, sheet.lines) == (delimiter, (2, 3))


@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_line_breaks_in_cells_keep_the_line_numbers(quoting):
    rows = [
        ["x", 'a "b"\nc', "y"],
        ["1", "one\ntwo\n\nthree, four", "2"],
        ["3", 'said ""\n', "4"],
        ["5", "", "6"],
    ]
    text = written(rows, quoting=quoting)
    sheet = read(text)
    assert cells(sheet) == rows
    theirs = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
    assert theirs.to_numpy().tolist() == rows[1:]
    starts = [
        text[: text.index(f"{q}{n}{q}")].count("\n") + 1 for q, n in starts_of(quoting)
    ]
    assert list(sheet.lines) == starts


def starts_of(quoting):
    quote = '"' if quoting == csv.QUOTE_ALL else "\n"
    return [('"', n) if quote == '"' else ("", f"{n},") for n in (1, 3, 5)]


@pytest.mark.parametrize("marks", ["", MARK, MARK * 2, MARK * 3, "\u00ef\u00bb\u00bf"])
@pytest.mark.parametrize(
    "first", ["", "sep=,\n", '"sep=,"\n', "SEP=,\r\n", "sep=,,,\n"]
)
def test_marks_of_byte_order_and_a_line_for_excel(marks, first):
    sheet = read(marks + first + written(PLAIN))
    assert cells(sheet) == PLAIN
    assert sheet.header_line == (2 if first else 1)


@pytest.mark.parametrize("mark", [";", "\t", "|", "^"])
def test_the_separator_that_a_file_declares(mark):
    rows = [["a, b", "c"], ["1,5", "2"], ["2,5", "3"]]
    sheet = read(f"sep={mark}\n" + written(rows, mark))
    assert cells(sheet) == rows


def test_a_declared_separator_that_the_file_does_not_use():
    assert cells(read("sep=;\n" + written(PLAIN))) == PLAIN


@pytest.mark.parametrize(
    "rows",
    [
        [["Alliance, 4.5 months", "x", "y"], ["1", "2", "3"], ["4", "5", "6"]],
        [["a,b", "c"], ["1,5", "2"], ["2,5", "3"]],
        [["a,b", "c,d"], ["1,5", "2,5"], ["2,5", "3,5"]],
        [["x", "y, z"], ["1", "2"], ["3", "4"]],
    ],
)
def test_commas_in_a_header_do_not_make_commas_the_separator(rows):
    for mark in ";\t":
        text = "\n".join(mark.join(row) for row in rows) + "\n"
        sheet = read(text)
        assert (sheet.separator, cells(sheet)) == (mark, rows)


def test_semicolons_in_cells_do_not_make_semicolons_the_separator():
    rows = [["x", "choices", "y"], *([str(k), "1;2;3", str(k)] for k in range(9))]
    assert cells(read(written(rows))) == rows


@pytest.mark.parametrize("blank", [",,\n", "\n", " , ,\t\n", '"","",""\n', ",,,,,,,\n"])
def test_blank_rows_are_no_rows_wherever_they_stand(blank):
    lines = written(PLAIN).splitlines(keepends=True)
    sheet = read(blank.join(["", *lines, blank * 40]))
    assert cells(sheet) == PLAIN
    assert sheet.lines == (4, 6)


def test_blank_cells_beyond_the_header_are_no_cells():
    assert cells(read("x,note,y\n1,ok,2,,\n3,so; so,4,\n")) == PLAIN


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009", "\u3000"])
def test_spaces_of_every_width_are_spaces(space):
    sheet = read(f"client{space}id,y\nA{space}1,2\n")
    assert cells(sheet) == [["client id", "y"], ["A 1", "2"]]


@pytest.mark.parametrize("unseen", "\u200b\u200c\u200d\u2060\u00ad\u200e\ufeff")
def test_what_is_not_seen_is_not_there(unseen):
    sheet = read(f'{unseen}x{unseen},y\n{unseen}"A, {unseen}1",{unseen}2\n')
    assert cells(sheet) == [["x", "y"], ["A, 1", "2"]]


def test_accents_are_composed():
    assert cells(read("qualite\u0301,y\nQue\u0301bec,1\n")) == [
        ["qualité", "y"],
        ["Québec", "1"],
    ]
    assert cells(read("q\u0301;\u037e\n1;2\n3;4\n"))[1:] == [["1", "2"], ["3", "4"]]


ENCODINGS = {
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    "cp1252": "Windows-1252",
    "mac_roman": "Mac Roman",
}


@pytest.mark.parametrize("delimiter", ",;\t")
@pytest.mark.parametrize(("codec", "name"), ENCODINGS.items())
def test_other_encodings_are_told_by_their_accents(codec, name, delimiter):
    sheet = read(written(ACCENTS, delimiter).encode(codec))
    assert cells(sheet) == ACCENTS
    assert sheet.encoding == name


def test_code_page_850_is_told_by_its_accents():
    rows = [[cell.replace("’", "'") for cell in row] for row in ACCENTS]
    sheet = read(written(rows).encode("cp850"))
    assert (cells(sheet), sheet.encoding) == (rows, "code page 850")


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("x,note\n1,don’t know\n2,the client’s own\n", "cp1252"),
        ("x,note\n1,“quoted” – so\n", "cp1252"),
        ("x,note\n1,1\u00a0234\n", "cp1252"),
        ("x,école\n1,À voir\n2,ÉTÉ\n", "cp1252"),
        ("x,Größe\n1,für Übung\n", "cp1252"),
        ("x,año\n1,niño\n", "cp1252"),
        ("x,sœur\n1,cœur\n", "cp1252"),
    ],
)
def test_few_accents_suffice(text, codec):
    sheet = read(text.encode(codec))
    assert sheet.encoding == "Windows-1252"
    assert cells(sheet)[0] == text.replace("\u00a0", " ").split("\n")[0].split(",")


def test_two_encodings_in_one_file_are_named_by_their_lines():
    content = "x,y\n1,Québec\n".encode() + "2,Montréal\n".encode("cp1252")
    (fault,) = read(content).faults
    assert (fault.line, fault.rule) == (3, "Text is encoded in UTF-8.")
    assert "Montr" in fault.value


IDS = '"{""ImportId"":""QID1""}"'


def test_the_three_header_rows_of_qualtrics():
    text = f'x,y\n"How often,\nor not?",Trust\n{IDS},{IDS}\n1,2\n3,4\n'
    sheet = read(text)
    assert cells(sheet) == [["x", "y"], ["1", "2"], ["3", "4"]]
    assert (sheet.passed_over, sheet.lines) == ((2, 4), (5, 6))
    assert cells(read(f"x,y\n{IDS},{IDS}\n1,2\n"))[1:] == [["1", "2"]]


@pytest.mark.parametrize("rows", [1, 30])
def test_a_title_above_the_header_is_said_once(rows):
    for title in ("Export of May", "Export of May,,"):
        text = f"{title}\n" + "x,m,y\n" + "1,2,3\n" * rows
        (fault,) = read(text).faults
        assert (fault.line, "title" in fault.cure) == (1, True)


def test_names_of_rows_without_a_header_are_said_once():
    (fault,) = read('"x","m"\n' + '"1",2,3\n' * 9).faults
    assert fault.line == 1
    assert "write.csv" in fault.cure


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('x,m,y\n1,"a,2\n3,b,4\n5,c,6\n', [2]),  # never closed
        ('x,m,y\n1,"a,2\n3,b,4\n5,c,6\n7,d",8\n', [2]),  # closed three rows later
        ('x,m,y\n1,"a,2\n3,b",4\n5,c,6\n', [2]),  # closed in the next row
        ('x,m,y\n1,"a"b,2\n3,"c"d,4\n5,e,6\n', [2, 3]),
        ('x,m,y\n1,"a \\"b\\" c",2\n3,"c\nd",4\n', [2]),
        ("x,m,y\n" + '1,"a,2\n' * 50, list(range(2, 52))),
    ],
)
def test_a_quotation_mark_out_of_place_costs_its_own_line(text, lines):
    sheet = read(text)
    assert [fault.line for fault in sheet.faults] == lines
    assert all("quotation mark" in fault.rule for fault in sheet.faults)
    begun = [n for n, line in enumerate(text.split("\n"), 1) if line[:1].isdigit()]
    assert list(sheet.lines) == begun
    assert sheet.torn == set(lines)


def test_quotation_marks_inside_of_a_cell_are_text():
    rows = [["x", "height"], ["1", "5'10\""], ["2", '6" or so']]
    text = "\n".join(",".join(row) for row in rows)
    assert cells(read(text)) == rows


@pytest.mark.parametrize(
    "start", [*MARKS, b"PK\x03\x04", b"<html>", b"[", b"{", b"<?xml"]
)
def test_no_file_of_another_program_reads_as_a_table_without_faults(start):
    """Hence a data folder asks what a file is only when it has found a fault."""
    schema = read_schema().table("teams")
    table = (SYNTHETIC / schema.path).read_bytes()
    assert not read_table(schema, read_text_sheet(schema.path, table)).faults
    assert read_table(schema, read_text_sheet(schema.path, start + table)).faults
