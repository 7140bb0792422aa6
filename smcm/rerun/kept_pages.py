"""What one build of the pages leaves to the next: sources, parsed pages, the pages.

Sphinx reads and writes again just the pages whose source has changed, if source and
output lie where they lay. A build that fails or is killed leaves nothing.
"""

import filecmp
import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from smcm.paths import BUILD, ROOT
from smcm.rerun.fingerprint import LEFT_OUT, fingerprint
from smcm.rerun.interrupts import is_alive

KEPT = BUILD / "pages"
MACHINERY = (
    "_config.yml",
    "requirements.txt",
    "smcm/rerun/page_builder.py",
    *(f"book/{name}" for name in ("_ext", "_static", "_templates")),
)
WHOLE = "built_by"  # present where a build came to its end: a digest of all it left
OWNER = "built_for"  # which process builds there, and for which book


@contextmanager
def kept_pages(out: Path, instead: Path) -> Iterator[Path]:
    """Give the folder that a book's pages are built in, with what may still be used.

    Parameters
    ----------
    out : Path
        Where the book goes; each has a folder of its own.
    instead : Path
        Folder to build in where nothing can be kept.
    """
    folder = KEPT / hashlib.sha256(str(out).encode()).hexdigest()[:16]
    mark, today = folder / WHOLE, fingerprint(ROOT, *MACHINERY, extra=sys.version)
    try:
        _sweep(folder)
        _prepare(folder, fresh=not _stands(folder, today))
        (folder / OWNER).write_text(f"{os.getpid()}\n{out}", encoding="utf-8")
    except OSError:  # no room or no permission there, and keeping is only for speed
        yield instead
        return
    try:
        yield folder
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    mark.write_text(_digest(folder, today), encoding="utf-8")


def _stands(folder: Path, today: str) -> bool:
    """Whether a build came to its end there, and every file is still what it left."""
    mark = folder / WHOLE
    if not mark.is_file():
        return False
    written = mark.read_bytes()
    mark.unlink()
    return written == _digest(folder, today).encode()


def _digest(folder: Path, today: str) -> str:
    return fingerprint(folder, ".", extra=today)


def _sweep(own: Path) -> None:
    """Remove what killed builds have left, and what is of books that are gone."""
    for folder in KEPT.glob("*"):
        owner = folder / OWNER
        if folder == own or not owner.is_file():
            continue
        process, _, out = owner.read_text("utf-8", "replace").partition("\n")
        lives = process.isdecimal() and is_alive(int(process))
        whole = (folder / WHOLE).is_file()
        if not lives and not (whole and Path(out).exists()):
            shutil.rmtree(folder, ignore_errors=True)


def _prepare(folder: Path, *, fresh: bool) -> None:
    """Empty the folder, or just of what Sphinx would take for its own."""
    # Sphinx names style sheets by what it finds there, which is nothing at first.
    stale = folder if fresh else folder / "_build" / "html" / "_static"
    shutil.rmtree(stale, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)


def renew(source: Path, fresh: Path) -> None:
    """Make one folder the same as another, leaving files alone that are the same.

    Parameters
    ----------
    source, fresh : Path
        `source` may not exist; its unchanged files keep their time of change. Where a
        file is gone, all that was built from them goes too.
    """
    names = _files(fresh)
    if source.is_dir() and _files(source) - names:
        shutil.rmtree(source.parent)
    for name in sorted(names):
        old, new = source / name, fresh / name
        if old.is_file() and filecmp.cmp(old, new, shallow=False):
            continue
        old.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(new, old)


def copy_pages(built: Path, pages: Path, earlier: Path) -> None:
    """Copy the built pages, and link those that the earlier book has already.

    Parameters
    ----------
    built : Path
        As the builder has left them; a later build writes over them.
    pages : Path
        Folder to be made.
    earlier : Path
        Folder that `pages` will replace. Its files are linked where they are the same.
    """

    def put(source: str, target: str) -> None:
        old = earlier / Path(source).relative_to(built)
        if _alike(old, Path(source)):
            link(old, Path(target))
        else:
            shutil.copy2(source, target)

    shutil.copytree(built, pages, copy_function=put)


def link(old: Path, new: Path) -> None:
    """Give a file another name, or copy it where the disk has no such names."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)


def _alike(old: Path, new: Path) -> bool:
    if old.is_symlink() or not old.is_file():
        return False
    return filecmp.cmp(old, new, shallow=False)


def _files(folder: Path) -> set[str]:
    """Name the files, but not what Python makes of the extensions that it imports."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path.as_posix() for path in found if not set(LEFT_OUT) & set(path.parts)}
