"""How often a path that is not there is found, by how alike clients are."""

from collections.abc import Sequence
from math import isfinite

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MultipleLocator

from smcm.chapters.nesting.nested import Alarms, Nested, alike_by, observed_range
from smcm.chapters.nesting.settings import SIMULATED_ICCS
from smcm.design.study import label
from smcm.report import format as fmt
from smcm.report.palette import (
    BLUE,
    DASHES,
    FAINT,
    INK,
    LINE,
    PANEL,
    PAPER,
    RED,
    RULE,
    add_key,
    finished,
    heading,
    name_axes,
    new_panels,
    tidy_axes,
)
from smcm.report.show import Plate

SIZE = PANEL, 2.8  # inches
MARGINS = 0.72, 0.12, 0.5, 0.3
ROW = 0.2  # inches of the key
TESTS = {"classical": (RED, "as published"), "cr2": (BLUE, "CR2")}
MARKS = ("o", "s")
REACH = 1.96  # errors of the simulation on either side
STEPS, MOST_TICKS = (0.01, 0.02, 0.05, 0.1, 0.2), 6
FOOT = 0.03  # height of an observed ICC, in that of the panel


def false_alarms(nested: Nested) -> Plate:
    """Draw a row for each level of clustering and a column for each level of the test.

    Triangles at the foot are the observed intraclass correlations of the alliance, the
    band those of all dependent variables.
    """
    keys = _keys(nested.alarms) if nested.alarms else []
    foot = ROW * (len(keys) + 0.5)
    levels, alike = levels_of(nested), clusters_of(nested)
    figure, panels = new_panels(len(alike), len(levels), SIZE, MARGINS, foot=foot)
    for row, (by, words) in zip(panels[:, :, 0], alike.items(), strict=True):
        own = [found for found in nested.alarms if found.level == by]
        for ax, level in zip(row, levels, strict=True):
            draw_alarms(ax, own, level)
            draw_observed(ax, own, observed_range(nested, by))
            heading(ax, f"{words.capitalize()}, level {fmt.bare(level)}")
            name_axes(ax, f"Residual ICC of {words}", "True nulls rejected")
    add_key(figure, keys, 1)
    return finished(figure, _alt(nested), "fig-false-alarms", _frame(nested))


def levels_of(nested: Nested) -> tuple[float, float]:
    """Give the usual level of a test and the stricter one."""
    alpha = nested.study.design.alpha
    return alpha.level, alpha.strict


def clusters_of(nested: Nested) -> dict[str, str]:
    """Name the levels whose clients are alike, in the plural."""
    design = nested.study.design
    names = {cluster.key: f"{cluster.name}s" for cluster in design.clusters}
    return {by: names[by] for by in alike_by(design)}


def _frame(nested: Nested) -> pd.DataFrame:
    alike = clusters_of(nested)
    rows = [
        {
            "clustering": alike[found.level],
            "months": found.horizon,
            "test": TESTS[one.test][1],
            "level": one.level,
            "ICC": one.icc,
            "rejected": one.rate,
            "simulation error": one.error,
            "observed ICC": found.observed,
        }
        for found in nested.alarms
        for one in found.rejections
        if one.test in TESTS
    ]
    return pd.DataFrame(rows)


def draw_observed(
    ax: Axes, alarms: Sequence[Alarms], span: tuple[float, float] | None
) -> None:
    """Mark the observed intraclass correlations, those below zero at zero."""
    if span is not None:
        ax.axvspan(*(max(end, 0.0) for end in span), color=FAINT, zorder=0)
    for marker, found in zip(MARKS, alarms, strict=False):
        ax.plot(
            [max(found.observed, 0.0)],
            [FOOT],
            color=INK,
            marker="^",
            markersize=7,
            markerfacecolor=INK if marker == MARKS[0] else PAPER,
            linestyle="none",
            transform=ax.get_xaxis_transform(),
            zorder=4,
        )


def draw_alarms(ax: Axes, alarms: Sequence[Alarms], level: float) -> None:
    """Draw the share of false alarms at one level, with the errors of simulation."""
    for marker, found in zip(MARKS, alarms, strict=False):
        for test, (color, _) in TESTS.items():
            own = [r for r in found.rejections if (r.test, r.level) == (test, level)]
            ax.errorbar(
                [r.icc for r in own],
                [r.rate for r in own],
                yerr=[REACH * r.error for r in own],
                color=color,
                marker=marker,
                markersize=5,
                markerfacecolor=color if marker == MARKS[0] else PAPER,
                linewidth=LINE,
                elinewidth=LINE,
            )
    ax.axhline(level, color=INK, linewidth=1.0, linestyle=DASHES, zorder=1)
    tidy_axes(ax)
    ax.set_ylim(bottom=0.0)
    ax.yaxis.set_major_locator(MultipleLocator(_step(ax.get_ylim()[1])))
    ax.tick_params(labelbottom=True)
    ax.set_xticks(SIMULATED_ICCS)
    ax.grid(axis="y", color=RULE, linewidth=0.4, alpha=0.5)
    ax.yaxis.set_major_formatter(FuncFormatter(lambda v, _: fmt.percent(100.0 * v)))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: fmt.bare(v)))


def _step(top: float) -> float:
    """Whole per cents between two ticks, so that their labels are not rounded."""
    return next((step for step in STEPS if top <= MOST_TICKS * step), STEPS[-1])


def _keys(alarms: Sequence[Alarms]) -> list[Artist]:
    first = [found for found in alarms if found.level == alarms[0].level]
    tests: list[Artist] = [
        Line2D(
            [],
            [],
            color=color,
            marker=marker,
            markersize=5,
            markerfacecolor=color if marker == MARKS[0] else PAPER,
            linewidth=LINE,
            label=f"{words}, {label(found.horizon)} months",
        )
        for marker, found in zip(MARKS, first, strict=False)
        for color, words in TESTS.values()
    ]
    observed: list[Artist] = [
        Line2D(
            [],
            [],
            color=INK,
            marker="^",
            markersize=7,
            markerfacecolor=INK if marker == MARKS[0] else PAPER,
            linestyle="none",
            label=f"observed ICC of the alliance, {label(found.horizon)} months",
        )
        for marker, found in zip(MARKS, first, strict=False)
    ]
    band = Patch(color=FAINT, label="observed ICCs of all dependent variables")
    return [*tests, *observed, band]


def _alt(nested: Nested) -> str:
    if not nested.alarms:
        return "Four empty panels: there are too few teams to simulate."
    parts, alike, usual = [], clusters_of(nested), levels_of(nested)[0]
    for found in nested.alarms:
        for test, (_, words) in TESTS.items():
            own = [r for r in found.rejections if (r.test, r.level) == (test, usual)]
            first, last = (fmt.percent(100.0 * r.rate, 1) for r in (own[0], own[-1]))
            parts.append(
                f"{alike[found.level]}, {words}, {label(found.horizon)}-month models, "
                f"{first} to {last}"
            )
    observed = fmt.listed(
        f"{fmt.bare(found.observed)} between {alike[found.level]} at "
        f"{label(found.horizon)} months"
        for found in nested.alarms
        if isfinite(found.observed)
    )
    return (
        "Line charts of the share of true null hypotheses rejected against the "
        "residual ICC of case managers and of teams, at two levels. From the smallest "
        f"ICC to the largest, at level {fmt.bare(usual)}: {'; '.join(parts)}. "
        f"Observed ICCs of the alliance are marked: {observed}. A dashed line marks "
        "the level."
    )
