"""A chapter is prose and short calls; its first cell is the list of parameters."""

import ast
from dataclasses import fields

import pytest
from myst_nb.core.read import read_myst_markdown_notebook

from smcm.parameters import RunParameters
from tests.text.sources import CHAPTERS, file_of

LOGIC = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.For,
    ast.While,
    ast.If,
    ast.IfExp,
    ast.Try,
    ast.With,
    ast.ListComp,
    ast.DictComp,
    ast.SetComp,
    ast.GeneratorExp,
)
MOST_LINES = 6
by_stem = pytest.mark.parametrize("chapter", CHAPTERS, ids=file_of)


def cells(chapter):
    notebook = read_myst_markdown_notebook(chapter.read_text(encoding="utf-8"))
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def is_parameters(cell):
    return "parameters" in cell.metadata.get("tags", [])


def declared(cell):
    """Name, type, default and help of each line of a parameters cell."""
    rows = []
    for line in cell.source.strip().splitlines():
        code, _, comment = line.partition("  # ")
        node = ast.parse(code).body[0]
        default = ast.literal_eval(node.value)
        rows.append((node.target.id, node.annotation.id, default, comment))
    return rows


@by_stem
def test_what_a_cell_imports_is_there(chapter):
    for cell in cells(chapter):
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.ImportFrom):
                names = ", ".join(alias.name for alias in node.names)
                exec(f"from {node.module} import {names}", {})


@by_stem
def test_a_cell_holds_no_logic(chapter):
    for cell in cells(chapter):
        found = [n for n in ast.walk(ast.parse(cell.source)) if isinstance(n, LOGIC)]
        assert not found, cell.source


@by_stem
def test_a_cell_is_short(chapter):
    long = [
        cell.source
        for cell in cells(chapter)
        if not is_parameters(cell) and len(cell.source.splitlines()) > MOST_LINES
    ]
    assert not long


@by_stem
def test_a_chapter_knows_no_library_but_this_one(chapter):
    tree = ast.parse("\n".join(cell.source for cell in cells(chapter)))
    modules = {
        alias.name if isinstance(node, ast.Import) else node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert {name.split(".")[0] for name in modules} <= {"smcm"}


@by_stem
def test_the_parameters_cell_comes_first_and_is_the_dataclass(chapter):
    code = cells(chapter)
    if not code:
        pytest.skip("a chapter of prose alone")
    assert [is_parameters(cell) for cell in code] == [True] + [False] * (len(code) - 1)
    assert declared(code[0]) == [
        (field.name, field.type.__name__, field.default, field.metadata["help"])
        for field in fields(RunParameters)
    ]


@by_stem
def test_no_output_is_kept_with_the_source(chapter):
    assert not [cell for cell in cells(chapter) if cell.outputs]
