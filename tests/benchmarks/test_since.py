"""The project of before gets an environment in which it is installed itself."""

import subprocess

import pytest

from benchmarks import since
from smcm.paths import ROOT

PROJECT = """
[build-system]
requires = []
build-backend = "builder"
backend-path = ["."]
"""
# What setuptools does, without having to be installed from somewhere first.
BUILDER = """
from pathlib import Path
from zipfile import ZipFile

def build_editable(folder, settings=None, metadata=None):
    about = {
        "METADATA": "Metadata-Version: 2.1\\nName: smcm\\nVersion: 0.0.7\\n",
        "WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
        "RECORD": "",
    }
    name = "smcm-0.0.7-py3-none-any.whl"
    with ZipFile(Path(folder, name), "w") as wheel:
        for file, text in about.items():
            wheel.writestr(f"smcm-0.0.7.dist-info/{file}", text)
    return name
"""
ASKS = "from importlib.metadata import version; print(version('smcm'))"


@pytest.fixture
def then(tmp_path):
    root = tmp_path / "then"
    root.mkdir()
    (root / "requirements.txt").write_text("", encoding="utf-8")
    (root / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (root / "builder.py").write_text(BUILDER, encoding="utf-8")
    return root


def test_the_project_of_before_finds_its_own_metadata(then, tmp_path):
    python = since.set_up(then, tmp_path / "packages")
    asked = [python, "-c", ASKS]
    told = subprocess.run(asked, check=True, capture_output=True, text=True)
    assert told.stdout == "0.0.7\n"


def test_only_other_packages_need_another_environment(then, tmp_path, monkeypatch):
    monkeypatch.setattr(since, "set_up", lambda *_: "another")
    assert since.python_of(ROOT, tmp_path) == since.sys.executable
    (then / "requirements.txt").write_text("numpy==0.0.1 \\\n", encoding="utf-8")
    assert since.python_of(then, tmp_path) == "another"
