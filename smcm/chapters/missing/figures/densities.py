"""Densities of imputed and observed scores."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from smcm.chapters.missing.figures.score_grid import (
    COLUMNS,
    ROWS,
    free_places,
    score_places,
)
from smcm.cohort.imputed_sets import Imputations
from smcm.design.instruments import INSTRUMENTS
from smcm.report.format import number, spelled, whole
from smcm.report.palette import (
    BLUE,
    INK,
    RED,
    SMALL,
    finished,
    name_axes,
    new_grid,
    tidy_axes,
)
from smcm.report.show import Plate
from smcm.stats.ols import Array

HEIGHT = 8.6
GAPS = (0.55, 0.12)
FEWEST_FOR_CURVE = 10
POINTS = 160


def imputation_densities(imputations: Imputations) -> Plate:
    """Show densities of observed scores and, one line per set, of imputed ones."""
    figure, grid = new_grid(HEIGHT, (1.0,) * ROWS, COLUMNS, GAPS)
    means = []
    for row, column, name, title in score_places():
        scale = INSTRUMENTS[row]
        ax = grid[row, column]
        observed = imputations.observed_values(name)
        imputed = imputations.imputed_values(name)
        draw_densities(observed, imputed, (scale.minimum, scale.maximum), ax)
        ax.set_title(title, loc="left", fontsize=SMALL, fontweight="bold", color=INK)
        if imputed.shape[1] > 0:
            means.append(
                f"{title}: {number(observed.mean(), 1)} observed, "
                f"{number(imputed.mean(), 1)} imputed for {whole(imputed.shape[1])}"
            )
    for row in grid:
        _share_range(row)
    for ax in grid[-1]:
        name_axes(ax, x="Score")
    for row, column in free_places():
        _explain(grid[row, column], imputations.n_imputations)
    alt = (
        f"Densities of {spelled(sum(1 for _ in score_places()))} scores, one line for "
        f"the observed clients and one for the imputed clients of each of "
        f"{whole(imputations.n_imputations)} sets. Means: {'; '.join(means)}."
    )
    return finished(figure, alt, "fig-densities")


def draw_densities(
    observed: Array, imputed: Array, possible: tuple[float, float], ax: Axes
) -> None:
    """Draw the curves of one score; too few imputed values are drawn as ticks.

    Parameters
    ----------
    observed : ndarray, shape (n,)
    imputed : ndarray, shape (m, k)
    possible : tuple of float
        Lowest and highest possible score, where the curves end.
    ax : Axes
    """
    everything = np.concatenate([observed, imputed.ravel()])
    margin = 0.08 * (np.ptp(everything) or 1.0)
    low, high = everything.min() - margin, everything.max() + margin
    at = np.linspace(max(low, possible[0]), min(high, possible[1]), POINTS)
    if imputed.shape[1] >= FEWEST_FOR_CURVE:
        for values in imputed:
            ax.plot(at, density(values, at), color=RED, linewidth=0.7, alpha=0.5)
    else:
        ax.plot(
            imputed.ravel(),
            np.zeros(imputed.size),
            color=RED,
            marker="|",
            markersize=11,
            linestyle="none",
            alpha=0.6,
        )
    ax.plot(at, density(observed, at), color=BLUE, linewidth=2.2)
    tidy_axes(ax)
    ax.spines["left"].set_visible(False)
    ax.set_yticks([])
    ax.set_ylim(bottom=0.0)
    ax.locator_params(axis="x", nbins=4)


def density(values: Array, at: Array) -> Array:
    """Estimate a density with a Gaussian kernel.

    Parameters
    ----------
    values : ndarray, shape (n,)
    at : ndarray, shape (k,)

    Returns
    -------
    ndarray, shape (k,)
        Per point of the score.

    References
    ----------
    Silverman BW (1986). Density Estimation for Statistics and Data Analysis,
    equation 3.31, for the bandwidth.
    """
    quartiles = np.percentile(values, (25, 75))
    spread = min(np.std(values, ddof=1), np.ptp(quartiles) / 1.34)
    width = 0.9 * (spread or 1.0) * values.size**-0.2
    kernel = np.exp(-0.5 * ((at[:, None] - values) / width) ** 2)
    found: Array = kernel.sum(axis=1) / (values.size * width * np.sqrt(2 * np.pi))
    return found


def _share_range(row: NDArray[np.object_]) -> None:
    """Give the panels of one instrument the same range."""
    used = [ax.get_xlim() for ax in row if ax.has_data()]
    low, high = min(low for low, _ in used), max(high for _, high in used)
    for ax in row:
        ax.set_xlim(low, high)


def _explain(ax: Axes, n_imputations: int) -> None:
    ax.set_axis_off()
    keys = [
        Line2D([], [], color=BLUE, linewidth=2.2, label="observed"),
        Line2D(
            [],
            [],
            color=RED,
            linewidth=1.0,
            label=f"imputed,\n{whole(n_imputations)} sets",
        ),
        Line2D(
            [],
            [],
            color=RED,
            marker="|",
            markersize=11,
            linestyle="none",
            label="imputed, if few",
        ),
    ]
    ax.legend(
        handles=keys, loc="upper left", frameon=False, fontsize=SMALL, labelcolor=INK
    )
