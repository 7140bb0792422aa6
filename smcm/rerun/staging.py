"""What a book is built from, laid out in a folder: sources, chapters, pages of runs."""

import hashlib
import json
import shutil
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from smcm.facts import plain
from smcm.parameters import RunParameters
from smcm.paths import BOOK, ROOT
from smcm.rerun.chapters import Chapter
from smcm.rerun.contents import (
    CONTENTS,
    contents_with,
    read_chapters,
    read_contents,
    read_texts,
)
from smcm.rerun.fingerprint import fingerprint
from smcm.rerun.kept_pages import link
from smcm.rerun.links import linked
from smcm.rerun.pages import RUNS as RUNS_PART
from smcm.rerun.pages import Notebook, Rendering, page_name, write_page
from smcm.rerun.rows import Rows
from smcm.rerun.units import TEXT, Package, Unit, behind_page, file_digest

if TYPE_CHECKING:
    from smcm.rerun.books import Book

SOURCES = ("_config.yml", CONTENTS, "book")
WORDS = (*TEXT, "book/_text", "data/published")  # what fills in the text
RUN_BOX = BOOK / "_text" / "run_page.j2"
RUN_PAGES = f"{RUNS_PART}/pages.json"  # for the extension that writes the page's head
DATA_FACTS = "book/data.json"  # for the same, so that it need not read the data
MADE_FROM = "made_from.json"  # digest of all that each page follows from
FACTS = ("name", "synthetic", "shipped", "statement", "digest")


@dataclass(frozen=True, slots=True)
class _Pages:
    """The pages of a layout, taken from an earlier one where they are the same.

    Attributes
    ----------
    source : Path
        Folder that they are laid out in.
    earlier : Path or None
        That of the last build.
    ground : str
        What all of them follow from.
    before, made_from : mapping of str to str
        Digest of all that a page follows from, by its name: as it was, as it is.
    """

    source: Path
    earlier: Path | None
    ground: str
    before: Mapping[str, str]
    made_from: dict[str, str] = field(default_factory=dict)

    @classmethod
    def within(cls, source: Path, earlier: Path | None, ground: object) -> "_Pages":
        """Begin a layout."""
        noted = source if earlier is None else earlier / MADE_FROM
        before = json.loads(noted.read_text("utf-8")) if noted.is_file() else {}
        return cls(source, earlier, repr(ground), before)

    def add(
        self, name: str, follows_from: object, render: Callable[[], Notebook]
    ) -> None:
        """Lay out a page; it is rendered only where that would make another one."""
        digest = hashlib.sha256(f"{self.ground} {follows_from!r}".encode()).hexdigest()
        self.made_from[name] = digest
        file = f"{name}.ipynb"
        if self.earlier is None or self.before.get(name) != digest:
            write_page(render(), self.source / file)
        else:
            (self.source / file).parent.mkdir(parents=True, exist_ok=True)
            link(self.earlier / file, self.source / file)

    def note(self) -> None:
        """Say for the next layout what the pages were made from."""
        text = json.dumps(self.made_from, indent=1)
        (self.source / MADE_FROM).write_text(text, encoding="utf-8")


def stage(book: "Book", source: Path, earlier: Path | None = None) -> None:
    """Lay out what the book is built from: sources, executed chapters, run pages.

    Parameters
    ----------
    book : Book
    source : Path
        Folder that does not exist yet.
    earlier : Path, optional
        Layout of the last build, whose pages are taken where they would come out alike.
    """
    chapters = book.chapters()
    absent = _absent(chapters)
    rows = Rows.of(book.cohort)
    rendering = Rendering(book.folder, chapters, absent, rows=rows)
    _copy_sources(source, rendering)
    ground = (
        Package.on_disk(),
        fingerprint(ROOT, *WORDS),
        book.cohort.digest,
        list(chapters),
        absent,
    )
    laid = _Pages.within(source, earlier, ground)
    own = book.located(book.run)
    for name, chapter in chapters.items():
        unit = Unit(own, chapter)
        follows_from = _followed(book, unit, chapters.values())
        laid.add(name, follows_from, partial(rendering.chapter, unit))
    shown: dict[str, Mapping[str, int | str]] = {}
    for run, unit in book.pages(chapters):
        name = page_name(unit)
        shown[name] = asdict(run) | {"data": book.cohort.name}
        render = partial(_run_page, book, rendering, run, unit)
        laid.add(name, _followed(book, unit, chapters.values()), render)
    laid.note()
    if shown:
        (source / RUN_PAGES).write_text(json.dumps(shown, indent=1), encoding="utf-8")
    facts = {name: getattr(book.cohort, name) for name in FACTS}
    (source / DATA_FACTS).write_text(json.dumps(facts), encoding="utf-8")
    contents = contents_with(read_contents(ROOT), list(shown), absent)
    (source / CONTENTS).write_text(contents, encoding="utf-8")


def _absent(chapters: Collection[str]) -> list[str]:
    """Name what the book does without, and what was taken out of the repository."""
    left_out = [name for name in read_chapters(ROOT) if name not in chapters]
    linked_to = set().union(*(linked(c.text, c.name) for c in read_texts(ROOT)))
    taken_out = (name for name in linked_to if not (ROOT / f"{name}.md").is_file())
    return [*left_out, *sorted(taken_out)]


def _followed(book: "Book", page: Unit, chapters: Iterable[Chapter]) -> object:
    """Give what one page follows from: its chapter, its outputs, the run's numbers."""
    units = *behind_page(page, chapters), Unit(page.run)
    return page, [file_digest(book.folder / unit.file) for unit in units]


def _run_page(
    book: "Book", rendering: Rendering, run: RunParameters, unit: Unit
) -> Notebook:
    from smcm.report.run_page import run_page_facts  # noqa: PLC0415 (slow to import)
    from smcm.report.runs import read_run  # noqa: PLC0415

    record = read_run(book.folder, run.slug, book.cohort.design)
    facts = {"run_page": plain(run_page_facts(record, book.cohort.digest))}
    box = rendering.words.filled(RUN_BOX.read_text("utf-8"), RUN_BOX.name, facts)
    return rendering.run_page(unit, box)


def _copy_sources(source: Path, rendering: Rendering) -> None:
    """Copy what the book is built from, but not the chapters that are executed."""
    left_out = shutil.ignore_patterns(
        "__pycache__", ".ipynb_checkpoints", "runs", "_text"
    )
    source.mkdir()
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=left_out)
        else:
            shutil.copy2(ROOT / name, source / name)
    for name in (*rendering.executed, *rendering.absent):
        (source / f"{name}.md").unlink(missing_ok=True)  # some were taken out
    for path in (source / "book").rglob("*.md"):
        page = path.relative_to(source).with_suffix("").as_posix()
        text = path.read_text(encoding="utf-8")
        path.write_text(rendering.text(text, page), encoding="utf-8")
