"""Ctrl-C: it ends the work and whatever was started for it, at once."""

import contextlib
import signal
import threading
import time
from collections.abc import Iterator
from multiprocessing import resource_tracker

STOPPED = 130  # what shells report for a program ended by Ctrl-C
PATIENCE = 3.0  # seconds for what was killed to be gone


@contextlib.contextmanager
def deaf_children() -> Iterator[None]:
    """Keep Ctrl-C from the processes that are started inside: only we answer it.

    The signal is held back, not lost: it arrives when the context ends.
    """
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


@contextlib.contextmanager
def killing_children() -> Iterator[None]:
    """End every process below this one where the work inside is interrupted."""
    try:
        yield
    except BaseException as error:
        if not isinstance(error, Exception):
            _kill_children()
        raise


@contextlib.contextmanager
def deaf() -> Iterator[None]:
    """Let nothing inside, a few renames, be torn apart by Ctrl-C."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    with deaf_children():
        yield


def _kill_children() -> None:
    import psutil  # type: ignore[import-untyped]  # noqa: PLC0415 (for this alone)

    # Python's own tracker of semaphores ends by itself, and complains if it is killed.
    tracker = getattr(resource_tracker, "_resource_tracker")._pid  # noqa: B009
    below = psutil.Process().children(recursive=True)
    found = [process for process in below if process.pid != tracker]
    for process in found:
        with contextlib.suppress(psutil.Error):
            process.kill()
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and any(is_alive(process.pid) for process in found):
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    """Look without waiting for it: who started it still wants its exit code."""
    import psutil  # noqa: PLC0415

    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False
