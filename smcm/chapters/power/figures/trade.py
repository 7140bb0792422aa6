"""More teams against more clients: power by the number of teams."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from smcm.chapters.power.planned import Trade, TradedTeams
from smcm.report.format import bare, whole
from smcm.report.palette import (
    COLUMN,
    DASHES,
    LINE,
    MARKERS,
    QUIET,
    RULE,
    SERIES,
    SMALL,
    THICK,
    add_key,
    finished,
    name_axes,
    new_panels,
    tidy_axes,
)
from smcm.report.show import Plate

SIZE = COLUMN, 3.2  # inches
MARGINS = 0.6, 0.25, 0.5, 0.1
ROW = 0.2  # inches of the key
TICKS = (100, 200, 500, 1000, 2000, 4000)
EVERY = 6  # points of a line between two marks


def power_trade(trade: Trade) -> Plate:
    """Draw power against the clients in all teams, a line for each number of teams."""
    foot = ROW * (-(-len(trade.teams) // 2) + 0.5)
    figure, axes = new_panels(1, 1, SIZE, MARGINS, foot=foot)
    draw_trade(trade, axes[0, 0, 0])
    add_key(figure, axes[0, 0, 0].get_legend_handles_labels()[0])
    alt = (
        "Power of the indirect effect against the number of clients, with a line for "
        f"each number of teams and a dashed one at {bare(trade.target)}. "
        + " ".join(_in_words(found, trade.target) for found in trade.teams)
    )
    rows = [
        {"teams": found.count, "clients": clients, "power": power}
        for found in trade.teams
        for clients, power in zip(found.clients, found.power, strict=True)
    ]
    return finished(figure, alt, "fig-power-trade", pd.DataFrame(rows))


def draw_trade(trade: Trade, ax: Axes) -> None:
    """Draw the lines; that of this study's number of teams is thick."""
    for k, found in enumerate(trade.teams):
        own = found.count == trade.own
        ax.plot(
            np.array(found.clients),
            np.array(found.power),
            color=SERIES[k % len(SERIES)],
            marker=MARKERS[k % len(MARKERS)],
            markevery=EVERY,
            markersize=6,
            linewidth=THICK if own else LINE,
            label=f"{whole(found.count)} teams{' (this edition)' if own else ''}",
        )
    ax.axhline(trade.target, color=RULE, linewidth=LINE, linestyle=DASHES, zorder=1)
    ax.text(
        0.01,
        trade.target + 0.01,
        bare(trade.target),
        transform=ax.get_yaxis_transform(),
        fontsize=SMALL,
        color=QUIET,
        va="bottom",
    )
    ax.set_xscale("log")
    ax.set_xticks(TICKS, [whole(tick) for tick in TICKS])
    ax.set_xticks([], minor=True)
    ax.set_ylim(0.0, 1.03)
    tidy_axes(ax)
    name_axes(ax, x="Clients in all teams", y="Power")


def _in_words(found: TradedTeams, target: float) -> str:
    reached = (
        f"{bare(target)} cannot be reached"
        if found.enough is None
        else f"{bare(target)} is reached with {whole(found.enough)} clients"
    )
    return (
        f"{whole(found.count)} teams: {bare(found.power[0])} with "
        f"{whole(found.clients[0])} clients, {bare(found.power[-1])} with "
        f"{whole(found.clients[-1])}; {reached}."
    )
