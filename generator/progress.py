"""A bar for each stage of the generator."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm

Advance = Callable[[str], None]


@contextmanager
def stage(name: str, total: int = 1) -> Iterator[Advance]:
    """Show one stage; the function it gives moves the bar on and adds a note.

    Parameters
    ----------
    total : int
        Steps that the stage takes at most.
    """
    with tqdm(total=total, desc=f"{name:<26}", unit="step", leave=True) as bar:

        def advance(note: str) -> None:
            bar.set_postfix_str(note)
            bar.update()

        yield advance
        bar.total = max(bar.n, 1)
        bar.n = bar.total
        bar.refresh()
