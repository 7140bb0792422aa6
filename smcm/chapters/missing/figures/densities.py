"""Densities of imputed and observed scores."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from smcm.chapters.missing.figures.traces import (
    free_places,
    say,
    score_places,
    shape_of,
)
from smcm.cohort.imputed_sets import Imputations
from smcm.design.study import Instrument
from smcm.report.format import WITHHELD, number, spelled, whole
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
        heading(ax, title, SMALL)
        if not at.size:
            say(WITHHELD, ax)
            continue
        real = imputations.cohort.real
        draw_densities(observed, imputed, at, ax, real=real)
        name_axes(ax, x="Score")
        given = at[::FRAME_EVERY]
        curves.append(_frame(title, observed, imputed, given, real=real))
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
    frame = pd.concat(curves) if curves else None
    return finished(figure, alt, "fig-densities", frame)


def draw_densities(
    observed: Array, imputed: Array, at: Array, ax: Axes, *, real: bool = False
) -> None:
    """Draw the curves of one score; too few imputed values are drawn as ticks.

    Parameters
    ----------
    observed : ndarray, shape (n,)
    imputed : ndarray, shape (m, k)
    at : ndarray, shape (POINTS,)
        Scores at which the curves are drawn.
    ax : Axes
    real : bool
        Whether the clients are people: too few imputed values are not drawn, and the
        curve is an image, whose file holds no exact places.
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
    elif not real:
        ax.plot(
            imputed.ravel(),
            np.zeros(imputed.size),
            color=RED,
            marker="|",
            markersize=11,
            linestyle="none",
            alpha=0.6,
        )
    ax.plot(at, density(observed, at), color=BLUE, linewidth=2.2, rasterized=real)
    tidy_axes(ax)
    ax.spines["left"].set_visible(False)
    ax.set_yticks([])
    ax.set_ylim(bottom=0.0)
    ax.locator_params(axis="x", nbins=4)


def grid_of(
    imputations: Imputations, observed: Array, imputed: Array, scale: Instrument
) -> Array:
    """Give the scores at which curves are drawn, shape (POINTS,).

    For real data they are the possible scores that, of the observed ones, as many as
    `Cohort.fewest_shown` do not exceed and as many are not below; none where no score
    has as many on either side. Further out, a curve is that of a client or two.
    """
    if imputations.cohort.real:
        at = np.linspace(scale.minimum, scale.maximum, POINTS)
        fewest = imputations.cohort.fewest_shown
        below = (observed <= at[:, None]).sum(axis=1)
        above = (observed >= at[:, None]).sum(axis=1)
        kept: Array = at[np.minimum(below, above) >= fewest]
        return kept
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
    width = _bandwidth(values)
    kernel = np.exp(-0.5 * ((at[:, None] - values) / width) ** 2)
    found: Array = kernel.sum(axis=1) / (values.size * width * np.sqrt(2 * np.pi))
    return found


def decimals(values: Array) -> int:
    """Give the decimals of a density at which one value adds less than the last.

    With all digits at many scores, the values could be solved for.

    Parameters
    ----------
    values : ndarray, shape (n,)
    """
    one = 1.0 / (values.size * _bandwidth(values) * np.sqrt(2 * np.pi))
    return int(np.floor(-np.log10(one)))


def _bandwidth(values: Array) -> float:
    quartiles = np.percentile(values, (25, 75))
    spread = min(np.std(values, ddof=1), np.ptp(quartiles) / 1.34)
    return float(0.9 * (spread or 1.0) * values.size**-0.2)


def _frame(
    title: str, observed: Array, imputed: Array, at: Array, *, real: bool
) -> pd.DataFrame:
    """Densities of the observed scores, and the mean density of the sets."""
    curves = {"observed": density(observed, at), "imputed": np.full(at.size, np.nan)}
    if imputed.shape[1] >= FEWEST_FOR_CURVE:
        sets = [density(values, at) for values in imputed]
        curves["imputed"] = np.mean(sets, axis=0)
    if real:
        for name, values in (("observed", observed), ("imputed", imputed.ravel())):
            curves[name] = np.round(
                curves[name], decimals(values) if values.size else 0
            )
    return pd.DataFrame({"score": title, "at": at, **curves})


def _share_range(row: NDArray[np.object_]) -> None:
    """Give the panels of one instrument the same range."""
    used = [ax.get_xlim() for ax in row if ax.has_data()] or [(0.0, 1.0)]
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
