"""A comparison with an earlier commit that is stopped leaves nothing behind."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from smcm.paths import ROOT

# What a benchmark does, with a project that is set up at once. It shows its folder;
# its program shows its number as a process.
COMPARISON = """
import sys
from pathlib import Path
from benchmarks import sides

sides.ROOT, sides.THEN = Path(sys.argv[1]), "HEAD"
with sides.sides() as both:
    print(both.folder, flush=True)
    sides.timed(both.then, "waits", sys.argv[2])
"""
WAITS = """
import os, sys, time

with open(sys.argv[1] + ".part", "w") as file:
    file.write(str(os.getpid()))
os.rename(sys.argv[1] + ".part", sys.argv[1])
time.sleep(600)
"""
GIT = ("git", "-c", "user.name=A", "-c", "user.email=a@example.org")


@pytest.fixture
def project(tmp_path):
    """Give a repository whose one module waits."""
    root = tmp_path / "project"
    root.mkdir()
    (root / "waits.py").write_text(WAITS, encoding="utf-8")
    for words in (("init", "-q"), ("add", "."), ("commit", "-qm", "Wait")):
        subprocess.run([*GIT, *words], cwd=root, check=True)
    return root


def worktrees(root):
    listed = subprocess.run(
        ["git", "worktree", "list"], cwd=root, check=True, capture_output=True
    )
    return len(listed.stdout.splitlines())


@pytest.mark.skipif(sys.platform != "linux", reason="benchmarks adopt processes")
def test_a_stopped_comparison_takes_its_worktree_and_its_programs_along(
    project, tmp_path
):
    begun = tmp_path / "begun"
    command = [sys.executable, "-c", COMPARISON, str(project), str(begun)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as comparison:
        folder = Path(comparison.stdout.readline().strip())
        while not begun.exists():
            assert comparison.poll() is None
            time.sleep(0.02)
        waiting = psutil.Process(int(begun.read_text(encoding="utf-8")))
        assert worktrees(project) == 2
        comparison.send_signal(signal.SIGTERM)
        assert comparison.wait(timeout=60) != 0
    assert worktrees(project) == 1
    assert not folder.exists()
    assert not waiting.is_running()
