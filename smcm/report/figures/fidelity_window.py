"""The fidelity window of one client, as an example of an exposure."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import NDArray

from smcm.analysis.study import Study
from smcm.design.study import label
from smcm.report.format import number
from smcm.report.palette import FAINT, INK, SMALL, THICK

RIGHTMOST_TEXT = 0.6  # of the width of the axes; the text takes up the rest


@dataclass(frozen=True, slots=True)
class ExampleWindow:
    """The window of one client.

    Attributes
    ----------
    team : str
    month : float
        Of the interview that it precedes, the first of the mediator.
    first, last : Timestamp
        The days it begins and ends with.
    mean : float
        Points of the fidelity total.
    """

    team: str
    month: float
    first: pd.Timestamp
    last: pd.Timestamp
    mean: float


def example_window(study: Study) -> ExampleWindow | None:
    """Window of the client with the median exposure among complete windows.

    None where no window is complete, and for real data: it would tell the day of a
    client's interview.
    """
    if study.cohort.real:
        return None
    frame = study.exposure.frame.loc[study.frame["client_id"]]
    month = study.design.waves.mediator[0]
    name = label(month)
    lacking = frame[f"days_before_{name}"] + frame[f"days_after_{name}"]
    means = frame.loc[lacking == 0, f"mean_{name}"].sort_values(kind="stable")
    if means.empty:
        return None
    client = means.index[len(means) // 2]
    held = study.cohort.interviews.set_index(["client_id", "month"])["date"]
    end, day = pd.Timestamp(held.loc[(client, month)]), pd.Timedelta(days=1)
    team = study.frame.set_index("client_id")["team"]
    return ExampleWindow(
        team=str(team.loc[client]),
        month=month,
        first=end - study.run.window_days * day,
        last=end - day,
        mean=float(means.loc[client]),
    )


def draw_window(ax: Axes, totals: pd.DataFrame, window: ExampleWindow) -> None:
    """Shade the window and thicken its part of the team's line."""
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


def describe_window(
    ax: Axes, totals: pd.DataFrame, window: ExampleWindow, days: int
) -> None:
    """Write beneath the lines, beside the window where there is room."""
    first, last = totals["date"].min(), totals["date"].max()
    place = ax.get_xmargin() + (window.last - first) / (last - first)
    ax.text(
        min(place / (1.0 + 2.0 * ax.get_xmargin()) + 0.01, RIGHTMOST_TEXT),
        0.01,
        f"Shaded: one client’s\n{days}-day window before the\n"
        f"{label(window.month)}-month interview; mean\nof the thick line: "
        f"{number(window.mean, 1)}",
        transform=ax.transAxes,
        va="bottom",
        fontsize=SMALL,
        color=INK,
    )


def _since(dates: NDArray[np.datetime64], start: pd.Timestamp) -> NDArray[np.float64]:
    """Days since `start`, shape (n,)."""
    days: NDArray[np.float64] = (dates - start.to_numpy()) / np.timedelta64(1, "D")
    return days
