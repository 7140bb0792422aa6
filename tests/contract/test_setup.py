"""The set-up runs on a bare Python, and tells one that is too old what to do."""

import ast
import os
import shutil
import subprocess
import sys

import pytest

from smcm import setup
from smcm.paths import ROOT, user_caches

OLDER = (3, 7)  # what other systems may still call python3
AS_OLD = "import runpy, sys; sys.argv[1:] = {}; sys.version_info = {}; {}"
AS_MODULE = "runpy.run_module('smcm.setup', run_name='__main__')"


def python(*words):
    """A Python without any package that was installed."""
    return subprocess.run(
        [sys.executable, "-S", "-E", *words],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("name", ["__init__", "setup"])
def test_an_old_python_can_read_it(name):
    text = (ROOT / "smcm" / f"{name}.py").read_text(encoding="utf-8")
    ast.parse(text, feature_version=OLDER)


def test_an_old_python_is_told_what_to_do(tmp_path):
    folder = tmp_path / "env"
    done = python("-c", AS_OLD.format(["--venv", str(folder)], (3, 9, 1), AS_MODULE))
    assert done.returncode == 2
    assert "smcm needs one from 3.11 on" in done.stderr
    assert "Traceback" not in done.stderr
    assert not folder.exists()


def test_a_bare_python_is_enough():
    done = python("-m", "smcm.setup", "--help")
    assert done.returncode == 0, done.stderr
    assert "--checks" in done.stdout


def test_what_cannot_be_set_up_is_said_and_nobody_s_files_are_removed(tmp_path):
    (tmp_path / "file").touch()
    for folder, rule in (
        (tmp_path / "file" / "env", "was not set up"),
        (tmp_path, "holds other files"),
    ):
        done = python("-m", "smcm.setup", "--venv", str(folder))
        assert done.returncode == 2
        assert rule in done.stderr
        assert "Traceback" not in done.stderr
        assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.skipif(os.name == "nt", reason="where caches lie is another matter there")
@pytest.mark.parametrize("installer", ["uv", "pip"])
def test_no_cache_is_kept_in_a_home_that_cannot_be_written_to(
    monkeypatch, tmp_path, installer
):
    words = (sys.executable, "-m", "pip") if installer == "pip" else (installer,)
    if shutil.which(words[0]) is None:
        pytest.skip("uv is not installed here")
    for name in ("XDG_CACHE_HOME", "UV_CACHE_DIR", "PIP_CACHE_DIR", "PIP_NO_CACHE_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert setup._without_cache(*words) == []
    monkeypatch.setenv("HOME", "/proc")
    (option,) = setup._without_cache(*words)
    asked = [*words, "install", option, "--help"]
    asked = ["uv", "pip", *asked[1:]] if installer == "uv" else asked
    done = subprocess.run(asked, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("system", "given", "expected"),
    [
        ("linux", {}, ".cache/smcm"),
        ("linux", {"XDG_CACHE_HOME": "relative"}, ".cache/smcm"),
        ("linux", {"XDG_CACHE_HOME": "/caches"}, "/caches/smcm"),
        ("darwin", {}, "Library/Caches/smcm"),
        ("win32", {}, "AppData/Local/smcm"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/smcm"),
    ],
)
def test_caches_lie_where_the_system_has_them(
    monkeypatch, tmp_path, system, given, expected
):
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr("pathlib.Path.home", lambda: tmp_path)
    assert user_caches() == tmp_path / expected


def test_without_a_home_nothing_is_kept(monkeypatch):
    def nowhere():
        raise RuntimeError

    monkeypatch.setattr("pathlib.Path.home", nowhere)
    with pytest.raises(OSError, match=os.devnull):
        user_caches().mkdir(parents=True)
