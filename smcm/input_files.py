"""Files that somebody names are looked at before they are read.

A pipe to which nobody writes, a device such as /dev/zero or a file of the system has no
end, or keeps a reader waiting for ever; a table is a regular file of a sensible size.
"""

import errno
import os
import stat
from pathlib import Path

from smcm.errors import SmcmError
from smcm.shown import shown

MOST_BYTES = 500_000_000
FILE, FOLDER, ABSENT = "a file", "a folder", "not there"
PIPE, DEVICE, SOCKET = "a pipe (FIFO)", "a device", "a socket"
LOOP = "a link that leads back to itself"
DANGLING = "a link to something that is not there"
TOO_LONG = "longer than a path can be"
SYSTEM = "a file of the system, such as those in /proc, without an end"
KINDS = {
    stat.S_IFREG: FILE,
    stat.S_IFDIR: FOLDER,
    stat.S_IFIFO: PIPE,
    stat.S_IFCHR: DEVICE,
    stat.S_IFBLK: DEVICE,
    stat.S_IFSOCK: SOCKET,
}
CURES = {
    FOLDER: "Name a file in it.",
    PIPE: "Save what comes through the pipe to a file first, and name that file; "
    "<(…) and /dev/stdin are pipes too.",
    SYSTEM: "Copy it to a file of its own first.",
    LOOP: "Mend the link, or name the file itself.",
    DANGLING: "Mend the link, or name the file itself.",
}
NAME_A_FILE = "Name a file on a disk."


class InputFileError(SmcmError):
    """Something that is not read in the place of a file.

    Attributes
    ----------
    what : str
        What it is instead, as words that fit after "is".
    cure : str
        What to do about it, a sentence.
    """

    def __init__(self, path: Path, what: str, cure: str) -> None:
        self.what, self.cure = what, cure
        super().__init__(f"{shown(path)} is {what}. {cure}")


def kind_of(path: Path) -> str:
    """Say what stands at a path, as words that fit after "is"; links are followed."""
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return DANGLING if path.is_symlink() else ABSENT
    except OSError as error:
        known = {errno.ELOOP: LOOP, errno.ENAMETOOLONG: TOO_LONG}
        reason = error.strerror or type(error).__name__
        return known.get(error.errno or 0, f"out of reach ({reason})")
    except ValueError:  # a zero byte
        return "no path"
    return KINDS.get(stat.S_IFMT(mode), "no file")


def cure_for(kind: str) -> str:
    """Say what to do about something that is no file."""
    return CURES.get(kind, NAME_A_FILE)


def read_input(path: Path, most: int = MOST_BYTES) -> bytes:
    """Read a whole file that somebody named; nothing else is opened.

    Parameters
    ----------
    path : Path
    most : int
        Bytes above which a file is refused.

    Raises
    ------
    InputFileError
        A folder, pipe, device or socket, a broken link, a file of the system, one that
        is too large.
    OSError
        A file that is not there, or cannot be read, such as for want of permission.
    """
    kind = kind_of(path)
    if kind == FILE and path.resolve().parts[1:2] in (("proc",), ("sys",)):
        kind = SYSTEM  # to read some of them changes something
    if kind == ABSENT:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    if kind != FILE:
        raise InputFileError(path, kind, cure_for(kind))
    wait_for_nothing = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with open(os.open(path, os.O_RDONLY | wait_for_nothing), "rb") as file:  # noqa: PTH123
        about = os.fstat(file.fileno())
        if not stat.S_ISREG(about.st_mode):  # it was exchanged just now
            raise InputFileError(path, "no file any more", NAME_A_FILE)
        if about.st_size == 0 and _gives_something(file.fileno()):
            raise InputFileError(path, SYSTEM, cure_for(SYSTEM))
        if about.st_size > most:
            raise InputFileError(path, *_too_large(about.st_size, most))
        return file.read(about.st_size)


def _gives_something(file: int) -> bool:
    """Whether a file of no size has content all the same, or would keep us waiting."""
    try:
        return bool(os.read(file, 1))
    except BlockingIOError:
        return True


def _too_large(size: int, most: int) -> tuple[str, str]:
    return (
        f"a file of {size:,} bytes; one of more than {most:,} is not read",
        "Leave out what is not needed, such as columns that no model uses.",
    )
