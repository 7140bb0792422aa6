"""How often a path that is not there is found, by how alike teams are."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter

from smcm.analysis.nested import Alarms, Nested
from smcm.design.nesting import SIMULATED_ICCS, STRICT_ALPHA, USUAL_ALPHA
from smcm.design.schedule import label
from smcm.report import format as fmt
from smcm.report.figures.palette import (
    BLUE,
    DASHES,
    INK,
    LINE,
    PAPER,
    RED,
    RULE,
    SMALL,
    finished,
    heading,
    name_axes,
    new_figure,
    tidy_axes,
)
from smcm.report.show import Plate

HEIGHT = 3.9
TESTS = {"classical": (RED, "as published"), "cr2": (BLUE, "CR2")}
MARKS = ("o", "s")
REACH = 1.96  # errors of the simulation on either side


def false_alarms(nested: Nested) -> Plate:
    """Draw a panel for each level, a line for each test and horizon."""
    figure = new_figure(HEIGHT)
    panels = figure.subplots(1, 2, sharex=True)
    for ax, level in zip(panels, (USUAL_ALPHA, STRICT_ALPHA), strict=True):
        draw_alarms(ax, nested.alarms, level)
        heading(ax, f"Level {fmt.bare(level)}")
    name_axes(panels[0], "Residual ICC of teams", "True nulls rejected")
    name_axes(panels[1], "Residual ICC of teams")
    if nested.alarms:
        figure.legend(
            handles=_keys(nested.alarms),
            loc="outside lower center",
            ncols=2,
            frameon=False,
            fontsize=SMALL,
        )
    return finished(figure, _alt(nested), "fig-false-alarms")


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
    ax.set_xticks(SIMULATED_ICCS)
    ax.grid(axis="y", color=RULE, linewidth=0.4, alpha=0.5)
    ax.yaxis.set_major_formatter(FuncFormatter(lambda v, _: fmt.percent(100.0 * v)))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: fmt.bare(v)))


def _keys(alarms: Sequence[Alarms]) -> list[Line2D]:
    return [
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
        for marker, found in zip(MARKS, alarms, strict=False)
        for color, words in TESTS.values()
    ]


def _alt(nested: Nested) -> str:
    if not nested.alarms:
        return "Two empty panels: there are too few teams to simulate."
    parts = []
    for found in nested.alarms:
        for test, (_, words) in TESTS.items():
            own = [
                r for r in found.rejections if (r.test, r.level) == (test, USUAL_ALPHA)
            ]
            first, last = (fmt.percent(100.0 * r.rate, 1) for r in (own[0], own[-1]))
            models = f"{label(found.horizon)}-month models"
            parts.append(f"{words}, {models}, {first} to {last}")
    return (
        "Line charts of the share of true null hypotheses rejected against the "
        "residual ICC of teams, at two levels. From the smallest ICC to the largest, "
        f"at level {fmt.bare(USUAL_ALPHA)}: {'; '.join(parts)}. A dashed line marks "
        "the level."
    )
