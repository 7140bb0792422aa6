"""The command: a class is written, extended, graded; students' folders hold no key."""

import csv
import io
import os
import re
import stat

import pytest
from click.testing import CliRunner

from smcm.cli.main import main
from smcm.teach.worlds import WORLDS, Cause


def smcm(*words):
    return CliRunner().invoke(main, list(map(str, words)))


def written(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("class")
    roster = folder / "roster.csv"
    roster.write_text("student\nada\nbob\n-Zoë É\n", encoding="utf-8")
    out = folder / "hw"
    done = smcm("teach", "class", roster, "--homework", "hw1", "--out", out)
    assert done.exit_code == 0, done.output
    assert "3 students, 3 of them new" in done.output
    return out


def test_students_get_three_files_without_key_truth_or_seed(place):
    files = written(place)
    students = {name for name in files if name.startswith("students/")}
    assert len(students) == 3 * 3
    given = b"\n".join(files[name] for name in students).decode()
    kept = files["instructor/keys.csv"] + files["instructor/truths.csv"]
    rows = csv.reader(io.StringIO(kept.decode()))
    numbers = {
        cell[:6] for row in rows for cell in row if re.match(r"-?\d*\.\d{6}", cell)
    }
    assert len(numbers) > 60
    assert not [number for number in numbers if number in given]
    secret = files["instructor/secret"].decode().strip()
    assert secret not in given
    for word in (*WORLDS, *(cause.value for cause in Cause), "seed", "truth"):
        assert word not in given.replace("(mediator)", "")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_the_secret_is_for_its_owner_alone(place):
    assert stat.S_IMODE((place / "instructor" / "secret").stat().st_mode) == 0o600


def test_a_late_student_changes_no_other_file(place, tmp_path):
    before = written(place / "students")
    form = place / "students" / "ada" / "answers.csv"
    form.write_text("filled in", encoding="utf-8")
    late = tmp_path / "late.csv"
    late.write_text("student\nlate\n", encoding="utf-8")
    done = smcm("teach", "class", late, "--homework", "hw1", "--out", place)
    assert "4 students, 1 of them new" in done.output
    after = written(place / "students")
    assert after.pop("ada/answers.csv") == b"filled in"
    form.write_bytes(before.pop("ada/answers.csv"))
    assert {name: after[name] for name in before} == before
    assert {name.partition("/")[0] for name in set(after) - set(before)} == {"late"}
    shown = smcm("teach", "show", place, "bob")
    assert "Path b" in shown.output


def test_the_same_secret_gives_the_same_bytes(place, tmp_path):
    again = tmp_path / "hw"
    (again / "instructor").mkdir(parents=True)
    for name in ("secret", "homework.json"):
        content = (place / "instructor" / name).read_bytes()
        (again / "instructor" / name).write_bytes(content)
    roster = tmp_path / "roster.csv"
    roster.write_text("student\nbob\n", encoding="utf-8")
    assert not smcm(
        "teach", "class", roster, "--homework", "hw1", "--out", again
    ).exit_code
    for name, content in written(again / "students").items():
        assert content == (place / "students" / name).read_bytes()
    other = tmp_path / "other"
    smcm("teach", "class", roster, "--homework", "hw1", "--out", other)
    data = "students/bob/data.csv"
    assert (other / data).read_bytes() != (place / data).read_bytes()


def test_another_homework_and_other_folders_are_refused(place, tmp_path):
    roster = tmp_path / "roster.csv"
    roster.write_text("student\nbob\n", encoding="utf-8")
    before = written(place)
    for words in (
        ("--homework", "hw2", "--out", place),
        ("--homework", "hw1", "--world", "reversed", "--out", place),
        ("--homework", "hw1", "--out", tmp_path),
        ("--homework", "../hw", "--out", tmp_path / "new"),
        ("--homework", "hw1", "--world", "flat", "--out", tmp_path / "new"),
    ):
        done = smcm("teach", "class", roster, *words)
        assert done.exit_code == 2, words
        assert "Error: " in done.output
    assert written(place) == before
    assert not (tmp_path / "new").exists()


def test_changed_data_secret_and_keys_are_refused(place, tmp_path):
    roster = tmp_path / "roster.csv"
    roster.write_text("student\nbob\n", encoding="utf-8")
    again = ("class", roster, "--homework", "hw1", "--out", place)
    for name, words in (
        ("students/bob/data.csv", again),
        ("instructor/secret", again),
        ("instructor/homework.json", again),
        ("instructor/keys.csv", ("show", place, "bob")),
    ):
        path = place / name
        content = path.read_bytes()
        path.write_bytes(b"{changed")
        done = smcm("teach", *words)
        path.write_bytes(content)
        assert done.exit_code == 2, name
        assert path.name in done.output


def test_answers_are_graded_from_a_folder(place, tmp_path):
    for student in ("ada", "bob"):
        folder = tmp_path / student
        folder.mkdir()
        for name in ("answers.csv", "data.csv"):
            content = (place / "students" / student / name).read_bytes()
            (folder / name).write_bytes(content)
    done = smcm("teach", "grade", place, tmp_path)
    assert done.exit_code == 0, done.output
    assert "0 of" in done.output
    assert (place / "instructor" / "grades.csv").exists()
    for wrong in (tmp_path / "nothing", place / "students" / "ada" / "data.csv"):
        assert smcm("teach", "grade", place, wrong).exit_code == 2
    assert smcm("teach", "grade", tmp_path, tmp_path).exit_code == 2
    unknown = smcm("teach", "show", place, "Ada")
    assert "Did you mean 'ada'?" in unknown.output
