"""Where a command may write, and how: whole, or not at all."""

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from smcm.errors import SmcmError
from smcm.input_files import ABSENT, DANGLING, FOLDER, kind_of, read_input
from smcm.parameters import SYNTHETIC
from smcm.paths import ROOT
from smcm.rerun.interrupts import deaf
from smcm.shown import shown

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
    kind = kind_of(out.expanduser())
    if kind not in (FOLDER, ABSENT, DANGLING):
        raise OutputError(f"{named} is {shown(out)}, which is {kind}; name a folder.")
    place = _resolved(out)
    if data != SYNTHETIC and place.is_relative_to(_resolved(Path(data))):
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
    if data != SYNTHETIC and _resolved(Path(data)).is_relative_to(place):
        raise OutputError(
            f"--out is {shown(out)}, in which the data folder lies; data are "
            "never written to. Name a folder beside it."
        )
    return place


def _resolved(path: Path) -> Path:
    """Follow links; one that leads back to itself is left as it is."""
    return Path(os.path.realpath(path.expanduser()))


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


@contextmanager
def beside(out: Path) -> Iterator[Path]:
    """Give an empty folder next to `out`, removed when the work on it ends.

    Raises
    ------
    OutputError
        There is no writing next to `out`.
    """
    with _emptied(out, out.parent) as part:
        yield part


@contextmanager
def _emptied(out: Path, within: Path) -> Iterator[Path]:
    made = [path for path in (within, *within.parents) if not path.exists()]
    try:
        within.mkdir(parents=True, exist_ok=True)
        part = tempfile.mkdtemp(prefix=f".{out.name}.", suffix=".part", dir=within)
    except OSError as error:
        raise OutputError(_not_writable(out, error)) from error
    try:
        yield Path(part)
    finally:
        shutil.rmtree(part, ignore_errors=True)
        for path in made:  # those that are still empty: nothing came of the work
            with suppress(OSError):
                path.rmdir()


def _not_writable(out: Path, error: OSError) -> str:
    return (
        f"{shown(out)} cannot be written to ({error.strerror or error}); name "
        "another folder, or make room or permission there."
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
        raise OutputError(_not_writable(out, error)) from error
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


def put_in_place(pages: Path, out: Path, earlier: Path) -> None:
    """Put `pages` where `out` is; the time without a book is two renames long.

    Parameters
    ----------
    pages, out : Path
        On the same disk.
    earlier : Path
        Where the earlier folder goes; it comes back if `pages` cannot be moved.
    """
    with deaf():
        there = out.exists()
        if there:
            out.rename(earlier)
        try:
            pages.rename(out)
        except OSError:
            if there:
                earlier.rename(out)
            raise


def write_whole(
    out: Path, descriptor: str, write: Callable[[Path], None]
) -> tuple[str, ...]:
    """Write files beside `out` and move them there once all of them are whole.

    Files of an earlier run that this one does not write again are removed; any other
    file in the folder stays.

    Parameters
    ----------
    out : Path
    descriptor : str
        File that lists the others under ``resources`` with their ``path``, and says
        under ``name`` whose list it is.
    write : callable
        Fills an empty folder.

    Returns
    -------
    tuple of str
        What was written, relative to `out`.

    Raises
    ------
    OutputError
        A file with one of our names is there and not from an earlier run.
    """
    with _emptied(out, out if out.is_dir() else out.parent) as part:
        new, old = part / "new", part / "old"
        new.mkdir()
        write(new)
        ours = json.loads((new / descriptor).read_text(encoding="utf-8"))["name"]
        earlier = _listed_before(out, ours, descriptor)
        files = sorted(
            path.relative_to(new).as_posix()
            for path in new.rglob("*")
            if path.is_file()
        )
        _require_ours(out, files, earlier)
        try:
            with deaf():
                _exchange(out, new, old, files, earlier)
        except OSError as error:
            raise OutputError(_not_writable(out, error)) from error
    return tuple(files)


def _require_ours(out: Path, files: Sequence[str], earlier: Collection[str]) -> None:
    for file in files:
        if (out / file).exists() and file not in earlier:
            raise OutputError(
                f"{out / file} is there already and does not come from this "
                "command; name another folder, or move the file."
            )


def _exchange(
    out: Path, new: Path, old: Path, files: Sequence[str], earlier: Collection[str]
) -> None:
    """Move the earlier files away and the new ones in, or leave all as it was."""
    moved: list[tuple[Path, Path]] = []

    def move(source: Path, target: Path) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        source.rename(target)
        moved.append((source, target))

    try:
        for file in sorted(earlier):
            if (out / file).is_file():
                move(out / file, old / file)
        for file in files:
            move(new / file, out / file)
    except OSError:
        for source, target in reversed(moved):
            target.rename(source)
        raise


def _listed_before(out: Path, ours: str, descriptor: str) -> set[str]:
    """Files that an earlier run has listed; none where the list is not ours.

    Any data package is described by a file of this name; one of ours has our name
    in it.
    """
    try:
        found = json.loads(read_input(out / descriptor))
        if found["name"] != ours:
            return set()
        names = {resource["path"] for resource in found["resources"]}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return set()
    inside = {name for name in names if (out / name).resolve().is_relative_to(out)}
    return {descriptor, *inside}
