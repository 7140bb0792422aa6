"""Colours, sizes and axis habits that all figures share.

A phone shows 342 pixels across. Text of 10 points in a panel that is 4.3 inches wide
is then 11 pixels high, the least that can be read with ease: no panel is wider, and no
text smaller. Colours are roles, see `smcm.report.vector`: the page says what they are.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from numpy.typing import NDArray

from smcm.report.show import Plate
from smcm.report.vector import KEY, PART
from smcm.shown import named, visible_lines

PANEL = 3.25  # inches across, where there are several
WIDTH = 2 * PANEL
LAYER_DOTS = 144  # per inch, of layers that are pictures in a drawing
COLUMN = 4.3  # inches across, where there is one; also the most for a key
TEXT = 11.0  # points
SMALL = 10.0
HEADING = 11.5

PAPER = "#ffffff"
INK = "#1a1a1a"
QUIET = "#595959"  # 7:1 on paper
RULE = "#8c8c8c"
FAINT = "#e3e6ea"
TINT = "#eef3f8"
BLUE_FAINT, BLUE_LIGHT, BLUE_MID = "#e1ecf5", "#bfd7ea", "#a9c6de"

# Okabe and Ito's hues, darkened until each stands out 3:1 on paper.
BLUE = "#0072b2"
RED = "#c44e00"
GREEN = "#00805a"
PURPLE = "#a0508c"
OCHRE = "#a67600"
SKY = "#2f8fc4"
GREY = "#4d4d4d"
SERIES = (BLUE, RED, GREEN, PURPLE, OCHRE, SKY, GREY)
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "p", "h")

EDGE = 0.02  # of a panel, left of its title
THIN, LINE, THICK = 0.8, 1.4, 2.4  # points
DASHES = (0, (4, 2.5))


def new_panels(
    rows: int,
    columns: int,
    size: tuple[float, float],
    margins: tuple[float, float, float, float],
    *,
    foot: float = 0.0,
    heights: Sequence[float] = (1.0,),
    gap: float = 0.06,
) -> tuple[Figure, NDArray[np.object_]]:
    """Return a figure of panels whose axes have given places.

    A page lays out the panels, and the key in the foot, as its width allows. To find
    places for axes would take longer than to draw them.

    Parameters
    ----------
    rows, columns : int
    size : tuple of float
        Width and height of a panel, inches.
    margins : tuple of float
        Inches left, right, below and above of the axes of a panel.
    foot : float
        Inches beneath all panels, for `add_key`.
    heights : sequence of float
        Relative heights of the axes of a panel, one above the other.
    gap : float
        Between them, in units of their mean height.

    Returns
    -------
    Figure, ndarray of Axes, shape (rows, columns, len(heights))
    """
    width, height = size
    left, right, below, above = margins
    sheet = width * columns, height * rows + foot
    figure = Figure(sheet, LAYER_DOTS, facecolor=PAPER)
    ratios = [height] * rows + ([foot] if foot else [])
    grid = figure.add_gridspec(len(ratios), columns, height_ratios=ratios)
    axes = np.empty((rows, columns, len(heights)), dtype=object)
    for row, column in np.ndindex(rows, columns):
        part = figure.add_subfigure(grid[row, column])
        part.set_gid(f"{PART}-{row}-{column}")
        axes[row, column] = part.subplots(
            len(heights),
            1,
            squeeze=False,
            gridspec_kw={
                "left": left / width,
                "right": 1.0 - right / width,
                "bottom": below / height,
                "top": 1.0 - above / height,
                "height_ratios": heights,
                "hspace": gap,
            },
        )[:, 0]
    if foot:
        figure.add_subfigure(grid[-1, :]).set_gid(KEY)
    return figure, axes


def add_key(
    figure: Figure, handles: Sequence[Artist], columns: int = 2, title: str = ""
) -> None:
    """Explain the marks in the foot of the figure."""
    figure.subfigs[-1].legend(
        handles=list(handles),
        title=title or None,
        title_fontsize=SMALL,
        alignment="left",
        loc="upper left",
        bbox_to_anchor=(0.0, 1.0),
        borderaxespad=0.2,
        borderpad=0.2,
        ncols=columns,
        frameon=False,
        fontsize=SMALL,
        labelcolor=INK,
        handlelength=1.5,
        handletextpad=0.5,
        columnspacing=1.2,
    ).get_title().set_color(INK)


def finished(
    figure: Figure, alt: str, name: str, frame: pd.DataFrame | None = None
) -> Plate:
    """Label a figure; no text in it is a formula or a command, whatever names hold."""
    for text in figure.findobj(Text):
        assert isinstance(text, Text)
        text.set_parse_math(False)
        text.set_text(visible_lines(text.get_text()))
    return Plate(figure=figure, alt=visible_lines(alt), name=name, frame=frame)


def series_style(place: int) -> tuple[str, str]:
    """Colour and marker of a series; pairs differ for the first 63 of them."""
    return SERIES[place % len(SERIES)], MARKERS[place % len(MARKERS)]


def tidy_axes(ax: Axes) -> None:
    """Leave two spines, quiet ticks and text of the common size."""
    ax.set_facecolor(PAPER)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        ax.spines[side].set_color(RULE)
        ax.spines[side].set_linewidth(THIN)
    ax.tick_params(labelsize=SMALL, labelcolor=INK, color=RULE, width=THIN, length=3)


def heading(ax: Axes, text: str, size: float = HEADING) -> None:
    """Write the title of a panel above its axes, from the left edge of the panel on."""
    box = ax.get_position()
    edge = (EDGE - box.x0) / box.width
    style: dict[str, Any] = {"fontsize": size, "color": INK, "fontweight": "bold"}
    ax.set_title(text, loc="left", x=edge, **style)


def name_rows(ax: Axes, names: Sequence[str]) -> None:
    """Name rows downwards from 0, without an axis beside them."""
    tidy_axes(ax)
    ax.set_yticks(range(len(names)), [named(name) for name in names])
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(len(names) - 0.4, -0.6)


def share_limits(axes: Iterable[Axes], which: Literal["x", "y"]) -> None:
    """Give panels one scale."""
    panels = list(axes)
    ends = [getattr(ax, f"get_{which}lim")() for ax in panels]
    limits = min(low for low, _ in ends), max(high for _, high in ends)
    for ax in panels:
        getattr(ax, f"set_{which}lim")(limits)


def name_axes(ax: Axes, x: str = "", y: str = "") -> None:
    """Name what the axes measure."""
    ax.set_xlabel(x, fontsize=SMALL, color=INK)
    ax.set_ylabel(y, fontsize=SMALL, color=INK)
