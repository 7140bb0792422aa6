"""Locks, the system's own and those that Windows has, tried between processes."""

import subprocess
import sys
from contextlib import contextmanager

import pytest

from smcm.rerun import locks

# What Windows offers, made of locks of bytes that exclude each other.
WINDOWS = """
import fcntl, sys, types
def locking(file, mode, length):
    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, length, 0, 1)
sys.modules["msvcrt"] = types.SimpleNamespace(locking=locking, LK_NBLCK=0)
sys.platform = "win32"
"""
HOLD = """
import importlib.util, os, sys
spec = importlib.util.spec_from_file_location("locks", sys.argv[1])
locks = importlib.util.module_from_spec(spec)
spec.loader.exec_module(locks)
file = os.open(sys.argv[2], os.O_RDWR | os.O_CREAT)
print(locks.try_lock(file, shared=sys.argv[3] == "shared"), flush=True)
sys.stdin.read()
"""
SYSTEMS = {"this": "", "windows": WINDOWS}


@contextmanager
def holder(system, path, kind):
    """A process that tries to lock, and what it says of it."""
    words = [sys.executable, "-c", SYSTEMS[system] + HOLD, locks.__file__, path, kind]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process, process.stdout.readline().strip() == "True"
        finally:
            process.kill()


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ("shared", "shared", True),
        ("shared", "alone", False),
        ("alone", "shared", False),
        ("alone", "alone", False),
    ],
)
def test_who_may_have_it_at_the_same_time(tmp_path, system, first, second, both):
    path = tmp_path / "mark"
    with holder(system, path, first) as (_, one), holder(system, path, second) as other:
        assert one
        assert other[1] == both


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_killed_holder_leaves_no_lock(tmp_path, system):
    path = tmp_path / "mark"
    with holder(system, path, "alone") as (process, one):
        assert one
        process.kill()
        process.wait()
        with holder(system, path, "alone") as (_, other):
            assert other
