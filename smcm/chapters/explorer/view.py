"""The explorer: choose a run and a model, and see its diagram and numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from smcm.chapters.explorer.choices import choices, in_order
from smcm.chapters.explorer.controls import controls
from smcm.chapters.explorer.page import page
from smcm.chapters.explorer.payload import embedded, payload
from smcm.chapters.explorer.plain import plain_table
from smcm.parameters import RunParameters
from smcm.report.runs import RunRecord

__all__ = ["Explorer", "view"]


@dataclass(frozen=True, slots=True)
class Explorer:
    """A part of a page that works from the disk, and is a table without JavaScript.

    Attributes
    ----------
    html : str
        Complete but for its script and its styles, which lie in ``book/_static``.
    n_runs : int
    """

    html: str
    n_runs: int

    def __repr__(self) -> str:
        """Say in a terminal what a browser would show."""
        return f"Explorer of {self.n_runs} runs"

    def _repr_html_(self) -> str:
        return self.html


def view(runs: Sequence[RunRecord], run: RunParameters | None = None) -> Explorer:
    """Lay out the explorer of some runs.

    Parameters
    ----------
    runs : sequence of RunRecord
        At least one.
    run : RunParameters, optional
        Whose numbers it shows before anything is chosen, if it is among them.
    """
    sorted_runs = in_order(runs)
    html = page(
        form=controls(choices(sorted_runs)),
        data=embedded(payload(sorted_runs, run)),
        plain=plain_table(sorted_runs),
    )
    return Explorer(html, len(runs))
