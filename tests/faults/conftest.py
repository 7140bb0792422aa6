"""A copy of the project for each module, and what an undisturbed rerun makes of it."""

import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.project import GRID, Project, contents


@dataclass(frozen=True)
class Undisturbed:
    """What a rerun makes that nobody disturbs, and how long it takes."""

    files: dict
    seconds: float


@pytest.fixture(scope="session")
def _project(tmp_path_factory):
    short = Path(tempfile.mkdtemp(prefix="smcm", dir="/tmp"))
    project = Project.make(tmp_path_factory.mktemp("faults") / "project", short)
    yield project
    project.close()
    shutil.rmtree(short)


@pytest.fixture
def project(_project):
    """A copy that is not changed; afterwards none of its processes is left."""
    yield _project
    _project.require_gone()


@pytest.fixture
def own_project(tmp_path, _project):
    """A copy to be changed."""
    short = Path(tempfile.mkdtemp(prefix="smcm", dir="/tmp"))
    project = Project.make(tmp_path / "project", short)
    yield project
    project.close()
    shutil.rmtree(short)


@pytest.fixture(scope="session")
def undisturbed(_project, tmp_path_factory):
    """The probe on a small grid, with nobody in its way."""
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    begun = time.monotonic()
    ended = _project.rerun(out, *GRID)
    assert ended.counts == (8, 0)
    return Undisturbed(contents(out), time.monotonic() - begun)


@pytest.fixture
def mounted(tmp_path):
    """Mount something on a folder; where that is not allowed the test is skipped."""
    folders = []

    def mount(name, *options):
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        words = ["mount", *options, str(folder)]
        try:
            subprocess.run(words, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            pytest.skip(f"mounting is not possible here: {error}")
        if not any("remount" in word for word in options):
            folders.append(folder)
        return folder

    yield mount
    for folder in reversed(folders):
        subprocess.run(["umount", "-l", str(folder)], check=True)
