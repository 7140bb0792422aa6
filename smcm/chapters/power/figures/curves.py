"""Power against the number of clients, for three tests of the indirect effect."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from smcm.chapters.power.plan import Curve, PowerPlan
from smcm.design.power import CURVE_FROM, CURVE_TO, INDIRECT_POWER
from smcm.report.format import bare, listed, whole
from smcm.report.palette import (
    BLUE,
    DASHES,
    GREEN,
    INK,
    LINE,
    QUIET,
    RED,
    RULE,
    SMALL,
    THICK,
    finished,
    name_axes,
    new_figure,
    tidy_axes,
)
from smcm.report.show import Plate
from smcm.stats.power_methods import JOINT, MONTE_CARLO

HEIGHT = 4.6
POINTS = 45  # of each line
COLORS = (RED, GREEN, BLUE)
MARKS = ("s", "^", "o")
TICKS = (100, 200, 500, 1000, 2000)


def power_curves(plan: PowerPlan) -> Plate:
    """Show how power rises for the weakest, the middle and the strongest model."""
    figure = new_figure(HEIGHT)
    ax = figure.add_subplot()
    draw_curves(plan, ax)
    figure.legend(
        handles=_keys(plan),
        loc="outside lower center",
        ncols=2,
        frameon=False,
        fontsize=SMALL,
        labelcolor=INK,
    )
    alt = (
        "Power of the indirect effect against the number of clients, with a line at "
        f"{bare(INDIRECT_POWER)} and one at the {whole(plan.models[0].n)} clients of "
        "this edition. "
        + " ".join(_in_words(curve, plan.covariates) for curve in plan.curves)
    )
    return finished(figure, alt, "fig-power")


def draw_curves(plan: PowerPlan, ax: Axes) -> None:
    """Draw exact powers as lines and simulated ones as marks with two errors."""
    cases = np.unique(np.geomspace(CURVE_FROM, CURVE_TO, POINTS).astype(int))
    for curve, color, mark in zip(plan.curves, COLORS, MARKS, strict=True):
        lines = ((MONTE_CARLO, THICK, "-", 0.45), (JOINT, LINE, DASHES, 1.0))
        for method, width, style, alpha in lines:
            ax.plot(
                cases + plan.covariates,
                curve.exact(cases, method),
                color=color,
                linewidth=width,
                linestyle=style,
                alpha=alpha,
            )
        ax.errorbar(
            [point.n + plan.covariates for point in curve.simulated],
            [point.power for point in curve.simulated],
            yerr=[2.0 * point.standard_error for point in curve.simulated],
            color=color,
            linestyle="none",
            marker=mark,
            markersize=6,
            elinewidth=LINE,
            zorder=3,
        )
    ax.axhline(INDIRECT_POWER, color=RULE, linewidth=LINE, linestyle=DASHES, zorder=1)
    ax.axvline(plan.models[0].n, color=RULE, linewidth=LINE, linestyle=DASHES, zorder=1)
    ax.text(
        plan.models[0].n * 0.96,
        0.98,
        f"N={whole(plan.models[0].n)}",
        fontsize=SMALL,
        color=QUIET,
        ha="right",
        va="top",
    )
    ax.set_xscale("log")
    ax.set_xticks(TICKS, [whole(tick) for tick in TICKS])
    ax.set_xticks([], minor=True)
    ax.set_ylim(0.0, 1.0)
    tidy_axes(ax)
    name_axes(ax, x="Clients", y="Power")


def _keys(plan: PowerPlan) -> list[Line2D]:
    models = [
        Line2D([], [], color=color, linewidth=THICK, label=curve.own.model.title)
        for curve, color in zip(plan.curves, COLORS, strict=True)
    ]
    tests = [
        Line2D([], [], color=INK, marker="o", linestyle="", label="bootstrap"),
        Line2D([], [], color=INK, alpha=0.45, linewidth=THICK, label="Monte Carlo"),
        Line2D(
            [],
            [],
            color=INK,
            linewidth=LINE,
            linestyle=DASHES,
            label="joint significance",
        ),
    ]
    return [*models, *tests]


def _in_words(curve: Curve, covariates: int) -> str:
    points = listed(
        f"{bare(point.power)} at {whole(point.n + covariates)}"
        for point in curve.simulated
    )
    return f"{curve.own.model.title}, percentile bootstrap: {points}."
