"""Limits that the system sets for a process: what they are, and whether one was hit."""

import errno
import os
import signal
import sys
from contextlib import suppress

from smcm.errors import ImpossibleRunError

try:  # at first: where memory is short it cannot be loaded any more
    import resource
except ImportError:  # on Windows, which has no such limits
    resource = None  # type: ignore[assignment]

KERNEL_FILES = 128  # a kernel opens some 70, and what chapters read and draw
WORKER_FILES = 8  # of each worker, in the process that hands out the work
LEAST_MEMORY = 400  # MB of addresses; with fewer the libraries fail, or wait for ever
USUAL_MEMORY = 500  # MB of addresses, most of them never used, of any command
KERNEL_MEMORY = 1500  # of one that executes chapters, as measured for each of ours
MOST_WORKERS = 61 if os.name == "nt" else 1000  # Windows waits for no more at a time
MB = 1_000_000
TOO_LITTLE = "There is not enough memory."
FULL = (errno.EMFILE, errno.ENFILE)
SHORT = ("OSError", "ImportError", "RuntimeError", "SystemError")
SIGNS_OF_MEMORY = (
    *("failed to map segment", "annot allocate memory", "can't start new thread"),
    *("nable to allocate", "esource temporarily unavailable"),
)


def require_open_files(workers: int) -> None:
    """Allow this process, and those it starts, to open the files that kernels need.

    Parameters
    ----------
    workers : int
        Chapters to execute at a time.

    Raises
    ------
    ImpossibleRunError
        The system does not let us.
    """
    needed = KERNEL_FILES + WORKER_FILES * workers
    if resource is None:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= needed:
        return
    if hard == resource.RLIM_INFINITY or hard >= needed:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))
            return
    raise ImpossibleRunError(
        f"A process may open {soft} files here, and executing chapters needs {needed}; "
        f"raise the limit, as with `ulimit -n {needed}`, and give the command again."
    )


def memory_limit() -> int | None:
    """Give the bytes that this process may address, None for as many as there are."""
    if resource is None:
        return None
    soft, _ = resource.getrlimit(resource.RLIMIT_AS)
    return None if soft == resource.RLIM_INFINITY else soft


def require_memory(megabytes: int = LEAST_MEMORY) -> None:
    """Refuse to begin in too little memory; under a limit take one thread for algebra.

    OpenBLAS may wait for ever for memory that it does not get, and takes some 40 MB of
    addresses for each thread.

    Parameters
    ----------
    megabytes : int
        Addresses that the work takes.

    Raises
    ------
    ImpossibleRunError
        The system lets this process address less than that.
    """
    limit = memory_limit()
    if limit is None:
        return
    if limit < megabytes * MB:
        raise ImpossibleRunError(f"{TOO_LITTLE} {memory_advice()}")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def memory_advice() -> str:
    """Say what to do where memory was short, with the limit if there is one."""
    limit = memory_limit()
    if limit is None:
        return "Close other programs, or give fewer --workers."
    return (
        f"A process may address {limit // MB:,} MB here; a command needs some "
        f"{USUAL_MEMORY:,} MB, and one that executes chapters {KERNEL_MEMORY:,} MB. "
        "Raise the limit, as with `ulimit -v unlimited`."
    )


def shortage(error: BaseException) -> str | None:
    """Name the files or the memory of which there was too little.

    Returns
    -------
    str or None
        A sentence with its cure; None where the error tells of something else.
    """
    number = getattr(error, "errno", None)
    if number in FULL:
        return _files_short()
    told = isinstance(error, MemoryError) or number == errno.ENOMEM
    if isinstance(error, OSError | ImportError | RuntimeError | SystemError):
        told = told or any(sign in str(error) for sign in SIGNS_OF_MEMORY)
    return f"{TOO_LITTLE} {memory_advice()}" if told else None


def shortage_in_a_kernel(name: str, words: str) -> str | None:
    """Do the same for an error of a chapter, of which name and words are known.

    Parameters
    ----------
    name : str
        Of its class; NumPy's has another one than Python's.
    words : str
    """
    if name.endswith("MemoryError"):
        return shortage(MemoryError())
    if name == "OSError" and any(f"Errno {number}]" in words for number in FULL):
        return _files_short()
    return shortage(OSError(words)) if name in SHORT else None


def _files_short() -> str:
    if resource is None:
        return "Too many files are open; close some, and give the command again."
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return (
        f"Too many files are open; a process may open {soft} here. Raise the limit, as "
        f"with `ulimit -n {max(1024, 2 * soft)}`."
    )


def why_killed(code: int | None) -> str:
    """Say how a process ended that did not end by itself.

    Parameters
    ----------
    code : int or None
        Its exit code, None where nobody knows.

    Returns
    -------
    str
        Half a sentence, and what to do in another one.
    """
    how = "died"
    if code is not None and code < 0:
        with suppress(ValueError):
            how = f"was killed by {signal.Signals(-code).name}"
    memory = "it may have run out of memory"
    if sys.platform == "linux" and code == -getattr(signal, "SIGKILL", 9):
        memory = "as Linux does where memory runs out"
    return f"{how}; {memory}. {memory_advice()}"
