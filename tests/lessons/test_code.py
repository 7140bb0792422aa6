"""The code in the tabs, run as students run it, finds what the solutions say."""

import re
import shutil
import subprocess

import pytest

from smcm.report.csv_text import frame_csv
from tests.lessons.conftest import LESSONS

WITH_CODE = tuple(name for name in LESSONS if name != "printed")
NUMBER = re.compile(r"(?<![\w.])-?\d+\.\d{3}\b")
DRAWN = 0.03  # of a limit of 5,000 resamples of 80 clients, more than its error


def expected(name, lesson):  # noqa: PLR0911 (one for each lesson)
    """Give what the program of a lesson has to print, from the facts of its text."""
    if name in ("parts", "interval"):
        one = lesson["plain" if name == "parts" else "one"]
        return [one[k] for k in ("a", "b", "indirect", "direct", "total")]
    if name == "worlds":
        return [lesson["found"][k] for k in ("a", "b", "indirect", "direct", "total")]
    if name == "adjusted":
        slopes = lesson["exercise"]
        return [slopes["simple"], slopes["b"], slopes["b"]]
    if name == "product":
        found = lesson["found"]
        limits = [found["low"], found["high"]]
        return [*limits, lesson["normal_low"], lesson["normal_high"]]
    if name == "rules":
        return [lesson["small"][k] for k in ("z_a", "z_b", "z_sobel", "p_direct")]
    if name == "unmeasured":
        first = [lesson["vanishing"], lesson["found"]["indirect"]]
        return [*first, lesson["vanishing"], lesson["there"]]
    return [lesson[k][part] for k in ("clients", "means") for part in "atp"]


def numbers_in(text):
    return [float(number) for number in NUMBER.findall(text)]


def folder_for(code, tmp_path):
    for name, frame in code.files.items():
        (tmp_path / f"{name}.csv").write_text(frame_csv(frame), encoding="utf-8")
    return tmp_path


def require_same(name, numbers, lesson):
    wanted = expected(name, lesson)
    assert len(numbers) == len(wanted)
    for place, (number, value) in enumerate(zip(numbers, wanted, strict=True)):
        drawn = name == "product" and place < 2
        assert abs(number - value) < (DRAWN if drawn else 0.000501), (name, place)


@pytest.mark.parametrize("name", WITH_CODE)
def test_python_finds_the_solutions(name, lessons, tmp_path, monkeypatch, capsys):
    made = lessons[name]
    monkeypatch.chdir(folder_for(made.code, tmp_path))
    exec(compile(made.code.code("python"), "code.py", "exec"), {})
    require_same(name, numbers_in(capsys.readouterr().out), made.facts["lesson"])


def test_r_finds_the_solutions(lessons, tmp_path):
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed")
    for name in WITH_CODE:
        folder_for(lessons[name].code, tmp_path)
    codes = [f"{lessons[name].code.code('r')}cat('NEXT')\n" for name in WITH_CODE]
    (tmp_path / "code.R").write_text("".join(codes), encoding="utf-8")
    done = subprocess.run(
        ["Rscript", "--vanilla", "code.R"],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    told = done.stdout.split("NEXT")
    for name, text in zip(WITH_CODE, told, strict=False):
        require_same(name, numbers_in(text), lessons[name].facts["lesson"])


@pytest.mark.parametrize("name", WITH_CODE)
def test_code_is_short_and_needs_no_smcm(name, lessons):
    for language in ("python", "r"):
        code = lessons[name].code.code(language)
        assert "smcm" not in code
        assert len([line for line in code.splitlines() if line.strip()]) <= 22
        assert max(map(len, code.splitlines())) <= 88


def test_what_process_prints_is_computed(lessons):
    lesson = lessons["worlds"]
    shown = lesson.code._repr_markdown_()
    for term in ("a", "b", "direct", "total", "indirect"):
        assert f"{lesson.facts['lesson']['found'][term]:.4f}" in shown
