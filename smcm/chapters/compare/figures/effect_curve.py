"""The upper part of a specification curve: effects with their intervals, in order."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from smcm.design.model import StudyModel
from smcm.report.curve_panels import ACROSS, finish_curve
from smcm.report.palette import BLUE, PAPER, QUIET
from smcm.report.runs import RunRecord
from smcm.stats.terms import Term

TERM = "indirect_cs"
LEAST_MARK, MOST_MARK = 0.9, 5.5  # points
STYLES = {True: (BLUE, "o", BLUE), False: (QUIET, "s", PAPER)}
KEYS = {True: "mediated by the rule", False: "not mediated"}


def draw_curve(
    ax: Axes,
    model: StudyModel,
    drawn: Sequence[RunRecord],
    main: RunRecord | None,
) -> None:
    """Draw estimates with their intervals from left to right, and mark the main run."""
    size = mark_width(len(drawn))
    for mediated, (color, marker, face) in STYLES.items():
        own = [
            (k, effect_of(run, model))
            for k, run in enumerate(drawn)
            if run.model(model.key).mediated == mediated
        ]
        at = [k for k, _ in own]
        low, high = ([getattr(e, end) for _, e in own] for end in ("ci_low", "ci_high"))
        ax.vlines(at, low, high, color=color, linewidth=0.3 * size, zorder=2)
        ax.plot(
            at,
            [effect.estimate for _, effect in own],
            linestyle="none",
            marker=marker,
            markersize=size,
            color=color,
            markerfacecolor=face,
            markeredgewidth=min(1.2, 0.3 * size),
            zorder=3,
        )
    finish_curve(ax, None if main is None else drawn.index(main))


def effect_of(run: RunRecord, model: StudyModel) -> Term:
    """Read the completely standardized indirect effect of a model in a run."""
    return run.model(model.key).terms[TERM]


def mark_width(count: int) -> float:
    """Width of a mark that leaves a gap to the next, in points."""
    pitch = 72.0 * ACROSS / max(count, 1)
    return float(np.clip(0.7 * pitch, LEAST_MARK, MOST_MARK))


def curve_keys() -> list[Line2D]:
    """Explain the marks of both kinds of runs."""
    return [
        Line2D(
            [],
            [],
            color=color,
            marker=marker,
            markerfacecolor=face,
            markersize=6,
            linewidth=1.6,
            label=KEYS[mediated],
        )
        for mediated, (color, marker, face) in STYLES.items()
    ]
