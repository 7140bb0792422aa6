"""The project as it is beside what it was at an earlier commit, to be compared.

Each side stands in a folder of its own, an earlier one as a worktree. All is removed in
the end, also after an error, Ctrl-C or SIGTERM, and what was started is ended before.
"""

import argparse
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.rerun import ADOPT, children_cpu
from smcm.paths import ROOT
from smcm.rerun.building import EPOCH

THEN = "12e2909"  # the last commit before pages were kept and built on all cores
BEGIN = "Building the pages."
COPIED = ("book", "smcm", "data", "_config.yml", "_toc.yml")
BESIDE = ("requirements.txt", "pyproject.toml")
PATIENCE = 30  # seconds for a program to end when it is asked to


@dataclass(frozen=True)
class Spent:
    """Seconds: of the whole command, of its pages, and CPU of all its processes."""

    wall: float
    pages: float
    cpu: float


@dataclass(frozen=True)
class Sides:
    """Where both stand.

    Attributes
    ----------
    folder : Path
        Holds both, and whatever else is to be removed with them.
    now : Path
        A copy of the project as it is here, to be edited.
    then : Path or None
        None where the history lacks the commit.
    """

    folder: Path
    now: Path
    then: Path | None


def options(about: str, *, repeats: int, small: str) -> argparse.Namespace:
    """Read the options of a comparison; `small` says what the short one leaves out."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--repeats", type=int, default=repeats)
    parser.add_argument("--small", action="store_true", help=small)
    given = parser.parse_args()
    given.repeats = max(given.repeats, 1)
    return given


@contextmanager
def sides() -> Iterator[Sides]:
    """Lay out both sides, and remove them in the end.

    Processes whose parents are gone are adopted, so that their CPU is counted.
    """
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    ctypes.CDLL(None).prctl(ADOPT, 1, 0, 0, 0)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory(prefix="smcm-bench-") as name:
        folder = Path(name)
        (folder / "now").mkdir()
        with at_commit(folder / "then") as then:
            yield Sides(folder, copied(folder / "now"), then)


def timed(
    root: Path, *words: str, run: str = "", python: str = sys.executable
) -> Spent:
    """Run a module of a copy of the project to its end, with all it has started."""
    told = {"PYTHONPATH": str(root), "PYTHONHASHSEED": "0", "SMCM_RUN": run}
    told |= {"SOURCE_DATE_EPOCH": EPOCH, "TZ": "UTC", "PYTHONUTF8": "1"}
    env = {**os.environ, **{name: value for name, value in told.items() if value}}
    before = children_cpu()
    start = begun = time.perf_counter()
    command = [python, "-m", *words]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with subprocess.Popen(  # its input stays open, or the builder would end
        command, cwd=root, env=env, text=True, stdin=subprocess.PIPE, **streams
    ) as program:
        lines = []
        with ending_what_it_started():
            for line in program.stdout or ():
                lines.append(line)
                begun = time.perf_counter() if BEGIN in line else begun
            program.wait()
    end = time.perf_counter()
    with suppress(ChildProcessError):
        while True:  # those we have adopted
            os.wait()
    if program.returncode:
        raise SystemExit("".join(lines[-30:]))
    return Spent(end - start, end - begun, children_cpu() - before)


@contextmanager
def ending_what_it_started() -> Iterator[None]:
    """End all processes that were started, unless they have come to their end."""
    try:
        yield
    except BaseException:
        started = psutil.Process().children(recursive=True)
        for process in started:
            with suppress(psutil.NoSuchProcess):
                process.terminate()
        for process in psutil.wait_procs(started, PATIENCE)[1]:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        raise


@contextmanager
def at_commit(folder: Path) -> Iterator[Path | None]:
    """Give a worktree of the commit of before; None where the history lacks it."""
    git = ["git", "-C", str(ROOT)]
    add = [*git, "worktree", "add", "--detach", str(folder), THEN]
    added = subprocess.run(add, check=False, capture_output=True, text=True)
    if added.returncode:
        yield None
        return
    try:
        yield folder
    finally:
        remove = [*git, "worktree", "remove", "--force", str(folder)]
        subprocess.run(remove, check=False, capture_output=True)


def copied(root: Path) -> Path:
    """Copy the project as it is here, to be edited."""
    left_out = shutil.ignore_patterns("__pycache__", "runs")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, root / name, ignore=left_out)
    for name in (*COPIED, *BESIDE):
        if (ROOT / name).is_file():
            shutil.copyfile(ROOT / name, root / name)
    return root
