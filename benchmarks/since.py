"""Compare what reruns and the whole book cost with what they cost at an earlier commit.

Run from the repository root: ``python -m benchmarks.since``. Both sides execute the
same commands from nothing, in a worktree of the commit and in a copy of the project,
and take turns. What counts is CPU, of the command and of all processes it has started:
the cost of a rerun is that of the grid by its runs, the book is built with all its
reruns. The earlier side gets an environment of its own, from its own lock and with its
own metadata, where ours has other versions. ``--small`` takes one run and a book
without reruns, to try that all works.
"""

import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.sides import THEN, options, sides, timed
from smcm.paths import ROOT

RERUN, BOOK = "a rerun of results", "the cold book"
AT_MOST = {RERUN: 0.5, BOOK: 0.6}
PIN = re.compile(r"^([\w.-]+==\S+)", re.MULTILINE)
LOCKS = ("requirements.txt", "requirements-dev.txt")


@dataclass(frozen=True)
class Task:
    """A command, and by how many its CPU is divided."""

    name: str
    words: tuple[str, ...]
    runs: int = 1


@dataclass(frozen=True)
class Side:
    """The project at a time, and the Python that has its packages."""

    name: str
    root: Path
    python: str = sys.executable

    def cpu(self, task: Task) -> float:
        """CPU seconds of a task from nothing, by its runs."""
        for folder in ("_build", "made"):
            shutil.rmtree(self.root / folder, ignore_errors=True)
        spent = timed(self.root, "smcm", *task.words, python=self.python)
        return spent.cpu / task.runs


def tasks(*, small: bool) -> Iterator[Task]:
    """Give what both sides do."""
    out = ("--out", "made")
    if small:
        yield Task(RERUN, ("rerun", "--no-book", "--site", "all", *out), 1)
        yield Task(BOOK, ("book", "--no-reruns", "--n-boot", "100", *out))
        return
    grid = ("--window-days", "90,180,270", "--site", "all,without-each")
    yield Task(RERUN, ("rerun", "--no-book", *grid, *out), 24)
    yield Task(BOOK, ("book", *out))


def pins(root: Path) -> set[str]:
    """Name the packages that a project has locked, each with its version."""
    texts = (root / name for name in LOCKS if (root / name).is_file())
    return {pin for path in texts for pin in PIN.findall(path.read_text("utf-8"))}


def python_of(then: Path, folder: Path) -> str:
    """Give a Python for the project of before: this one, or one that is set up.

    This one finds the project's metadata too, since `make` has installed it there.
    """
    return sys.executable if pins(then) <= pins(ROOT) else set_up(then, folder)


def set_up(then: Path, folder: Path) -> str:
    """Install what a project has locked, and the project, into a new environment."""
    print("setting up the packages of before …", flush=True)
    venv.create(folder, with_pip=True)
    python = str(folder / "bin" / "python")
    install = [python, "-m", "pip", "install", "--quiet", "--no-input"]
    locked = ["--require-hashes", "--requirement", str(then / LOCKS[0])]
    itself = ["--no-deps", "--no-build-isolation", "--editable", str(then)]
    for wanted in (locked, itself):
        done = subprocess.run([*install, *wanted], check=False, capture_output=True)
        if done.returncode:
            raise SystemExit(done.stderr.decode(errors="replace"))
    return python


def compare(now: Side, then: Side, repeats: int, *, small: bool) -> None:
    """Print the CPU of both sides and their ratios."""
    print(f"{'CPU s':<22}{then.name:>10}{now.name:>10}{'ratio':>8}")
    for task in tasks(small=small):
        costs: dict[str, list[float]] = {then.name: [], now.name: []}
        for _ in range(repeats):
            for side in (then, now):
                costs[side.name].append(side.cpu(task))
        before, after = (median(costs[side.name]) for side in (then, now))
        ratio, most = after / before, AT_MOST[task.name]
        judged = f"   at most {most:g}: {'met' if ratio <= most else 'NOT met'}"
        judged = "" if small else judged
        numbers = f"{before:>10.1f}{after:>10.1f}{ratio:>8.2f}"
        print(f"{task.name:<22}{numbers}{judged}", flush=True)


def main() -> None:
    """Make both sides, compare them, and remove them."""
    given = options(
        "Compare with an earlier commit.", repeats=1, small="try that all works"
    )
    with sides() as both:
        if both.then is None:
            print(f"no commit {THEN} in this history; nothing to compare with")
            return
        before = Side(THEN, both.then, python_of(both.then, both.folder / "packages"))
        after = Side("now", both.now)
        compare(after, before, given.repeats, small=given.small)


if __name__ == "__main__":
    main()
