"""Odd paths, time zones, languages and numbers of workers: the same bytes."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from smcm.paths import BOOK
from tests.faults.project import (
    FEW,
    GRID,
    PROBE,
    PROBE_CODE,
    Project,
    chapter,
    contents,
)
from tests.rerun.test_cluster import HERE, address_in, process
from tests.rerun.test_hidden_modules import HIDE

pytestmark = pytest.mark.fault("a rerun that is killed, starved or disturbed")

NO_HOME = ("env", "-u", "HOME")
BUILT = ("book", "--no-reruns", "--n-boot", "100", "--out")
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


@pytest.mark.faults
@pytest.mark.parametrize(
    "changed",
    [
        {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "7"},
        *({"LC_ALL": name} for name in languages()),
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
    shutil.copy2(BOOK / "results.md", project.root / "book" / "results.md")
    project.list_chapters("probe", "results")
    outs = []
    for words, changed in ((("--workers", 1), {}), ((), {"TZ": "Asia/Tokyo"})):
        out = tmp_path / f"out{len(outs)}"
        ended = project.rerun(out, *FEW, "--chapter", "results", *words, **changed)
        assert ended.counts == (4, 0)
        outs.append(contents(out))
    assert outs[0] == outs[1]


def other_user():
    """Words that run a program as a user whom the system does not know."""
    words = ["setpriv", "--reuid", "54321", "--regid", "54321", "--clear-groups"]
    code = f"import sys, papermill; sys.exit(sys.base_prefix != {sys.base_prefix!r})"
    trial = [*words, sys.executable, "-c", code]
    try:
        known = subprocess.run(trial, check=False, capture_output=True).returncode == 0
    except OSError:
        known = False
    if not known:
        pytest.skip("no program can be run as another user here, or not this Python")
    return words


@pytest.fixture
def long_folder(tmp_path):
    folder = tmp_path / ("l" * 90)
    folder.mkdir()
    return folder


@pytest.mark.faults
@pytest.mark.parametrize("place", ["long", "none", "read-only"])
def test_a_home_of_any_kind(project, tmp_path, long_folder, place):
    homes = {"long": long_folder, "none": "/nowhere", "read-only": "/proc"}
    ended = project.rerun(tmp_path / "out", *FEW, HOME=str(homes[place]))
    assert ended.counts == (4, 0)
    assert "atplotlib" not in ended.err


@pytest.mark.faults
@pytest.mark.parametrize("name", ["\udcff", "l" * 300], ids=["bytes", "overlong"])
def test_temporary_files_in_a_folder_of_an_odd_name(project, tmp_path, name):
    place = project.short / name
    if len(name) == 1:  # bytes that are not UTF-8
        place.mkdir()
    ended = project.rerun(tmp_path / "out", *FEW, TMPDIR=str(place))
    assert ended.counts == (4, 0)


@pytest.mark.faults
def test_folders_in_a_home_that_cannot_be_written_to(project, tmp_path):
    for name in (".cache", ".config", ".ipython", ".jupyter", ".local"):
        (tmp_path / name).touch()
    ended = project.rerun(tmp_path / "out", *FEW, HOME=str(tmp_path))
    assert ended.counts == (4, 0)
    assert "atplotlib" not in ended.err
    assert "font" not in ended.err


LETTERS = (
    "import matplotlib, os\n"
    "print(matplotlib.rcParams['font.size'] == "
    "matplotlib.rcParamsDefault['font.size'], 'PLANTED' in os.environ)"
)
KERNEL = {
    "argv": ["/bin/false", "-f", "{connection_file}"],
    "display_name": "Another",
    "language": "python",
    "env": {"PLANTED": "1"},
}


@pytest.mark.faults
def test_what_a_home_holds_for_other_work_changes_no_chapter(own_project, tmp_path):
    own_project.write("probe", chapter("Probe", *PROBE_CODE, LETTERS))
    settings = tmp_path / ".config" / "matplotlib"
    kernel = tmp_path / ".local" / "share" / "jupyter" / "kernels" / "python3"
    for folder in (settings, kernel):
        folder.mkdir(parents=True)
    (settings / "matplotlibrc").write_text("font.size: 33\n", encoding="utf-8")
    (kernel / "kernel.json").write_text(json.dumps(KERNEL), encoding="utf-8")
    given = {"HOME": str(tmp_path), "JUPYTER_PREFER_ENV_PATH": "0"}
    assert own_project.rerun(tmp_path / "out", *FEW, **given).counts == (4, 0)
    for path in (tmp_path / "out").rglob("probe.ipynb"):
        assert "True False" in path.read_text(encoding="utf-8")


@pytest.mark.faults
def test_no_home_at_all(project, tmp_path):
    words = ("rerun", *PROBE, *FEW, "--out", tmp_path / "out")
    ended = project.end(project.start(*words, user=NO_HOME))
    assert ended.counts == (4, 0)
    assert "Warning" not in ended.err


@pytest.mark.faults
def test_temporary_files_in_a_folder_with_a_long_path(project, tmp_path, long_folder):
    ended = project.rerun(tmp_path / "out", *FEW, TMPDIR=str(long_folder))
    assert ended.counts == (4, 0)
    assert list(long_folder.iterdir()) == []


@pytest.mark.faults
def test_a_cluster_whose_workers_have_no_home(project, tmp_path):
    given = {"HOME": "/proc"}
    shared = (*HERE, "--scheduler-file", tmp_path / "scheduler.json")
    options = {
        "env": project.environment(**given),
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
    }
    one = ("--nthreads", "1")
    with (
        process("dask", "scheduler", "--port", "0", *shared, **options),
        process("dask", "worker", *one, *shared, **options),
    ):
        words = (*FEW, "--dask", address_in(tmp_path))
        ended = project.rerun(tmp_path / "out", *words, **given)
    assert ended.counts == (4, 0), ended.err


@pytest.fixture
def open_project():
    """A copy that any user can read, and write to."""
    with tempfile.TemporaryDirectory(prefix="smcm", dir="/tmp") as folder:
        short = Path(folder) / "short"
        short.mkdir()
        project = Project.make(Path(folder) / "project", short)
        for path in (Path(folder), *Path(folder).rglob("*")):
            path.chmod(0o777 if path.is_dir() else 0o666)
        yield project
        project.close()


@pytest.mark.faults
@pytest.mark.parametrize("home", ["", "/nowhere", None])
def test_a_user_whom_the_system_does_not_know(open_project, home):
    user, out = other_user(), open_project.short / "out"
    words = ("rerun", *PROBE, *FEW, "--out", out)
    given = {} if home is None else {"HOME": home}
    user = [*NO_HOME, *user] if home is None else user
    ended = open_project.end(open_project.start(*words, user=user, **given))
    assert ended.counts == (4, 0), ended.err


def add_what_books_need(project):
    """Copy what pages are built from."""
    for name in ("_ext", "_static", "_templates"):
        shutil.copytree(BOOK / name, project.root / "book" / name)
    shutil.copy2(BOOK / "references.bib", project.root / "book")


@pytest.fixture
def small_book(own_project):
    """A project with what a book is built from."""
    add_what_books_need(own_project)
    return own_project


@pytest.mark.faults
def test_a_book_of_a_user_whom_the_system_does_not_know(open_project):
    add_what_books_need(open_project)
    for path in (open_project.root / "book").rglob("*"):
        path.chmod(0o777 if path.is_dir() else 0o666)
    words = (*BUILT, open_project.short / "book")
    user = other_user()
    ended = open_project.end(open_project.start(*words, user=user, HOME="/"))
    assert ended.code == 0, ended.err
    assert "Warning" not in ended.err


@pytest.mark.faults
@pytest.mark.parametrize("home", ["/nowhere", "/proc"])
def test_a_book_without_a_home(small_book, tmp_path, home):
    ended = small_book.smcm(*BUILT, tmp_path / "book", HOME=home)
    assert ended.code == 0, ended.err
    assert (tmp_path / "book" / "index.html").is_file()


@pytest.mark.faults
def test_a_book_where_what_windows_lacks_is_hidden(small_book, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(HIDE, encoding="utf-8")
    found = os.pathsep.join([str(tmp_path), str(small_book.root)])
    ended = small_book.smcm(*BUILT, tmp_path / "book", PYTHONPATH=found)
    assert ended.code == 0, ended.err
    assert (tmp_path / "book" / "index.html").is_file()
