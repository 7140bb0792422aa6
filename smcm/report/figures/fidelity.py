"""Team fidelity over calendar time, with one client’s window."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

from smcm.analysis.study import Study
from smcm.cohort.exposure import assessment_totals
from smcm.design.domains import HIGH_FIDELITY, TOTAL_HIGH, TOTAL_LOW
from smcm.design.schedule import ALLIANCE_MONTHS, label
from smcm.report.figures.palette import (
    DASHES,
    FAINT,
    INK,
    LINE,
    PAPER,
    SMALL,
    THICK,
    finished,
    name_axes,
    new_figure,
    series_style,
    tidy_axes,
)
from smcm.report.format import number, spelled, whole
from smcm.report.show import Plate

HEIGHT = 5.0
ROOM_BELOW = 6.0  # points of the total
MONTH = ALLIANCE_MONTHS[0]


@dataclass(frozen=True, slots=True)
class ExampleWindow:
    """The window of one client.

    Attributes
    ----------
    team : str
    first, last : Timestamp
        The days it begins and ends with.
    mean : float
        Points of the fidelity total.
    """

    team: str
    first: pd.Timestamp
    last: pd.Timestamp
    mean: float


def fidelity_over_time(study: Study) -> Plate:
    """Show every assessment of the run's teams and how an exposure is read off."""
    figure = new_figure(HEIGHT)
    draw_fidelity(study, figure.add_subplot())
    totals = team_totals(study)
    by_team = totals.groupby("team")["total"]
    first, last = by_team.first(), by_team.last()
    alt = (
        f"Line chart of the fidelity totals of {spelled(len(first))} teams, "
        f"{totals['date'].min():%B %Y} to {totals['date'].max():%B %Y}. The mean over "
        f"teams is {number(first.mean(), 1)} at the first assessment and "
        f"{number(last.mean(), 1)} at the last; "
        f"{spelled(int((first >= HIGH_FIDELITY).sum()))} teams begin and "
        f"{spelled(int((last >= HIGH_FIDELITY).sum()))} end at or above the threshold "
        f"of high fidelity, {whole(HIGH_FIDELITY)}."
    )
    window = example_window(study)
    if window is not None:
        alt += (
            f" Shaded: one client’s window of {study.run.window_days} days before the "
            f"{label(MONTH)}-month interview, with a mean of {number(window.mean, 1)}."
        )
    return finished(figure, alt, "fig-fidelity")


def draw_fidelity(study: Study, ax: Axes) -> None:
    """Draw a line a team, coloured by site, the threshold and the window."""
    totals = team_totals(study)
    _draw_teams(ax, totals, study)
    window = example_window(study)
    if window is not None:
        _draw_window(ax, totals, window)
        _describe_window(ax, totals, window, study.run.window_days)
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
    locator = AutoDateLocator(minticks=4, maxticks=8)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_locator(locator)
    formatter = ConciseDateFormatter(locator, show_offset=False)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_formatter(formatter)


def team_totals(study: Study) -> pd.DataFrame:
    """Totals of the teams whose clients are in the run; see `assessment_totals`."""
    totals = assessment_totals(study.cohort.fidelity)
    chosen = totals["team"].isin(study.frame["team"].unique())
    return totals[chosen].reset_index(drop=True)


def example_window(study: Study) -> ExampleWindow | None:
    """Window of the client with the middle exposure among those without lacking days.

    None where every window lacks some day.
    """
    frame = study.exposure.frame.loc[study.frame["client_id"]]
    name = label(MONTH)
    lacking = frame[f"days_before_{name}"] + frame[f"days_after_{name}"]
    means = frame.loc[lacking == 0, f"mean_{name}"].sort_values(kind="stable")
    if means.empty:
        return None
    client = means.index[len(means) // 2]
    held = study.cohort.interviews.set_index(["client_id", "month"])["date"]
    end, day = pd.Timestamp(held.loc[(client, MONTH)]), pd.Timedelta(days=1)
    team = study.frame.set_index("client_id")["team"]
    return ExampleWindow(
        team=str(team.loc[client]),
        first=end - study.run.window_days * day,
        last=end - day,
        mean=float(means.loc[client]),
    )


def _draw_teams(ax: Axes, totals: pd.DataFrame, study: Study) -> None:
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
    ax.legend(
        handles=[keys[site] for site in sorted(keys)],
        loc="upper center",
        bbox_to_anchor=(0.5, -0.08),
        ncols=min(4, len(keys)),
        frameon=False,
        fontsize=SMALL,
        labelcolor=INK,
    )


def _draw_window(ax: Axes, totals: pd.DataFrame, window: ExampleWindow) -> None:
    """Shade the window and stress its part of the team's line."""
    scores = totals[totals["team"] == window.team]
    days = pd.date_range(window.first, window.last).to_numpy()
    ax.axvspan(days[0], days[-1], color=FAINT, zorder=0.5, linewidth=0)
    ax.plot(
        days,
        np.interp(
            _since(days, window.first),
            _since(scores["date"].to_numpy(), window.first),
            scores["total"].to_numpy(),
        ),
        color=INK,
        linewidth=2 * THICK,
        solid_capstyle="butt",
        zorder=2.5,
    )


def _describe_window(
    ax: Axes, totals: pd.DataFrame, window: ExampleWindow, days: int
) -> None:
    """Write beneath the lines, on the roomier side of the window."""
    dates = totals["date"]
    before, after = window.first - dates.min(), dates.max() - window.last
    right = after > before
    ax.annotate(
        f"Shaded: one client’s {days}-day window\nbefore the {label(MONTH)}-month "
        f"interview. Mean of\nthe thick line: {number(window.mean, 1)}",
        xy=((window.last if right else window.first).to_numpy(), _floor(totals)),
        xytext=(6 if right else -6, 5),
        textcoords="offset points",
        ha="left" if right else "right",
        va="bottom",
        fontsize=SMALL,
        color=INK,
    )


def _floor(totals: pd.DataFrame) -> float:
    """Lower end of the axis, with room for words beneath the lines."""
    return max(float(TOTAL_LOW), float(np.floor(totals["total"].min())) - ROOM_BELOW)


def _since(
    dates: np.ndarray[tuple[int], np.dtype[np.datetime64]], start: pd.Timestamp
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Days since `start`, shape (n,)."""
    days: np.ndarray[tuple[int], np.dtype[np.float64]] = (
        dates - start.to_numpy()
    ) / np.timedelta64(1, "D")
    return days
