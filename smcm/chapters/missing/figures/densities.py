"""Densities of imputed and observed scores."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from smcm.chapters.missing.figures.traces import free_places, score_places, shape_of
from smcm.cohort.imputed_sets import Imputations
from smcm.design.study import Instrument
from smcm.report.format import number, spelled, whole
from smcm.report.palette import (
    BLUE,
    RED,
    SMALL,
    WIDTH,
    add_key,
    finished,
    heading,
    name_axes,
    new_panels,
    tidy_axes,
)
from smcm.report.show import Plate
from smcm.stats.ols import Array

HEIGHT = 1.55  # inches of a panel
MARGINS = 0.12, 0.12, 0.5, 0.25
FOOT = 0.3
FEWEST_FOR_CURVE = 10
POINTS = 160
FRAME_EVERY = 8  # points of a curve between two that are given as numbers


def imputation_densities(imputations: Imputations) -> Plate:
    """Show densities of observed scores and, one line per set, of imputed ones."""
    design = imputations.cohort.design
    places = tuple(score_places(design))
    rows, columns = shape_of(design)
    size = WIDTH / columns, HEIGHT
    figure, axes = new_panels(rows, columns, size, MARGINS, foot=FOOT)
    grid, means, curves = axes[:, :, 0], [], []
    hidden = imputations.withheld_scores()
    for row, column, name, title in places:
        scale = design.instruments[row]
        ax = grid[row, column]
        observed = imputations.observed_values(name)
        imputed = imputations.imputed_values(name)
        imputed = imputed[:, :0] if name in hidden else imputed
        at = grid_of(imputations, observed, imputed, scale)
        draw_densities(observed, imputed, at, ax, ticks=not imputations.cohort.real)
        heading(ax, title, SMALL)
        name_axes(ax, x="Score")
        curves.append(_frame(title, observed, imputed, at[::FRAME_EVERY]))
        if imputed.shape[1] > 0:
            means.append(
                f"{title}: {number(observed.mean(), 1)} observed, "
                f"{number(imputed.mean(), 1)} imputed for {whole(imputed.shape[1])}"
            )
    for row in grid:
        _share_range(row)
    for place in free_places(design):
        figure.subfigs[place].set_visible(False)
    keys = _keys(imputations.n_imputations)
    add_key(figure, keys[:-1] if imputations.cohort.real else keys, 3)
    alt = (
        f"Densities of {spelled(len(places))} scores, one line for "
        f"the observed clients and one for the imputed clients of each of "
        f"{whole(imputations.n_imputations)} sets. Means: {'; '.join(means)}."
    )
    return finished(figure, alt, "fig-densities", pd.concat(curves))


def draw_densities(
    observed: Array, imputed: Array, at: Array, ax: Axes, *, ticks: bool = True
) -> None:
    """Draw the curves of one score; too few imputed values are drawn as ticks.

    Parameters
    ----------
    observed : ndarray, shape (n,)
    imputed : ndarray, shape (m, k)
    at : ndarray, shape (POINTS,)
        Scores at which the curves are drawn.
    ax : Axes
    ticks : bool
        Whether too few imputed values are drawn at all.
    """
    if imputed.shape[1] >= FEWEST_FOR_CURVE:
        for values in imputed:
            ax.plot(
                at,
                density(values, at),
                color=RED,
                linewidth=0.7,
                alpha=0.5,
                rasterized=True,
            )
    elif ticks:
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


def grid_of(
    imputations: Imputations, observed: Array, imputed: Array, scale: Instrument
) -> Array:
    """Give the scores at which curves are drawn, shape (POINTS,).

    For real data they are all that are possible: others would end at the client with
    the lowest or the highest score.
    """
    if imputations.cohort.real:
        return np.linspace(scale.minimum, scale.maximum, POINTS)
    everything = np.concatenate([observed, imputed.ravel()])
    margin = 0.08 * (np.ptp(everything) or 1.0)
    low, high = everything.min() - margin, everything.max() + margin
    return np.linspace(max(low, scale.minimum), min(high, scale.maximum), POINTS)


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


def _frame(title: str, observed: Array, imputed: Array, at: Array) -> pd.DataFrame:
    """Densities of the observed scores, and the mean density of the sets."""
    own = {"score": title, "at": at, "observed": density(observed, at)}
    if imputed.shape[1] < FEWEST_FOR_CURVE:
        return pd.DataFrame(own | {"imputed": np.nan})
    found = np.mean([density(values, at) for values in imputed], axis=0)
    return pd.DataFrame(own | {"imputed": found})


def _share_range(row: NDArray[np.object_]) -> None:
    """Give the panels of one instrument the same range."""
    used = [ax.get_xlim() for ax in row if ax.has_data()]
    low, high = min(low for low, _ in used), max(high for _, high in used)
    for ax in row:
        ax.set_xlim(low, high)


def _keys(n_imputations: int) -> list[Line2D]:
    sets = f"imputed, {whole(n_imputations)} sets"
    few: dict[str, Any] = {"marker": "|", "markersize": 11, "linestyle": "none"}
    return [
        Line2D([], [], color=BLUE, linewidth=2.2, label="observed"),
        Line2D([], [], color=RED, linewidth=1.0, label=sets),
        Line2D([], [], color=RED, label="imputed, if few", **few),
    ]
