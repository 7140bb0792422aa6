"""Locks of a file that several processes share or one has alone.

The system takes a lock away from a process that ends, however it ends, so that none is
ever left behind. Windows has just locks that exclude each other, of single bytes: there
a process that shares takes one byte of many, and one that is alone takes all of them.
"""

import os
import sys
import time

if sys.platform == "win32":
    import msvcrt
else:
    try:
        import fcntl
    except ImportError:  # where Python was built without it
        fcntl = None  # type: ignore[assignment]

OFTEN = 0.1  # seconds between two attempts
MOST_SHARING = 64


def try_lock(file: int, *, shared: bool) -> bool:
    """Lock an open file, or say that another process has it.

    Parameters
    ----------
    file : int
        Descriptor, opened for reading and writing. A lock that this process holds on
        it already is changed into the other kind where that is possible.
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


def wait_for_lock(file: int, *, shared: bool) -> None:
    """Lock an open file as soon as no other process has it."""
    while not try_lock(file, shared=shared):
        time.sleep(OFTEN)


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
