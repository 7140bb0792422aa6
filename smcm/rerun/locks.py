"""One program at a time in a folder, or several that share it.

The system takes a lock away from a process that ends, however it ends, so that none is
ever left behind. Windows has just locks that exclude each other, of single bytes: there
a process that shares takes one byte of many, and one that is alone takes all of them.
(The package filelock shares through a database only, which not every disk can hold.)
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from smcm.rerun.outputs import OutputError, not_writable

if sys.platform == "win32":
    import msvcrt
else:
    try:
        import fcntl
    except ImportError:  # where Python was built without it
        fcntl = None  # type: ignore[assignment]

LOCKED = ".lock"
OFTEN = 0.1  # seconds between two attempts
MOST_SHARING = 64


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

    Raises
    ------
    OutputError
        There is no writing next to `out`.
    """
    mark = out.with_name(f".{out.name}{LOCKED}")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        lock = _locked(mark, echo, shared=shared)
    except OSError as error:
        raise OutputError(not_writable(out, error)) from error
    try:
        yield
    finally:
        _release(mark, lock)


def _locked(mark: Path, echo: Callable[[str], None], *, shared: bool) -> int:
    """Lock the file; who held it before may have removed it meanwhile."""
    while True:
        lock = os.open(mark, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            if not try_lock(lock, shared=shared):
                used = mark.name.removeprefix(".").removesuffix(LOCKED)
                echo(f"{used} is in use by another smcm; waiting for it to end.")
                while not try_lock(lock, shared=shared):
                    time.sleep(OFTEN)
            with suppress(FileNotFoundError):
                if os.path.samestat(mark.stat(), os.fstat(lock)):
                    return lock
        except BaseException:
            os.close(lock)
            raise
        os.close(lock)


def _release(mark: Path, lock: int) -> None:
    """Unlock the file, and remove it where nobody else uses it."""
    if sys.platform == "win32":
        os.close(lock)
        with suppress(PermissionError):  # it removes no file that somebody has open
            mark.unlink(missing_ok=True)
        return
    if try_lock(lock, shared=False):  # nobody who shares it is still there
        mark.unlink(missing_ok=True)
    os.close(lock)


def try_lock(file: int, *, shared: bool) -> bool:
    """Lock an open file, or say that another process has it.

    Parameters
    ----------
    file : int
        Descriptor, opened for reading and writing.
    shared : bool
        Whether others who share it may have it too.
    """
    if sys.platform == "win32":
        return _try_bytes(file, shared=shared)
    if fcntl is None:
        return True  # one process at a time is up to the user there
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


if sys.platform == "win32":

    def _try_bytes(file: int, *, shared: bool) -> bool:
        ranges = (
            [(k, 1) for k in range(MOST_SHARING)] if shared else [(0, MOST_SHARING)]
        )
        return any(_try_range(file, *one) for one in ranges)

    def _try_range(file: int, first: int, length: int) -> bool:
        os.lseek(file, first, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, length)
        except OSError:
            return False
        return True
