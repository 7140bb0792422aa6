"""Where the project's files are; the only module that knows."""

import os
from pathlib import Path

from smcm.errors import UnknownValueError

ROOT = Path(__file__).resolve().parents[1]
BOOK = ROOT / "book"
DATA = ROOT / "data"
SCHEMA = DATA / "schema"
PUBLISHED = DATA / "published"
SYNTHETIC = DATA / "synthetic"
VALIDATION = DATA / "validation"
BUILD = ROOT / "_build"
CACHE = BUILD / ".smcm_cache"
RUNS = BUILD / "runs"


def runs_folder() -> Path:
    """Folder of the runs that a book shows: SMCM_RUNS, or that of the shipped data."""
    return Path(os.environ.get("SMCM_RUNS") or RUNS / "synthetic")


def home_expanded(path: Path, named: str) -> Path:
    """Put the home folder in the place of a leading ``~``.

    Parameters
    ----------
    path : Path
    named : str
        What the path is called on the command line, for the error.

    Raises
    ------
    UnknownValueError
        ``~name`` where the machine knows nobody of that name, or ``~`` without a home.
    """
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise UnknownValueError(
            f"{named} is {str(path)!r}, and this machine knows no home folder for "
            f"{path.parts[0]!r}; write the whole path, or ./ in front of a name that "
            "begins with ~."
        ) from error
