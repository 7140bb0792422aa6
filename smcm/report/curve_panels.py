"""Four specification curves in panels: an outcome each, with the choices beneath."""

from collections.abc import Sequence
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from smcm.report.palette import (
    DASHES,
    INK,
    PANEL,
    RULE,
    THIN,
    add_key,
    name_axes,
    new_panels,
    tidy_axes,
)
from smcm.shown import named

CURVE, ROW = 1.75, 0.19  # inches
MARGINS = 1.65, 0.08, 0.12, 0.32
FOOT = 0.75
ACROSS = PANEL - MARGINS[0] - MARGINS[1]  # inches that a curve has
MAIN: dict[str, Any] = {
    "marker": "v",
    "markersize": 7,
    "color": INK,
    "linestyle": "none",
    "zorder": 4,
    "clip_on": False,  # the main combination may be the first or the last
}


def curve_panels(rows: int) -> tuple[Figure, list[tuple[Axes, Axes]]]:
    """Return a figure with a curve and a panel of choices for each outcome."""
    beneath = ROW * max(rows, 1)
    height = CURVE + beneath + MARGINS[2] + MARGINS[3]
    heights = CURVE, beneath
    figure, axes = new_panels(
        2, 2, (PANEL, height), MARGINS, foot=FOOT, heights=heights
    )
    return figure, [(curve, choices) for curve, choices in axes.reshape(4, 2)]


def finish_curve(ax: Axes, main: float | None) -> None:
    """Draw zero and the mark of the main combination; leave out horizontal ticks."""
    ax.axhline(0.0, color=INK, linewidth=1.0, linestyle=DASHES, zorder=3)
    if main is not None:
        ax.plot(main, 0.97, transform=ax.get_xaxis_transform(), **MAIN)
    tidy_axes(ax)
    ax.set_xticks([])
    name_axes(ax, y="Indirect effect, SDs")


def name_choices(ax: Axes, names: Sequence[str], breaks: Sequence[int]) -> None:
    """Name the rows of a panel of choices, with a line before each of `breaks`."""
    for at in breaks:
        ax.axhline(at - 0.5, color=RULE, linewidth=THIN)
    tidy_axes(ax)
    ax.set_ylim(max(len(names), 1) - 0.5, -0.5)
    ax.set_xticks([])
    ax.set_yticks(range(len(names)), [named(name) for name in names])
    ax.tick_params(axis="y", length=0)


def share_scale(axes: Sequence[Axes], low: float, high: float) -> None:
    """Let every curve reach from the lowest limit to the highest, zero within."""
    low, high = min(0.0, low), max(0.0, high)
    room = 0.08 * (high - low)
    for ax in axes:
        ax.set_ylim(low - room, high + 2.0 * room)
        ax.locator_params(axis="y", nbins=5)


def add_curve_key(
    figure: Figure, title: str, handles: Sequence[Artist], main: str
) -> None:
    """Say what the order is, what the marks mean, and what the triangle is, if any."""
    marks = [Line2D([], [], label=main, **MAIN)] if main else []
    add_key(figure, [*handles, *marks], title=title)
