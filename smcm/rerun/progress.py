"""Say what is going on, on standard error, so that results can be redirected."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from smcm.rerun.saying import remark
from smcm.shown import named, sentence

PATIENCE = 2.0  # seconds before a bar is worth showing


@contextmanager
def _bar(total: int, look: str, delay: float = 0.0) -> Iterator[Any]:  # no types
    """Show a bar on standard error; nothing and None where nobody looks."""
    if not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm  # noqa: PLC0415 (not needed where nobody looks)

    with tqdm(
        total=total, file=sys.stderr, leave=False, bar_format=look, delay=delay
    ) as bar:
        yield bar


@contextmanager
def steps(*names: str) -> Iterator[Callable[[], None]]:
    """Show a bar over some steps; each call of what is given begins the next one.

    Parameters
    ----------
    *names : str
        What each step does, in a word or two.
    """
    waiting = iter(names)
    with _bar(len(names), "{desc} {bar} {n}/{total}") as bar:

        def begin() -> None:
            if bar is None:
                return
            if bar.desc:
                bar.update()
            bar.set_description_str(next(waiting, ""))

        yield begin


class Lines:
    """One line for each unit that has ended, where nobody looks at a bar.

    Parameters
    ----------
    total : int
        Units to execute.
    """

    def __init__(self, total: int) -> None:
        self._total = total
        self._ended = 0

    def begun(self, name: str) -> None:
        """Say nothing yet."""

    def lost(self, name: str) -> None:
        """Say why it takes longer."""
        remark(f"  {named(name)}: its worker was killed; it will be tried again")

    def ended(self, name: str, error: str) -> None:
        """Say how many of how many."""
        self._ended += 1
        mark = f": FAILED, {sentence(error)}" if error else ""
        remark(f"  {self._ended}/{self._total} {named(name)}{mark}")


class Bar:
    """A bar with what is running and the time left.

    Parameters
    ----------
    bar : tqdm
    """

    def __init__(self, bar: Any) -> None:  # noqa: ANN401 (tqdm has no types)
        self._bar = bar
        self._running: list[str] = []

    def begun(self, name: str) -> None:
        """Name it among those that run."""
        self._running.append(name)
        self._show()

    def lost(self, name: str) -> None:
        """Take it from those that run."""
        self._running.remove(name)
        self._show()

    def ended(self, name: str, error: str) -> None:
        """Move on; a failure leaves a line above the bar."""
        self._running.remove(name)
        if error:
            said = f"{named(name)}: FAILED, {sentence(error)}"
            self._bar.write(said, file=sys.stderr)
        self._bar.update()
        self._show()

    def _show(self) -> None:
        self._bar.set_postfix_str(named(next(iter(self._running), "")))


@contextmanager
def units_bar(total: int) -> Iterator[Lines | Bar]:
    """Show how many units are done; without a terminal, a line for each.

    Parameters
    ----------
    total : int
        Units to execute.
    """
    look = "Running {bar} {n}/{total}, {remaining} left{postfix}"
    with _bar(total, look) as bar:
        yield Lines(total) if bar is None else Bar(bar)


@contextmanager
def counted(total: int, name: str) -> Iterator[Callable[[], None]]:
    """Show how many are done, where somebody looks and it takes over two seconds.

    Parameters
    ----------
    total : int
    name : str
        What is going on, in a word.
    """
    look = f"{name} {{bar}} {{n}}/{{total}}, {{remaining}} left"
    with _bar(total, look, PATIENCE) as bar:
        yield (lambda: None) if bar is None else (lambda: bar.update() and None)
