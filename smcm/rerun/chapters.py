"""A chapter, and the parts of it that are executed by themselves."""

import copy
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import jupytext

PARAMETERS_TAG = "parameters"
READS_RUNS_TAG = "reads-runs"
READS_CONCLUSIONS_TAG = "reads-conclusions"
READS_SECTIONS_TAG = "reads-sections"
SECTION = "section"
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
        """The name below ``book/``, in one word: ``"results"``, ``"lessons-parts"``.

        Examples
        --------
        >>> Chapter("book/lessons/missing", "").stem
        'lessons-missing'
        """
        return stem_of(self.name)

    @property
    def notebook(self) -> Notebook:
        """The chapter as a notebook without outputs; a new one at every call."""
        return copy.deepcopy(parsed(self.text))

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
        return any(tag in tags(cell) for cell in parsed(self.text).cells)

    @property
    def reads_sections(self) -> bool:
        """Whether its text speaks of what the sections of the book have found."""
        return self._has(READS_SECTIONS_TAG)

    @property
    def code(self) -> str:
        """All that is executed, cell after cell."""
        cells = parsed(self.text).cells
        return "\n".join(c.source for c in cells if c.cell_type == "code")

    @property
    def code_digest(self) -> str:
        """SHA-256 of all that is executed: no prose, no captions."""
        sources = [c.source for c in parsed(self.text).cells if c.cell_type == "code"]
        return hashlib.sha256(json.dumps(sources).encode()).hexdigest()


def stem_of(name: str) -> str:
    """Make one word of the path of a chapter, so that no folder hides another's."""
    return name.removeprefix("book/").replace("/", "-")


@cache
def parsed(text: str) -> Notebook:
    """Parse a chapter once, which takes long; not to be changed."""
    return jupytext.reads(text, fmt="md:myst")


def tags(cell: Any) -> Sequence[str]:  # noqa: ANN401 (nbformat has no types)
    """Tags of a cell."""
    found: Sequence[str] = cell.metadata.get("tags", [])
    return found
