"""Workers: how many there are where nobody says it, and what they have at hand."""

import os
import subprocess
import sys

import pytest

from smcm.paths import ROOT
from smcm.rerun import executors
from smcm.rerun.kernels import ENVIRONMENT, WARM

SAME = "__import__('smcm').load_cohort() is __import__('smcm').load_cohort()"
ASKING = f"""
from smcm.rerun.executors import LocalPool
with LocalPool(1).open(DATA) as pool:
    print(pool.submit(eval, "{SAME}").result())
"""

# What `forked_kernels._serve` does; a kernel takes what is printed for its own.
BEGINNING = """
import os, sys
import smcm.rerun.preloaded
before = set(sys.modules)
from ipykernel.kernelapp import IPKernelApp
IPKernelApp.instance().initialize(["-f", sys.argv[1] + "/kernel.json"])
with open(sys.argv[1] + "/imported", "w") as file:
    file.write(" ".join(set(sys.modules) - before))
os._exit(0)
"""
FEW = 5  # modules; there were 145 with a debugger that nobody asks for


@pytest.mark.parametrize(("found", "taken"), [(1, 1), (8, 8), (128, 61)])
def test_no_more_than_the_system_can_wait_for(monkeypatch, found, taken):
    monkeypatch.setattr(executors, "MOST_WORKERS", 61)  # that of Windows
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: found)
    assert executors.LocalPool().workers == taken


@pytest.mark.skipif(not WARM, reason="forks no workers")
@pytest.mark.parametrize(
    ("data", "same"), [("synthetic", "True"), ("absent", "False"), ("", "False")]
)
def test_data_are_read_once_for_all_workers(data, same):
    told = subprocess.run(
        [sys.executable, "-c", ASKING.replace("DATA", repr(data))],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    assert (told.stdout.strip(), told.stderr) == (same, "")


@pytest.mark.skipif(not WARM, reason="forks no kernels")
def test_a_kernel_begins_with_all_imports_done(tmp_path):
    subprocess.run(
        [sys.executable, "-c", BEGINNING, str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, **ENVIRONMENT, "IPYTHONDIR": str(tmp_path)},
        check=True,
        capture_output=True,
    )
    left = (tmp_path / "imported").read_text(encoding="utf-8").split()
    assert len(left) <= FEW, left
