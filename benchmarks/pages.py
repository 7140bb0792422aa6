"""Time the pages of the book: from nothing, and after one changed word.

Run from the repository root: ``python -m benchmarks.pages``. Both sides are the command
``smcm book`` with every chapter executed before, so that all it does is build pages:
once as it is here, once as it was at a commit of before, in a worktree of its own with
the same Python. Sides take turns, and medians are compared. "Pages" is the time from
the line that says that pages are built to the end. The floor is the builder with
nothing to do: Sphinx imported, its environment loaded, no page written.
"""

import json
import os
import shutil
from dataclasses import asdict
from pathlib import Path
from statistics import median

from benchmarks.sides import THEN, Spent, options, sides, timed
from smcm.parameters import RunParameters
from smcm.paths import ROOT

COLD_AT_MOST, WORD_AT_MOST = 0.4, 0.25
N_BOOT = 200  # the pages are as long, and the chapters sooner executed
CHAPTER, WORDS = "book/discussion.md", ("clients", "persons")


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
    given = options(
        "Time the pages of the book.", repeats=3, small="without the reruns"
    )
    words = ["smcm", "book", "--n-boot", str(N_BOOT), "--out", "pages"]
    words += ["--no-reruns"] if given.small else []
    with sides() as both:
        if both.then is None:
            print(f"no commit {THEN} in this history; its pages are left out")
        elif _lock(both.then) != _lock(ROOT):
            print("the lock was another one then; both use the packages of now")
        print(f"load now {os.getloadavg()[0]:.1f}", flush=True)
        compare(both.now, both.then, given.repeats, words)


def _lock(root: Path) -> bytes:
    return (root / "requirements.txt").read_bytes()


if __name__ == "__main__":
    main()
