"""Every command where Python has nothing that only Unix has, as on Windows."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from smcm.cli.main import main
from smcm.paths import ROOT

# Python imports a module of this name before anything else.
HIDE = """
import psutil  # at first: it has parts of its own for each system
import importlib.abc, os, signal, socket, sys
HIDDEN = ("fcntl", "resource", "pwd", "grp", "multiprocessing.forkserver")
# Not fork, getuid, uname: packages choose those by the name of the system.
OF_OS = (
    "geteuid", "getegid", "getgroups", "getpgid", "killpg", "forkpty", "mkfifo",
    "mknod", "getloadavg", "sysconf", "sched_getaffinity", "O_NONBLOCK",
)
class Hider(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name in HIDDEN:
            raise ImportError(name + " is hidden")
sys.meta_path.insert(0, Hider())
for name in HIDDEN:
    sys.modules.pop(name, None)
for name in OF_OS:
    delattr(os, name)
for name in ("SIGKILL", "SIGHUP", "SIGALRM", "pthread_sigmask", "setitimer"):
    if "ipykernel_launcher" not in sys.orig_argv:  # which asks for Windows by name
        delattr(signal, name)
pair, unix = socket.socketpair, socket.AF_UNIX
socket.socketpair = lambda *rest: pair(unix)  # Windows has another way for asyncio
del socket.AF_UNIX
from multiprocessing import reduction
reduction.HAVE_SEND_HANDLE = False  # so that there is no forkserver among the methods
"""
POWER = ("power", "--a", ".3", "--b", ".3", "--n", "60", "--replications", "50")
MODEL = ("--x", "dose", "--m", "trust", "--y", "hope")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Run a command line where they are hidden."""
    folder = tmp_path_factory.mktemp("hidden")
    (folder / "sitecustomize.py").write_text(HIDE, encoding="utf-8")

    def run(*words):
        found = os.pathsep.join([str(folder), str(ROOT)])
        done = subprocess.run(
            [sys.executable, "-m", "smcm", *map(str, words)],
            env=os.environ | {"PYTHONPATH": found},
            cwd=folder,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=600,
        )
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout

    return run


@pytest.mark.parametrize(
    ("code", "trouble"),
    [
        ("import fcntl", "fcntl is hidden"),
        ("import multiprocessing.forkserver", "forkserver is hidden"),
        (
            "import multiprocessing as m; m.get_context('forkserver')",
            "ValueError: forkserver start method not available",
        ),
        ("import os; os.geteuid()", "has no attribute 'geteuid'"),
        ("import signal; signal.SIGKILL", "has no attribute 'SIGKILL'"),
        ("import socket; socket.AF_UNIX", "has no attribute 'AF_UNIX'"),
    ],
)
def test_they_are_hidden(tmp_path, code, trouble):
    (tmp_path / "sitecustomize.py").write_text(HIDE, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert trouble in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("check", "synthetic"),
        ("study", "--n-boot", "100"),
        pytest.param(("printed",), marks=pytest.mark.faults),
        pytest.param(("audit",), marks=pytest.mark.faults),
        pytest.param(POWER, marks=pytest.mark.faults),
    ],
    ids=lambda words: words[0],
)
def test_a_command(run, words):
    assert run(*words)


@pytest.mark.parametrize("command", main.commands)
def test_help(run, command):
    assert f"Usage: smcm {command}" in run(command, "--help")


@pytest.mark.faults
def test_a_model(run, file):
    assert "Indirect effect" in run("mediate", file, *MODEL, "--n-boot", "100")


@pytest.mark.faults
def test_files_are_written(run, tmp_path):
    run("new", tmp_path / "new")
    run("study", "--n-boot", "100", "--out", tmp_path / "study")
    assert (tmp_path / "new" / "clients.csv").is_file()
    assert (tmp_path / "study" / "results.json").is_file()


@pytest.mark.faults
def test_a_chapter_is_executed_by_a_kernel_that_listens_to_tcp(run, tmp_path):
    few = ("--window-days", "180", "--site", "all", "--n-boot", "100")
    out = tmp_path / "out"
    words = ("rerun", *few, "--chapter", "codebook", "--no-book", "--workers", "2")
    assert "2 executed, 0 kept" in run(*words, "--out", out)
    (chapter,) = Path(out).rglob("codebook.ipynb")
    assert "output_type" in chapter.read_text(encoding="utf-8")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
def test_json_is_read_back_whatever_the_output_is_encoded_in(tmp_path, encoding):
    """Windows' files and pipes are no UTF-8; JSON always is."""
    dose = "dosé ≥ 1 😀"
    rows = [f"{k % 7},{k % 7 + k % 3},{k % 5 + k % 3}" for k in range(60)]
    file = tmp_path / "own.csv"
    file.write_text("\n".join([f"{dose},trust,hope", *rows]), encoding="utf-8")
    model = ("--x", dose, "--m", "trust", "--y", "hope", "--n-boot", "100", "--json")
    done = subprocess.run(
        [sys.executable, "-m", "smcm", "mediate", str(file), *model],
        env=os.environ | {"PYTHONIOENCODING": encoding, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
        timeout=120,
    )
    assert dose in json.dumps(json.loads(done.stdout.decode()), ensure_ascii=False)
