"""Team fidelity over calendar time, with one client’s window."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.lines import Line2D

from smcm.analysis.study import Study
from smcm.cohort.exposure import assessment_totals
from smcm.design.study import label
from smcm.report.figures.fidelity_window import (
    describe_window,
    draw_window,
    example_window,
)
from smcm.report.format import number, whole
from smcm.report.palette import (
    COLUMN,
    DASHES,
    INK,
    LINE,
    PAPER,
    SMALL,
    add_key,
    finished,
    name_axes,
    new_panels,
    series_style,
    tidy_axes,
)
from smcm.report.show import Plate

SIZE = COLUMN, 4.0  # inches
MARGINS = 0.6, 0.85, 0.3, 0.1
KEYS = 4  # in a row
ROOM_BELOW = 7.0  # points of the total


def fidelity_over_time(study: Study) -> Plate:
    """Show every assessment of the run's teams and how an exposure is read off."""
    totals, high = team_totals(study), study.design.exposure.threshold
    foot = 0.15 + 0.2 * -(-study.frame["site"].nunique() // KEYS)
    figure, axes = new_panels(1, 1, SIZE, MARGINS, foot=foot)
    add_key(figure, draw_fidelity(study, axes[0, 0, 0]), KEYS)
    by_team = totals.groupby("team")["total"]
    first, last = by_team.first(), by_team.last()
    begin, end = (int((scores >= high).sum()) for scores in (first, last))
    alt = (
        f"Line chart of the fidelity totals of {whole(len(first))} teams, "
        f"{totals['date'].min():%B %Y} to {totals['date'].max():%B %Y}. Mean over "
        f"teams: {number(first.mean(), 1)} at the first assessment, "
        f"{number(last.mean(), 1)} at the last. Teams at or above the threshold of "
        f"high fidelity, {whole(high)}: {whole(begin)} at the first "
        f"assessment, {whole(end)} at the last."
    )
    window = example_window(study)
    if window is not None:
        alt += (
            f" Shaded: one client’s window of {study.run.window_days} days before the "
            f"{label(window.month)}-month interview, with a mean of "
            f"{number(window.mean, 1)}."
        )
    return finished(figure, alt, "fig-fidelity", totals)


def draw_fidelity(study: Study, ax: Axes) -> list[Line2D]:
    """Draw a line a team, coloured by site, threshold and window; return the keys."""
    totals, exposure = team_totals(study), study.design.exposure
    high = exposure.threshold
    keys = _draw_teams(ax, totals, study)
    window = example_window(study)
    if window is not None:
        draw_window(ax, totals, window)
        describe_window(ax, totals, window, study.run.window_days)
    ax.axhline(high, color=INK, linewidth=1.0, linestyle=DASHES, zorder=1.5)
    ax.text(
        1.01,
        high,
        f"High\nfidelity\n({whole(high)})",
        transform=ax.get_yaxis_transform(),
        va="center",
        fontsize=SMALL,
        color=INK,
    )
    tidy_axes(ax)
    low, top = exposure.total_low, exposure.total_high
    ax.set_ylim(_floor(totals, low), top)
    name_axes(ax, y=f"Fidelity total ({low} to {top})")
    locator = AutoDateLocator(minticks=3, maxticks=6)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_locator(locator)
    formatter = ConciseDateFormatter(locator, show_offset=False)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_formatter(formatter)
    return keys


def team_totals(study: Study) -> pd.DataFrame:
    """Totals of the teams whose clients are in the run; see `assessment_totals`."""
    totals = assessment_totals(study.cohort.fidelity, study.design.exposure)
    chosen = totals["team"].isin(study.frame["team"].unique())
    return totals[chosen].reset_index(drop=True)


def _draw_teams(ax: Axes, totals: pd.DataFrame, study: Study) -> list[Line2D]:
    """Draw lines and dots; a site keeps its colour in every edition."""
    site_of = study.cohort.teams.set_index("team")["site"]
    place = {site: k for k, site in enumerate(sorted(site_of.unique()))}
    keys = {}
    for team, scores in totals.groupby("team"):
        site = site_of.loc[team]
        color, marker = series_style(place[site])
        keys[site] = ax.plot(
            scores["date"].to_numpy(),
            scores["total"].to_numpy(),
            color=color,
            marker=marker,
            markersize=5.5,
            markeredgecolor=PAPER,
            markeredgewidth=0.5,
            linewidth=LINE,
            label=f"Site {site}",
        )[0]
    return [keys[site] for site in sorted(keys)]


def _floor(totals: pd.DataFrame, low: float) -> float:
    """Lower end of the axis, with room for words beneath the lines."""
    return max(float(low), float(np.floor(totals["total"].min())) - ROOM_BELOW)
