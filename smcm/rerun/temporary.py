"""One private folder for all temporary files of this process and of those it starts."""

import atexit
import multiprocessing
import os
import platform
import shutil
import socket
import stat
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from smcm.errors import ImpossibleRunError
from smcm.rerun.interrupts import is_alive
from smcm.shown import shown

STARTED_BY = "SMCM_TEMPORARY"  # in the environment: folder of the process above
ELSEWHERE = ("/tmp", "/var/tmp", "/dev/shm")
ROOT, UNMAPPED = 0, 65534  # the second is how some containers show the first
LONGEST_SOCKET = 103  # bytes of a path; macOS allows the fewest
LONGEST_NAME = 20  # of a socket in the folder, made by a kernel or `multiprocessing`
LONGEST_PLACE = 50  # bytes that leave room for the folder's own name
_made: list[Path] = []


def own_folder() -> Path:
    """Make the folder, once; remove those of our processes that were killed.

    The sockets of kernels and of the fork server lie in it, and whatever else a kernel
    or the builder leaves that has no time to clean up. Nobody else can read it. It goes
    when this process ends. A process that was started by one of ours shares its folder.

    Raises
    ------
    ImpossibleRunError
        There is no place for it.
    """
    above = Path(os.environ.get(STARTED_BY, ""))
    if above.is_absolute() and _is_private(above):
        folder = above
    else:
        if not _made or not _made[0].is_dir():
            _remove_leftovers()
            _made[:] = [_made_folder()]
            atexit.register(remove_own_folder)
        folder = _made[0]
    # Where `multiprocessing` makes sockets; it has no public way to say so.
    config = getattr(multiprocessing.current_process(), "_config")  # noqa: B009
    config["tempdir"] = str(folder)
    return folder


def remove_own_folder() -> None:
    """Remove the folder, if this process has made one."""
    for folder in _made:
        shutil.rmtree(folder, ignore_errors=True)
    _made.clear()


def has_file_sockets() -> bool:
    """Whether this system has them; Windows has not."""
    return hasattr(socket, "AF_UNIX")


def _has_user_numbers() -> bool:
    """Whether files tell by numbers whose they are; on Windows they do not."""
    return hasattr(os, "geteuid")


def _made_folder() -> Path:
    """Make it in the first place where sockets can be made."""
    tried = []
    for place in _places():
        with suppress(OSError):
            begin = f"{_prefix()}{os.getpid()}-"
            folder = Path(tempfile.mkdtemp(prefix=begin, dir=place))
            with suppress(OSError):
                if _takes_sockets(folder):
                    return folder
            shutil.rmtree(folder, ignore_errors=True)
        tried.append(shown(place))
    where = f" in {', '.join(tried)}" if tried else ""
    raise ImpossibleRunError(
        "Executing chapters needs a folder for sockets, in a place that can be written "
        f"to, whose path has at most {LONGEST_PLACE} bytes, all of them UTF-8, and in "
        f"which no other user may rename it. None was found{where}; set TMPDIR to such "
        "a folder and give the command again."
    )


def _places() -> Iterator[Path]:
    named = [os.environ.get(name) for name in ("TMPDIR", "TEMP", "TMP")]
    with suppress(OSError):  # where nothing can be written to
        named.append(tempfile.gettempdir())
    named += [*ELSEWHERE, os.environ.get("XDG_RUNTIME_DIR")]
    for place in dict.fromkeys(filter(None, named)):
        with suppress(OSError):  # a name too long, a folder that is closed to us
            if _keeps_others_out(Path(place).stat()):
                yield Path(place).absolute()


def _keeps_others_out(place: os.stat_result) -> bool:
    """Whether it is a folder where no other user may put another one for ours.

    Its owner may, and whoever may write to it where it has no sticky bit; /tmp has one.
    """
    if not _has_user_numbers() or not stat.S_ISDIR(place.st_mode):
        return stat.S_ISDIR(place.st_mode)
    others_write = place.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    sticky = place.st_mode & stat.S_ISVTX
    trusted = place.st_uid in {ROOT, UNMAPPED, os.geteuid()}
    return trusted and bool(sticky or not others_write)


def _takes_sockets(folder: Path) -> bool:
    """Try the longest socket that will be made in it."""
    path = str(folder / ("x" * LONGEST_NAME))
    if not has_file_sockets():
        return True
    with suppress(UnicodeEncodeError):  # ZeroMQ takes UTF-8 alone
        if len(path.encode()) <= LONGEST_SOCKET:
            return _binds(path)
    return False


def _binds(path: str) -> bool:
    with socket.socket(socket.AF_UNIX) as trial:
        trial.bind(path)
    Path(path).unlink()
    return True


def _prefix() -> str:
    """Begin the names of all such folders that this machine's processes have made."""
    here = zlib.crc32(platform.node().encode())  # machines may share such a place
    return f"smcm-{here:08x}-"


def _remove_leftovers() -> None:
    for place in _places():
        for folder in place.glob(f"{_prefix()}*"):
            number = folder.name.removeprefix(_prefix()).partition("-")[0]
            ended = number.isdecimal() and not is_alive(int(number))
            if ended and _is_ours(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _is_ours(folder: Path) -> bool:
    """Whether this user has made it, which matters where root may remove any."""
    with suppress(OSError):
        found = folder.lstat()
        return stat.S_ISDIR(found.st_mode) and (
            not _has_user_numbers() or found.st_uid == os.geteuid()
        )
    return False


def _is_private(folder: Path) -> bool:
    """Whether it is ours and nobody else can look into it."""
    if not _is_ours(folder):
        return False
    mode = stat.S_IMODE(folder.lstat().st_mode)
    return not _has_user_numbers() or not mode & (stat.S_IRWXG | stat.S_IRWXO)
