"""The bank for Moodle and the notebook for nbgrader, read as those programs would."""

import base64
import html
import io
import re
import subprocess
import sys
from xml.etree import ElementTree as ET

import nbformat
import pandas as pd
import pytest

from smcm.teach.grading import mark
from smcm.teach.handouts import Homework, instructor_files, student_files
from smcm.teach.moodle import gap
from smcm.teach.questions import COARSE
from smcm.teach.task import COLUMNS, RULES, THREE_SENTENCES
from smcm.teach.worlds import Cause

GAP = re.compile(r"\{(\d+):NUMERICAL:((?:\\.|[^}\\])*)\}")
NUMERICAL = re.compile(r"(-?\d+\.\d+):(\d+\.\d+)")
HIDDEN = re.compile(r"### BEGIN HIDDEN TESTS.*?### END HIDDEN TESTS", re.DOTALL)


@pytest.fixture(scope="module")
def files(homework, assigned):
    return instructor_files(homework, assigned)


def answers_of(gap):
    """Read a gap as Moodle's importer does: right, number, tolerance, feedback.

    A number that it does not know is taken for a word there, and fits nothing; in
    feedback it undoes HTML and a backslash before # or } alone.
    """
    found = []
    for part in re.split(r"(?<!\\)~", gap):
        number, _, feedback = part.partition("#")
        right = number.startswith("=")
        value, reach = NUMERICAL.fullmatch(number.removeprefix("=")).groups()
        assert not re.search(r"(?<![\\&])[#}~]", feedback)
        told = re.sub(r"\\([#}])", r"\1", html.unescape(feedback))
        assert "\\" not in told
        found.append((right, float(value), float(reach), told))
    return found


def first_that_fits(gap, given):
    """Give what Moodle makes of an answer: whether it counts, and what it says."""
    for right, value, reach, told in answers_of(gap):
        if abs(given - value) <= reach:
            return right, told
    return False, ""


def test_moodle_says_what_the_grades_say(assigned):
    for one in assigned:
        for question in one.questions:
            inside = gap(question).removeprefix("{1:NUMERICAL:").removesuffix("}")
            for places in (1, 2):
                given = f"{question.answer:.{places}f}"
                graded = mark(question, given)
                right, told = first_that_fits(inside, float(given))
                assert right == graded.right
                if graded.why == COARSE:
                    assert COARSE in told
            assert first_that_fits(inside, round(question.answer, 3))[0]


def test_every_question_of_the_bank_is_whole(files, assigned):
    quiz = ET.fromstring(files["moodle.xml"])
    category, *questions = quiz.findall("question")
    assert category.get("type") == "category"
    assert len(questions) == len(assigned)
    for found, one in zip(questions, assigned, strict=True):
        text = found.findtext("questiontext/text")
        file = found.find("questiontext/file")
        assert f"@@PLUGINFILE@@/{file.get('name')}" in text
        data = pd.read_csv(io.BytesIO(base64.b64decode(file.text)))
        pd.testing.assert_frame_equal(data, one.frame)
        assert one.student not in found.findtext("name/text")
        gaps = GAP.findall(text)
        assert len(gaps) == len(one.questions)
        assert text.count("{") == len(gaps)
        for (_, inside), question in zip(gaps, one.questions, strict=True):
            (right, value, reach, _), *slips = answers_of(inside)
            assert right
            assert abs(value - question.answer) < 1e-6
            assert reach == pytest.approx(question.tolerance, abs=1e-6)
            assert not any(other for other, *_ in slips)
            reasons = " ".join(why for *_, why in slips)
            for slip in question.slips:
                assert question.right(slip.value) or slip.why in reasons


def run(book, folder, answers):
    """Execute the notebook as a grader does, with what a student has typed."""
    code = []
    for cell in book.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if cell.cell_type != "code":
            continue
        code.append(f"{name} = {answers[name]!r}" if name in answers else cell.source)
    script = folder / "notebook.py"
    script.write_text("\n".join(code), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, script.name], cwd=folder, capture_output=True, check=False
    )
    return done.returncode == 0


def test_the_notebook_takes_right_answers_and_no_others(files, assigned, tmp_path):
    book = nbformat.reads(files["nbgrader.ipynb"].decode(), as_version=4)
    nbformat.validate(book)
    one = assigned[5]
    data = one.frame.to_csv(index=False, lineterminator="\n")
    (tmp_path / "data.csv").write_text(data, encoding="utf-8")
    right = {q.name: round(q.answer, 3) for q in one.questions}
    assert run(book, tmp_path, right)
    assert not run(book, tmp_path, right | {"b": one.questions[1].slips[0].value})
    assert not run(book, tmp_path, right | {"b": None})
    (tmp_path / "data.csv").write_bytes(data.replace("\n", "\r\n").encode())
    assert run(book, tmp_path, right)  # ends of lines of Windows
    (tmp_path / "data.csv").write_text(data.replace("1", "2", 1), encoding="utf-8")
    assert not run(book, tmp_path, right)


def test_the_points_are_those_of_the_grades(files, assigned):
    book = nbformat.reads(files["nbgrader.ipynb"].decode(), as_version=4)
    cells = [cell.metadata["nbgrader"] for cell in book.cells]
    points = sum(cell["points"] for cell in cells if cell["grade"])
    assert points == len(assigned[0].questions)


def test_all_three_ask_the_same_and_tell_no_truth(assigned):
    homework = Homework("hw1", "three")
    bank, book = (
        instructor_files(homework, assigned)[name].decode()
        for name in ("moodle.xml", "nbgrader.ipynb")
    )
    nbformat.validate(nbformat.reads(book, as_version=4))
    told = student_files(homework, assigned[0])["README.md"].decode()
    for text in (bank, book, told):
        for words in (*COLUMNS, *RULES, THREE_SENTENCES):
            assert words in text
    for cause in Cause:
        assert cause.value not in bank
    for one in assigned:
        assert f"{one.truth.true_indirect:.3f}" not in re.sub(GAP, "", bank)


def test_late_students_have_a_bank_of_their_own(homework, assigned):
    late = instructor_files(homework, assigned, before=18)["moodle-late.xml"]
    names = [q.findtext("idnumber") for q in ET.fromstring(late).findall("question")]
    assert names == [None, "hw1-019", "hw1-020"]
    truths = instructor_files(homework, assigned)["truths.csv"].decode("utf-8-sig")
    assert "s18,hw1-019," in truths


def test_without_hidden_tests_the_notebook_holds_no_key(files, assigned):
    book = nbformat.reads(files["nbgrader.ipynb"].decode(), as_version=4)
    shown = "\n".join(HIDDEN.sub("", cell.source) for cell in book.cells)
    for one in assigned:
        for question in one.questions:
            assert f"{question.answer:.3f}" not in shown
    ids = [cell.metadata["nbgrader"]["grade_id"] for cell in book.cells]
    assert len(ids) == len(set(ids)) == 3 + 2 * len(assigned[0].questions)
