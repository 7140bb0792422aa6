"""Where a command may write, and how: whole, or not at all."""

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from smcm.errors import SmcmError
from smcm.parameters import SYNTHETIC
from smcm.paths import ROOT

SOURCES = (
    *("book", "data", "docs", "generator", "smcm", "tests", "tools", "benchmarks"),
    *(".ci", ".git", ".venv"),
)


class OutputError(SmcmError):
    """A place that must not, or cannot, be written to."""


def require_writable(out: Path, data: str) -> Path:
    """Refuse a folder that a command must not write to, before it computes.

    Parameters
    ----------
    out : Path
        As the user typed it.
    data : str
        The run's data, which are never written to.

    Returns
    -------
    Path
        The same, made absolute.

    Raises
    ------
    OutputError
    """
    place = out.expanduser().resolve()
    if place.exists() and not place.is_dir():
        raise OutputError(f"--out is {str(out)!r}, which is a file; name a folder.")
    if data != SYNTHETIC and place.is_relative_to(Path(data).expanduser().resolve()):
        raise OutputError(
            f"--out is {str(out)!r}, which lies in the data folder; data are never "
            "written to. Name a folder elsewhere."
        )
    if place == ROOT or any(place.is_relative_to(ROOT / name) for name in SOURCES):
        raise OutputError(
            f"--out is {str(out)!r}, which holds the sources of the paper; name a "
            "folder of its own."
        )
    _require_permission(place, out)
    return place


def _require_permission(place: Path, out: Path) -> None:
    nearest = next(path for path in (place, *place.parents) if path.exists())
    if not nearest.is_dir():
        raise OutputError(
            f"--out is {str(out)!r}, but {str(nearest)!r} is a file, no folder."
        )
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise OutputError(
            f"--out is {str(out)!r}, but the folder {str(nearest)!r} is not writable "
            "for you. Name a folder of your own."
        )


@contextmanager
def beside(out: Path) -> Iterator[Path]:
    """Give an empty folder next to `out`, removed when the work on it ends."""
    out.parent.mkdir(parents=True, exist_ok=True)
    part = Path(
        tempfile.mkdtemp(prefix=f".{out.name}.", suffix=".part", dir=out.parent)
    )
    try:
        yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)


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
    with beside(out) as part:
        write(part)
        earlier = _listed_before(out, part, descriptor)
        files = sorted(
            path.relative_to(part).as_posix()
            for path in part.rglob("*")
            if path.is_file()
        )
        foreign = [f for f in files if (out / f).exists() and f not in earlier]
        if foreign:
            raise OutputError(
                f"{out / foreign[0]} is there already and does not come from this "
                "command; name another folder, or move the file."
            )
        for file in sorted(files, key=lambda name: name == descriptor):
            (out / file).parent.mkdir(parents=True, exist_ok=True)
            (part / file).replace(out / file)
    for file in earlier - set(files):
        (out / file).unlink(missing_ok=True)
    return tuple(files)


def _listed_before(out: Path, part: Path, descriptor: str) -> set[str]:
    """Files that an earlier run has listed; none where the list is not ours.

    Any data package is described by a file of this name; one of ours has our name
    in it.
    """
    try:
        ours = json.loads((part / descriptor).read_text(encoding="utf-8"))
        found = json.loads((out / descriptor).read_text(encoding="utf-8"))
        if found["name"] != ours["name"]:
            return set()
        names = {resource["path"] for resource in found["resources"]}
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    inside = {name for name in names if (out / name).resolve().is_relative_to(out)}
    return {descriptor, *inside}
