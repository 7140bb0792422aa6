"""Paths between alliance and outcomes in both directions, on one scale."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from smcm.chapters.reciprocity.cross_lagged import BACK, FORWARD, CrossLag
from smcm.design.study import label
from smcm.report.format import bare, with_limits
from smcm.report.palette import (
    BLUE,
    COLUMN,
    DASHES,
    INK,
    LINE,
    PAPER,
    RED,
    RULE,
    THICK,
    finished,
    heading,
    name_axes,
    name_rows,
    new_panels,
    share_limits,
)
from smcm.report.show import Plate

SIZE = COLUMN, 2.9  # inches
MARGINS = 1.75, 0.25, 0.65, 0.32
TITLES = {
    FORWARD: "Alliance to later outcome",
    BACK: "Outcome to later alliance",
}
COLORS = {FORWARD: BLUE, BACK: RED}


def cross_lagged(found: Sequence[CrossLag]) -> Plate:
    """Show each standardized path with its interval, a panel for each direction."""
    figure, axes = new_panels(2, 1, SIZE, MARGINS)
    panels = axes[:, 0, 0]
    for ax, direction in zip(panels, (FORWARD, BACK), strict=True):
        draw_direction([one for one in found if one.step.direction == direction], ax)
        heading(ax, TITLES[direction])
        ax.locator_params(axis="x", nbins=4)
        name_axes(ax, x="SDs of the later measure\nper SD of the earlier one")
    share_limits(panels, "x")
    alt = "Standardized cross-lagged paths with 95% intervals. " + " ".join(
        _in_words(one) for one in found
    )
    rows = [
        {
            "path": TITLES[one.step.direction],
            "outcome": one.outcome.short,
            "from month": one.step.cross_month,
            "to month": one.step.month,
            "estimate": one.standardized,
            "low": one.limits[0],
            "high": one.limits[1],
            "adjusted": one.step.own_month is not None,
        }
        for one in found
    ]
    return finished(figure, alt, "fig-cross-lagged", pd.DataFrame(rows))


def draw_direction(found: Sequence[CrossLag], ax: Axes) -> None:
    """Draw a row a path; hollow marks are not adjusted for an earlier value."""
    ordered = sorted(found, key=lambda one: one.step.month)
    for row, one in enumerate(ordered):
        low, high = one.limits
        color = COLORS[one.step.direction]
        ax.hlines(row, low, high, color=color, linewidth=THICK)
        held = one.step.own_month is not None
        ax.plot(
            one.standardized,
            row,
            marker="o",
            markersize=8,
            color=color,
            markerfacecolor=color if held else PAPER,
            markeredgewidth=1.8,
        )
    ax.axvline(0.0, color=INK, linewidth=LINE, linestyle=DASHES, zorder=1)
    name_rows(ax, [_name(one) for one in ordered])
    ax.grid(axis="x", color=RULE, linewidth=0.3)
    ax.set_axisbelow(True)


def _name(one: CrossLag) -> str:
    months = f"{label(one.step.cross_month)} to {label(one.step.month)} mo"
    return f"{one.outcome.short}, {months}"


def _in_words(one: CrossLag) -> str:
    way = "from the alliance" if one.step.direction == FORWARD else "to the alliance"
    shown = with_limits(one.standardized, *one.limits, write=bare)
    return f"{_name(one)}, {way}: {shown}."
