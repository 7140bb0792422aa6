"""Time the pages of the book: from nothing, and after one changed word.

Run from the repository root: ``python -m benchmarks.pages``. Both sides are the command
``smcm book`` with every chapter executed before, so that all it does is build pages:
once as it is here, once as it was at a commit of before, in a worktree of its own with
the same Python. Sides take turns, and medians are compared. "Pages" is the time from
the line that says that pages are built to the end. The floor is the builder with
nothing to do: Sphinx imported, its environment loaded, no page written.
"""

import argparse
import ctypes
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from benchmarks.rerun import ADOPT, children_cpu
from smcm.parameters import RunParameters
from smcm.paths import ROOT
from smcm.rerun.building import EPOCH

THEN = "12e2909"  # the last commit before pages were kept and built on all cores
COLD_AT_MOST, WORD_AT_MOST = 0.4, 0.25
BEGIN = "Building the pages."
N_BOOT = 200  # the pages are as long, and the chapters sooner executed
COPIED = ("book", "smcm", "data", "_config.yml", "_toc.yml")
BESIDE = ("requirements.txt", "pyproject.toml")
CHAPTER, WORDS = "book/discussion.md", ("clients", "persons")


@dataclass(frozen=True)
class Spent:
    """Seconds: of the whole command, of its pages, and CPU of all its processes."""

    wall: float
    pages: float
    cpu: float


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


def cold(root: Path, words: list[str]) -> Spent:
    """Build the pages from nothing."""
    for folder in ("pages", "_build/pages"):
        shutil.rmtree(root / folder, ignore_errors=True)
    return timed(root, *words)


def one_word(root: Path, words: list[str]) -> Spent:
    """Build the pages after a word has changed, which must execute nothing."""
    chapter = root / CHAPTER
    text = chapter.read_text(encoding="utf-8")
    old, new = WORDS if WORDS[0] in text else reversed(WORDS)
    chapter.write_text(text.replace(old, new, 1), encoding="utf-8")
    before = executed(root)
    spent = timed(root, *words)
    if executed(root) != before:
        raise SystemExit("One changed word has executed a chapter.")
    return spent


def executed(root: Path) -> dict[Path, int]:
    """Say when each executed chapter was written."""
    found = (root / "_build" / "runs").rglob("*.ipynb")
    return {path: path.stat().st_mtime_ns for path in found}


def idle(root: Path) -> Spent:
    """Start the builder with nothing to do."""
    kept = next(path.parent for path in (root / "_build" / "pages").glob("*/source"))
    run = json.dumps(asdict(RunParameters(n_boot=N_BOOT)))
    words = ("smcm.rerun.page_builder", str(kept / "source"), str(kept))
    return timed(root, *words, run=run)


def compare(now: Path, then: Path | None, repeats: int, words: list[str]) -> None:
    """Print all sides and their ratios."""
    for root in filter(None, (now, then)):
        timed(root, *words)  # the chapters are executed
    costs: dict[str, list[Spent]] = {}
    for _ in range(repeats):
        if then is not None:
            costs.setdefault(THEN, []).append(cold(then, words))
        costs.setdefault("cold", []).append(cold(now, words))
        costs.setdefault("one word", []).append(one_word(now, words))
        costs.setdefault("floor", []).append(idle(now))
    print(f"{'':<10}{'command s':>11}{'pages s':>9}{'CPU s':>8}   medians of {repeats}")
    middle = {name: _median(found) for name, found in costs.items()}
    for name, spent in middle.items():
        print(f"{name:<10}{spent.wall:>11.1f}{spent.pages:>9.1f}{spent.cpu:>8.1f}")
    if then is not None:
        _ratio("cold", THEN, middle, COLD_AT_MOST)
        _ratio("one word", THEN, middle, None)
    _ratio("one word", "cold", middle, WORD_AT_MOST)


def _median(found: list[Spent]) -> Spent:
    names = ("wall", "pages", "cpu")
    return Spent(*(median(getattr(one, name) for one in found) for name in names))


def _ratio(
    ours: str, other: str, middle: dict[str, Spent], at_most: float | None
) -> None:
    one, two = middle[ours], middle[other]
    pages = one.pages / two.pages
    text = f"{ours} / {other}: pages {pages:.2f}, command {one.wall / two.wall:.2f}"
    judged = ""
    if at_most is not None:
        judged = f"; pages at most {at_most:g}: {_met(pages <= at_most)}"
    print(f"{text}, CPU {one.cpu / two.cpu:.2f}{judged}", flush=True)


def _met(holds: bool) -> str:
    return "met" if holds else "NOT met"


def main() -> None:
    """Make both sides, compare them, and remove them."""
    parser = argparse.ArgumentParser(description="Time the pages of the book.")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--small", action="store_true", help="without the reruns")
    given = parser.parse_args()
    ctypes.CDLL(None).prctl(ADOPT, 1, 0, 0, 0)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    words = ["smcm", "book", "--n-boot", str(N_BOOT), "--out", "pages"]
    words += ["--no-reruns"] if given.small else []
    with tempfile.TemporaryDirectory(prefix="smcm-bench-") as name:
        folder = Path(name)
        (folder / "now").mkdir()
        with at_commit(folder / "then") as then:
            if then is None:
                print(f"no commit {THEN} in this history; its pages are left out")
            elif _lock(then) != _lock(ROOT):
                print("the lock was another one then; both use the packages of now")
            print(f"load now {os.getloadavg()[0]:.1f}", flush=True)
            compare(copied(folder / "now"), then, max(given.repeats, 1), words)


def _lock(root: Path) -> bytes:
    return (root / "requirements.txt").read_bytes()


if __name__ == "__main__":
    main()
