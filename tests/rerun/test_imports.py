"""What code imports of the package is found without importing it."""

import ast
import json
import shutil
import subprocess
import sys

import pytest

from smcm.parameters import DEFENSIBLE, READINGS
from smcm.paths import ROOT
from smcm.rerun.contents import read_chapters
from smcm.rerun.imports import ON_OCCASION, Sources
from smcm.rerun.units import EXECUTED_BY, NUMBERS, ON_REQUEST

CHAPTERS = read_chapters(ROOT)
NOT_IN_AN_OUTCOME = {  # modules of a rerun that a worker loads, and what they do
    **dict.fromkeys(("chapters", "fingerprint", "imports", "units"), "make digests"),
    **dict.fromkeys(("ending", "interrupts", "temporary"), "end, and clear up"),
    "limits": "refuse, or say why a unit has failed",
}
PARTS = {
    f"{chapter.stem} {part.part}".strip(): part
    for chapter in CHAPTERS.values()
    for part in chapter.parts
}
LOADED = """
import json, sys
exec(sys.argv[1])
print(json.dumps([name for name in sys.modules if name.split(".")[0] == "smcm"]))
"""


@pytest.fixture(scope="module")
def sources():
    return Sources.on_disk()


def statements(code):
    """The import statements of some code."""
    kinds = ast.Import | ast.ImportFrom
    return "\n".join(
        ast.unparse(n) for n in ast.walk(ast.parse(code)) if isinstance(n, kinds)
    )


def modules_after(code):
    """The modules of the package that a Python has loaded after some code."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, code],
        cwd=ROOT,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return set(json.loads(done.stdout))


@pytest.mark.parametrize(
    "name", ["results", "results section", "power", "your-data", ""]
)
def test_all_that_python_loads_is_found(sources, name):
    code = statements(PARTS[name].code if name else NUMBERS)
    loaded = modules_after(code)
    assert "smcm" in loaded
    assert loaded <= sources.behind(code)


def test_no_import_statement_is_overlooked(sources):
    for name in sources.digests:
        stem = ROOT / name.replace(".", "/")
        path = stem / "__init__.py" if stem.is_dir() else stem.with_suffix(".py")
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if name == "smcm":
            continue  # its names are loaded when they are asked for
        for_types = {
            id(inner)
            for node in ast.walk(tree)
            if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
            for inner in ast.walk(node)
        }
        found = {*sources.imported[name], *ON_OCCASION.get(name, ())}
        for node in ast.walk(tree):
            if id(node) in for_types or not isinstance(node, ast.ImportFrom):
                continue
            if node.module.startswith("smcm"):
                assert node.module in found, (name, node.module)
                for alias in node.names:
                    full = f"{node.module}.{alias.name}"
                    if full in sources.digests:
                        assert full in found, (name, full)


@pytest.mark.parametrize("name", ON_OCCASION)
def test_what_is_not_followed_is_imported_in_functions_alone(sources, name):
    path = ROOT / f"{name.replace('.', '/')}.py"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named, at_once = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            full = {node.module, *(f"{node.module}.{a.name}" for a in node.names)}
            named |= {node.module.rpartition(".")[0], *full}  # packages are loaded too
            at_once |= full if node in tree.body else set()
    assert set(ON_OCCASION[name]) <= named & set(sources.digests)
    assert not set(ON_OCCASION[name]) & at_once


RUN = """
from smcm import RunParameters, load_cohort, run_study
run_study(load_cohort(), RunParameters(reading="{}", n_boot=100, n_imputations=2))
"""


@pytest.mark.parametrize("reading", READINGS)
def test_an_edition_loads_what_its_digest_names_and_no_other_analysis(sources, reading):
    loaded = modules_after(RUN.format(reading))
    code = ON_REQUEST.get(reading, "") + statements(RUN)
    assert loaded <= sources.behind(code)
    assert ("smcm.analysis.pooled_mediation" in loaded) == (reading == DEFENSIBLE)


def test_modules_are_imported_by_their_names_alone():
    """Another way of importing would have to be looked for."""
    for path in (ROOT / "smcm").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        relative = path.relative_to(ROOT / "smcm").as_posix()
        called = {
            ast.unparse(n.func) for n in ast.walk(tree) if isinstance(n, ast.Call)
        }
        if called & {"import_module", "importlib.import_module", "__import__"}:
            assert relative in {"__init__.py", "rerun/preloaded.py"}
        levels = {n.level for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
        assert levels <= {0}, relative


def test_what_executes_is_there_and_its_change_executes_all(sources):
    behind = sources.behind("from smcm.rerun import execution")
    executing = {name for name in behind if name.startswith("smcm.rerun.")}
    assert set(EXECUTED_BY) <= executing
    apart = {name.rpartition(".")[2] for name in executing - set(EXECUTED_BY)}
    assert apart == set(NOT_IN_AN_OUTCOME)


def test_a_lazy_name_leads_to_its_module(sources):
    found = sources.behind("from smcm import RunParameters")
    assert "smcm.parameters" in found
    assert "smcm.analysis.study" not in found


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(ROOT / "smcm", tmp_path / "smcm")
    return tmp_path


def changed(copy, module):
    """The chapters whose digest a line more in one module changes."""

    def digests():
        found = Sources.on_disk(copy)
        codes = {name: part.code for name, part in PARTS.items()}
        codes |= {"numbers": NUMBERS}
        return {name: found.digest(code, EXECUTED_BY) for name, code in codes.items()}

    before = digests()
    with (copy / module).open("a", encoding="utf-8") as file:
        file.write("\n# Another line.\n")
    return {name for name, digest in digests().items() if digest != before[name]}


def test_a_change_executes_what_imports_it(copy):
    assert changed(copy, "smcm/cli/check.py") == set()
    assert changed(copy, "smcm/text/filters.py") == set()
    assert changed(copy, "smcm/chapters/power/plan.py") == {"power"}
    assert changed(copy, "smcm/audit/rules.py") == {"audit"}
    assert changed(copy, "smcm/stats/ols.py") >= {"numbers", "results", "power"}
    assert changed(copy, "smcm/rerun/kernels.py") == {"numbers", *PARTS}


def test_a_change_in_pooling_renews_the_tables_and_no_chapter_of_the_article(copy):
    article = {"introduction", "methods", "results", "discussion"}
    pooling = changed(copy, "smcm/analysis/pooled_mediation.py")
    assert pooling >= {"results section", "missing"}
    assert not pooling & article
    assert changed(copy, "smcm/stats/chained.py") >= {"results section", *article}
