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

STARTED_BY = "SMCM_TEMPORARY"  # in the environment: folder of the process above
ELSEWHERE = ("/tmp", "/var/tmp")
LONGEST_SOCKET = 103  # bytes of a path; macOS allows the fewest
LONGEST_NAME = 20  # of a socket in the folder, made by a kernel or `multiprocessing`
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
    above = os.environ.get(STARTED_BY)
    if above and Path(above).is_dir():
        return Path(above)
    if not _made or not _made[0].is_dir():
        _remove_leftovers()
        _made[:] = [_made_folder()]
        atexit.register(remove_own_folder)
        # Where `multiprocessing` makes sockets; it has no public way to say so.
        config = getattr(multiprocessing.current_process(), "_config")  # noqa: B009
        config["tempdir"] = str(_made[0])
    return _made[0]


def remove_own_folder() -> None:
    """Remove the folder, if this process has made one."""
    for folder in _made:
        shutil.rmtree(folder, ignore_errors=True)
    _made.clear()


def has_file_sockets() -> bool:
    """Whether this system has them; Windows has not."""
    return hasattr(socket, "AF_UNIX")


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
        tried.append(str(place))
    where = f" in {', '.join(tried)}" if tried else ""
    raise ImpossibleRunError(
        "Executing chapters needs a folder for sockets, in a place that can be written "
        "to, whose path is short, and in which no other user may rename it. None was "
        f"found{where}; set TMPDIR to such a folder, as with `TMPDIR=/dev/shm`, and "
        "give the command again."
    )


def _places() -> Iterator[Path]:
    named = [os.environ.get(name) for name in ("TMPDIR", "TEMP", "TMP")]
    with suppress(OSError):  # where nothing can be written to
        named.append(tempfile.gettempdir())
    named += [*ELSEWHERE, os.environ.get("XDG_RUNTIME_DIR")]
    for place in dict.fromkeys(filter(None, named)):
        if Path(place).is_dir() and not _others_may_exchange(Path(place)):
            yield Path(place).absolute()


def _others_may_exchange(place: Path) -> bool:
    """Whether any user may put another folder in the place of ours, as in no /tmp."""
    mode = place.stat().st_mode
    return os.name != "nt" and bool(mode & stat.S_IWOTH) and not mode & stat.S_ISVTX


def _takes_sockets(folder: Path) -> bool:
    """Try the longest socket that will be made in it."""
    path = str(folder / ("x" * LONGEST_NAME))
    if not has_file_sockets():
        return True
    if len(os.fsencode(path)) > LONGEST_SOCKET:
        return False
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
            os.name == "nt" or found.st_uid == os.geteuid()
        )
    return False
