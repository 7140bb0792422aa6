"""A list of a class is read, or all its faults are told at once."""

import pytest

from smcm.errors import DataError
from smcm.teach.roster import students_of


def faults(text, encoding="utf-8"):
    with pytest.raises(DataError) as caught:
        students_of("roster.csv", text.encode(encoding))
    return caught.value.faults


def test_other_columns_are_not_looked_at():
    text = "name,Student,mail\nAda Lovelace,ada,=1+1\nBob,bob 2,b@x.org\n"
    assert students_of("r.csv", text.encode()) == ("ada", "bob 2")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("sign", [";", "\t", ","])
def test_encodings_and_separators_of_spreadsheets(encoding, sign):
    text = f"student{sign}group\r\nZoë É{sign}1\r\nFrançois{sign}2\r\n"
    assert students_of("r.csv", text.encode(encoding)) == ("Zoë É", "François")


def test_accents_are_composed_and_count_once():
    found = faults("student\nZoe\u0308\nZo\u00eb\n")
    assert [fault.line for fault in found] == [3]
    assert "line 2" in found[0].rule


def test_all_faults_at_once():
    long = "x" * 65
    text = f"student,n\nada,1\n,2\nADA,3\nnul,4\na/b,5\n..,6\n{long},7\nok,8\n"
    found = faults(text)
    assert [fault.line for fault in found] == [3, 4, 5, 6, 7, 8]
    assert all(fault.cure and fault.column == "student" for fault in found)


@pytest.mark.parametrize("text", ["", "name\nada\n", "student\n", "\x00\x01\x02"])
def test_no_list_at_all(text):
    assert faults(text)


def test_ten_thousand_students():
    text = "student\n" + "".join(f"s{k}\n" for k in range(10_000))
    assert len(students_of("r.csv", text.encode())) == 10_000
    repeated = faults(text + "s5\n")
    assert [fault.line for fault in repeated] == [10_002]


def test_names_that_folders_can_have_are_taken():
    text = 'Name\nO\u2019Brien\n"van der Berg, Anna"\nAnna  Maria\n'
    expected = ("O\u2019Brien", "van der Berg, Anna", "Anna Maria")
    assert students_of("r.csv", text.encode(), "name") == expected
    with pytest.raises(DataError, match="--column"):
        students_of("r.csv", text.encode())


def test_names_that_differ_by_case_or_spaces_alone_are_one():
    assert [f.line for f in faults("student,n\nO\u2019Brien,1\no'brien,2\n")] == [3]
