"""Indirect effects with both codings, and with each covariate left out in turn."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from smcm.analysis.eight_models import ModelResult
from smcm.chapters.coding.coding import BASELINE, Coding
from smcm.report.format import bare
from smcm.report.palette import (
    BLUE,
    COLUMN,
    DASHES,
    INK,
    OCHRE,
    PAPER,
    PURPLE,
    RED,
    add_key,
    finished,
    name_axes,
    name_rows,
    new_panels,
)
from smcm.report.show import Plate
from smcm.report.words import covariate_name, short_title

SIZE = COLUMN, 5.4  # inches
MARGINS = 1.2, 0.25, 0.68, 0.05
FOOT = 0.5
BESIDE = 0.24  # between the interval with all covariates and that of categories


def left_out_effects(found: Coding) -> Plate:
    """Draw one row per model, in SDs of the outcome per SD of fidelity."""
    figure, axes = new_panels(1, 1, SIZE, MARGINS, foot=FOOT)
    ax = axes[0, 0, 0]
    for row, one in enumerate(found.study.models):
        draw_row(ax, row, found, one)
    ax.axvline(0.0, color=INK, linewidth=1.0, linestyle=DASHES, zorder=1)
    name_rows(ax, [short_title(one.model) for one in found.study.models])
    ax.locator_params(axis="x", nbins=5)
    name_axes(ax, x="Indirect effect, SDs of the outcome\nper SD of fidelity")
    add_key(figure, _keys(found))
    return finished(figure, _alt(found), "fig-left-out", _frame(found))


def draw_row(ax: Axes, row: int, found: Coding, one: ModelResult) -> None:
    """Draw both codings with intervals, and a tick for each covariate left out."""
    for name, results in found.left_out.items():
        own = name == BASELINE
        ax.plot(
            results[row].mediation.indirect_cs,
            row - BESIDE,
            marker="|",
            markersize=15 if own else 11,
            markeredgewidth=1.6,
            color=PURPLE if own else OCHRE,
            zorder=4,
        )
    _interval(ax, row, one, BLUE)
    if found.categories:
        _interval(ax, row + BESIDE, found.categories[row], RED)


def _interval(ax: Axes, at: float, one: ModelResult, color: str) -> None:
    low, high = one.mediation.limits("indirect_cs")
    excludes = one.mediation.excludes_zero
    ax.hlines(at, low, high, color=color, linewidth=1.8, zorder=2)
    ax.plot(
        one.mediation.indirect_cs,
        at,
        marker="o" if color == BLUE else "s",
        markersize=6.5,
        color=color,
        markerfacecolor=color if excludes else PAPER,
        markeredgewidth=1.5,
        zorder=3,
    )


def _frame(found: Coding) -> pd.DataFrame:
    """All effects that the figure shows, with intervals where it draws them."""
    codings = {"as numbers": found.study.models, "as categories": found.categories}
    rows = [
        _row(one, coding, *one.mediation.limits("indirect_cs"))
        for coding, results in codings.items()
        for one in results or ()
    ]
    rows += [
        _row(one, f"without {covariate_name(name, found.study.design)}")
        for name, results in found.left_out.items()
        for one in results
    ]
    return pd.DataFrame(rows)


def _row(
    one: ModelResult, coding: str, low: float | None = None, high: float | None = None
) -> dict[str, object]:
    estimate = one.mediation.indirect_cs
    return {
        "model": one.model.title,
        "covariates": coding,
        **{"estimate": estimate, "low": low, "high": high},
    }


def _keys(found: Coding) -> list[Line2D]:
    keys = [
        Line2D([], [], color=BLUE, marker="o", linewidth=1.8, label="as numbers"),
        Line2D([], [], color=RED, marker="s", linewidth=1.8, label="as categories"),
        _tick(OCHRE, "one covariate left out"),
        _tick(PURPLE, "outcome at entry left out"),
    ]
    return keys if found.categories else [keys[0], *keys[2:]]


def _tick(color: str, label: str) -> Line2D:
    return Line2D(
        [],
        [],
        color=color,
        marker="|",
        markersize=12,
        markeredgewidth=1.6,
        linestyle="none",
        label=label,
    )


def _alt(found: Coding) -> str:
    parts = [
        f"{covariate_name(name, found.study.design)} "
        f"{bare(min(found.shifts(name)), 3)} to {bare(max(found.shifts(name)), 3)}"
        for name in found.left_out
    ]
    return (
        "A row for each of the eight models with the indirect effect and its interval, "
        "with site and education as numbers and as categories, and ticks for the "
        "effect without each covariate. Changes in the effect without a covariate: "
        f"{'; '.join(parts)}."
    )
