"""The indirect effect against the correlation of errors, model by model."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter

from smcm.analysis.eight_models import on_one_set
from smcm.chapters.confounding.confounding import ConfoundedModel, Confounding
from smcm.report.format import bare, limits, listed, percent
from smcm.report.palette import (
    BLUE,
    DASHES,
    INK,
    LINE,
    PANEL,
    PAPER,
    RED,
    RULE,
    SMALL,
    THICK,
    THIN,
    add_key,
    finished,
    heading,
    name_axes,
    new_panels,
    share_limits,
    tidy_axes,
)
from smcm.report.show import Plate

SIZE = PANEL, 2.3  # inches
MARGINS = 0.65, 0.12, 0.5, 0.3
FOOT = 0.65
SHADE = 0.18
TICKS = (-0.4, -0.2, 0.0, 0.2, 0.4)


def rho_curves(found: Confounding) -> Plate:
    """Draw the eight curves on one scale, SDs of the outcome per SD of fidelity."""
    design = found.study.design
    outcomes, horizons = design.outcomes, design.outcome_horizons
    figure, axes = new_panels(len(outcomes), len(horizons), SIZE, MARGINS, foot=FOOT)
    panels = axes[:, :, 0]
    for one in found.models:
        row = outcomes.index(one.model.outcome)
        draw_curve(panels[row, horizons.index(one.model.horizon)], one)
    share_limits(panels.ravel(), "y")
    add_key(figure, _keys(found))
    frame = pd.concat([_frame(one) for one in found.models])
    return finished(figure, _alt(found), "fig-rho-curves", frame)


def draw_curve(ax: Axes, one: ConfoundedModel) -> None:
    """Draw one curve with its band, the pooled one, and where each is zero."""
    scale = _scale(one)
    low, high = one.band
    ax.fill_between(
        one.rho, scale * low, scale * high, color=BLUE, alpha=SHADE, linewidth=0.0
    )
    ax.plot(one.rho, scale * one.curve, color=BLUE, linewidth=THICK)
    ax.plot(
        one.rho, scale * one.pooled.curve, color=RED, linewidth=LINE, linestyle=DASHES
    )
    ax.axhline(0.0, color=INK, linewidth=THIN)
    ax.axvline(0.0, color=RULE, linewidth=THIN)
    ax.plot(0.0, scale * one.completed.mediation.indirect, "s", color=BLUE)
    ax.plot(
        one.vanishing,
        0.0,
        marker="o",
        markersize=7,
        color=BLUE,
        markerfacecolor=PAPER,
        markeredgewidth=1.8,
        zorder=3,
    )
    tidy_axes(ax)
    ax.set_xlim(one.rho[0], one.rho[-1])
    ax.locator_params(axis="y", nbins=5)
    ax.set_xticks(TICKS)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: bare(v, 1) if v else "0"))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda v, _: bare(v, 2)))
    name_axes(ax, "Correlation of errors, ρ", "ab, standardized")
    words = f"{one.model.title}: ρ̃={bare(one.vanishing)}"
    heading(ax, words, SMALL)


def _frame(one: ConfoundedModel) -> pd.DataFrame:
    scale = _scale(one)
    low, high = one.band
    curves = {"estimate": one.curve, "low": low, "high": high}
    found = {name: scale * curve for name, curve in curves.items()}
    pooled = {"mean of imputed sets": scale * one.pooled.curve}
    title = {"model": one.model.title, "correlation": one.rho}
    return pd.DataFrame(title | found | pooled)


def _scale(one: ConfoundedModel) -> float:
    paths = on_one_set(one.completed).paths
    return paths.sd_x / paths.sd_y


def _keys(found: Confounding) -> list[Line2D | Patch]:
    level = percent(100.0 * found.models[0].completed.mediation.level)
    return [
        Line2D([], [], color=BLUE, linewidth=THICK, label="completed data set"),
        Patch(color=BLUE, alpha=SHADE, label=f"{level} of bootstrap samples"),
        Line2D(
            [], [], color=BLUE, marker="s", linestyle="none", label="ab as estimated"
        ),
        Line2D(
            [],
            [],
            color=RED,
            linewidth=LINE,
            linestyle=DASHES,
            label="mean of imputed sets",
        ),
        Line2D(
            [],
            [],
            color=BLUE,
            marker="o",
            markersize=7,
            markerfacecolor=PAPER,
            markeredgewidth=1.8,
            linestyle="none",
            label="ρ̃, where ab is zero",
        ),
    ]


def _alt(found: Confounding) -> str:
    words = listed(
        f"{one.model.title} {bare(one.vanishing)} ({limits(*one.limits, write=bare)};"
        f" imputed sets {bare(one.pooled.vanishing)})"
        for one in found.models
    )
    return (
        "Eight small panels, one per model, each with a curve and a band for the "
        "completely standardized indirect effect against the correlation of the errors "
        "of alliance and outcome. The effect is zero at these correlations: "
        f"{words}."
    )
