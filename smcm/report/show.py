"""Tables and figures that show themselves in a chapter."""

from dataclasses import dataclass, field
from io import BytesIO
from typing import Literal

import pandas as pd
from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from smcm.report.csv_text import csv_link, table_csv
from smcm.report.format import Rounded
from smcm.report.vector import element, with_dots

Align = Literal["left", "right", "center"]
RULES = {"left": ":---", "right": "---:", "center": ":---:"}
DOTS_PER_INCH = 200
WIDE = "full-width"  # the theme clears the margin beside this class
SORTABLE = "sortable"  # book/_static/sortable.js looks for it


@dataclass(frozen=True, slots=True)
class Table:
    """A table ready for print: strings, a caption and notes.

    In a chapter it becomes a real table that is numbered and can be cited with
    ``{numref}`` under its name.

    Attributes
    ----------
    body : DataFrame
        Cells as strings, already rounded; Markdown is allowed, data strings have
        passed `smcm.report.format.cell`.
    name, caption : str
        Label and the words after "Table 1".
    notes : tuple of str
        Sentences beneath the table.
    align : tuple of str
        One of "left", "right", "center" for each column; by default the first
        column left and the others right.
    wide : bool
        Whether it may use the margin to the right of the text, where there is one.
    sortable : bool
        Whether readers can sort and filter it. A cell sorts by what `sorted_by` has put
        around its words, or else by the words.
    """

    body: pd.DataFrame
    name: str
    caption: str
    notes: tuple[str, ...] = ()
    align: tuple[Align, ...] = ()
    wide: bool = False
    sortable: bool = False

    def _csv_link(self) -> str:
        rounded = any(isinstance(one, Rounded) for one in self.body.to_numpy().flat)
        words = "Unrounded numbers (CSV)" if rounded else "This table (CSV)"
        link = csv_link(table_csv(self.body), self.name, words)
        return f'<p class="smcm-take">{link}</p>'

    def _repr_markdown_(self) -> str:
        columns = [str(column) for column in self.body.columns]
        align = self.align or default_align(len(columns))
        lines = [
            _row(columns),
            _row([RULES[side] for side in align]),
            *(_row([str(c) for c in row]) for row in self.body.to_numpy()),
        ]
        grid = "\n".join(lines)
        notes = "\n\n".join(self.notes)
        beneath = f"\n:::{{container}} table-notes\n{notes}\n:::\n" if notes else ""
        names = [WIDE] * self.wide + [SORTABLE] * self.sortable
        classes = f":class: {' '.join(names)}\n" if names else ""
        return (
            f"::::{{table}} {self.caption}\n:name: {self.name}\n"
            f"{classes}\n{grid}\n::::\n"
            f"\n{self._csv_link()}\n"
            f"{beneath}"
        )


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines of a terminal, shown as they stand."""

    text: str

    def _repr_markdown_(self) -> str:
        return f"```text\n{self.text}\n```\n"


def default_align(n_columns: int) -> tuple[Align, ...]:
    """First column left, the others right."""
    return tuple("left" if k == 0 else "right" for k in range(n_columns))


def sorted_by(value: float, shown: str) -> str:
    """Give a cell the unrounded number by which it sorts.

    Parameters
    ----------
    value : float
        Finite.
    shown : str
        What is read there, Markdown.
    """
    return f'<data value="{float(value)!r}">' + shown + "</data>"


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


@dataclass(frozen=True, slots=True)
class Plate:
    """A figure that shows itself in any kernel, without pyplot's global state.

    The alt text and the caption of the page stand in the chapter's cell; `alt` here
    is what a figure saved on its own is described by. Pages and notebooks show it as
    SVG, in a page's colours; `to_bytes` gives a PNG.

    Attributes
    ----------
    figure : Figure
    alt : str
        What the picture shows, for readers who cannot see it.
    name : str
        Stem of its file when it is saved.
    frame : DataFrame, optional
        The numbers that it shows, unrounded.
    """

    figure: Figure = field(repr=False)
    alt: str
    name: str
    frame: pd.DataFrame | None = field(default=None, repr=False)

    def to_bytes(
        self, kind: Literal["png", "svg"] = "png", statement: str = ""
    ) -> bytes:
        """Draw it as PNG or SVG on white; the same figure gives the same bytes.

        Parameters
        ----------
        kind : {"png", "svg"}
        statement : str
            What data it rests on; it joins the alt text in the file's metadata.
        """
        buffer = BytesIO()
        metadata = {
            "Title": self.name,
            "Description": f"{self.alt} {statement}".rstrip(),
            "Software" if kind == "png" else "Date": None,
        }
        # ids that are not random; names that are no formulas
        with rc_context({"svg.hashsalt": self.name, "text.parse_math": False}):
            if kind == "svg":
                self.figure.savefig(
                    buffer, format=kind, dpi=DOTS_PER_INCH, metadata=metadata
                )
            else:
                # savefig draws twice, to find a layout that is settled here
                with with_dots(self.figure, DOTS_PER_INCH):
                    canvas = FigureCanvasAgg(self.figure)
                    canvas.print_png(buffer, metadata=metadata)  # type: ignore[no-untyped-call]
        return buffer.getvalue()

    def to_html(self) -> str:
        """Draw it as an element of a page; see `smcm.report.vector`."""
        return element(self.figure, self.name, self.alt, self.frame)

    def _repr_html_(self) -> str:
        return self.to_html()
