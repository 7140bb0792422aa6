"""A real Dask scheduler with two workers on this machine, started and ended here."""

import asyncio
import json
import math
import os
import subprocess
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace

import psutil
import pytest

from smcm.errors import ImpossibleRunError
from smcm.parameters import RunParameters
from smcm.paths import ROOT
from smcm.rerun.cluster import DaskPool
from smcm.rerun.contents import choose_chapter, read_chapters
from smcm.rerun.execution import Task, execute, require_same_package
from smcm.rerun.executors import LocalPool, choose_pool
from smcm.rerun.papermilled import Outcome
from smcm.rerun.planning import Plan
from smcm.rerun.progress import units_bar
from smcm.rerun.scheduling import carry_out
from smcm.rerun.units import Ground, Unit

SAME = 1e-10  # relative; the book promises ten significant digits
PATIENCE = 240  # seconds after which a process that should have ended is ended
GRID = ("--window-days", "90,180", "--site", "all,without-3", "--n-boot", "100")
UNITS = 8  # numbers and one chapter of each run
HERE = ("--host", "127.0.0.1", "--no-dashboard")


@contextmanager
def process(*words, **options):
    """Give a process that has ended, with all it has started, when this ends."""
    program = subprocess.Popen(
        [sys.executable, "-m", *map(str, words)],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        **options,
    )
    try:
        yield program
    finally:
        running = program.poll() is None
        found = psutil.Process(program.pid).children(recursive=True) if running else []
        program.terminate()
        try:
            program.wait(5)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait(5)
        for child in found:
            with suppress(psutil.NoSuchProcess):
                child.kill()
        for stream in (program.stdout, program.stderr):
            if stream:
                stream.close()


def dask(folder, *words):
    """Start one of Dask's programs, which shares its address through a file."""
    shared = ("--scheduler-file", folder / "scheduler.json")
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return process("dask", *words, *HERE, *shared, **silent)


def address_in(folder):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            text = (folder / "scheduler.json").read_text(encoding="utf-8")
            return json.loads(text)["address"]
        except (FileNotFoundError, ValueError):
            time.sleep(0.1)
    pytest.fail("The scheduler did not start.")


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory):
    """A scheduler with nobody to work; gives its folder and its process."""
    folder = tmp_path_factory.mktemp("dask")
    with dask(folder, "scheduler", "--port", "0") as program:
        yield folder, address_in(folder), program


@pytest.fixture(scope="module")
def workers(scheduler):
    """Two worker processes, under a parent that starts them again if they die."""
    two = ("--nworkers", "2", "--nthreads", "1")
    with dask(scheduler[0], "worker", *two) as program:
        yield psutil.Process(program.pid)


def rerun(out, *words):
    """Start the program; its standard error is read line by line."""
    command = ("smcm", "rerun", *GRID, "--no-book", "--out", out, *words)
    both = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return process(*command, **both)


def read_until(program, mark):
    """Read lines of standard error up to one with a mark."""
    seen = []
    for line in program.stderr:
        seen.append(line)
        if mark in line:
            return
    pytest.fail("".join(seen))


@pytest.fixture(scope="module")
def local(cohort, tmp_path_factory):
    """The numbers of the same runs from the pool of this machine, and one page."""
    folder = tmp_path_factory.mktemp("local")
    runs = tuple(
        RunParameters(window_days=days, site=site, n_boot=100)
        for days in (90, 180)
        for site in ("all", "without-3")
    )
    chapter = choose_chapter(tuple(read_chapters(ROOT).values()), "results")
    units = (Unit(runs[-1], chapter.short), *map(Unit, runs))
    plan = Plan(cohort=cohort, folder=folder, runs=runs, units=units)
    assert not carry_out(plan, LocalPool(), units_bar).failures
    return [(unit.file, json.loads((folder / unit.file).read_text())) for unit in units]


def test_a_scheduler_without_workers_is_said_so(scheduler, refuse, monkeypatch):
    monkeypatch.setattr(DaskPool, "PATIENCE", PATIENCE)
    monkeypatch.setattr(DaskPool, "FIRST_WORKER", 1)
    said = refuse("rerun", *GRID, "--dask", scheduler[1])
    assert f"The scheduler at {scheduler[1]} has no workers" in said
    assert f"`dask worker {scheduler[1]} --nthreads 1`" in said


@pytest.mark.slow
def test_a_killed_worker_costs_no_run(scheduler, workers, local, tmp_path):
    out = tmp_path / "cluster"
    with rerun(out, "--dask", scheduler[1]) as program:
        read_until(program, f" 1/{UNITS} ")
        max(workers.children(), key=lambda child: child.cpu_times().user).kill()
        text, complaints = program.communicate(timeout=PATIENCE)
    assert program.returncode == 0, complaints
    assert text.startswith(f"{UNITS} executed, 0 kept")
    assert "FAILED" not in complaints
    for file, content in local:
        require_close(json.loads((out / file).read_text()), content, file)


def require_close(left, right, where):
    if isinstance(left, float) and isinstance(right, float):
        assert math.isclose(left, right, rel_tol=SAME, abs_tol=SAME), where
    elif isinstance(left, dict) and isinstance(right, dict):
        assert list(left) == list(right), where
        for key in left:
            require_close(left[key], right[key], f"{where}/{key}")
    elif isinstance(left, list) and isinstance(right, list):
        assert len(left) == len(right), where
        for k, pair in enumerate(zip(left, right, strict=True)):
            require_close(*pair, f"{where}/{k}")
    else:
        assert left == right, where


def test_a_grid_of_powers_is_that_of_this_machine(scheduler, workers, smcm):
    """The same rows from the cluster as from one process."""
    assert workers.is_running()
    grid = ("power", "--a", ".3,.4", "--b", ".4", "--n", "40,60", "--csv")
    quick = ("--replications", "100", "--resamples", "100")
    there = smcm(*grid, *quick, "--dask", scheduler[1])
    assert there.exit_code == 0, there.output
    assert there.stdout == smcm(*grid, *quick).stdout
    assert there.stdout.count("\n") == 5


@pytest.mark.slow
@pytest.mark.usefixtures("workers")
def test_when_the_scheduler_goes_away_what_is_done_is_kept(scheduler, tmp_path):
    out = tmp_path / "cut off"
    with rerun(out, "--dask", scheduler[1]) as program:
        read_until(program, f" 1/{UNITS} ")
        scheduler[2].kill()
        text, complaints = program.communicate(timeout=PATIENCE)
    assert (program.returncode, text) == (1, "")
    assert f"The scheduler at {scheduler[1]} went away" in complaints
    assert "Traceback" not in complaints
    lines = (out / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    done = {line["file"] for line in map(json.loads, lines) if line["state"] == "done"}
    assert done
    assert all((out / file).is_file() for file in done)


def test_nobody_at_the_address_is_said_where_a_loop_runs_already(monkeypatch):
    """As it does in a notebook, and in a browser's tests."""
    monkeypatch.setattr(DaskPool, "PATIENCE", 1)

    async def ask():
        with pytest.raises(ImpossibleRunError, match="no scheduler answers"):
            DaskPool("tcp://127.0.0.1:9")

    with ThreadPoolExecutor(1) as apart:  # tests of a browser leave a loop in this one
        apart.submit(lambda: asyncio.run(ask())).result()


def test_nobody_at_the_address(refuse, monkeypatch):
    monkeypatch.setattr(DaskPool, "PATIENCE", 1)
    said = refuse("rerun", "--dask", "tcp://127.0.0.1:9")
    assert "--dask is 'tcp://127.0.0.1:9', where no scheduler answers" in said


@pytest.mark.parametrize("address", ["nowhere:x", "smtp://127.0.0.1:9", ""])
def test_what_is_no_address(address, refuse, monkeypatch):
    monkeypatch.setattr(DaskPool, "PATIENCE", 1)
    assert "where no scheduler answers" in refuse("rerun", "--dask", address)


def test_without_the_package_it_is_said_how_to_get_it(refuse, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    said = refuse("rerun", "--dask", "tcp://127.0.0.1:9")
    assert "--dask needs the package distributed" in said
    assert "pip install -e '.[cluster]'" in said


def test_workers_are_counted_here_or_there(refuse):
    said = refuse("rerun", "--dask", "tcp://127.0.0.1:9", "--workers", "2")
    assert "give one of them" in said


@pytest.mark.parametrize("part", ["code", "lock", "data"])
def test_a_worker_with_other_code_or_data_computes_nothing(cohort, part):
    ground = Ground.of(cohort)
    planned = replace(ground, **{part: "0" * 64})
    outcome = execute(Task(Unit(RunParameters()), cohort.name, planned, ""))
    assert outcome.content == ""
    expected = {
        "code": "The planning machine has another version of smcm than",
        "lock": "The planning machine has another lock or another Python than",
        "data": "The data are not the same here",
    }
    assert outcome.error.startswith(expected[part])
    if part != "data":
        with pytest.raises(ValueError, match="The worker X has another"):
            require_same_package(planned.package, of="The worker X")


class KilledAgainError(Exception):
    """What a cluster says of a task that has cost several workers."""


class Deadly:
    """A pool on which one of the units ends every worker that tries it."""

    killed = (KilledAgainError,)
    workers = 2

    @contextmanager
    def open(self, _data):
        yield self

    def submit(self, _function, task):
        future = Future()
        if task.unit.run.window_days == 90:
            future.set_exception(KilledAgainError())
        else:
            future.set_result(Outcome("{}"))
        return future


def test_a_unit_that_costs_every_worker_fails_alone(cohort, tmp_path):
    runs = tuple(RunParameters(window_days=days) for days in (90, 180, 270))
    units = tuple(map(Unit, runs))
    plan = Plan(cohort=cohort, folder=tmp_path, runs=runs, units=units)
    report = carry_out(plan, Deadly(), units_bar)
    assert report.executed == 3
    assert [failure.unit for failure in report.failures] == [units[0]]
    assert "is there enough memory?" in str(report.failures[0])
    assert (tmp_path / units[2].file).read_text(encoding="utf-8") == "{}"


def test_without_an_address_it_is_this_machine():
    pool = choose_pool(None, None)
    assert pool.workers == len(os.sched_getaffinity(0))
    pool.close()
