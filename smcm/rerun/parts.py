"""Write beside the place where something goes, and move it there when it is whole.

What a killed program leaves beside the place goes when the next one begins there, and
what it had moved away comes back.
"""

import json
import re
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from smcm.input_files import read_input
from smcm.rerun.interrupts import interrupts_held, output_is_in_place
from smcm.rerun.locks import LOCKED, sole_use
from smcm.rerun.outputs import OutputError, not_writable
from smcm.rerun.saying import remark
from smcm.strict_json import read_json

MARK = "made-by-smcm"  # in each such folder, so that nobody's own is taken for one
MOVES = "moves.json"  # there while files are being exchanged: what is to be undone
EARLIER, REPLACED = "earlier", "replaced"  # the folder that was there
NEW, OLD = "new", "old"


@contextmanager
def beside(out: Path) -> Iterator[Path]:
    """Give an empty folder next to `out`, removed when the work on it ends.

    The caller has `out` alone, so that any other such folder is a leftover.

    Raises
    ------
    OutputError
        There is no writing next to `out`.
    """
    with _existing(out, out.parent), _emptied(out, out.parent) as part:
        yield part


@contextmanager
def _existing(out: Path, folder: Path) -> Iterator[None]:
    """Make a folder, and remove it where nothing came of the work."""
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(not_writable(out, error)) from error
    try:
        yield
    finally:
        for path in made:
            with suppress(OSError):  # it is not empty
                path.rmdir()


@contextmanager
def _emptied(out: Path, within: Path) -> Iterator[Path]:
    made: list[Path] = []
    try:
        try:
            sweep(out, within)
            with interrupts_held():
                name = tempfile.mkdtemp(".part", f".{out.name}.", within)
                made.append(Path(name))
        except OSError as error:
            raise OutputError(not_writable(out, error)) from error
        (made[0] / MARK).touch()
        yield made[0]
    finally:
        with interrupts_held():
            for part in made:
                shutil.rmtree(part, ignore_errors=True)


def leftovers(out: Path, within: Path) -> list[Path]:
    """List the folders that programs which worked on `out` have made in `within`.

    They bear our mark, or are empty: their program was killed at once.
    """
    ours = re.compile(re.escape(f".{out.name}.") + r"[a-z0-9_]{8}\.part")
    found = within.iterdir() if within.is_dir() else ()
    return [
        path
        for path in sorted(found)
        if ours.fullmatch(path.name)
        and path.is_dir()
        and not path.is_symlink()
        and ((path / MARK).is_file() or not any(path.iterdir()))
    ]


def sweep(out: Path, within: Path) -> None:
    """Undo what killed programs had begun, and remove what they have left.

    The caller has `out` alone: nobody who lives works in what is found.
    """
    for part in leftovers(out, within):
        _undo(part, out)
        shutil.rmtree(part, ignore_errors=True)


def _undo(part: Path, out: Path) -> None:
    if (part / EARLIER).is_dir() and not out.exists():
        (part / EARLIER).rename(out)
    try:
        moves = read_json((part / MOVES).read_bytes(), whole_characters=False)
    except (OSError, ValueError):
        return  # no file was moved yet, or all were
    for file in moves[NEW]:
        if not (part / NEW / file).exists():
            (out / file).unlink(missing_ok=True)
    for file in moves[OLD]:
        if (part / OLD / file).exists():
            (part / OLD / file).replace(out / file)


def put_in_place(pages: Path, out: Path, part: Path) -> None:
    """Put `pages` where `out` is; the time without a book is two renames long.

    Parameters
    ----------
    pages, out : Path
        On the same disk.
    part : Path
        Folder of `beside`: the earlier `out` goes there, and comes back if `pages`
        cannot be moved.
    """
    with interrupts_held():
        there = out.exists()
        if there:
            out.rename(part / EARLIER)
        try:
            pages.rename(out)
        except OSError:
            if there:
                (part / EARLIER).rename(out)
            raise
        if there:
            (part / EARLIER).rename(part / REPLACED)
        output_is_in_place()


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
    within = out if out.is_dir() else out.parent
    with (
        _existing(out, within),
        sole_use(within / out.name, remark),
        _emptied(out, within) as part,
    ):
        (part / NEW).mkdir()
        write(part / NEW)
        ours = read_json((part / NEW / descriptor).read_bytes())["name"]
        earlier = _listed_before(out, ours, descriptor)
        files = sorted(
            path.relative_to(part / NEW).as_posix()
            for path in (part / NEW).rglob("*")
            if path.is_file()
        )
        _require_ours(out, files, earlier)
        try:
            with interrupts_held():
                _exchange(out, part, files, sorted(earlier))
                output_is_in_place()
        except OSError as error:
            raise OutputError(not_writable(out, error)) from error
    return tuple(files)


def holds_others(out: Path) -> bool:
    """Whether a folder holds more than what a killed program of ours left in it."""
    ours = {*leftovers(out, out), out / f".{out.name}{LOCKED}"}
    return out.is_dir() and any(path not in ours for path in out.iterdir())


def _require_ours(out: Path, files: Sequence[str], earlier: Collection[str]) -> None:
    for file in files:
        if (out / file).exists() and file not in earlier:
            raise OutputError(
                f"{out / file} is there already and does not come from this "
                "command; name another folder, or move the file."
            )


def _exchange(
    out: Path, part: Path, files: Sequence[str], earlier: Sequence[str]
) -> None:
    """Move the earlier files away and the new ones in, or leave all as it was."""
    moved: list[tuple[Path, Path]] = []

    def move(source: Path, target: Path) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        source.rename(target)
        moved.append((source, target))

    moves = json.dumps({NEW: files, OLD: earlier})
    (part / MOVES).write_text(moves, encoding="utf-8")
    try:
        for file in earlier:
            if (out / file).is_file():
                move(out / file, part / OLD / file)
        for file in files:
            move(part / NEW / file, out / file)
    except OSError:
        for source, target in reversed(moved):
            target.rename(source)
        raise
    finally:
        (part / MOVES).unlink()


def _listed_before(out: Path, ours: str, descriptor: str) -> set[str]:
    """Files that an earlier run has listed; none where the list is not ours.

    Any data package is described by a file of this name; one of ours has our name
    in it.
    """
    try:
        found = read_json(read_input(out / descriptor))
        if found["name"] != ours:
            return set()
        names = {resource["path"] for resource in found["resources"]}
        inside = {name for name in names if (out / name).resolve().is_relative_to(out)}
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    return {descriptor, *inside}
