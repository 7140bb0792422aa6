"""No process outlives the one that started it, however that one ended."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.util import register_after_fork
from pickle import UnpicklingError
from types import TracebackType

OFTEN = 0.2  # seconds between two looks at who the parent is
PARENT = "SMCM_PARENT"  # in the environment of the fork server: who starts it


def end_with_parent() -> None:
    """End this process when the one that asked for it is gone.

    It does nothing in a process that `multiprocessing` has not started.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def end_with_input() -> None:
    """End this process and those that it forks when its standard input ends.

    It is a pipe to which nobody writes, and which ends when the process does that
    holds its other end.
    """

    def watch() -> None:
        os.read(0, 1)  # not through sys.stdin: its lock would be held when we fork
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
    register_after_fork(end_with_parent, lambda _: end_with_parent())


@contextmanager
def ending_without_parent() -> Iterator[None]:
    """End this process if its parent is gone while it does the work inside.

    For the fork server, which looks after its parent only when all is imported, and may
    have no thread then. The timer is not inherited by what is forked.
    """
    if PARENT not in os.environ:
        yield
        return
    expected = int(os.environ[PARENT])

    def look(*_: object) -> None:
        if os.getppid() != expected:
            os._exit(1)

    before = signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, OFTEN, OFTEN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def stay_quiet_without_parent() -> None:
    """Let a process that was told nothing end without a traceback.

    For the fork server, which forks first; what the new process is to do comes through
    a pipe, which ends at once where the process that asked for it was killed.
    """

    def report(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if not issubclass(kind, EOFError | UnpicklingError):
            sys.__excepthook__(kind, error, trace)

    sys.excepthook = report
