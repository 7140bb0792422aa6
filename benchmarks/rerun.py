"""Time the reruns of the book against a plain loop of papermill, and let them grow.

Run from the repository root: ``python -m benchmarks.rerun``. The loop executes the
same chapter with the same parameters, one run after the other, as papermill's own
documentation has it; ``--loop K`` times K runs of it and says that the rest is
reckoned. The second table takes the numbers alone, without pages, to many seeds;
``--all`` goes on to 2,400 runs.

Every line is a program of its own, its start included. CPU is that of all processes
it has started: on Linux we adopt those whose parents are gone, so that none is missed
when their times are added up. Memory is the largest sum of their proportional shares
(PSS), looked at four times a second: pages that forked processes share count once.
"""

import argparse
import ctypes
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import chdir, contextmanager, nullcontext, suppress
from dataclasses import asdict, dataclass, replace
from itertools import product
from pathlib import Path

import psutil

from smcm import load_cohort
from smcm.parameters import RunParameters
from smcm.paths import BOOK
from smcm.rerun.grid import default_grid
from smcm.rerun.preflight import checked_runs

TARGET_SECONDS, TARGET_RATIO = 60, 0.6
ADOPT = 36  # PR_SET_CHILD_SUBREAPER of Linux
LOOKS = 0.25  # seconds between two looks at the memory
FROM = 20141009  # the first of the seeds
MODULE = (sys.executable, "-m", "benchmarks.rerun")


@dataclass(frozen=True)
class Cost:
    """What a program has taken.

    Attributes
    ----------
    wall, cpu : float
        Seconds; CPU of all its processes.
    memory : int
        Bytes at the peak, of all its processes.
    """

    wall: float
    cpu: float
    memory: int


def runs_of_the_book() -> tuple[RunParameters, ...]:
    """Give the grid that the book has by default."""
    run = RunParameters()
    cohort = load_cohort(run)
    grid = default_grid(run, cohort.design.exposure.windows)
    return checked_runs(grid, cohort, run.data)[0]


def many_runs(count: int) -> tuple[RunParameters, ...]:
    """Repeat the grid of the book over as many seeds as it takes."""
    base = runs_of_the_book()
    seeds = range(FROM, FROM + -(-count // len(base)))
    return tuple(replace(run, seed=seed) for seed, run in product(seeds, base))[:count]


def cost_of(*command: str) -> Cost:
    """Run a program to its end, with everything it has started."""
    before, start = children_cpu(), time.perf_counter()
    with watching_memory() as peak:
        ended = subprocess.run(command, check=False, capture_output=True, text=True)
        if ended.returncode:
            raise SystemExit(ended.stderr)
        wall = time.perf_counter() - start
        with suppress(ChildProcessError):
            while True:  # those we have adopted
                os.wait()
    return Cost(wall, children_cpu() - before, peak[0])


def children_cpu() -> float:
    """CPU seconds of all processes below this one that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextmanager
def watching_memory() -> Iterator[list[int]]:
    """Give a list whose only entry becomes the peak, in bytes."""
    peak, done = [0], threading.Event()

    def watch() -> None:
        while not done.wait(LOOKS):
            total = 0
            for process in psutil.Process().children(recursive=True):
                with suppress(psutil.Error):
                    total += process.memory_full_info().pss
            peak[0] = max(peak[0], total)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield peak
    finally:
        done.set()
        watcher.join()


def plain_loop(count: int, folder: Path) -> None:
    """Execute the chapter for some runs of the grid as one would by hand."""
    import jupytext  # noqa: PLC0415
    import papermill  # noqa: PLC0415

    runs = runs_of_the_book()
    for k in range(count):
        run = runs[k * len(runs) // count]  # spread over windows and sites
        notebook = jupytext.read(BOOK / "results.md")
        with chdir(BOOK):
            papermill.execute_notebook(
                notebook,
                folder / f"{run.slug}.ipynb",
                parameters=asdict(run),
                progress_bar=False,
            )


def numbers(count: int, folder: Path) -> None:
    """Compute the numbers of many runs through the engine, without pages."""
    from smcm.rerun.executors import LocalPool  # noqa: PLC0415
    from smcm.rerun.planning import Plan  # noqa: PLC0415
    from smcm.rerun.scheduling import carry_out  # noqa: PLC0415
    from smcm.rerun.units import Unit  # noqa: PLC0415

    runs = many_runs(count)
    plan = Plan(
        cohort=load_cohort(),
        folder=folder,
        runs=runs,
        units=tuple(Unit(run) for run in runs),
    )
    carry_out(plan, LocalPool(), lambda _: nullcontext(Silent())).require_whole()


class Silent:
    """Say nothing of the progress."""

    def begun(self, name: str) -> None:
        """Pass over it."""

    def lost(self, name: str) -> None:
        """Pass over it."""

    def ended(self, name: str, error: str) -> None:
        """Pass over it."""


def compare_with_loop(looped: int, folder: Path) -> None:
    """Print both ways through the grid of the book, and their ratio."""
    total = len(runs_of_the_book())
    looped = min(looped, total)
    out = str(folder / "book")
    engine = cost_of(
        sys.executable, "-m", "smcm", "rerun", "--no-book", "--afresh", "--out", out
    )
    part = cost_of(*MODULE, "--by-hand", str(looped), str(folder))
    loop = Cost(part.wall * total / looped, part.cpu * total / looped, part.memory)
    told = "" if looped == total else f" (reckoned from {looped})"
    cores, busy = len(os.sched_getaffinity(0)), os.getloadavg()[0]
    print(f"{total} runs of the results chapter on {cores} cores, load now {busy:.1f}")
    header()
    line("smcm rerun, numbers and pages", total, engine)
    line(f"loop of papermill{told}", total, loop)
    for name, value, most in (
        ("wall of smcm, s", engine.wall, TARGET_SECONDS),
        ("wall of smcm / wall of the loop", engine.wall / loop.wall, TARGET_RATIO),
    ):
        result = "kept" if value <= most else "MISSED"
        print(f"{name:<42}{value:>8.2f}   at most {most:g}: {result}")
    print(f"{'CPU of smcm / CPU of the loop':<42}{engine.cpu / loop.cpu:>8.2f}")


def growth(counts: list[int], folder: Path) -> None:
    """Print what the numeric part costs as the runs become more."""
    print("\nThe numeric part alone")
    header()
    for count in counts:
        out = folder / f"numbers-{count}"
        out.mkdir()
        cost = cost_of(*MODULE, "--numbers", str(count), str(out))
        line("smcm, numbers", count, cost)


def header() -> None:
    """Print the names of the columns."""
    names = ("runs", "wall s", "CPU s", "wall/run", "CPU/run", "peak MB")
    print(f"{'':<38}" + "".join(f"{name:>10}" for name in names))


def line(name: str, count: int, cost: Cost) -> None:
    """Print one row."""
    each = f"{cost.wall / count:>10.3f}{cost.cpu / count:>10.3f}"
    first = f"{name:<38}{count:>10,}{cost.wall:>10.1f}{cost.cpu:>10.1f}"
    print(f"{first}{each}{cost.memory / 1e6:>10.0f}", flush=True)


def main() -> None:
    """Print both tables, or be one of the programs that are timed."""
    parser = argparse.ArgumentParser(description="Time the reruns.")
    parser.add_argument("--loop", type=int, default=24, help="runs of the loop timed")
    parser.add_argument("--all", action="store_true", help="go on to 2,400 runs")
    parser.add_argument("--by-hand", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--numbers", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.by_hand:
        plain_loop(int(given.by_hand[0]), Path(given.by_hand[1]))
    elif given.numbers:
        numbers(int(given.numbers[0]), Path(given.numbers[1]))
    else:
        ctypes.CDLL(None).prctl(ADOPT, 1, 0, 0, 0)
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        with tempfile.TemporaryDirectory(prefix="smcm-bench-") as name:
            compare_with_loop(max(given.loop, 1), Path(name))
            growth([24, 240, *([2400] if given.all else [])], Path(name))


if __name__ == "__main__":
    main()
