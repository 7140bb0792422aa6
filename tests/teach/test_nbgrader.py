"""nbgrader itself, in an environment of its own, grades three students."""

import csv
import json
import os
import subprocess
import sys

import pytest

from smcm.teach.handouts import data_of, instructor_files

pytestmark = pytest.mark.slow
WANTED = ("nbgrader", "pandas")


@pytest.fixture(scope="module")
def nbgrader(tmp_path_factory):
    """Run the program in a course of one homework."""
    place = tmp_path_factory.mktemp("nbgrader")
    subprocess.run([sys.executable, "-m", "venv", place / "venv"], check=True)
    bin_ = place / "venv" / ("Scripts" if os.name == "nt" else "bin")
    install = [bin_ / "python", "-m", "pip", "install", "-q", *WANTED]
    if subprocess.run(install, check=False).returncode:
        pytest.skip("nbgrader cannot be installed here")
    course = place / "course"
    (course / "source" / "hw1").mkdir(parents=True)
    config = f'c = get_config()\nc.CourseDirectory.root = "{course.as_posix()}"\n'
    (course / "nbgrader_config.py").write_text(config, encoding="utf-8")
    path = os.pathsep.join([str(bin_), os.environ["PATH"]])

    def run(*words):
        done = subprocess.run(
            [bin_ / "nbgrader", *words],
            cwd=course,
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return course

    return run


def test_right_answers_count_and_wrong_ones_and_changed_data_do_not(
    nbgrader, homework, assigned
):
    course = nbgrader("db", "student", "list")
    book = instructor_files(homework, assigned)["nbgrader.ipynb"]
    (course / "source" / "hw1" / "hw1.ipynb").write_bytes(book)
    nbgrader("generate_assignment", "hw1")
    text = (course / "release" / "hw1" / "hw1.ipynb").read_text(encoding="utf-8")
    assert "YOUR CODE HERE" in text
    assert "KEYS" not in text
    right, wrong, changed = assigned[:3]
    for one in (right, wrong, changed):
        handed_in = json.loads(text)
        answers = {q.name: 9.9 if one is wrong else q.answer for q in one.questions}
        for cell in handed_in["cells"]:
            name = cell["metadata"]["nbgrader"]["grade_id"]
            if name in answers:
                cell["source"] = f"{name} = {answers[name]:.3f}"
        folder = course / "submitted" / one.student / "hw1"
        folder.mkdir(parents=True)
        (folder / "hw1.ipynb").write_text(json.dumps(handed_in), encoding="utf-8")
        data = data_of(one.frame)
        data = data.replace(b"1", b"2", 1) if one is changed else data
        (folder / "data.csv").write_bytes(data)
    nbgrader("autograde", "hw1", "--create")
    nbgrader("export")
    with (course / "grades.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    shares = {
        one.student: float(row["score"]) / float(row["max_score"])
        for one in (right, wrong, changed)
        for row in [rows[one.student]]
    }
    assert shares[right.student] == 1
    assert shares[wrong.student] == 0
    assert shares[changed.student] == 0
