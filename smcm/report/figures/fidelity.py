"""Team fidelity over calendar time, with one client’s window."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.lines import Line2D

from smcm.analysis.study import Study
from smcm.cohort.exposure import assessment_totals
from smcm.design.instruments import HIGH_FIDELITY, TOTAL_HIGH, TOTAL_LOW
from smcm.design.schedule import label
from smcm.report.figures.fidelity_window import (
    MONTH,
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
    totals = team_totals(study)
    foot = 0.15 + 0.2 * -(-study.frame["site"].nunique() // KEYS)
    figure, axes = new_panels(1, 1, SIZE, MARGINS, foot=foot)
    add_key(figure, draw_fidelity(study, axes[0, 0, 0]), KEYS)
    by_team = totals.groupby("team")["total"]
    first, last = by_team.first(), by_team.last()
    begin, end = (int((scores >= HIGH_FIDELITY).sum()) for scores in (first, last))
    alt = (
        f"Line chart of the fidelity totals of {whole(len(first))} teams, "
        f"{totals['date'].min():%B %Y} to {totals['date'].max():%B %Y}. Mean over "
        f"teams: {number(first.mean(), 1)} at the first assessment, "
        f"{number(last.mean(), 1)} at the last. Teams at or above the threshold of "
        f"high fidelity, {whole(HIGH_FIDELITY)}: {whole(begin)} at the first "
        f"assessment, {whole(end)} at the last."
    )
    window = example_window(study)
    if window is not None:
        alt += (
            f" Shaded: one client’s window of {study.run.window_days} days before the "
            f"{label(MONTH)}-month interview, with a mean of {number(window.mean, 1)}."
        )
    return finished(figure, alt, "fig-fidelity", totals)


def draw_fidelity(study: Study, ax: Axes) -> list[Line2D]:
    """Draw a line a team, coloured by site, threshold and window; return the keys."""
    totals = team_totals(study)
    keys = _draw_teams(ax, totals, study)
    window = example_window(study)
    if window is not None:
        draw_window(ax, totals, window)
        describe_window(ax, totals, window, study.run.window_days)
    ax.axhline(HIGH_FIDELITY, color=INK, linewidth=1.0, linestyle=DASHES, zorder=1.5)
    ax.text(
        1.01,
        HIGH_FIDELITY,
        f"High\nfidelity\n({whole(HIGH_FIDELITY)})",
        transform=ax.get_yaxis_transform(),
        va="center",
        fontsize=SMALL,
        color=INK,
    )
    tidy_axes(ax)
    ax.set_ylim(_floor(totals), TOTAL_HIGH)
    name_axes(ax, y=f"Fidelity total ({TOTAL_LOW} to {TOTAL_HIGH})")
    locator = AutoDateLocator(minticks=3, maxticks=6)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_locator(locator)
    formatter = ConciseDateFormatter(locator, show_offset=False)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_formatter(formatter)
    return keys


def team_totals(study: Study) -> pd.DataFrame:
    """Totals of the teams whose clients are in the run; see `assessment_totals`."""
    totals = assessment_totals(study.cohort.fidelity)
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


def _floor(totals: pd.DataFrame) -> float:
    """Lower end of the axis, with room for words beneath the lines."""
    return max(float(TOTAL_LOW), float(np.floor(totals["total"].min())) - ROOM_BELOW)
