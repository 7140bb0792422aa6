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
    rows = csv.reader(io.StringIO(kept.decode("utf-8")))
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
    form = place / "students" / "ada" / "answers-ada.csv"
    form.write_text("filled in", encoding="utf-8")
    late = tmp_path / "late.csv"
    late.write_text("student\nlate\n", encoding="utf-8")
    done = smcm("teach", "class", late, "--homework", "hw1", "--out", place)
    assert "4 students, 1 of them new" in done.output
    after = written(place / "students")
    assert after.pop("ada/answers-ada.csv") == b"filled in"
    form.write_bytes(before.pop("ada/answers-ada.csv"))
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
        for name in (f"answers-{student}.csv", "data.csv"):
            content = (place / "students" / student / name).read_bytes()
            (folder / name).write_bytes(content)
    form = tmp_path / "ada" / "answers-ada.csv"
    form.write_bytes(form.read_bytes().replace(b"ada,b,", b"ada,b,9.999"))
    done = smcm("teach", "grade", place, tmp_path)
    assert done.exit_code == 0, done.output
    assert "0 of" in done.output
    for wrong in (tmp_path / "nothing", place / "students" / "ada" / "data.csv"):
        assert smcm("teach", "grade", place, wrong).exit_code == 2
    assert smcm("teach", "grade", tmp_path, tmp_path).exit_code == 2
    unknown = smcm("teach", "show", place, "adda")
    assert "Did you mean 'ada'?" in unknown.output
    assert smcm("teach", "show", place, "-zoë  é").output


def form_of(student, **answers):
    rows = [f"{student},{question},{given}" for question, given in answers.items()]
    return "\n".join(["student,question,answer", *rows]) + "\n"


def grades_of(place):
    text = (place / "instructor" / "grades.csv").read_text(encoding="utf-8-sig")
    return {row["student"]: row for row in csv.DictReader(io.StringIO(text))}


def test_late_hand_ins_are_added_and_the_earlier_are_kept(place, tmp_path):
    first, late = tmp_path / "first.csv", tmp_path / "late.csv"
    first.write_text(form_of("ada", a="9.999", b="x"), encoding="utf-8")
    late.write_text(form_of("BOB", a="8.888"), encoding="utf-8")
    assert smcm("teach", "grade", place, first).exit_code == 0
    done = smcm("teach", "grade", place, late)
    assert "kept from before: 1" in done.output
    assert [grades_of(place)[name]["handed in"] for name in ("ada", "bob")] == [
        "yes"
    ] * 2
    assert "9.999" in (place / "instructor/feedback/ada.txt").read_text("utf-8")
    done = smcm("teach", "grade", place, first)
    assert "of which 1 again" in done.output


def test_junk_is_skipped_and_what_is_not_read_is_told(place, tmp_path):
    (tmp_path / "__MACOSX").mkdir()
    (tmp_path / "__MACOSX" / "._a.csv").write_bytes(b"\x00\x05\x16")
    (tmp_path / ".hidden.csv").write_bytes(b"\x00\x05\x16")
    (tmp_path / "ada.csv").write_text(form_of("ada", a="9.999"), encoding="utf-8")
    (tmp_path / "essay.pdf").write_bytes(b"%PDF-1.4")
    done = smcm("teach", "grade", place, tmp_path)
    assert done.exit_code == 0, done.output
    assert "1 file not read: essay.pdf" in done.output
    (tmp_path / "bob.xlsx").write_bytes(b"PK\x03\x04")
    form = form_of("ada", a="7.777", inderect="1")
    (tmp_path / "ada2.csv").write_text(form, encoding="utf-8")
    os.utime(tmp_path / "ada.csv", (1, 1))
    done = smcm("teach", "grade", place, tmp_path)
    assert done.exit_code == 1
    assert "bob.xlsx: " in done.output
    assert "Did you mean 'indirect'?" in done.output
    assert "the later counts: ada2.csv" in done.output
    assert "7.777" in (place / "instructor/feedback/ada.txt").read_text("utf-8")


def test_nothing_is_changed_where_nothing_can_be_read(place, tmp_path):
    before = written(place)
    (tmp_path / "bob.xlsx").write_bytes(b"PK\x03\x04")
    assert smcm("teach", "grade", place, tmp_path).exit_code == 2
    assert written(place) == before


def test_a_lost_secret_is_told_and_no_other_is_made(place, tmp_path):
    roster = tmp_path / "roster.csv"
    roster.write_text("Name\nbob\n", encoding="utf-8")
    again = ("class", roster, "--column", "name", "--homework", "hw1", "--out", place)
    secret = place / "instructor" / "secret"
    kept = secret.rename(tmp_path / "secret")
    before = written(place)
    done = smcm("teach", *again)
    assert (done.exit_code, written(place)) == (2, before)
    assert "is missing" in done.output
    kept.rename(secret)
    assert smcm("teach", *again).exit_code == 0


def test_the_world_is_that_of_the_folder_unless_given(tmp_path):
    roster, out = tmp_path / "roster.csv", tmp_path / "hw"
    roster.write_text("student\nbob\n", encoding="utf-8")
    again = ("teach", "class", roster, "--homework", "h", "--out", out)
    assert smcm(*again, "--world", "three").exit_code == 0
    assert smcm(*again).exit_code == 0
    form = (out / "students" / "bob" / "answers-bob.csv").read_bytes()
    assert form.startswith(b"\xef\xbb\xbf")
    answer = tmp_path / "sentences.csv"
    answer.write_text(form_of("bob", sentences="A trial."), encoding="utf-8")
    assert smcm("teach", "grade", out, answer).exit_code == 0
    kept = (out / "instructor" / "sentences.csv").read_text(encoding="utf-8-sig")
    assert "bob,A trial." in kept
