"""Ctrl-C and its like: they end the work and whatever was started for it, at once."""

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from types import FrameType
from typing import Any

SIGNALS = tuple(
    getattr(signal, name)  # Windows lacks the third, all others the fourth
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if hasattr(signal, name)
)
PATIENCE = 3.0  # seconds for what was killed to be gone
CLEANING = 10.0  # seconds in which further signals do not disturb the cleaning up
# Seconds before a signal is repeated that came where nothing can be raised.
AGAIN = 0.05
_received: list[tuple[int, float]] = []
_in_place: list[bool] = []


def exit_code(number: int) -> int:
    """Give what shells report for a program that a signal has ended."""
    return 128 + number


def received() -> int | None:
    """Give the number of the signal that has stopped this program, if one has."""
    return _received[0][0] if _received else None


def end_on_signals() -> None:
    """End the program at once on a signal: while it imports nothing is to be undone."""
    _answer(lambda number, _frame: _end(number))


def stop_on_signals() -> None:
    """Raise KeyboardInterrupt on SIGTERM and SIGHUP too; cleaning up has its time."""
    sys.unraisablehook = _repeat
    _answer(_stop)


def end_by_signals() -> None:
    """Let a signal end this program as it ends any other: its work is done."""
    _answer(signal.SIG_DFL)


def _answer(handler: Any) -> None:  # noqa: ANN401 (as signal.signal has it)
    for number in SIGNALS:
        if signal.getsignal(number) != signal.SIG_IGN:  # as nohup wants it
            signal.signal(number, handler)


def _end(number: int) -> None:
    sys.stderr.write(f"\n{stopped(number)}\n")
    sys.stderr.flush()
    os._exit(exit_code(number))


def stopped(number: int) -> str:
    """Say in a sentence that a signal has ended the program."""
    named = "" if number == signal.SIGINT else f" by {signal.Signals(number).name}"
    if _in_place:
        return f"Stopped{named} while cleaning up; the new output is in its place."
    return f"Stopped{named}; earlier output is unchanged."


def output_is_in_place() -> None:
    """Note that the output has been replaced: a signal comes too late to keep it."""
    _in_place.append(True)


def nothing_is_in_place() -> None:
    """Note that a command begins."""
    _in_place.clear()


def _stop(number: int, frame: FrameType | None) -> None:
    if number == signal.SIGINT and _sent_by_openblas(frame):
        sentence = "OpenBLAS cannot start its threads"
        raise MemoryError(sentence)
    if not _received:
        _received.append((number, time.monotonic()))
        raise KeyboardInterrupt
    if time.monotonic() > _received[0][1] + CLEANING:
        _end(number)


def _sent_by_openblas(frame: FrameType | None) -> bool:
    """Whether a library is being loaded: OpenBLAS sends SIGINT where memory is short.

    Without a limit of memory it is the user's, who may come at that moment too.
    """
    from smcm.rerun.limits import memory_limit  # noqa: PLC0415 (it is a rare question)

    while frame is not None and memory_limit() is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


def _repeat(unraisable: Any) -> None:  # noqa: ANN401 (the type is for checkers alone)
    """Repeat a signal that came where Python drops whatever is raised."""
    if not issubclass(unraisable.exc_type, KeyboardInterrupt) or not _received:
        sys.__unraisablehook__(unraisable)
        return
    number, _ = _received.pop()
    again = threading.Timer(AGAIN, signal.raise_signal, [number])
    again.daemon = True
    try:
        again.start()
    except RuntimeError:  # there is no memory for a thread
        kill_children()
        _end(number)


@contextlib.contextmanager
def sparing_children() -> Iterator[None]:
    """Keep what a terminal sends to all from the processes that are started inside.

    Only this process answers Ctrl-C and a closed terminal, and ends the others itself.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    sent = {signal.SIGINT, signal.SIGHUP}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, sent)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def interrupts_held() -> Iterator[None]:
    """Let nothing inside, a few renames, be torn apart; a signal arrives at the end."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are answered in the main thread
        return
    came: list[int] = []
    known = {number: signal.getsignal(number) for number in SIGNALS}
    changed = {n: h for n, h in known.items() if h not in (None, signal.SIG_IGN)}
    try:
        for number in changed:
            signal.signal(number, lambda found, _frame: came.append(found))
        yield
    finally:
        for number, handler in changed.items():
            signal.signal(number, handler)
        if came:
            signal.raise_signal(came[0])


@contextlib.contextmanager
def killing_children() -> Iterator[None]:
    """End every process below this one where the work inside is interrupted."""
    try:
        yield
    except BaseException as error:
        if not isinstance(error, Exception):
            kill_children()
        raise


def kill_children() -> None:
    """End every process below this one, and wait until they are gone."""
    from multiprocessing import resource_tracker  # noqa: PLC0415 (slow to import)

    import psutil  # type: ignore[import-untyped]  # noqa: PLC0415

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
