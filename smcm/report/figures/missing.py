"""Map of missing scores."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import NDArray

from smcm.analysis.study import Study
from smcm.design.instruments import INSTRUMENTS
from smcm.design.schedule import INTERVIEW_MONTHS, OUTCOME_MONTHS, label
from smcm.report.format import listed, percent, whole
from smcm.report.palette import (
    COLUMN,
    FAINT,
    INK,
    PAPER,
    QUIET,
    RED,
    SMALL,
    TEXT,
    finished,
    new_panels,
)
from smcm.report.show import Plate

SIZE = COLUMN, 5.8  # inches
MARGINS = 0.65, 0.05, 1.1, 0.05
HEIGHTS = 1.0, 5.4
COLUMNS = tuple(
    (month, instrument)
    for month in INTERVIEW_MONTHS
    for instrument in INSTRUMENTS
    if month in instrument.months
)  # by interview, so that a missed one shows as a block
ROOM_FOR_TEXT = 0.08  # share of the rows


def missingness_map(study: Study) -> Plate:
    """Show the missing scores of every client before imputation."""
    figure, axes = new_panels(1, 1, SIZE, MARGINS, heights=HEIGHTS)
    shares, cells = axes[0, 0]
    draw_shares(study, shares)
    draw_gaps(study, cells)
    missing = study.missing
    lacking = sorted(_shares(study), key=lambda pair: -pair[1])
    most = [f"{name} ({percent(share)})" for name, share in lacking[:3]]
    alt = (
        f"Map of missing scores: {whole(missing.n)} clients by "
        f"{whole(len(COLUMNS))} scores in the order of the interviews, clients sorted "
        f"by pattern. {percent(missing.percent, 1)} of the scores are missing; "
        f"{whole(missing.complete)} clients have all scores. The scores most often "
        f"missing are {listed(most)}."
    )
    return finished(figure, alt, "fig-missing", _frame(study))


def draw_shares(study: Study, ax: Axes) -> None:
    """Draw the missing share of every score as a bar."""
    values = [share for _, share in _shares(study)]
    bars = ax.bar(range(len(values)), values, color=RED, width=0.75)
    ax.bar_label(
        bars, [_short(v) for v in values], fontsize=SMALL, color=INK, padding=2
    )
    ax.set_ylim(0.0, max(*values, 1.0) * 1.35)
    ax.set_xlim(-0.5, len(COLUMNS) - 0.5)
    ax.text(-0.7, 0.0, "Missing\n(%)", ha="right", fontsize=SMALL, color=INK)
    ax.set_axis_off()


def draw_gaps(study: Study, ax: Axes) -> None:
    """Draw clients by scores, missing scores dark."""
    gaps = sorted_gaps(study)
    ax.set_facecolor(FAINT)
    for column, missing in enumerate(gaps.T):
        runs = [
            (first, last + 1 - first)
            for first, last in _groups(missing)
            if missing[first]
        ]
        for start, length in runs:
            ax.bar(column, length, 1.0, start - 0.5, color=RED, linewidth=0)
    ax.set_xlim(-0.5, len(COLUMNS) - 0.5)
    ax.set_ylim(len(gaps) - 0.5, -0.5)
    groups = _groups([month for month, _ in COLUMNS])
    for first, _ in groups[1:]:
        ax.axvline(first - 0.5, color=PAPER, linewidth=4)
    for column in range(1, len(COLUMNS)):
        ax.axvline(column - 0.5, color=PAPER, linewidth=0.8)
    _say_complete(ax, int((~gaps.any(axis=1)).sum()), len(gaps))
    ax.set_xticks(
        range(len(COLUMNS)), [scale.short for _, scale in COLUMNS], rotation=90
    )
    ax.set_yticks([])
    ax.set_ylabel("Clients, sorted by pattern", fontsize=SMALL, color=INK)
    ax.tick_params(length=0, labelsize=SMALL, labelcolor=INK)
    months = ax.secondary_xaxis("bottom")
    months.set_xticks(
        [(first + last) / 2 for first, last in groups],
        [_interview(COLUMNS[first][0]) for first, _ in groups],
    )
    months.tick_params(length=0, labelsize=TEXT, labelcolor=INK, pad=54)
    for spine in (*ax.spines.values(), *months.spines.values()):
        spine.set_visible(False)


def sorted_gaps(study: Study) -> NDArray[np.bool_]:
    """Mark missing scores, shape (n, 14), sorted by pattern."""
    columns = [scale.score_column(month) for month, scale in COLUMNS]
    gaps = study.observed[columns].isna().to_numpy()
    order = sorted(range(len(gaps)), key=lambda k: (gaps[k].sum(), *(~gaps[k])))
    found: NDArray[np.bool_] = gaps[order]
    return found


def _shares(study: Study) -> list[tuple[str, float]]:
    """Name and missing share (0 to 100) of every column."""
    missing = study.missing
    return [
        (
            f"{scale.short} at month {label(month)}",
            0.0
            if (n := missing.by_score[scale.score_column(month)]) is None
            else 100 * n / missing.n,
        )
        for month, scale in COLUMNS
    ]


def _frame(study: Study) -> pd.DataFrame:
    """Count the clients with each pattern, 1 where a score is missing."""
    names = [name for name, _ in _shares(study)]
    gaps = pd.DataFrame(sorted_gaps(study).astype(int), columns=names)
    return gaps.groupby(names, sort=False).size().rename("clients").reset_index()


def _short(share: float) -> str:
    """Write a percentage without decimals or sign, a small one as under 1."""
    return "<1" if 0.0 < share < 1.0 else percent(share).rstrip("%")


def _interview(month: float) -> str:
    return f"Month {label(month)}" if month in OUTCOME_MONTHS else label(month)


def _groups(months: Sequence[float] | NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and last place of each run of equal values."""
    starts = [k for k, m in enumerate(months) if k == 0 or m != months[k - 1]]
    ends = [start - 1 for start in starts[1:]] + [len(months) - 1]
    return list(zip(starts, ends, strict=True))


def _say_complete(ax: Axes, complete: int, n: int) -> None:
    if complete >= ROOM_FOR_TEXT * n:
        ax.text(
            (len(COLUMNS) - 1) / 2,
            complete / 2,
            f"{whole(complete)} of {whole(n)} clients have all {len(COLUMNS)} scores",
            ha="center",
            va="center",
            fontsize=TEXT,
            color=QUIET,
            bbox={"facecolor": FAINT, "edgecolor": "none", "pad": 3},
        )
