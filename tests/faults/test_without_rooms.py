"""The book without its rooms: what stays works without any of them."""

import shutil
import subprocess
import sys

import pytest
import yaml

from smcm.paths import ROOT

COPIED = ("smcm", "book", "data", "pyproject.toml", "requirements.txt", "_config.yml")
NEEDED = {"printed", "index", "results"}  # of the article, or what it refers to
ROOMS = sorted(
    path.name
    for path in (ROOT / "smcm" / "chapters").iterdir()
    if (path / "__init__.py").exists() and path.name not in NEEDED
)
LOAD = """
import importlib, pkgutil, smcm
for found in pkgutil.walk_packages(smcm.__path__, "smcm."):
    if not found.name.endswith("__main__") and "preloaded" not in found.name:
        importlib.import_module(found.name)
"""
FEW = ("--no-reruns", "--n-boot", "200", "--n-imputations", "2")


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of the project without the rooms, their chapters and their lines."""
    root = tmp_path_factory.mktemp("without rooms")
    left_out = shutil.ignore_patterns("__pycache__")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, root / name, ignore=left_out)
        else:
            shutil.copy2(ROOT / name, root / name)
    stems = {room.replace("_", "-") for room in ROOMS}
    for room in ROOMS:
        shutil.rmtree(root / "smcm" / "chapters" / room)
    for stem in stems:
        (root / "book" / f"{stem}.md").unlink()
    contents = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
    for part in contents["parts"]:
        part["chapters"] = [
            chapter
            for chapter in part["chapters"]
            if chapter["file"].removeprefix("book/") not in stems
        ]
    contents["parts"] = [part for part in contents["parts"] if part["chapters"]]
    (root / "_toc.yml").write_text(yaml.safe_dump(contents, sort_keys=False))
    return root


def run(project, *words):
    return subprocess.run(
        [sys.executable, *words],
        cwd=project,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )


@pytest.mark.slow
def test_all_that_is_left_imports_and_lints(project):
    done = run(project, "-c", LOAD)
    assert done.returncode == 0, done.stderr
    done = run(project, "-m", "ruff", "check", "smcm")
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_the_chapters_that_are_left_become_a_book(project):
    out = project / "pages"
    done = run(project, "-m", "smcm", "book", *FEW, "--out", str(out))
    assert done.returncode == 0, done.stdout + done.stderr
    pages = {path.stem for path in (out / "book").glob("*.html")}
    assert pages >= {"index", "introduction", "methods", "results", "discussion"}
    assert not pages & {room.replace("_", "-") for room in ROOMS}
