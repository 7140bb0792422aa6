"""Say what is going on, on standard error, so that results can be redirected."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@contextmanager
def steps(*names: str) -> Iterator[Callable[[], None]]:
    """Show a bar over some steps; each call of what is given begins the next one.

    Parameters
    ----------
    *names : str
        What each step does, in a word or two.
    """
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from tqdm import tqdm  # noqa: PLC0415 (not needed where nobody looks)

    waiting = iter(names)
    with tqdm(
        total=len(names),
        file=sys.stderr,
        leave=False,
        bar_format="{desc} {bar} {n}/{total}",
    ) as bar:

        def begin() -> None:
            if bar.desc:
                bar.update()
            bar.set_description_str(next(waiting, ""))

        yield begin


@contextmanager
def chapters_bar(total: int) -> Iterator[Callable[[str], None]]:
    """Show how many chapters are done; without a terminal, a line for each.

    Parameters
    ----------
    total : int
        Chapters to run.
    """
    if not sys.stderr.isatty():
        done = iter(range(1, total + 1))
        yield lambda name: click.echo(f"  {next(done)}/{total} {name}", err=True)
        return
    from tqdm import tqdm  # noqa: PLC0415

    with tqdm(total=total, file=sys.stderr, unit="chapter", desc="Chapters") as bar:

        def finished(name: str) -> None:
            bar.set_postfix_str(name)
            bar.update()

        yield finished
