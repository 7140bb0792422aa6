"""What is imported is declared, and what is declared in several places agrees."""

import ast
import json
import re
import sys
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import smcm.setup
from smcm.paths import ROOT

# Packages whose modules have other names.
MODULES = {
    "bs4": "beautifulsoup4",
    "yaml": "pyyaml",
    "jupyter_book": "jupyter-book",
    "myst_nb": "myst-nb",
    "xdist": "pytest-xdist",
}
# Imported with something that we name, and installed with it.
BROUGHT = {
    "docutils": "sphinx",
    "IPython": "myst-nb",
    "ipykernel": "myst-nb",
    "jupyter_cache": "myst-nb",
    "jupyter_client": "nbclient",
    "jupyter_core": "nbclient",
    "nbformat": "nbclient",
    "myst_parser": "myst-nb",
    "packaging": "pytest",
    "pybtex": "sphinxcontrib-bibtex",
    "PIL": "matplotlib",
}
ONLY_BOOK = (*("smcm/rerun/", "smcm/text/", "smcm/facts.py"),)
BINDER = ".binder/runtime.txt"
CHECKS = ("tests", "tools", "benchmarks")
OURS = {"smcm", "tests", "tools", "benchmarks", "generator", "setup"}
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
REASON = re.compile(r"^\| ([^|]+) \| (book|checks) \| .+ \|$", re.MULTILINE)


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


PROJECT = tomllib.loads(text("pyproject.toml"))["project"]


def wanted(lines):
    """Requirements by name."""
    kept = [line for line in lines if line.strip() and line[0] not in "#-"]
    return {canonicalize_name(r.name): r for r in map(Requirement, kept)}


BASE = wanted(PROJECT["dependencies"])
EXTRAS = {
    name: wanted(lines) for name, lines in PROJECT["optional-dependencies"].items()
}
BOOK_IN = wanted(text("requirements.in").splitlines())
DEV_IN = wanted(text("requirements-dev.in").splitlines())
LOCKED = {
    name: {(canonicalize_name(n), v) for n, v in PINNED.findall(text(name))}
    for name in ("requirements.txt", "requirements-dev.txt")
}


def imported(path):
    """Packages of others that a file imports, by the name to install."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(str(node.module))
    tops = {name.split(".")[0] for name in found} - sys.stdlib_module_names - OURS
    tops = {name for name in tops if not name.startswith("book_")}  # book/_ext itself
    return {canonicalize_name(MODULES.get(n, BROUGHT.get(n, n))) for n in tops}


def sources(*folders):
    return [path for name in folders for path in sorted((ROOT / name).rglob("*.py"))]


@pytest.mark.parametrize("path", sources("smcm"), ids=lambda p: p.name)
def test_the_package_imports_what_it_declares(path):
    name = path.relative_to(ROOT).as_posix()
    may = BASE
    if name.startswith(ONLY_BOOK):
        may = BASE | EXTRAS["book"] | EXTRAS["cluster"]
    assert imported(path) <= set(may)


def test_the_rest_imports_what_the_locks_are_made_from():
    for path in sources("generator", "book/_ext"):
        assert imported(path) <= set(BOOK_IN), path
    for path in sources(*CHECKS):
        if path.name != "peer_programs.py":  # in an environment of its own
            assert imported(path) <= set(BOOK_IN) | set(DEV_IN), path


def test_a_reader_installs_nothing_that_only_checks():
    names = {name for name, _ in LOCKED["requirements.txt"]}
    brought = {"beautifulsoup4"}  # by the book's theme
    assert not names & (set(DEV_IN) - brought)


def test_both_locks_hold_the_same_versions():
    names = {name for name, _ in LOCKED["requirements.txt"]}
    checks = LOCKED["requirements-dev.txt"]
    shared = {(name, version) for name, version in checks if name in names}
    assert shared <= LOCKED["requirements.txt"]


@pytest.mark.parametrize("name", LOCKED)
def test_every_package_of_a_lock_has_a_hash(name):
    blocks = re.split(r"\n(?=[A-Za-z0-9])", text(name))
    pinned = [block for block in blocks if PINNED.match(block)]
    assert len(pinned) > 50
    assert all("--hash=sha256:" in block for block in pinned)


def test_locked_versions_lie_in_the_ranges_of_the_package():
    locked = LOCKED["requirements.txt"] | LOCKED["requirements-dev.txt"]
    for requirement in (
        r for group in (BASE, *EXTRAS.values()) for r in group.values()
    ):
        name = canonicalize_name(requirement.name)
        versions = [version for found, version in locked if found == name]
        assert versions, requirement
        assert all(requirement.specifier.contains(version) for version in versions)


def test_the_package_and_its_extra_are_what_the_book_needs():
    assert set(BASE) | set(EXTRAS["book"]) == set(BOOK_IN) - {"setuptools"}


def test_each_dependency_has_its_reason_and_its_lock():
    rows = re.findall(
        r"^\| ([^|]+) \| (book|checks) \| .+ \|$", text("CONTRIBUTING.md"), re.M
    )
    told = {name: lock for names, lock in rows for name in names.split(", ")}
    assert {n for n, lock in told.items() if lock == "book"} == set(BOOK_IN)
    assert {n for n, lock in told.items() if lock == "checks"} == set(DEV_IN)


def test_every_place_names_the_same_version():
    version = PROJECT["version"]
    assert yaml.safe_load(text("CITATION.cff"))["version"] == version
    assert json.loads(text(".zenodo.json"))["version"] == version
    (released, *_) = re.findall(r"^## (\S+)", text("CHANGELOG.md"), re.MULTILINE)
    assert released == version


def test_every_place_names_the_same_title_and_licences():
    cited = yaml.safe_load(text("CITATION.cff"))
    deposit = json.loads(text(".zenodo.json"))
    assert deposit["title"] == cited["title"]
    assert [a["name"] for a in deposit["creators"]] == [
        a["name"] for a in cited["authors"]
    ]
    assert PROJECT["license"].split(" AND ") == cited["license"]


def test_pythons_are_named_alike():
    oldest = ".".join(map(str, smcm.setup.OLDEST))
    assert PROJECT["requires-python"] == f">={oldest}"
    assert str(smcm.setup.OLDEST) in smcm.setup.NEW_ENOUGH
    for place in ("README.md", "Makefile"):
        assert f"Python {oldest} or later" in text(place)
    named = {c.split(" :: ")[-1] for c in PROJECT["classifiers"] if ":: 3." in c}
    workflows = [
        yaml.safe_load(text(f".github/workflows/{name}.yml"))["jobs"]
        for name in ("ci", "pages")
    ]
    tried = workflows[0]["checks"]["strategy"]["matrix"]["python"]
    images = re.findall(r"python[:-](3\.\d+)", text("Dockerfile") + text(BINDER))
    assert oldest in named
    assert {*tried, *images} <= named
    assert len(images) == 2


def test_what_comes_from_npm_is_pinned():
    wanted = json.loads(text("tools/package.json"))["dependencies"]
    locked = json.loads(text("tools/package-lock.json"))["packages"]
    found = {name.removeprefix("node_modules/"): of for name, of in locked.items()}
    assert found.pop("")["dependencies"] == wanted
    assert {name: of["version"] for name, of in found.items()} == wanted
    assert all(of["integrity"].startswith("sha512-") for of in found.values())
