"""What students hand in is graded with reasons, however they write numbers."""

import csv
import io

import pytest

from smcm.errors import DataError
from smcm.teach.grading import (
    NO_NUMBER,
    NONE,
    grade,
    grade_files,
    mark,
    read_answers,
    read_number,
)
from smcm.teach.handouts import instructor_files, read_keys, student_files


@pytest.fixture(scope="module")
def key(homework, assigned):
    return read_keys(instructor_files(homework, assigned)["keys.csv"])


def test_keys_come_back_as_they_were(key, assigned):
    assert key == {one.student: one.questions for one in assigned}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.125", 0.125),
        ("0,125", 0.125),
        (" −.5 ", -0.5),
        ("１.５", 1.5),
        ("1e-2", 0.01),
        ("1,234,5", None),
        ("1_000", None),
        ("inf", None),
        ("b = .3", None),
        ("", None),
    ],
)
def test_numbers_as_students_write_them(text, number):
    assert read_number(text) == number


def test_a_form_that_was_filled_in_is_graded(key, homework, assigned):
    one = assigned[3]
    rows = list(
        csv.reader(io.StringIO(student_files(homework, one)["answers.csv"].decode()))
    )
    for row, question in zip(rows[1:], one.questions, strict=True):
        row[2] = f"{question.answer:.3f}".replace(".", ",")
    rows[2][2] = f"{one.questions[1].slips[0].value:.3f}"
    rows[3][2], rows[4][2] = "a lot", ""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    graded = grade(read_answers({"x/answers.csv": text.getvalue().encode()}, key), key)
    marks = graded[one.student]
    assert [m.right for m in marks] == [True, False, False, False, True, True]
    whys = [one.questions[1].slips[0].why, NO_NUMBER, NONE]
    assert [m.why for m in marks if not m.right] == whys
    files = grade_files(graded)
    table = list(csv.DictReader(io.StringIO(files["grades.csv"].decode())))
    assert table[3] | {"student": one.student, "points": "3", "of": "6"} == table[3]
    assert table[0]["points"] == "0"
    told = files[f"feedback/{one.student}.txt"].decode()
    assert whys[0] in told
    assert f"{one.questions[1].answer:.3f}" not in told
    slips = list(csv.DictReader(io.StringIO(files["slips.csv"].decode())))
    assert slips[0]["why it is wrong"] != NONE


def test_a_column_for_each_question_is_read_too(key, assigned):
    names = [question.name for question in assigned[0].questions]
    rows = [
        ",".join([one.student, *(f"{q.answer:.3f}" for q in one.questions)])
        for one in assigned
    ]
    text = "\n".join([",".join(["Student", *names]), *rows])
    graded = grade(read_answers({"form.csv": text.encode()}, key), key)
    assert all(m.right for marks in graded.values() for m in marks)


def test_faults_of_all_files_at_once(key):
    files = {
        "a.csv": b"student,question,answer\ns1,a,1\ns1,a,2\nS2,b,3\ns99,a,1\n",
        "b.csv": b"name,x\nada,1\n",
        "c.csv": b"\x50\x4b\x03\x04xlsx",
    }
    with pytest.raises(DataError) as caught:
        read_answers(files, key)
    places = [(fault.file, fault.line) for fault in caught.value.faults]
    assert places[:3] == [("a.csv", 3), ("a.csv", 5), ("b.csv", 1)]
    assert places[3][0] == "c.csv"


def test_a_blank_is_no_answer(assigned):
    assert mark(assigned[0].questions[0], "  ").why == NONE
