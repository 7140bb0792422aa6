"""Paths between alliance and outcomes in both directions, on one scale."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from smcm.chapters.reciprocity.cross_lagged import BACK, FORWARD, CrossLag
from smcm.design.schedule import label
from smcm.report.format import bare, with_limits
from smcm.report.palette import (
    BLUE,
    DASHES,
    INK,
    LINE,
    PAPER,
    RED,
    RULE,
    SMALL,
    THICK,
    finished,
    heading,
    name_axes,
    new_figure,
    tidy_axes,
)
from smcm.report.show import Plate

HEIGHT = 6.0
TITLES = {
    FORWARD: "Alliance to later outcome",
    BACK: "Outcome to later alliance",
}
COLORS = {FORWARD: BLUE, BACK: RED}


def cross_lagged(found: Sequence[CrossLag]) -> Plate:
    """Show each standardized path with its interval, a panel for each direction."""
    figure = new_figure(HEIGHT)
    panels = figure.subplots(2, 1, sharex=True)
    for ax, direction in zip(panels, (FORWARD, BACK), strict=True):
        draw_direction([one for one in found if one.step.direction == direction], ax)
        heading(ax, TITLES[direction])
    panels[-1].locator_params(axis="x", nbins=6)
    name_axes(
        panels[-1],
        x="Standardized path (SDs of the later measure per SD of the earlier one)",
    )
    alt = "Standardized cross-lagged paths with 95% intervals. " + " ".join(
        _in_words(one) for one in found
    )
    return finished(figure, alt, "fig-cross-lagged")


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
    ax.set_yticks(range(len(ordered)), [_name(one) for one in ordered])
    ax.set_ylim(len(ordered) - 0.4, -0.6)
    tidy_axes(ax)
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="x", color=RULE, linewidth=0.3)
    ax.set_axisbelow(True)
    ax.tick_params(labelsize=SMALL)


def _name(one: CrossLag) -> str:
    months = f"{label(one.step.cross_month)} to {label(one.step.month)} mo"
    return f"{one.outcome.short}, {months}"


def _in_words(one: CrossLag) -> str:
    way = "from the alliance" if one.step.direction == FORWARD else "to the alliance"
    shown = with_limits(one.standardized, *one.limits, write=bare)
    return f"{_name(one)}, {way}: {shown}."
