"""What students hand in is graded with reasons, however they write numbers."""

import csv
import io

import pytest

from smcm.teach.answers import read_answers
from smcm.teach.grading import (
    COARSE,
    FAR,
    NO_NUMBER,
    NONE,
    NOTHING,
    grade,
    grade_files,
    mark,
    read_number,
)
from smcm.teach.handouts import instructor_files, student_files
from smcm.teach.key_file import read_keys


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
    form = student_files(homework, one)[f"answers-{one.student}.csv"]
    rows = list(csv.reader(io.StringIO(form.decode("utf-8-sig"))))
    for row, question in zip(rows[1:], one.questions, strict=True):
        row[2] = f"{question.answer:.3f}".replace(".", ",")
    rows[2][2] = f"{one.questions[1].slips[0].value:.3f}"
    rows[3][2], rows[4][2] = "a lot", ""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    given = read_answers({"x/answers.csv": text.getvalue().encode()}, key).given
    graded = grade(given, key)
    marks = graded[one.student]
    assert [m.right for m in marks] == [True, False, False, False, True, True]
    whys = [one.questions[1].slips[0].why, NO_NUMBER, NONE]
    assert [m.why for m in marks if not m.right] == whys
    files = grade_files("hw1", graded, given)
    table = list(csv.DictReader(io.StringIO(files["grades.csv"].decode("utf-8-sig"))))
    assert table[3] | {"student": one.student, "points": "3", "of": "6"} == table[3]
    assert table[0]["points"] == "0"
    told = files[f"feedback/{one.student}.txt"].decode()
    assert whys[0] in told
    assert f"{one.questions[1].answer:.3f}" not in told
    slips = list(csv.DictReader(io.StringIO(files["slips.csv"].decode("utf-8-sig"))))
    assert slips[0]["why it is wrong"] != NONE
    missing = {row["why it is wrong"]: row["students"] for row in slips}
    assert (missing[NONE], missing[NOTHING]) == ("1", str(len(graded) - 1))
    assert slips[0]["names"] == one.student
    assert told.startswith(f"Homework hw1, {one.student}\n")
    assert "–" not in told


def test_a_column_for_each_question_is_read_too(key, assigned):
    names = [question.name for question in assigned[0].questions]
    rows = [
        ",".join([one.student, *(f"{q.answer:.3f}" for q in one.questions)])
        for one in assigned
    ]
    text = "\n".join([",".join(["Student", *names]), *rows])
    graded = grade(read_answers({"form.csv": text.encode()}, key).given, key)
    assert all(m.right for marks in graded.values() for m in marks)


def test_faults_of_all_files_at_once_and_the_rest_is_read(key):
    files = {
        "a.csv": b"student,question,answer\ns1,a,1\ns1,Path a,2\nS2,b,3\ns99,a,1\n",
        "b.csv": b"name,x\nada,1\n",
        "c.csv": b"\x50\x4b\x03\x04xlsx",
        "d.csv": b"student,a,b,direct,inderect,lower,upper\ns3,1,1,1,1,1,1\n",
    }
    found = read_answers(files, key)
    places = [(fault.file, fault.line) for fault in found.faults]
    expected = [("a.csv", 3), ("a.csv", 5), ("b.csv", 1), ("c.csv", None), ("d.csv", 1)]
    assert places == expected
    assert found.given == {"s1": {"a": "1"}, "s2": {"b": "3"}}


def test_the_later_hand_in_counts_and_is_told(key):
    head = b"student,question,answer\n"
    files = {"x.csv": head + b"s1,a,1\ns1,b,2\n", "y.csv": head + b"s1,a,3\ns1,a,4\n"}
    found = read_answers(files, key)
    assert found.given == {"s1": {"a": "4", "b": "2"}}
    assert {file for _, file in found.again} == {"y.csv"}
    assert not found.faults


@pytest.mark.parametrize(
    ("written", "encoding"),
    [
        ("łukasz   żak", "utf-8"),
        ("Łukasz Żak", "utf-16"),
        ("Łukasz Żak".encode().decode("latin-1"), "utf-8"),
        ("Łukasz Żak".encode().decode("latin-1"), "latin-1"),
        ("Łukasz Żak".encode().decode("mac-roman"), "utf-8"),
    ],
)
def test_names_that_a_spreadsheet_mangled_are_recognized(key, written, encoding):
    mine = {"Łukasz Żak": next(iter(key.values()))}
    text = f"student,question,answer\n{written},a,1\n{written},b,2\n"
    found = read_answers({"f.csv": text.encode(encoding)}, mine)
    assert not found.faults
    assert found.given == {"Łukasz Żak": {"a": "1", "b": "2"}}


def test_a_name_that_lost_letters_draws_one_message_with_the_cause(key):
    mine = {"Łukasz Żak": next(iter(key.values()))}
    for name in (b"?ukasz ?ak", b"\xa3ukasz \xafak"):
        text = b"student,question,answer\n" + name + b",a,1\n" + name + b",b,2\n"
        (fault,) = read_answers({"f.csv": text}, mine).faults
        assert "Łukasz Żak" in fault.cure
    assert (
        "lost letters"
        in read_answers({"f.csv": b"student,question,answer\n?ukasz ?ak,a,1\n"}, mine)
        .faults[0]
        .rule
    )


def test_too_few_decimals_and_a_wrong_sign_are_named(assigned):
    for one in assigned:
        for question in one.questions:
            turned = mark(question, f"{-question.answer:.3f}")
            assert turned.why == "the sign is wrong"
            coarse = mark(question, f"{question.answer:.2f}")
            assert coarse.why in {"", COARSE, *(slip.why for slip in question.slips)}
            assert coarse.why != FAR
            assert mark(question, f"{question.answer:.1f}").why != FAR


def test_a_blank_is_no_answer(assigned):
    assert mark(assigned[0].questions[0], "  ").why == NONE
