"""The table of contents, and the chapters in it that can be executed."""

import ast
import copy
import hashlib
import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import Any

import jupytext
import yaml

from smcm.errors import BuildError, UnknownValueError
from smcm.parameters import RunParameters

CONTENTS = "_toc.yml"
PARAMETERS_TAG = "parameters"
READS_RUNS_TAG = "reads-runs"
READS_CONCLUSIONS_TAG = "reads-conclusions"
READS_SECTIONS_TAG = "reads-sections"
SECTION = "section"
RERUNS = "book/compare"  # the page under which the contents list the runs
BOOK_ALONE = re.compile(  # what the pages of runs do without
    r"^\{## In the book alone ##\}$(.*?)^\{## In the runs too ##\}$\n",
    re.MULTILINE | re.DOTALL,
)
HEAD = re.compile(  # up to the parameters cell
    rf"\A.*?^:tags: \[{PARAMETERS_TAG}\b.*?^```$\n", re.MULTILINE | re.DOTALL
)
Notebook = Any  # nbformat has no types


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter, or a part of it that papermill can execute.

    Attributes
    ----------
    name : str
        Its path without suffix, for example ``"book/results"``.
    text : str
        MyST Markdown.
    part : str
        `SECTION` for the section that only the book has.
    """

    name: str
    text: str
    part: str = ""

    @property
    def short(self) -> "Chapter":
        """The chapter without its section, as the pages of runs have it."""
        return replace(self, text=BOOK_ALONE.sub("", self.text))

    @property
    def section(self) -> "Chapter | None":
        """The section that only the book has, behind the chapter's parameters."""
        found = BOOK_ALONE.search(self.text)
        if found is None:
            return None
        head = HEAD.match(self.text)
        text = (head[0] if head else "") + found[1]
        return replace(self, text=text, part=SECTION)

    @property
    def parts(self) -> tuple["Chapter", ...]:
        """What is executed by itself: the short chapter, and the section if any."""
        return (self.short, self.section) if self.section else (self,)

    @property
    def stem(self) -> str:
        """The last part of the name."""
        return self.name.rpartition("/")[2]

    @property
    def notebook(self) -> Notebook:
        """The chapter as a notebook without outputs; a new one at every call."""
        return copy.deepcopy(_parsed(self.text))

    @property
    def reads_runs(self) -> bool:
        """Whether its numbers rest on the runs of a grid."""
        return self._has(READS_RUNS_TAG)

    @property
    def reads_conclusions(self) -> bool:
        """Whether it shows what other chapters have concluded."""
        return self._has(READS_CONCLUSIONS_TAG)

    def _has(self, tag: str) -> bool:
        if tag not in self.text:  # which saves parsing it
            return False
        return any(tag in tags(cell) for cell in _parsed(self.text).cells)

    @property
    def reads_sections(self) -> bool:
        """Whether its text speaks of what the sections of the book have found."""
        return self._has(READS_SECTIONS_TAG)

    @property
    def code(self) -> str:
        """All that is executed, cell after cell."""
        cells = _parsed(self.text).cells
        return "\n".join(c.source for c in cells if c.cell_type == "code")

    @property
    def code_digest(self) -> str:
        """SHA-256 of all that is executed: no prose, no captions."""
        sources = [c.source for c in _parsed(self.text).cells if c.cell_type == "code"]
        return hashlib.sha256(json.dumps(sources).encode()).hexdigest()


@cache
def _parsed(text: str) -> Notebook:
    """Parse a chapter once, which takes long; not to be changed."""
    return jupytext.reads(text, fmt="md:myst")


def tags(cell: Any) -> Sequence[str]:  # noqa: ANN401 (nbformat has no types)
    """Tags of a cell."""
    found: Sequence[str] = cell.metadata.get("tags", [])
    return found


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
        cells = _parsed(chapter.text).cells
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
