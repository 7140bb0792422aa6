"""The table of contents, and which of its chapters can be executed."""

import ast
import copy
from collections.abc import Collection, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import yaml

from smcm.errors import BuildError, UnknownValueError
from smcm.parameters import RunParameters
from smcm.rerun.chapters import PARAMETERS_TAG, Chapter, parsed, tags

CONTENTS = "_toc.yml"
RERUNS = "book/compare"  # the page under which the contents list the runs


def read_chapters(source: Path) -> dict[str, Chapter]:
    """Find the chapters of the contents that have a parameters cell.

    Parameters
    ----------
    source : Path
        Folder with ``_toc.yml`` and the chapters.

    Returns
    -------
    dict of str to Chapter
        By name, in the order of the contents.

    Raises
    ------
    BuildError
        A chapter whose parameters cell does not declare just what a run can change:
        papermill would run it with its defaults and say nothing.
    """
    found = {}
    for chapter in read_texts(source):
        if PARAMETERS_TAG not in chapter.text:  # which saves parsing it
            continue
        cells = parsed(chapter.text).cells
        first = [cell for cell in cells if PARAMETERS_TAG in tags(cell)]
        if first:
            _require_declared(chapter.name, str(first[0].source))
            found[chapter.name] = chapter
    return found


def read_texts(source: Path) -> list[Chapter]:
    """Read every page of the contents that is Markdown, executed or not."""
    names = _files(read_contents(source))
    paths = {name: source / f"{name}.md" for name in names}
    return [
        Chapter(name, path.read_text(encoding="utf-8"))
        for name, path in paths.items()
        if path.is_file()
    ]


def choose_chapter(chapters: Sequence[Chapter], stem: str) -> Chapter:
    """Find a chapter by its stem.

    Raises
    ------
    UnknownValueError
    """
    by_stem = {chapter.stem: chapter for chapter in chapters}
    if stem not in by_stem:
        raise UnknownValueError.for_choice("--chapter", stem, by_stem)
    return by_stem[stem]


def read_contents(source: Path) -> Any:  # noqa: ANN401 (parsed YAML)
    """Read the table of contents."""
    return yaml.safe_load((source / CONTENTS).read_text(encoding="utf-8"))


def contents_with(
    contents: Any,  # noqa: ANN401 (parsed YAML)
    pages: Sequence[str],
    absent: Collection[str] = (),
) -> str:
    """List the pages of the runs under their chapter.

    Parameters
    ----------
    contents : dict
        As read.
    pages : sequence of str
        Names of pages.
    absent : collection of str
        Names of chapters to take out, and parts with them that have no other.

    Returns
    -------
    str
        YAML.
    """
    extended = copy.deepcopy(contents)
    for part in extended["parts"]:
        part["chapters"] = [c for c in part["chapters"] if c["file"] not in absent]
        for chapter in part["chapters"]:
            if chapter["file"] == RERUNS and pages:
                chapter["sections"] = [{"file": page} for page in pages]
    extended["parts"] = [part for part in extended["parts"] if part["chapters"]]
    return str(yaml.safe_dump(extended, sort_keys=False, allow_unicode=True))


def _files(contents: Any) -> list[str]:  # noqa: ANN401 (parsed YAML)
    """Every file of a table of contents, in reading order."""
    if isinstance(contents, list):
        return [name for part in contents for name in _files(part)]
    if not isinstance(contents, dict):
        return []
    own = [contents[key] for key in ("root", "file") if key in contents]
    nested = [part for value in contents.values() for part in _files(value)]
    return [*own, *nested]


def _require_declared(name: str, source: str) -> None:
    declared = {
        node.target.id
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }
    known = {item.name for item in fields(RunParameters)}
    if declared != known:
        odd = ", ".join(sorted(declared ^ known))
        raise BuildError(
            f"The parameters cell of {name}.md and the parameters of a run differ in "
            f"{odd}; make the cell declare them all and nothing else."
        )
