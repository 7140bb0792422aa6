"""A book: its chapters executed, the runs of its grid beside them, and all built."""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from smcm.errors import BuildError
from smcm.parameters import SYNTHETIC, RunParameters
from smcm.paths import ROOT, home_expanded
from smcm.rerun.book_folders import require_free
from smcm.rerun.building import run_builder
from smcm.rerun.chapters import Chapter
from smcm.rerun.contents import read_chapters
from smcm.rerun.executors import LocalPool, Pool
from smcm.rerun.fingerprint import fingerprint
from smcm.rerun.kept_pages import copy_pages, kept_pages, renew
from smcm.rerun.ledger import sweep_files
from smcm.rerun.locks import sole_use
from smcm.rerun.outputs import LABEL
from smcm.rerun.pages import MAIN
from smcm.rerun.parts import beside, put_in_place
from smcm.rerun.planning import Plan, Report
from smcm.rerun.scheduling import Watch, carry_out
from smcm.rerun.staging import SOURCES, stage
from smcm.rerun.units import Unit, behind_page

if TYPE_CHECKING:
    from smcm.cohort.tables import Cohort

MACHINERY = ("smcm", "data", "requirements.txt")
Echo = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """What a book is made of.

    Attributes
    ----------
    run : RunParameters
        Of its own chapters.
    cohort : Cohort
        The data of all of it, checked.
    runs : tuple of RunParameters
        Those of the part on reruns; none for a book without that part.
    repeated : tuple of str
        Stems of the chapters that are executed for each of them.
    folder : Path
        Where the executed chapters and the results of runs are kept.
    """

    run: RunParameters
    cohort: "Cohort"
    runs: tuple[RunParameters, ...]
    repeated: tuple[str, ...] = (MAIN,)
    folder: Path

    def chapters(self) -> dict[str, Chapter]:
        """Read the chapters of this book from their sources."""
        found = read_chapters(ROOT)
        return {n: c for n, c in found.items() if self.runs or not c.reads_runs}

    def plan(
        self,
        *,
        whole: bool = True,
        shard: tuple[int, int] | None = None,
        afresh: bool = False,
    ) -> Plan:
        """List what has to be executed: all, or the runs of the grid alone."""
        chapters = self.chapters()
        own = self.located(self.run)
        units = [Unit(self.located(run)) for run in self.runs]
        pages = [Unit(own, chapter) for chapter in chapters.values() if whole]
        pages += [unit for _, unit in self.pages(chapters)]
        for page in pages:
            units += behind_page(page, chapters.values())
        return Plan(
            cohort=self.cohort,
            folder=self.folder,
            runs=self.runs,
            units=tuple(dict.fromkeys(units)),
            shard=shard,
            afresh=afresh,
        )

    def pages(
        self, chapters: Mapping[str, Chapter]
    ) -> list[tuple[RunParameters, Unit]]:
        """List the pages of the part on reruns: each run with each chapter of it."""
        short = {chapter.stem: chapter.short for chapter in chapters.values()}
        return [
            (run, Unit(self.located(run), short[stem]))
            for run in self.runs
            for stem in self.repeated
        ]

    def located(self, run: RunParameters) -> RunParameters:
        """Name the data by their full path, since kernels work in another folder."""
        if run.data == SYNTHETIC:
            return run
        return replace(run, data=str(home_expanded(Path(run.data), "--data").resolve()))


def make_book(
    book: Book, out: Path, *, watch: Watch, echo: Echo, pool: Pool | None = None
) -> Path:
    """Execute what is missing or stale and build the book from it.

    Parameters
    ----------
    book : Book
    out : Path
        Folder of the pages; replaced as a whole when the book is done, untouched
        otherwise.
    watch : callable
        Shows how far the execution is.
    echo : callable
        Receives the lines the builder prints.
    pool : Pool, optional
        By default the cores of this machine.

    Returns
    -------
    Path
        The page to open first.

    Raises
    ------
    FailedRunsError
        A chapter or a run failed; nothing is published.
    BuildError
        The builder had a warning.
    OutputError
        `out` holds something else.
    """
    require_free(out)
    with sole_use(out, echo):
        label = _label(book)
        if _is_current(out, label):
            echo("Nothing has changed since the last build.")
            return out / "index.html"
        with sole_use(book.folder, echo):
            book.folder.mkdir(parents=True, exist_ok=True)
            sweep_files(book.folder)
            carry_out(book.plan(), pool or LocalPool(), watch).require_whole()
            echo("Building the pages.")
            _build(book, out, label, echo)
    return out / "index.html"


def execute_runs(
    book: Book,
    pool: Pool,
    watch: Watch,
    *,
    shard: tuple[int, int] | None = None,
    afresh: bool = False,
) -> Report:
    """Execute the runs of the grid; the caller holds their folder."""
    book.folder.mkdir(parents=True, exist_ok=True)
    if shard is None:  # others may write beside a shard
        sweep_files(book.folder)
    return carry_out(book.plan(whole=False, shard=shard, afresh=afresh), pool, watch)


def _build(book: Book, out: Path, label: str, echo: Echo) -> None:
    with beside(out) as part, kept_pages(out, part / "pages") as kept:
        stage(book, part / "source", kept / "source")
        renew(kept / "source", part / "source")
        run = book.located(book.run)
        if run_builder(kept / "source", kept, run, book.folder, echo) != 0:
            raise BuildError(
                f"The book was not built (see the lines above); {out} is as before."
            )
        pages = part / "html"
        copy_pages(kept / "_build" / "html", pages, out)
        (pages / LABEL).write_text(label, encoding="utf-8")
        put_in_place(pages, out, part)


def _label(book: Book) -> str:
    """Say what the book is built with: the run, the data, a digest of it all."""
    cohort = book.cohort
    shown = asdict(book.run) | {"data": cohort.name}
    slugs: Sequence[str] = [run.slug for run in book.runs]
    content = {
        "run": shown,
        "runs": slugs,
        "data": {
            "name": cohort.name,
            "synthetic": cohort.synthetic,
            "statement": cohort.statement,
            "digest": cohort.digest,
        },
        "built_from": fingerprint(
            ROOT,
            *MACHINERY,
            *SOURCES,
            extra=f"{sys.version} {shown} {slugs} {book.repeated} {cohort.digest}",
        ),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _is_current(out: Path, label: str) -> bool:
    built = out / LABEL
    return (
        built.is_file()
        and (out / "index.html").is_file()
        and built.read_bytes() == label.encode()
    )
