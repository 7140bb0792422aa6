"""Trace plots of the imputation."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.ticker import MaxNLocator

from smcm.cohort.imputed_sets import Imputations
from smcm.design.study import StudyDesign, label
from smcm.report.format import WITHHELD, number, spelled, whole
from smcm.report.palette import (
    QUIET,
    SERIES,
    SMALL,
    WIDTH,
    finished,
    heading,
    name_axes,
    new_panels,
    tidy_axes,
)
from smcm.report.show import Plate
from smcm.stats.ols import Array

HEIGHT = 2.15  # inches of a panel
MARGINS = 0.74, 0.1, 0.5, 0.25
HEIGHTS = 1.0, 0.75


def shape_of(design: StudyDesign) -> tuple[int, int]:
    """Count rows and columns: measures, and interviews of a measure at most."""
    return len(design.instruments), max(len(one.months) for one in design.instruments)


def score_places(design: StudyDesign) -> Iterator[tuple[int, int, str, str]]:
    """Yield row, column, score column and title, row by row."""
    for row, scale in enumerate(design.instruments):
        for column, month in enumerate(scale.months):
            title = f"{scale.short}, month {label(month)}"
            yield row, column, scale.score_column(month), title


def free_places(design: StudyDesign) -> list[int]:
    """Places without a score, counted row by row, where the key can go."""
    rows, columns = shape_of(design)
    used = {row * columns + column for row, column, *_ in score_places(design)}
    return [place for place in range(rows * columns) if place not in used]


def imputation_traces(imputations: Imputations) -> Plate:
    """Show mean and SD of the imputed scores by iteration, one line per set."""
    design = imputations.cohort.design
    rows, columns = shape_of(design)
    size = WIDTH / columns, HEIGHT
    figure, grid = new_panels(rows, columns, size, MARGINS, heights=HEIGHTS, gap=0.3)
    trace, hidden = imputations.trace, imputations.withheld_scores()
    spreads: list[tuple[str, Array]] = []
    lines: list[pd.DataFrame] = []
    for row, column, name, title in score_places(design):
        upper, lower = grid[row, column]
        heading(upper, title, SMALL)
        if name in hidden or name not in trace.names:
            say(WITHHELD if name in hidden else "none missing", upper, lower)
            continue
        mean, sd = trace.of(name)
        draw_trace(mean, upper, "Mean")
        draw_trace(sd, lower, "SD")
        if not sd.any():
            lower.set_yticks([0])
            lower.set_ylim(-0.05, 1)  # the line is at the foot, the words above it
            _write("a single score", lower)
        lower.tick_params(labelbottom=True)
        name_axes(lower, "Iteration", "SD")
        lines.append(_frame(title, mean, sd))
        spreads.append((title, mean[-1]))
    for place in free_places(design):
        figure.subfigs[place].set_visible(False)
    ends = [
        f"{title}: {number(mean.mean(), 1)} ({number(mean.min(), 1)} to "
        f"{number(mean.max(), 1)})"
        for title, mean in spreads
    ]
    alt = (
        f"Trace plots of {spelled(len(spreads))} scores: mean and SD of the imputed "
        f"values over {whole(imputations.iterations)} iterations, one line for each of "
        f"{whole(imputations.n_imputations)} sets. Means at the last iteration, with "
        f"their range over the sets: {'; '.join(ends)}."
    )
    return finished(figure, alt, "fig-traces", pd.concat(lines) if lines else None)


def draw_trace(values: Array, ax: Axes, name: str) -> None:
    """Draw lines of `values`, shape (iterations, m)."""
    iterations = np.arange(1, len(values) + 1)
    lines = [np.column_stack([iterations, line]) for line in values.T]
    for first, color in enumerate(SERIES[: len(lines)]):  # a colour together: light
        own = lines[first :: len(SERIES)]
        ax.add_collection(LineCollection(own, colors=color, linewidths=0.8, alpha=0.8))
    ax.autoscale_view()
    tidy_axes(ax)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    ax.yaxis.set_major_locator(MaxNLocator(nbins=3))
    ax.tick_params(labelbottom=False)
    name_axes(ax, y=name)
    ax.yaxis.set_label_coords(-0.44, 0.5)


def _frame(title: str, mean: Array, sd: Array) -> pd.DataFrame:
    """Mean over the sets of the two statistics at each iteration, and their range."""
    found = {"score": title, "iteration": np.arange(1, len(mean) + 1)}
    for name, values in (("mean", mean), ("SD", sd)):
        found |= {
            name: values.mean(axis=1),
            f"{name}, lowest": values.min(axis=1),
            f"{name}, highest": values.max(axis=1),
        }
    return pd.DataFrame(found)


def say(words: str, upper: Axes, *others: Axes) -> None:
    """Write what stands in the place of lines, into the first of the axes."""
    for ax in (upper, *others):
        tidy_axes(ax)
        ax.set_yticks([])
    _write(words, upper)


def _write(words: str, ax: Axes) -> None:
    """Put words into the middle of a panel."""
    ax.text(
        0.5,
        0.5,
        words,
        transform=ax.transAxes,
        ha="center",
        va="center",
        fontsize=SMALL,
        color=QUIET,
    )
