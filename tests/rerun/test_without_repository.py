"""As a wheel has it: the data inside of the package, and nothing of the book there.

`tests/faults/test_wheel.py` installs a real one; this is for every day.
"""

import os
import shutil
import subprocess
import sys
from email.message import Message

import pytest

from smcm.paths import DATA, PACKAGE
from smcm.rerun import preflight, version

OF_THE_BOOK = (
    *("IPython", "distributed", "ipykernel", "jupyter_book", "jupyter_client"),
    *("jupyter_core", "jupytext", "myst_nb", "nbclient", "nbformat", "papermill"),
    *("psutil", "sphinx", "yaml"),
)
WITHOUT = f"""
import sys

class NotInstalled:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name.partition(".")[0] in {OF_THE_BOOK}:
            raise ModuleNotFoundError(name, name=name)

sys.meta_path.insert(0, NotInstalled)
from smcm.cli.main import main
main()
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The package where pip would put it."""
    site = tmp_path_factory.mktemp("installed") / "site"
    left_out = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PACKAGE, site / "smcm", ignore=left_out)
    shutil.copytree(DATA, site / "smcm" / "data")
    return site


@pytest.fixture
def run(site, tmp_path):
    """Run a command of it, with nothing there that only the book needs."""

    def run(*words):
        return subprocess.run(
            [sys.executable, "-c", WITHOUT, *map(str, words)],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(site), "XDG_CACHE_HOME": str(tmp_path)},
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )

    return run


@pytest.mark.parametrize(
    "words", [("--help",), ("check",), ("audit",), ("printed",), ("new", "empty")]
)
def test_commands_need_no_repository(run, words):
    done = run(*words)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def test_imputed_sets_are_kept_for_the_user_and_not_in_the_package(run, site, tmp_path):
    before = {path for path in site.rglob("*") if "__pycache__" not in path.parts}
    few = ("--n-imputations", "2", "--n-boot", "100")
    done = run("study", "--reading", "defensible", *few)
    assert (done.returncode, done.stderr) == (0, "")
    assert list((tmp_path / "smcm").rglob("*.npz"))
    after = {path for path in site.rglob("*") if "__pycache__" not in path.parts}
    assert after == before


@pytest.mark.parametrize("command", ["book", "rerun"])
def test_what_works_on_the_chapters_says_where_they_are(run, command, tmp_path):
    done = run(command, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert f".venv/bin/smcm {command}" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_the_address_is_that_of_the_package_s_metadata(monkeypatch):
    about = Message()
    about["Project-URL"] = "Documentation, https://book.example"
    about["Project-URL"] = "Repository, https://code.example"
    monkeypatch.setattr(version.metadata, "metadata", lambda _name: about)
    monkeypatch.setattr(preflight, "INSTALLED", True)
    with pytest.raises(preflight.NoRepositoryError, match=r"it is https://code\.exam"):
        preflight.require_repository("book")
