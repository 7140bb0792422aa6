"""A study gives the same numbers on more cores, threads, and other processors' code."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from smcm.paths import ROOT
from tests.faults.project import PROBE, Project
from tests.reproduced import TOLERANCE, farthest

pytestmark = pytest.mark.slow
PATIENCE = 300
WORKERS = (1, 2, 4)
THREADS = (1, 2)
# Code that OpenBLAS has for processors from 2004, 2008, 2011 and 2013. Each newer one
# runs it; what is newer still differs by machine, and is what it takes unforced.
KERNELS = ("Prescott", "Nehalem", "Sandybridge", "Haswell")
GRID = ("--window-days", "90,180", "--site", "all,without-1")
SMALL = ("--n-boot", "500", "--n-imputations", "5")


def computed(folder, **environment):
    """What `numbers_here` prints; nothing where this processor lacks the code."""
    command = [sys.executable, "-m", "tests.rerun.numbers_here", str(folder)]
    free = {k: v for k, v in os.environ.items() if not k.startswith(("OMP", "OPENB"))}
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=free | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    if done.returncode == -signal.SIGILL:
        return None
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def unforced(second_folder):
    return {
        threads: computed(second_folder, OPENBLAS_NUM_THREADS=str(threads))
        for threads in THREADS
    }


@pytest.fixture(scope="module")
def forced(second_folder, unforced):
    """The numbers by what BLAS says that it ran when it was told to."""
    found = {}
    for kernel in KERNELS:
        numbers = computed(
            second_folder, OPENBLAS_NUM_THREADS="1", OPENBLAS_CORETYPE=kernel
        )
        if numbers is not None:
            (name,) = numbers["kernels"]
            found[name] = numbers
    if not set(found) - set(unforced[1]["kernels"]):
        pytest.skip(f"BLAS does not let itself be forced here; it runs {list(found)}")
    return found


def results_apart(numbers, others):
    """Largest distance of their results, and how many numbers there are."""
    both = [json.dumps(found["results"]) for found in (numbers, others)]
    return farthest(*both)


def test_threads_of_blas_change_no_number(unforced, reproduced):
    one, two = unforced.values()
    if two["threads"] < 2:
        pytest.skip("BLAS takes one thread here, whatever it is told")
    assert one["threads"] == 1
    assert [two["cells"], two["ties"]] == [one["cells"], one["ties"]]
    largest, n = results_apart(two, one)
    assert n > 1000
    assert largest <= TOLERANCE
    reproduced("threads", THREADS, n, largest)


def test_code_for_other_processors_changes_no_number(unforced, forced, reproduced):
    found = [results_apart(numbers, unforced[1]) for numbers in forced.values()]
    largest = max(distance for distance, _ in found)
    assert largest <= TOLERANCE
    reproduced("kernels", sorted(forced), found[0][1], largest)


def test_code_for_other_processors_imputes_the_same_cells(unforced, forced, reproduced):
    cells = unforced[1]["cells"]
    n = sum(map(len, cells.values()))
    assert n > 10_000
    for name, numbers in forced.items():
        assert numbers["cells"] == cells, name
    reproduced("cells", sorted(forced), n)


def test_code_for_other_processors_chooses_the_same_of_equal_donors(unforced, forced):
    for name, numbers in forced.items():
        assert numbers["ties"] == unforced[1]["ties"], name


@pytest.fixture(scope="module")
def by_workers(second_folder, tmp_path_factory):
    """Results of a small grid by the number of workers, each from a copy of its own."""
    found = {}
    for workers in WORKERS:
        short = Path(tempfile.mkdtemp(prefix="smcm", dir="/tmp"))
        project = Project.make(tmp_path_factory.mktemp("w") / str(workers), short)
        out = project.root.parent / "runs"
        words = (*PROBE, *GRID, *SMALL, "--data", second_folder, "--out", out)
        ended = project.smcm("rerun", *words, "--workers", workers)
        assert ended.code == 0, ended.err
        project.close()
        shutil.rmtree(short)
        found[workers] = {
            path.parent.name: path.read_text(encoding="utf-8")
            for path in sorted(out.glob("*/results.json"))
        }
    return found


def test_the_number_of_workers_changes_no_number(by_workers, reproduced):
    first, *others = by_workers.values()
    assert len(first) == 4
    total, distances = 0, []
    for results in others:
        assert results.keys() == first.keys()
        parts = [farthest(results[name], first[name]) for name in first]
        distances += [distance for distance, _ in parts]
        total = sum(n for _, n in parts)
    assert max(distances) <= TOLERANCE
    reproduced("workers", WORKERS, total, max(distances))


def test_a_number_that_differs_in_the_tenth_digit_is_seen():
    ours, theirs = (json.dumps({"a": [value, 3]}) for value in (1.000000001, 1.0))
    assert farthest(ours, theirs)[0] > TOLERANCE
    assert farthest(theirs, theirs) == (0.0, 1)
    with pytest.raises(AssertionError):
        farthest(json.dumps({"a": [1.0, 4]}), theirs)
