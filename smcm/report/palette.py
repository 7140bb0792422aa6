"""Colours, sizes and axis habits that all figures share.

The pages show a figure from about 360 to 760 pixels wide. Text of 10 points on a
figure 6.5 inches wide is then 8 pixels high on a phone, the least that can be read.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from smcm.report.show import Plate

WIDTH = 6.5  # inches
MARGIN_TOP, MARGIN_RIGHT = 0.3, 0.12
MARGIN_BOTTOM, MARGIN_LEFT = 0.55, 0.12
TEXT = 11.0  # points
SMALL = 10.0
HEADING = 11.5

PAPER = "#ffffff"
INK = "#1a1a1a"
QUIET = "#595959"  # 7:1 on paper
RULE = "#8c8c8c"
FAINT = "#e3e6ea"

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

THIN, LINE, THICK = 0.8, 1.4, 2.4  # points
DASHES = (0, (4, 2.5))


def new_figure(height: float) -> Figure:
    """Return an empty figure that lays itself out, `height` inches tall."""
    return Figure(figsize=(WIDTH, height), facecolor=PAPER, layout="constrained")


def new_grid(
    height: float, heights: Sequence[float], columns: int, gaps: tuple[float, float]
) -> tuple[Figure, NDArray[np.object_]]:
    """Return a figure with many small panels at fixed places.

    Finding the places of dozens of panels takes seconds; here they are given.

    Parameters
    ----------
    height : float
        Inches.
    heights : sequence of float
        Relative heights of the rows.
    columns : int
    gaps : tuple of float
        Inches between rows and between columns, and left of the first column.

    Returns
    -------
    Figure, ndarray of Axes, shape (rows, columns)
    """
    figure = Figure(figsize=(WIDTH, height), facecolor=PAPER)
    between, beside = gaps
    panel = (height - MARGIN_TOP - MARGIN_BOTTOM) / len(heights) - between
    inner = WIDTH - MARGIN_LEFT - MARGIN_RIGHT
    panel_width = inner / columns - beside
    axes = figure.subplots(
        len(heights),
        columns,
        gridspec_kw={
            "height_ratios": heights,
            "left": (MARGIN_LEFT + beside) / WIDTH,
            "right": 1.0 - MARGIN_RIGHT / WIDTH,
            "top": 1.0 - MARGIN_TOP / height,
            "bottom": MARGIN_BOTTOM / height,
            "hspace": between / panel,
            "wspace": beside / panel_width,
        },
    )
    return figure, axes


def finished(figure: Figure, alt: str, name: str) -> Plate:
    """Settle the layout, so that every later drawing is the same, and label it."""
    if figure.get_layout_engine() is not None:
        figure.draw_without_rendering()
        figure.set_layout_engine("none")
    return Plate(figure=figure, alt=alt, name=name)


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


def heading(ax: Axes, text: str) -> None:
    """Write the title of a panel above its left edge."""
    ax.set_title(text, loc="left", fontsize=HEADING, color=INK, fontweight="bold")


def name_axes(ax: Axes, x: str = "", y: str = "") -> None:
    """Name what the axes measure."""
    ax.set_xlabel(x, fontsize=SMALL, color=INK)
    ax.set_ylabel(y, fontsize=SMALL, color=INK)
