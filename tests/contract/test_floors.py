"""A module imports from lower floors only; this is the list of the floors."""

import ast

import pytest

import smcm
from smcm.paths import ROOT

PACKAGE = ROOT / "smcm"
GROUND = {"errors", "input_files", "strict_json", "parameters", "paths", "shown"}
BESIDE = GROUND | {"design", "stats", "published"}
STUDY = BESIDE | {"cohort"}
MAY_IMPORT = {
    "shown": set(),
    "errors": {"shown"},
    "input_files": {"errors", "shown"},
    "strict_json": {"errors"},
    "parameters": {"errors", "shown"},
    "paths": {"errors", "shown"},
    "design": GROUND,
    "stats": GROUND,
    "published": GROUND,
    "cohort": GROUND | {"design", "stats"},
    "facts": set(),
    "analysis": STUDY,
    "audit": STUDY | {"analysis", "article", "report"},
    "process": STUDY | {"analysis", "report"},
    # what is about this article: its printed numbers beside ours, its findings
    "article": STUDY | {"analysis", "report"},
    "report": STUDY | {"analysis", "article", "facts"},
    # and a model in the format of PROCESS, by the package's public name
    # and the worlds that homework is drawn from
    "chapters": STUDY
    | {"analysis", "article", "report", "facts", "process_text", "teach"},
    # homework: data whose causes are known, keys, grades; nothing below knows of it
    "teach": STUDY | {"analysis", "report"},
    # looks for codes, names and days of a data folder in what is passed on
    "scan": GROUND | {"cohort"},
    # fills in the text of chapters; nothing that a chapter executes imports it
    "text": {"errors", "paths", "published", "report", "shown"},
    # papermill: runs what the other floors show; what it computes goes through the
    # package's public names
    "rerun": STUDY | {"report", "facts", "text"} | set(smcm.__all__),
    "cli": STUDY
    | {"article", "audit", "process", "report", "rerun", "scan", "teach"}
    | set(smcm.__all__),
    "__main__": {"cli", "rerun"},
    "setup": {"paths"},
}
TOP_LEVEL_IMPORTS_LEFT_OUT = {"stats": {"pandas", "frictionless", "matplotlib"}}
MODULES = sorted(PACKAGE.rglob("*.py"))


def floor(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path):
    """Full names of all that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def floors_of(names):
    return {name.split(".")[1] for name in names if name.startswith("smcm.")}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_imports_from_lower_floors_only(path):
    if path == PACKAGE / "__init__.py":
        pytest.skip("it re-exports what the chapters call")
    own = floor(path)
    assert floors_of(imported(path)) - {own} <= MAY_IMPORT[own]


def test_every_floor_is_on_the_list():
    present = {floor(path) for path in MODULES} - {"__init__"}
    assert present <= set(MAY_IMPORT)


def test_statistics_are_arrays_in_and_results_out():
    foreign = [
        (path.name, name)
        for path in (PACKAGE / "stats").rglob("*.py")
        for name in imported(path)
        if name.split(".")[0] in TOP_LEVEL_IMPORTS_LEFT_OUT["stats"]
    ]
    assert not foreign


def test_the_study_s_declarations_compute_nothing():
    foreign = [
        (path.name, name)
        for path in (PACKAGE / "design").rglob("*.py")
        for name in imported(path)
        if name.split(".")[0] in {"numpy", "pandas", "scipy", "statsmodels"}
    ]
    assert not foreign


def test_the_package_re_exports_at_most_a_dozen_names():
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    names = [
        element.value
        for node in tree.body
        if isinstance(node, ast.Assign) and node.targets[0].id == "__all__"
        for element in node.value.elts
    ]
    assert 0 < len(names) <= 12
