"""The units of work of a rerun, and what each of them follows from."""

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from smcm.input_files import InputFileError, read_input
from smcm.parameters import DEFENSIBLE, RunParameters
from smcm.paths import ROOT
from smcm.rerun.chapters import Chapter
from smcm.rerun.fingerprint import fingerprint
from smcm.rerun.imports import sources

if TYPE_CHECKING:
    from smcm.cohort.tables import Cohort

RESULTS = "results.json"
CODE = ("smcm",)
TEXT = ("smcm/text",)  # no chapter executes it
LOCK = ("requirements.txt",)
# What gives a unit its kernel and home and keeps its outcome, and so can change it.
EXECUTED_BY = tuple(
    f"smcm.rerun.{name}"
    for name in (
        *("execution", "forked_kernels", "homes", "kernels"),
        *("notebooks", "papermilled"),
    )
)
NUMBERS = """
from smcm import load_cohort, run_study
from smcm.report import export
"""
# What a study loads when its run asks for it.
ON_REQUEST = {DEFENSIBLE: "from smcm.analysis import defensible\n"}
BESIDE_DATA = ("data/published", "data/validation")
ORDINARY, READING_RUNS, READING_CONCLUSIONS = range(3)  # waves of units
Digests = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Unit:
    """One chapter of one run, or the numbers of one run.

    Attributes
    ----------
    run : RunParameters
    chapter : Chapter or None
        None for the numbers.
    """

    run: RunParameters
    chapter: Chapter | None = None

    @property
    def file(self) -> str:
        """Where its outcome is kept, relative to the folder of the runs."""
        if self.chapter is None:
            return f"{self.run.slug}/{RESULTS}"
        return f"{self.run.slug}/{self._chapter_name}.ipynb"

    @property
    def parts(self) -> tuple["Unit", ...]:
        """What is executed of a chapter, by parts."""
        if self.chapter is None:
            return (self,)
        return tuple(Unit(self.run, part) for part in self.chapter.parts)

    @property
    def wave(self) -> int:
        """Whom it waits for: nobody, all runs, or also the chapters of its run."""
        if self.chapter is None:
            return ORDINARY
        if self.chapter.reads_conclusions:
            return READING_CONCLUSIONS
        return READING_RUNS if self.chapter.reads_runs else ORDINARY

    @property
    def failed_file(self) -> str:
        """Where the notebook of a failed chapter is left for its author."""
        return f"{self.file.removesuffix('.ipynb')}.failed.ipynb"

    @property
    def name(self) -> str:
        """For the progress bar and the manifest."""
        return f"{self.run.slug} {self._chapter_name}"

    @property
    def _chapter_name(self) -> str:
        if self.chapter is None:
            return "numbers"
        return "-".join(filter(None, (self.chapter.stem, self.chapter.part)))


@dataclass(frozen=True, slots=True)
class Package:
    """What executes the units.

    Attributes
    ----------
    code, lock : str
        SHA-256, in hexadecimal: the package; the lock and the version of Python.
    """

    code: str
    lock: str

    @classmethod
    def on_disk(cls) -> "Package":
        """Take the digests as things stand on the disk."""
        return cls(
            code=fingerprint(ROOT, *CODE, without=TEXT),
            lock=fingerprint(ROOT, *LOCK, extra=sys.version),
        )


@dataclass(frozen=True, slots=True)
class Ground:
    """What every unit of a rerun follows from.

    Attributes
    ----------
    code, data, lock : str
        SHA-256, in hexadecimal: the package; the data with their study file,
        their manifest and the printed numbers; the lock and the version of Python.
    """

    code: str
    data: str
    lock: str

    @classmethod
    def of(cls, cohort: "Cohort") -> "Ground":
        """Take the digests as things stand on the disk."""
        about = (
            f"{cohort.name} {cohort.synthetic} {cohort.fewest_shown} "
            f"{cohort.statement} {cohort.digest}"
        )
        package = Package.on_disk()
        return cls(
            code=package.code,
            data=fingerprint(ROOT, *BESIDE_DATA, extra=about),
            lock=package.lock,
        )

    @property
    def package(self) -> "Package":
        """What a worker has to have in memory."""
        return Package(self.code, self.lock)

    def digests(self, unit: Unit, runs: str = "", conclusions: str = "") -> Digests:
        """Tell what a unit follows from.

        Parameters
        ----------
        unit : Unit
        runs : str
            Digest of the results of all runs, for a chapter that reads them.
        conclusions : str
            Digest of what the other chapters of its run have concluded, for one that
            reads them.
        """
        values = asdict(unit.run) | {"data": ""}  # the data have their own digest
        digests = {
            "code": self._code(unit),
            "data": self.data,
            "lock": self.lock,
            "parameters": _digest(json.dumps(values)),
        }
        if unit.chapter is not None:
            digests["chapter"] = unit.chapter.code_digest
            if unit.chapter.reads_runs:
                digests["runs"] = runs
            if unit.chapter.reads_conclusions:
                digests["conclusions"] = conclusions
        return digests

    def _code(self, unit: Unit) -> str:
        """Digest the part of the package that the unit's own code imports."""
        code = NUMBERS if unit.chapter is None else unit.chapter.code
        code = ON_REQUEST.get(unit.run.reading, "") + code
        return sources(self.code).digest(code, EXECUTED_BY)


def behind_page(page: Unit, chapters: Iterable[Chapter]) -> tuple[Unit, ...]:
    """List what a page is made from, so that it has to be executed.

    Parameters
    ----------
    page : Unit
        A chapter with all that its page shows.
    chapters : iterable of Chapter
        Those of the book.

    Returns
    -------
    tuple of Unit
        The chapter's parts first, then the sections that its text speaks of.
    """
    if page.chapter is None or not page.chapter.reads_sections:
        return page.parts
    sections = [Unit(page.run, one.section) for one in chapters if one.section]
    return (*page.parts, *sections)


def results_digest(folder: Path, runs: tuple[RunParameters, ...]) -> str:
    """Digest the results of some runs, in their order."""
    return _digest(
        json.dumps([(run.slug, file_digest(folder / Unit(run).file)) for run in runs])
    )


def file_digest(path: Path) -> str:
    """SHA-256 of a file, empty where there is none."""
    try:
        return hashlib.sha256(read_input(path)).hexdigest()
    except (FileNotFoundError, InputFileError):
        return ""


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
