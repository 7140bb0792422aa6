"""Where a command may write, and how: whole, or not at all."""

import fcntl
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from smcm.errors import SmcmError
from smcm.parameters import SYNTHETIC
from smcm.paths import ROOT, home_expanded

SOURCES = (
    *("book", "data", "docs", "generator", "smcm", "tests", "tools", "benchmarks"),
    *(".ci", ".git", ".venv"),
)
LOCKED = ".lock"


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
    place = home_expanded(out, named).resolve()
    if place.exists() and not place.is_dir():
        raise OutputError(f"{named} is {str(out)!r}, which is a file; name a folder.")
    if data != SYNTHETIC and place.is_relative_to(_folder(data)):
        raise OutputError(
            f"{named} is {str(out)!r}, which lies in the data folder; data are never "
            "written to. Name a folder elsewhere."
        )
    if place == ROOT or any(place.is_relative_to(ROOT / name) for name in SOURCES):
        raise OutputError(
            f"{named} is {str(out)!r}, which holds the sources of the paper; name a "
            "folder of its own."
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
            f"--out is {str(out)!r}, in which the data folder lies; data are never "
            "written to. Name a folder beside it."
        )
    return place


def _folder(data: str) -> Path:
    return home_expanded(Path(data), "--data").resolve()


def _require_permission(place: Path, out: Path, named: str) -> None:
    nearest = _nearest(place)
    if not nearest.is_dir():
        raise OutputError(
            f"{named} is {str(out)!r}, but {str(nearest)!r} is a file, no folder."
        )
    try:  # permissions do not tell of a full disk or one that is read-only
        tempfile.TemporaryDirectory(dir=nearest).cleanup()
    except OSError as error:
        raise OutputError(
            f"{named} is {str(out)!r}, but {str(nearest)!r} cannot be written to "
            f"({error.strerror}). Name a folder of your own."
        ) from error


def _nearest(place: Path) -> Path:
    return next(path for path in (place, *place.parents) if path.exists())


def not_writable(out: Path, error: OSError) -> str:
    """Say that a place cannot be written to, why, and what to do."""
    return (
        f"{str(out)!r} cannot be written to ({error.strerror or error}); name another "
        "folder, or make room or permission there."
    )


@contextmanager
def sole_use(
    out: Path, echo: Callable[[str], None], *, shared: bool = False
) -> Iterator[None]:
    """Let one program work on `out` at a time; another one waits for it to end.

    Parameters
    ----------
    out : Path
    echo : callable
        Told when it has to wait.
    shared : bool
        Whether others who share it may work there too.
    """
    mark = out.with_name(f".{out.name}{LOCKED}")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        lock = _locked(mark, echo, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
    except OSError as error:
        raise OutputError(not_writable(out, error)) from error
    try:
        yield
    finally:
        with suppress(BlockingIOError):  # one of those who share it is still there
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            mark.unlink(missing_ok=True)
        os.close(lock)


def _locked(mark: Path, echo: Callable[[str], None], kind: int) -> int:
    """Lock the file; who held it before may have removed it meanwhile."""
    while True:
        lock = os.open(mark, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            try:
                fcntl.flock(lock, kind | fcntl.LOCK_NB)
            except BlockingIOError:
                used = mark.name.removeprefix(".").removesuffix(LOCKED)
                echo(f"{used} is in use by another smcm; waiting for it to end.")
                fcntl.flock(lock, kind)
            if mark.exists() and os.path.samestat(mark.stat(), os.fstat(lock)):
                return lock
        except BaseException:
            os.close(lock)
            raise
        os.close(lock)
