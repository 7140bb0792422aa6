"""A full disk: a sentence, nothing torn, and on it goes once there is room."""

import subprocess

import pytest

from tests.faults.project import GRID, contents, done, require_whole

pytestmark = [
    pytest.mark.fault("a rerun that is killed, starved or disturbed"),
    pytest.mark.faults,
]

SMALL, LARGE = "size=200k", "size=20m"


def test_a_full_disk_loses_nothing(project, undisturbed, mounted):
    disk = mounted("disk", "-t", "tmpfs", "-o", SMALL, "smcm-test")
    out = disk / "out"
    ended = project.rerun(out, *GRID)
    assert ended.code == 2, ended.err
    sentence = " ".join(ended.err.split("Error: ")[1].split())
    assert "No space left on device. Make room there" in sentence
    assert str(out) in sentence
    require_whole(out)
    stood = done(out)
    assert 0 < len(stood) < 8
    assert not list(disk.rglob("*.part"))
    assert project.rerun(out, *GRID).code == 2  # no better, and nothing is lost
    assert stood.items() <= done(out).items()
    subprocess.run(["mount", "-o", f"remount,{LARGE}", str(disk)], check=True)
    ended = project.rerun(out, *GRID)
    assert ended.counts == (8 - len(stood), len(stood))
    assert contents(out) == undisturbed.files
