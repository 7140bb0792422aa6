"""Four checks of one equation: residuals, normality, influence, linear form.

A dot is a client; of real data it is a group of clients, see `grouped`.
"""

import numpy as np
from matplotlib.axes import Axes
from scipy import stats

from smcm.analysis.study import Study
from smcm.chapters.coding.figures.tabs import Tabs
from smcm.chapters.coding.model_checks import (
    EquationDetail,
    dependent_variables,
    equation_for,
    grouped,
    smooth,
)
from smcm.report.format import bare, number, p_phrase
from smcm.report.palette import (
    BLUE,
    DASHES,
    INK,
    LINE,
    PANEL,
    RED,
    SMALL,
    THICK,
    THIN,
    finished,
    heading,
    name_axes,
    new_panels,
    tidy_axes,
)
from smcm.report.show import Plate
from smcm.report.words import titles
from smcm.stats.influence import Influence
from smcm.stats.ols import Array

SIZE = PANEL, 2.6  # inches
MARGINS = 0.7, 0.12, 0.5, 0.3
FOCAL = {"a": "Fidelity", "b": "Alliance"}


def model_checks(study: Study, key: str) -> Plate:
    """Check the equation of one dependent variable.

    Parameters
    ----------
    study : Study
    key : str
        One of `dependent_variables`.
    """
    found = equation_for(study, key)
    figure, axes = new_panels(2, 2, SIZE, MARGINS)
    panels = axes[:, :, 0]
    own, fewest = found.influence, study.cohort.fewest_shown
    draw_residuals(panels[0, 0], own, fewest=fewest)
    draw_quantiles(panels[0, 1], own, fewest=fewest)
    draw_leverage(panels[1, 0], own, fewest=fewest)
    draw_partial(panels[1, 1], own, fewest=fewest)
    name_axes(panels[1, 1], FOCAL[found.path], "Partial residual")
    for ax in panels.ravel().tolist():
        tidy_axes(ax)
        ax.locator_params(nbins=5)
    name = titles(study.design)[key]
    # Its numbers are offered to nobody: they would be a row for each client.
    alt = _alt_of_groups(found, name, fewest) if fewest else _alt(found, name)
    return finished(figure, alt, f"fig-checks-{key}")


def all_model_checks(study: Study) -> Tabs:
    """Show the figures of all equations in tabs."""
    keys, names = dependent_variables(study), titles(study.design)
    return Tabs(tuple((_tab(names[key]), model_checks(study, key)) for key in keys))


def _tab(name: str) -> str:
    """Name a dependent variable, short enough for a tab."""
    return name.replace(" at ", ", ").replace(" months", " mo")


def draw_residuals(ax: Axes, own: Influence, *, fewest: int = 0) -> None:
    """Draw standardized residuals against fitted values, with a smooth line."""
    x, y = own.fitted, own.standardized
    _points(ax, *_shown(x, y, fewest))
    _smooth_line(ax, x, y, fewest)
    ax.axhline(0.0, color=INK, linewidth=THIN, linestyle=DASHES)
    _head(ax, "Form and variance")
    name_axes(ax, "Fitted value", "Standardized residual")


def draw_quantiles(ax: Axes, own: Influence, *, fewest: int = 0) -> None:
    """Draw ordered standardized residuals against normal quantiles."""
    ordered = np.sort(own.standardized)
    normal = stats.norm.ppf((np.arange(own.n) + 0.5) / own.n)
    normal, ordered = _shown(normal, ordered, fewest)
    _points(ax, normal, ordered)
    ends = normal[[0, -1]]
    ax.plot(ends, ends, color=INK, linewidth=THIN, linestyle=DASHES)
    _head(ax, "Normality")
    name_axes(ax, "Normal quantile", "Ordered residual")


def draw_leverage(ax: Axes, own: Influence, *, fewest: int = 0) -> None:
    """Draw Cook's distances against leverage, with the largest marked."""
    x, y = _shown(own.leverage, own.cook, fewest)
    _points(ax, x, y)
    if not fewest:
        top = int(np.argmax(y))
        ax.plot(
            x[top],
            y[top],
            marker="o",
            markersize=9,
            markerfacecolor="none",
            color=RED,
            markeredgewidth=1.6,
        )
    ax.set_ylim(bottom=0.0)
    _head(ax, "Influence")
    name_axes(ax, "Leverage", "Cook's distance")


def draw_partial(ax: Axes, own: Influence, *, fewest: int = 0) -> None:
    """Draw partial residuals against the focal column, with both lines."""
    x, y = own.column, own.partial_residual
    shown = _shown(x, y, fewest)
    _points(ax, *shown)
    ends = np.array([shown[0].min(), shown[0].max()])
    ax.plot(ends, own.slope * (ends - x.mean()), color=INK, linewidth=THICK)
    _smooth_line(ax, x, y, fewest)
    _head(ax, "Linearity of the path")


def _shown(x: Array, y: Array, fewest: int) -> tuple[Array, Array]:
    """Give the points to draw: one for each client, or for a group of them."""
    return grouped(x, y, fewest) if fewest else (x, y)


def _points(ax: Axes, x: Array, y: Array) -> None:
    ax.scatter(x, y, s=9.0, color=BLUE, alpha=0.55, linewidths=0.0, rasterized=True)


def _smooth_line(ax: Axes, x: Array, y: Array, fewest: int) -> None:
    """Draw the smooth line of all clients; of real data its means in the groups."""
    line = smooth(x, y)
    ax.plot(*(grouped(*line, fewest) if fewest else line), color=RED, linewidth=LINE)


def _head(ax: Axes, text: str) -> None:
    heading(ax, text, SMALL)


def _alt(found: EquationDetail, name: str) -> str:
    own = found.influence
    return (
        f"Four panels on the equation of {name}: standardized residuals against "
        "fitted values with a smooth line; ordered residuals against normal quantiles "
        f"(Shapiro–Wilk test {p_phrase(own.normality)}); Cook's distances against "
        f"leverage, the largest {bare(own.cook.max(), 3)}; partial residuals against "
        f"{FOCAL[found.path].lower()} with the model's slope, "
        f"{number(own.slope)}, and a smooth line."
    )


def _alt_of_groups(found: EquationDetail, name: str, fewest: int) -> str:
    own = found.influence
    return (
        f"Four panels on the equation of {name}, a dot for the means of at "
        f"least {fewest} clients: standardized residuals against fitted values "
        "with a smooth line; ordered residuals against normal quantiles (Shapiro–Wilk "
        f"test {p_phrase(own.normality)}); Cook's distances against leverage; partial "
        f"residuals against {FOCAL[found.path].lower()} with the model's slope, "
        f"{number(own.slope)}, and a smooth line."
    )
