"""Where runs and books are kept, and what they must not replace."""

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from smcm.parameters import SYNTHETIC, RunParameters
from smcm.paths import BUILD, RUNS
from smcm.rerun.ledger import PATTERN
from smcm.rerun.locks import LOCKED
from smcm.rerun.outputs import LABEL, OutputError

if TYPE_CHECKING:
    from smcm.cohort.tables import Cohort

EDITIONS = BUILD / "editions"
DEFAULT = BUILD / "html"


def runs_kept(cohort: "Cohort") -> Path:
    """Folder of the runs on some data, where none is named."""
    return RUNS / (SYNTHETIC if cohort.shipped else _own_name(cohort))


def edition_folder(run: RunParameters, cohort: "Cohort") -> Path:
    """Folder of a book where none is named: after its parameters and its data."""
    if cohort.shipped:
        usual = replace(run, data=SYNTHETIC) == RunParameters()
        return DEFAULT if usual else EDITIONS / run.slug
    return EDITIONS / f"{_own_name(cohort)}-{run.slug}"


def _own_name(cohort: "Cohort") -> str:
    """Name a folder after own data, alike on every disk and different for any other.

    The digest tells data apart; the letters in front of it are for people.
    """
    words = re.sub(r"[^\w-]+", "-", cohort.name.casefold()).strip("-_")
    return f"{words[:40] or 'data'}-{cohort.digest[:8]}"


def require_free(out: Path) -> None:
    """Refuse a folder that holds anything but an earlier book.

    Raises
    ------
    OutputError
    """
    if out.is_relative_to(BUILD) or (out / LABEL).is_file():
        return  # nobody keeps anything of their own below _build
    if out.is_dir() and any(out.iterdir()):
        raise OutputError(
            f"{out} holds other files, and a book replaces its folder as a whole; "
            "name an empty folder or one that does not exist yet."
        )


def require_runs_only(folder: Path) -> None:
    """Refuse a folder that holds anything but earlier runs.

    Raises
    ------
    OutputError
    """
    if any(folder.glob(PATTERN)):
        return
    others = list(folder.iterdir()) if folder.is_dir() else []
    if any(path.suffix != LOCKED for path in others):  # another shard may begin
        raise OutputError(
            f"{folder} holds other files; name an empty folder for the runs, or one "
            "that does not exist yet."
        )
