"""Map of missing scores."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import NDArray

from smcm.analysis.missing import Missing
from smcm.analysis.study import Study
from smcm.design.study import label
from smcm.report.figures.missing_patterns import (
    interview,
    scores_by_wave,
    shown_patterns,
    unlike,
)
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
ROOM_FOR_TEXT = 0.08  # share of the rows


def missingness_map(study: Study) -> Plate:
    """Show the missing scores of every client before imputation.

    Of real data it shows the patterns that several clients have, see `shown_patterns`.
    """
    figure, axes = new_panels(1, 1, SIZE, MARGINS, heights=HEIGHTS)
    shares, cells = axes[0, 0]
    draw_shares(study, shares)
    draw_gaps(study, cells)
    missing, n_scores = study.missing, len(scores_by_wave(study.design))
    known = [(share, name) for name, share in _shares(study) if share is not None]
    lacking = sorted(known, key=lambda pair: -pair[0])
    most = [f"{name} ({percent(share)})" for share, name in lacking[:3]]
    rest = (
        f", {whole(unlike(study))} with rare patterns as one blank row"
        if unlike(study)
        else ""
    )
    alt = (
        f"Map of missing scores: {whole(missing.n)} clients by "
        f"{whole(n_scores)} scores in the order of the interviews, clients sorted "
        f"by pattern{rest}.{_in_words(missing)} The scores most often missing are "
        f"{listed(most)}."
    )
    return finished(figure, alt, "fig-missing", _frame(study))


def draw_shares(study: Study, ax: Axes) -> None:
    """Draw the missing share of every score as a bar."""
    shares = [share for _, share in _shares(study)]
    values = [share or 0.0 for share in shares]
    words = [_short(share) for share in shares]
    bars = ax.bar(range(len(values)), values, color=RED, width=0.75)
    ax.bar_label(bars, words, fontsize=SMALL, color=INK, padding=2)
    ax.set_ylim(0.0, max(*values, 1.0) * 1.35)
    ax.set_xlim(-0.5, len(shares) - 0.5)
    ax.text(-0.7, 0.0, "Missing\n(%)", ha="right", fontsize=SMALL, color=INK)
    ax.set_axis_off()


def draw_gaps(study: Study, ax: Axes) -> None:
    """Draw clients by scores, missing scores dark."""
    gaps, n = shown_patterns(study), len(study.observed)
    scores = scores_by_wave(study.design)
    ax.set_facecolor(FAINT)
    if len(gaps) < n:
        _say_rare(ax, len(scores), len(gaps), n)
    for column, missing in enumerate(gaps.T):
        runs = [
            (first, last + 1 - first)
            for first, last in _groups(missing)
            if missing[first]
        ]
        for start, length in runs:
            ax.bar(column, length, 1.0, start - 0.5, color=RED, linewidth=0)
    ax.set_xlim(-0.5, len(scores) - 0.5)
    ax.set_ylim(n - 0.5, -0.5)
    groups = _groups([month for month, _ in scores])
    for first, _ in groups[1:]:
        ax.axvline(first - 0.5, color=PAPER, linewidth=4)
    for column in range(1, len(scores)):
        ax.axvline(column - 0.5, color=PAPER, linewidth=0.8)
    _say_complete(ax, len(scores), int((~gaps.any(axis=1)).sum()), n)
    ax.set_xticks(range(len(scores)), [one.short for _, one in scores], rotation=90)
    ax.set_yticks([])
    ax.set_ylabel("Clients, sorted by pattern", fontsize=SMALL, color=INK)
    ax.tick_params(length=0, labelsize=SMALL, labelcolor=INK)
    months = ax.secondary_xaxis("bottom")
    months.set_xticks(
        [(first + last) / 2 for first, last in groups],
        [interview(study.design, scores[first][0]) for first, _ in groups],
    )
    months.tick_params(length=0, labelsize=TEXT, labelcolor=INK, pad=54)
    for spine in (*ax.spines.values(), *months.spines.values()):
        spine.set_visible(False)


def _shares(study: Study) -> list[tuple[str, float | None]]:
    """Name and missing share (0 to 100) of every column; None where it is withheld."""
    found = []
    for month, scale in scores_by_wave(study.design):
        count = study.missing.by_score[scale.score_column(month)]
        share = None if count is None else 100.0 * count / study.missing.n
        found.append((f"{scale.short} at month {label(month)}", share))
    return found


def _in_words(missing: Missing) -> str:
    """Say how much is missing, where that may be said."""
    share, complete = missing.percent, missing.complete
    words = "" if share is None else f" {percent(share, 1)} of the scores are missing."
    if complete is not None:
        words += f" {whole(complete)} clients have all scores."
    return words


def _frame(study: Study) -> pd.DataFrame:
    """Count the clients with each pattern, 1 where a score is missing.

    The clients with a rare pattern of real data are one row, blank but for their count.
    """
    names = [name for name, _ in _shares(study)]
    gaps = pd.DataFrame(shown_patterns(study).astype(int), columns=names)
    found = gaps.groupby(names, sort=False).size().rename("clients").reset_index()
    if unlike(study):
        rest = pd.DataFrame({"clients": [unlike(study)]})
        found = pd.concat([found.astype("Int64"), rest], ignore_index=True)
    return found


def _short(share: float | None) -> str:
    """Write a percentage without decimals or sign, a small one as under 1."""
    if share is None:
        return "–"
    return "<1" if 0.0 < share < 1.0 else percent(share).rstrip("%")


def _groups(months: Sequence[float] | NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and last place of each run of equal values."""
    starts = [k for k, m in enumerate(months) if k == 0 or m != months[k - 1]]
    ends = [start - 1 for start in starts[1:]] + [len(months) - 1]
    return list(zip(starts, ends, strict=True))


def _say_rare(ax: Axes, n_scores: int, first: int, n: int) -> None:
    """Say beneath the patterns how many clients have another one."""
    ax.axhspan(first - 0.5, n - 0.5, color=PAPER, zorder=2)
    ax.text(
        (n_scores - 1) / 2,
        (first + n) / 2,
        f"{whole(n - first)} clients with other patterns",
        ha="center",
        va="center",
        fontsize=TEXT,
        color=QUIET,
        zorder=3,
    )


def _say_complete(ax: Axes, n_scores: int, complete: int, n: int) -> None:
    if complete >= ROOM_FOR_TEXT * n:
        ax.text(
            (n_scores - 1) / 2,
            complete / 2,
            f"{whole(complete)} of {whole(n)} clients have all {n_scores} scores",
            ha="center",
            va="center",
            fontsize=TEXT,
            color=QUIET,
            bbox={"facecolor": FAINT, "edgecolor": "none", "pad": 3},
        )
