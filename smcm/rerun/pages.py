"""Pages from chapters and kept outputs: the text is today's, the numbers are kept."""

import copy
from collections import ChainMap
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jupytext
import nbformat

from smcm.errors import BuildError
from smcm.facts import facts_of, without_facts
from smcm.parameters import RunParameters
from smcm.rerun.chapters import Chapter, tags
from smcm.rerun.links import follow, labels_in, suffixed, without_links
from smcm.rerun.notebooks import INJECTED_TAG, own_cells, parameters_cell
from smcm.rerun.rows import Rows
from smcm.rerun.units import Unit, behind_page
from smcm.text import Text
from smcm.text.printed import printed_facts

RUNS = "book/runs"
MAIN = "results"  # the chapter whose pages are named after the run alone
MARKDOWN = "text/markdown"
HIDING = {"remove-cell", "remove-output"}  # tags of cells whose outputs nobody sees
Notebook = Any  # nbformat has no types


@dataclass(frozen=True, slots=True)
class Rendering:
    """How chapters become pages.

    Attributes
    ----------
    folder : Path
        Of the runs, with the executed notebooks.
    executed : mapping of str to Chapter
        The chapters that are notebooks in the book, by their names.
    absent : collection of str
        Names of the chapters that the book does without.
    words : Text
        Fills in the chapters' text from what they have found.
    printed : mapping
        The printed numbers, for the text.
    rows : Rows, optional
        Tells rows of clients, which no page shows.
    """

    folder: Path
    executed: Mapping[str, Chapter]
    absent: Collection[str] = ()
    words: Text = field(default_factory=Text)
    printed: dict[str, Any] = field(default_factory=printed_facts)
    rows: Rows | None = None

    def chapter(self, unit: Unit) -> Notebook:
        """Render a chapter of the book itself."""
        chapter = _chapter(unit)
        page = self._joined(unit)
        for cell in _prose(page):
            cell["source"] = self.text(cell.source, chapter.name)
        return page

    def text(self, text: str, page: str, to: str = "") -> str:
        """Point the links of a chapter's prose to where things are in this book."""
        there = without_links(text, page, self.absent)
        return follow(there, page, self.executed, to=to)

    def run_page(self, unit: Unit, box: str) -> Notebook:
        """Render a chapter of a run: own title, own labels, a box at the top.

        Parameters
        ----------
        unit : Unit
        box : str
            Markdown that says what run it is.
        """
        chapter, name = _chapter(unit), page_name(unit)
        page = self._joined(unit)
        suffix = f"-{name.rpartition('/')[2]}"
        labels = _labels(page)
        for cell in _prose(page):
            text = self.text(cell.source, chapter.name, to=name)
            cell["source"] = suffixed(text, labels, suffix)
        _retitle(page, page_title(unit.run, chapter), box)
        for cell in page.cells:
            _suffix_cell(cell, labels, suffix)
        page.metadata["nosearch"] = True  # or every search would find all the runs
        return page

    def _joined(self, unit: Unit) -> Notebook:
        """Join today's text with the outputs that were kept.

        What a page hides is left out, since the page offers its notebook for download.
        """
        kept = {
            one: nbformat.read(self.folder / one.file, as_version=4)
            for one in behind_page(unit, self.executed.values())
        }
        page = self._filled(_chapter(unit), kept.values())
        first, *sections = (kept[part] for part in unit.parts)
        for cell, outputs in _with_outputs(unit, page, [first, *sections]):
            shown = [] if HIDING & set(tags(cell)) else without_facts(outputs)
            if self.rows:
                self.rows.require_none(f"{_chapter(unit).name}.md", shown)
            cell["outputs"] = copy.deepcopy(shown)
        injected = [cell for cell in first.cells if INJECTED_TAG in tags(cell)]
        page.cells[parameters_cell(page) + 1 : parameters_cell(page) + 1] = injected
        for key in ("language_info", "kernelspec"):
            page.metadata[key] = first.metadata[key]
        page.metadata.pop("jupytext", None)
        page["nbformat_minor"] = first.nbformat_minor
        for number, cell in enumerate(page.cells):
            cell["id"] = f"cell-{number:03d}"
        return page

    def _filled(self, chapter: Chapter, kept: Iterable[Notebook]) -> Notebook:
        """Fill in a chapter's text and captions from the facts that were left."""
        facts = [*map(facts_of, kept), self.printed]
        text = self.words.filled(
            chapter.text, f"{chapter.name}.md", dict(ChainMap(*facts))
        )
        return jupytext.reads(text, fmt="md:myst")


def page_name(unit: Unit) -> str:
    """Name of the page of a unit in the part of the reruns."""
    stem = _chapter(unit).stem
    return f"{RUNS}/{unit.run.slug}{'' if stem == MAIN else f'-{stem}'}"


def page_title(run: RunParameters, chapter: Chapter) -> str:
    """Heading of a page in the part of the reruns."""
    title = run.title
    if chapter.stem == MAIN:
        return title
    heading = next(
        line.removeprefix("# ")
        for line in chapter.text.splitlines()
        if line.startswith("# ")
    )
    return f"{heading}: {title[0].lower()}{title[1:]}"


def write_page(page: Notebook, path: Path) -> None:
    """Write a page for the builder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(page, path)


def _chapter(unit: Unit) -> Chapter:
    if unit.chapter is None:
        message = f"{unit.name} is no chapter"
        raise TypeError(message)
    return unit.chapter


def _prose(page: Notebook) -> Iterator[Any]:
    return (cell for cell in page.cells if cell.cell_type == "markdown")


def _figure(cell: Any) -> Mapping[str, Any]:  # noqa: ANN401 (nbformat has no types)
    found: Mapping[str, Any] = cell.metadata.get("mystnb", {}).get("figure", {})
    return found


def _with_outputs(
    unit: Unit, page: Notebook, executed: Sequence[Notebook]
) -> Iterator[tuple[Any, Sequence[Any]]]:
    """Give each code cell of a page its outputs, from the parts that were executed.

    The parts are parts of the same text, so that each has its cells in the same order.
    """
    first, *sections = map(own_cells, executed)
    left = [*first, *(cell for cells in sections for cell in cells[1:])]
    for cell in (cell for cell in page.cells if cell.cell_type == "code"):
        found = next((one for one in left if one.source == cell.source), None)
        if found is None:
            raise _changed(unit)
        left.remove(found)
        yield cell, found.outputs
    if left:
        raise _changed(unit)


def _changed(unit: Unit) -> BuildError:
    return BuildError(
        f"{_chapter(unit).name}.md was changed while the runs were under way; give "
        "the command again."
    )


def _shown(cell: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401
    """Give the outputs of a cell that hold Markdown."""
    for output in cell.get("outputs", ()):
        if MARKDOWN in output.get("data", {}):
            yield output["data"]


def _labels(page: Notebook) -> set[str]:
    found: set[str] = set()
    for cell in page.cells:
        if cell.cell_type == "markdown":
            found |= labels_in(cell.source)
        found |= {_figure(cell)["name"]} if "name" in _figure(cell) else set()
        for data in _shown(cell):
            found |= labels_in(data[MARKDOWN])
    return found


def _suffix_cell(cell: Any, labels: Collection[str], suffix: str) -> None:  # noqa: ANN401
    figure = cell.metadata.get("mystnb", {}).get("figure")
    if figure and "name" in figure:
        figure["name"] += suffix
    if figure and "caption" in figure:
        figure["caption"] = suffixed(figure["caption"], labels, suffix)
    for data in _shown(cell):
        data[MARKDOWN] = suffixed(data[MARKDOWN], labels, suffix)


def _retitle(page: Notebook, title: str, box: str) -> None:
    """Put the page's own heading and the box in the place of the chapter's heading."""
    first = next(cell for cell in _prose(page) if cell.source.startswith("# "))
    _, _, rest = first.source.partition("\n")
    first["source"] = f"# {title}\n\n{box}\n{rest}"
