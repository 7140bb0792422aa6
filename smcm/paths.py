"""Where the project's files are; the only module that knows.

In the repository the data lie beside the package, and what is made goes to `_build`. An
installed wheel has the data inside of the package, and caches go to the user's folder
for them. This module imports nothing that a bare Python lacks.
"""

import os
import sys
from pathlib import Path

from smcm.errors import UnknownValueError
from smcm.shown import shown

PACKAGE = Path(__file__).resolve().parent
INSTALLED = (PACKAGE / "data").is_dir()  # from a wheel; setup.py puts the data there
ROOT = PACKAGE if INSTALLED else PACKAGE.parent
BOOK = ROOT / "book"
DATA = ROOT / "data"
PUBLISHED = DATA / "published"
SYNTHETIC = DATA / "synthetic"
VALIDATION = DATA / "validation"
STUDY_FILE = "study.toml"  # in a data folder


def user_caches() -> Path:
    """Folder for what smcm computes once, by the custom of the system.

    Returns
    -------
    Path
        Where no home is known, a place that cannot be written to, so that nothing is
        kept: a folder that others may write to would do for their numbers too.
    """
    try:
        home = Path.home()
    except RuntimeError:
        return Path(os.devnull) / "smcm"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData/Local") / "smcm"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "smcm"
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (named if named.is_absolute() else home / ".cache") / "smcm"


BUILD = user_caches() if INSTALLED else ROOT / "_build"
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
            f"{named} is {shown(path)}, and this machine knows no home folder for "
            f"{shown(path.parts[0])}; write the whole path, or ./ in front of a name "
            "that "
            "begins with ~."
        ) from error
