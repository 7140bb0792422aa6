"""One folder for all temporary files of this process and of those it starts."""

import atexit
import multiprocessing
import os
import platform
import shutil
import tempfile
import zlib
from functools import cache
from pathlib import Path

from smcm.rerun.interrupts import is_alive


@cache
def own_folder() -> Path:
    """Make the folder, once; remove those of processes of ours that were killed.

    The sockets of the fork server lie there, and whatever else a kernel or the builder
    leaves that has no time to clean up. It goes when this process ends.
    """
    _remove_leftovers()
    folder = _folder(os.getpid())
    folder.mkdir(mode=0o700, exist_ok=True)
    atexit.register(remove_own_folder)
    # Where `multiprocessing` makes sockets; it has no public way to say so.
    getattr(multiprocessing.current_process(), "_config")["tempdir"] = str(folder)  # noqa: B009
    return folder


def remove_own_folder() -> None:
    """Remove the folder, if there is one."""
    shutil.rmtree(_folder(os.getpid()), ignore_errors=True)


def _folder(process: int | str) -> Path:
    here = zlib.crc32(platform.node().encode())  # machines may share such a folder
    return Path(tempfile.gettempdir()) / f"smcm-{here:08x}-{process}"


def _remove_leftovers() -> None:
    pattern = _folder("*")
    for folder in pattern.parent.glob(pattern.name):
        number = folder.name.rpartition("-")[2]
        if number.isdecimal() and not is_alive(int(number)):
            shutil.rmtree(folder, ignore_errors=True)
