"""The panel below a specification curve: the choices of each run."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from smcm.report import choices
from smcm.report.curve_panels import name_choices
from smcm.report.format import whole
from smcm.report.palette import BLUE, QUIET
from smcm.report.runs import RunRecord

TALL, LOW = 0.68, 0.36  # heights of marks, of the row: visible without colours too


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """A row of the panel.

    Attributes
    ----------
    name : str
        The parameter.
    values : tuple of int or str
        What it is in the runs that are marked here; usually one value.
    label : str
    """

    name: str
    values: tuple[choices.Value, ...]
    label: str

    def marks(self, record: RunRecord) -> bool:
        """Whether a run has made this choice."""
        return choices.value_of(record, self.name) in self.values


def choice_rows(records: Sequence[RunRecord]) -> list[ChoiceRow]:
    """List a row for each value of a parameter, or one for all where they are many."""
    rows: list[ChoiceRow] = []
    for name in choices.shown_parameters(records):
        values = tuple(choices.values_of(records, name))
        if len(values) > choices.MOST_LISTED:
            heading = choices.WORDS[name].heading
            rows.append(
                ChoiceRow(name, values, f"{heading}: {whole(len(values))} values")
            )
        else:
            rows += [ChoiceRow(name, (v,), choices.tick(name, v)) for v in values]
    return rows


def draw_choices(
    ax: Axes,
    rows: Sequence[ChoiceRow],
    drawn: Sequence[tuple[RunRecord, bool]],
    width: float,
) -> None:
    """Mark in each row the runs that have made its choice.

    Parameters
    ----------
    ax : Axes
    rows : sequence of ChoiceRow
    drawn : sequence of (RunRecord, bool)
        The runs from left to right, and whether each is mediated by the rule.
    width : float
        Of a mark, points.
    """
    for at, row in enumerate(rows):
        for mediated, color, height in ((True, BLUE, TALL), (False, QUIET, LOW)):
            columns = [
                k
                for k, (run, found) in enumerate(drawn)
                if found == mediated and row.marks(run)
            ]
            low, high = at - height / 2, at + height / 2
            ax.vlines(columns, low, high, color=color, linewidth=width)
    names = [row.name for row in rows]
    breaks = [k for k in range(1, len(rows)) if names[k] != names[k - 1]]
    name_choices(ax, [row.label for row in rows], breaks)
