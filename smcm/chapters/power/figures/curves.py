"""Power against the number of clients, for three tests of the indirect effect."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from smcm.chapters.power.plan import Curve, PowerPlan
from smcm.design.power import CURVE_FROM, CURVE_TO, INDIRECT_POWER
from smcm.report.format import bare, listed, whole
from smcm.report.palette import (
    BLUE,
    COLUMN,
    DASHES,
    GREEN,
    INK,
    LINE,
    QUIET,
    RED,
    RULE,
    SMALL,
    THICK,
    add_key,
    finished,
    name_axes,
    new_panels,
    tidy_axes,
)
from smcm.report.show import Plate
from smcm.stats.power_methods import JOINT, MONTE_CARLO

SIZE = COLUMN, 3.2  # inches
MARGINS = 0.6, 0.1, 0.5, 0.1
FOOT = 0.65
POINTS = 45  # of each line
COLORS = (RED, GREEN, BLUE)
MARKS = ("s", "^", "o")
TICKS = (100, 200, 500, 1000, 2000)


def power_curves(plan: PowerPlan) -> Plate:
    """Show how power rises for the weakest, the middle and the strongest model."""
    figure, axes = new_panels(1, 1, SIZE, MARGINS, foot=FOOT)
    draw_curves(plan, axes[0, 0, 0])
    add_key(figure, _keys(plan))
    alt = (
        "Power of the indirect effect against the number of clients, with a line at "
        f"{bare(INDIRECT_POWER)} and one at the {whole(plan.models[0].n)} clients of "
        "this edition. "
        + " ".join(_in_words(curve, plan.covariates) for curve in plan.curves)
    )
    frame = pd.DataFrame([row for curve in plan.curves for row in _rows(curve, plan)])
    return finished(figure, alt, "fig-power", frame)


def _rows(curve: Curve, plan: PowerPlan) -> Iterator[dict[str, object]]:
    model = {"model": curve.own.model.title}
    for method, words in ((MONTE_CARLO, "Monte Carlo"), (JOINT, "joint significance")):
        powers = curve.exact(_cases(), method)
        for n, power in zip(_cases() + plan.covariates, powers, strict=True):
            yield model | {"test": words, "clients": n, "power": power, "error": None}
    for point in curve.simulated:
        found = {"power": point.power, "error": point.standard_error}
        clients = {"clients": point.n + plan.covariates}
        yield model | {"test": "bootstrap"} | clients | found


def _cases() -> NDArray[np.int_]:
    return np.unique(np.geomspace(CURVE_FROM, CURVE_TO, POINTS).astype(int))


def draw_curves(plan: PowerPlan, ax: Axes) -> None:
    """Draw exact powers as lines and simulated ones as marks with two errors."""
    cases = _cases()
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
