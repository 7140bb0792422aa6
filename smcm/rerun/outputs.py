"""Where a command may write, and how: whole, or not at all."""

import os
import tempfile
from pathlib import Path

from smcm.errors import SmcmError
from smcm.input_files import ABSENT, DANGLING, FOLDER, kind_of
from smcm.parameters import SYNTHETIC
from smcm.paths import ROOT, home_expanded
from smcm.shown import shown

SOURCES = (
    *("book", "data", "docs", "generator", "smcm", "tests", "tools", "benchmarks"),
    *(".ci", ".git", ".venv"),
)

LABEL = "edition.json"  # among the pages of a book


class OutputError(SmcmError):
    """A place that must not, or cannot, be written to."""


def require_writable(out: Path, data: str, named: str = "--out") -> Path:
    """Refuse a folder that a command must not write to, before it computes.

    Parameters
    ----------
    out : Path
        As the user typed it.
    data : str
        The run's data, which are never written to.
    named : str
        What the place is called on the command line.

    Returns
    -------
    Path
        The same, made absolute.

    Raises
    ------
    OutputError
    """
    given = home_expanded(out, named)
    kind = kind_of(given)
    if kind not in (FOLDER, ABSENT, DANGLING):
        raise OutputError(f"{named} is {shown(out)}, which is {kind}; name a folder.")
    place = _resolved(given)
    if data != SYNTHETIC and place.is_relative_to(_folder(data)):
        raise OutputError(
            f"{named} is {shown(out)}, which lies in the data folder; data are "
            "never written to. Name a folder elsewhere."
        )
    if place == ROOT or any(place.is_relative_to(ROOT / name) for name in SOURCES):
        raise OutputError(
            f"{named} is {shown(out)}, which holds the sources of the paper; name "
            "a folder of its own."
        )
    _require_permission(place, out, named)
    return place


def require_apart(out: Path, data: str) -> Path:
    """Refuse, also, a folder with the data in it, for what replaces whole folders.

    Raises
    ------
    OutputError
    """
    place = require_writable(out, data)
    if data != SYNTHETIC and _folder(data).is_relative_to(place):
        raise OutputError(
            f"--out is {shown(out)}, in which the data folder lies; data are "
            "never written to. Name a folder beside it."
        )
    return place


def require_rows_apart(rows: Path, data: str, out: Path | None) -> Path:
    """Refuse a folder for rows of clients that lies where results are, or around them.

    Parameters
    ----------
    rows : Path
        As the user typed it.
    data : str
    out : Path or None
        The folder of the results, made absolute; it may be published.

    Raises
    ------
    OutputError
    """
    place = require_writable(rows, data, "--rows")
    if out and (place.is_relative_to(out) or out.is_relative_to(place)):
        raise OutputError(
            f"--rows is {shown(rows)}, which is not apart from --out; rows of clients "
            "are data, and results may be published. Name a folder elsewhere."
        )
    if any((folder / LABEL).is_file() for folder in (place, *place.parents)):
        raise OutputError(
            f"--rows is {shown(rows)}, which lies among the pages of a book; rows of "
            "clients are data, and pages may be published. Name a folder elsewhere."
        )
    return place


def _folder(data: str) -> Path:
    return _resolved(home_expanded(Path(data), "--data"))


def _resolved(path: Path) -> Path:
    """Follow links; one that leads back to itself is left as it is."""
    return Path(os.path.realpath(path))


def _require_permission(place: Path, out: Path, named: str) -> None:
    nearest = _nearest(place)
    if not nearest.is_dir():
        raise OutputError(
            f"{named} is {shown(out)}, but {shown(nearest)} is "
            f"{kind_of(nearest)}, no folder."
        )
    try:  # permissions do not tell of a full disk or one that is read-only
        tempfile.TemporaryDirectory(dir=nearest).cleanup()
    except OSError as error:
        raise OutputError(
            f"{named} is {shown(out)}, but {shown(nearest)} cannot be "
            f"written to ({error.strerror}). Name a folder of your own."
        ) from error


def _nearest(place: Path) -> Path:
    return next(path for path in (place, *place.parents) if path.exists())


def not_writable(out: Path, error: OSError) -> str:
    """Say that a place cannot be written to, why, and what to do."""
    return (
        f"{shown(out)} cannot be written to ({error.strerror or error}); name "
        "another folder, or make room or permission there."
    )
