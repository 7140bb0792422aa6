"""Odd paths, time zones, languages and numbers of workers: the same bytes."""

import shutil
import subprocess

import pytest

from tests.faults.project import FEW, GRID, contents

pytestmark = pytest.mark.fault("a rerun that is killed, starved or disturbed")

ODD = "Résultats d'été “90” #1 %20 日本"


@pytest.mark.faults
def test_paths_with_spaces_accents_and_quotes(project, second_folder, tmp_path):
    data = tmp_path / f"données {ODD}"
    shutil.copytree(second_folder, data)
    grid = tmp_path / f"grid {ODD}.yml"
    text = "window_days: [90, 180]\nn_boot: 100\nn_imputations: 2\n"
    grid.write_text(text, encoding="utf-8")
    out = tmp_path / ODD
    words = ("--grid", grid, "--data", data)
    assert project.rerun(out, *words, LC_ALL="C").counts == (4, 0)
    assert project.rerun(out, *words).counts == (0, 4)
    unreadable = project.rerun(out, *words, LC_ALL="C", PYTHONUTF8="0")
    assert unreadable.code == 2
    assert "a path that cannot be read as UTF-8" in unreadable.err
    for path in out.rglob("*.ipynb"):
        assert str(tmp_path) not in path.read_text(encoding="utf-8")


def languages():
    found = subprocess.run(
        ["locale", "-a"], capture_output=True, text=True, check=False
    )
    return [name for name in found.stdout.split() if name.startswith(("tr_", "de_"))]


@pytest.mark.parametrize(
    "changed",
    [
        {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "7"},
        *(
            pytest.param({"LC_ALL": name}, marks=pytest.mark.faults)
            for name in languages()
        ),
    ],
)
def test_time_zone_and_language(project, undisturbed, tmp_path, changed):
    out = tmp_path / "out"
    assert project.rerun(out, *GRID, **changed).counts == (8, 0)
    assert contents(out) == undisturbed.files


@pytest.mark.faults
@pytest.mark.parametrize("workers", [1, 2, 4])
def test_number_of_workers(project, undisturbed, tmp_path, workers):
    out = tmp_path / "out"
    assert project.rerun(out, *GRID, "--workers", workers).counts == (8, 0)
    assert contents(out) == undisturbed.files


@pytest.mark.faults
def test_the_chapter_of_the_results(project, tmp_path):
    """The real work: two workers or one, and Tokyo, in the copy of the project."""
    from smcm.paths import BOOK  # noqa: PLC0415

    shutil.copy2(BOOK / "results.md", project.root / "book" / "results.md")
    project.list_chapters("probe", "results")
    outs = []
    for words, changed in ((("--workers", 1), {}), ((), {"TZ": "Asia/Tokyo"})):
        out = tmp_path / f"out{len(outs)}"
        ended = project.rerun(out, *FEW, "--chapter", "results", *words, **changed)
        assert ended.counts == (4, 0)
        outs.append(contents(out))
    assert outs[0] == outs[1]
