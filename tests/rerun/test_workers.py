"""How many workers there are where nobody says it."""

import os

import pytest

from smcm.rerun import executors


@pytest.mark.parametrize(("found", "taken"), [(1, 1), (8, 8), (128, 61)])
def test_no_more_than_the_system_can_wait_for(monkeypatch, found, taken):
    monkeypatch.setattr(executors, "MOST_WORKERS", 61)  # that of Windows
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: found)
    assert executors.LocalPool().workers == taken
