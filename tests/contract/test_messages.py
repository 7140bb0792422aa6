"""One way to read what is named, to quote a value, to write to a terminal, a CSV.

A new reader or a new message that goes another way is found here.
"""

import ast

from smcm.paths import ROOT

PACKAGE = ROOT / "smcm"
MODULES = sorted(PACKAGE.rglob("*.py"))
# files of the package itself or of its own book, and those it has just written
OWN_FILES = {
    *("input_files.py", "published.py", "design/study_file.py", "cohort/imputation.py"),
    *(
        "cohort/array_cache.py",
        "chapters/nesting/trials.py",
        "chapters/validation/speed.py",
    ),
    *("chapters/missing/imputation_bias.py", "chapters/validation/validation.py"),
    *(
        "report/export.py",
        "rerun/fingerprint.py",
        "rerun/contents.py",
    ),
    *(
        "rerun/imports.py",
        "rerun/books.py",
        "rerun/kept_pages.py",
        "rerun/version.py",
        "rerun/ledger.py",
    ),
    *(
        "rerun/locks.py",
        "rerun/forked_kernels.py",
        "rerun/parts.py",
        "rerun/staging.py",
    ),
    "setup.py",
    "cli/class_folder.py",
    "teach/task.py",
}
READS = {"read_bytes", "read_text", "open"}
# Python code, HTML, what a digest is made of, and an attribute that is not there
AS_PYTHON_HAS_IT = {"__init__.py", "shown.py", "report/show.py"} | {
    *("rerun/notebooks.py", "rerun/staging.py"),
}
TERMINAL = {"rerun/saying.py", "rerun/progress.py", "cli/main.py", "setup.py"}


def name(path):
    return path.relative_to(PACKAGE).as_posix()


def nodes(path, kind):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, kind)]


def called(path):
    """Names of what a module calls, the last part of each."""
    for node in nodes(path, ast.Call):
        if isinstance(node.func, ast.Attribute):
            yield node.func.attr, ast.unparse(node.func)
        elif isinstance(node.func, ast.Name):
            yield node.func.id, node.func.id


def breaking(found_in, apart=()):
    """Modules in which something is found that they should leave to another."""
    parts = {name(path): found_in(path) for path in MODULES if name(path) not in apart}
    return {module: found for module, found in parts.items() if found}


def calls(ways):
    return lambda path: [
        full
        for last, full in called(path)
        if (last in ways or full in ways) and full != "pool.open"
    ]


def quoted_by_hand(path):
    found = nodes(path, ast.FormattedValue)
    return [ast.unparse(n) for n in found if n.conversion in (ord("r"), ord("a"))]


def test_files_that_somebody_names_are_read_in_one_way():
    assert not breaking(calls(READS), OWN_FILES)


def test_values_are_quoted_in_one_way():
    """``{value!r}`` neither cuts what is long nor says how long it was."""
    assert not breaking(quoted_by_hand, AS_PYTHON_HAS_IT)
    assert quoted_by_hand(PACKAGE / "report" / "show.py")


def test_the_terminal_is_written_to_in_one_place():
    ways = {"click.echo", "click.secho", "print", "sys.stdout.write"}
    assert not breaking(calls(ways), TERMINAL)
    assert calls(ways)(PACKAGE / "rerun" / "saying.py")


def test_csv_is_written_in_one_place():
    ways = {"to_csv", "writer", "DictWriter"}
    assert not breaking(calls(ways), {"report/csv_text.py"})
    assert len(calls(ways)(PACKAGE / "report" / "csv_text.py")) == 2


def test_pages_offer_no_csv_that_is_written_elsewhere():
    scripts = [*(ROOT / "book").rglob("*.js"), *(ROOT / "book").rglob("*.html")]
    scripts = [path for path in scripts if "_build" not in path.parts]
    assert scripts
    found = [p.name for p in scripts if "text/csv" in p.read_text(encoding="utf-8")]
    assert not found
