"""Power against the number of clients, for three tests of the indirect effect."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from smcm.chapters.power.plan import Curve, PowerPlan
from smcm.chapters.power.settings import CURVE_FROM, CURVE_TO, INDIRECT_POWER
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
from smcm.stats.ols import Array
from smcm.stats.power_methods import JOINT, MONTE_CARLO

SIZE = COLUMN, 3.2  # inches
MARGINS = 0.6, 0.25, 0.5, 0.1
FOOT = 0.65
POINTS = 45  # of each line
COLORS = (RED, GREEN, BLUE)
LINES: dict[str, tuple[str, float, Any, float]] = {
    MONTE_CARLO: ("Monte Carlo", THICK, "-", 0.45),
    JOINT: ("joint significance", LINE, DASHES, 1.0),
}
MARKS = ("s", "^", "o")
TICKS = (100, 200, 500, 1000, 2000)


def power_curves(plan: PowerPlan) -> Plate:
    """Show how power rises for the weakest, the middle and the strongest model."""
    figure, axes = new_panels(1, 1, SIZE, MARGINS, foot=FOOT)
    exact = [exact_powers(curve) for curve in plan.curves]
    draw_curves(plan, exact, axes[0, 0, 0])
    add_key(figure, _keys(plan))
    alt = (
        "Power of the indirect effect against the number of clients, with a line at "
        f"{bare(INDIRECT_POWER)} and one at the {whole(plan.models[0].n)} clients of "
        "this edition. "
        + " ".join(_in_words(curve, plan.covariates) for curve in plan.curves)
    )
    pairs = zip(plan.curves, exact, strict=True)
    frame = pd.concat([_frame(*pair, plan.covariates) for pair in pairs])
    return finished(figure, alt, "fig-power", frame)


def exact_powers(curve: Curve) -> dict[str, Array]:
    """Power by the tests that need no simulation, at the points of the lines."""
    return {method: curve.exact(_cases(), method) for method in LINES}


def _frame(curve: Curve, exact: dict[str, Array], covariates: int) -> pd.DataFrame:
    lines = [
        pd.DataFrame({"test": LINES[method][0], "clients": _cases(), "power": power})
        for method, power in exact.items()
    ]
    points = {
        "test": "bootstrap",
        "clients": [point.n for point in curve.simulated],
        "power": [point.power for point in curve.simulated],
        "simulation error": [point.standard_error for point in curve.simulated],
    }
    frame = pd.concat([*lines, pd.DataFrame(points)])
    frame["clients"] += covariates
    frame.insert(0, "model", curve.own.model.title)
    return frame


def _cases() -> Array:
    return np.unique(np.geomspace(CURVE_FROM, CURVE_TO, POINTS).astype(int))


def draw_curves(plan: PowerPlan, exact: Sequence[dict[str, Array]], ax: Axes) -> None:
    """Draw exact powers as lines and simulated ones as marks with two errors."""
    styles = zip(plan.curves, exact, COLORS, MARKS, strict=True)
    for curve, powers, color, mark in styles:
        for method, (_, width, style, alpha) in LINES.items():
            ax.plot(
                _cases() + plan.covariates,
                powers[method],
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
