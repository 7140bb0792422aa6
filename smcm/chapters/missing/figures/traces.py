"""Trace plots of the imputation."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.ticker import MaxNLocator

from smcm.chapters.missing.figures.score_grid import (
    COLUMNS,
    ROWS,
    free_places,
    score_places,
)
from smcm.cohort.imputed_sets import Imputations
from smcm.report.format import number, spelled, whole
from smcm.report.palette import (
    INK,
    QUIET,
    SERIES,
    SMALL,
    finished,
    name_axes,
    new_grid,
    tidy_axes,
)
from smcm.report.show import Plate
from smcm.stats.ols import Array

HEIGHT = 11.0
GAPS = (0.28, 0.55)


def imputation_traces(imputations: Imputations) -> Plate:
    """Show mean and SD of the imputed scores by iteration, one line per set."""
    figure, grid = new_grid(HEIGHT, (1.0, 0.75) * ROWS, COLUMNS, GAPS)
    trace = imputations.trace
    spreads = []
    for row, column, name, title in score_places():
        upper, lower = grid[2 * row, column], grid[2 * row + 1, column]
        upper.set_title(title, loc="left", fontsize=SMALL, fontweight="bold", color=INK)
        first = column == 0
        if name not in trace.names:
            _say_none(upper, lower)
            continue
        mean, sd = trace.of(name)
        draw_trace(mean, upper, "Mean" if first else "")
        draw_trace(sd, lower, "SD" if first else "")
        spreads.append((title, mean[-1]))
    for row, column in free_places():
        _explain(grid[2 * row, column], imputations.n_imputations)
        grid[2 * row + 1, column].set_axis_off()
    for ax in grid[-1]:
        ax.tick_params(labelbottom=True)
        ax.set_xlabel("Iteration", fontsize=SMALL, color=INK)
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
    return finished(figure, alt, "fig-traces")


def draw_trace(values: Array, ax: Axes, name: str) -> None:
    """Draw lines of `values`, shape (iterations, m)."""
    iterations = np.arange(1, len(values) + 1)
    lines = [np.column_stack([iterations, line]) for line in values.T]
    ax.add_collection(LineCollection(lines, colors=SERIES, linewidths=0.8, alpha=0.8))
    ax.autoscale_view()
    tidy_axes(ax)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    ax.yaxis.set_major_locator(MaxNLocator(nbins=3))
    ax.tick_params(labelbottom=False)
    name_axes(ax, y=name)
    ax.yaxis.set_label_coords(-0.33, 0.5)


def _say_none(upper: Axes, lower: Axes) -> None:
    for ax in (upper, lower):
        tidy_axes(ax)
        ax.set_yticks([])
    upper.text(
        0.5,
        0.5,
        "none missing",
        transform=upper.transAxes,
        ha="center",
        va="center",
        fontsize=SMALL,
        color=QUIET,
    )


def _explain(ax: Axes, n_imputations: int) -> None:
    ax.set_axis_off()
    ax.text(
        0.0,
        1.0,
        f"Clients with imputed\nanswers, in points\nof the score; a line\n"
        f"for each of {whole(n_imputations)} sets",
        transform=ax.transAxes,
        va="top",
        fontsize=SMALL,
        color=QUIET,
    )
