"""Forest plot of the eight indirect effects."""

from collections.abc import Iterator, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from smcm.analysis.eight_models import ModelResult
from smcm.analysis.study import Study
from smcm.design.study import label
from smcm.report.format import bare, listed, percent, with_limits
from smcm.report.palette import (
    BLUE,
    COLUMN,
    DASHES,
    HEADING,
    INK,
    PAPER,
    QUIET,
    SMALL,
    TEXT,
    add_key,
    finished,
    name_axes,
    new_panels,
    tidy_axes,
)
from smcm.report.show import Plate

SIZE = COLUMN, 4.0  # inches
MARGINS = 1.05, 1.85, 0.68, 0.05
FOOT = 0.3
NAMES_AT, NUMBERS_AT = -0.02, 1.03  # of the width of the axes


def indirect_effects(study: Study) -> Plate:
    """Show effects on one scale, SDs of the outcome per SD of fidelity."""
    figure, axes = new_panels(1, 1, SIZE, MARGINS, foot=FOOT)
    draw_forest(study.models, axes[0, 0, 0])
    add_key(figure, _keys())
    mediated = [r.model.title for r in study.models if r.mediated]
    alt = (
        "Forest plot of the completely standardized indirect effects of the eight "
        f"models with {_level(study.models)} percentile intervals. Mediated by the "
        f"rule: {listed(mediated)}. " + " ".join(_in_words(r) for r in study.models)
    )
    frame = pd.DataFrame([_row(result) for result in study.models])
    return finished(figure, alt, "fig-indirect", frame)


def draw_forest(results: Sequence[ModelResult], ax: Axes) -> None:
    """Draw a row a model, grouped by horizon, with the raw effects beside."""
    bottom = 0.0
    for row, item in _rows(results):
        bottom = row
        if isinstance(item, str):
            _write(ax, NAMES_AT, row, item, fontsize=HEADING, fontweight="bold")
            continue
        _draw_effect(ax, row, item)
        _write(ax, NAMES_AT, row, item.model.outcome.short, fontsize=TEXT)
        _write(ax, NUMBERS_AT, row, _raw(item), fontsize=SMALL)
    head = f"ab ({_level(results)} limits),\npoints per point"
    _write(ax, NUMBERS_AT, 0.0, head, fontsize=SMALL, color=QUIET)
    ax.axvline(0.0, color=INK, linewidth=1.0, linestyle=DASHES, zorder=1)
    tidy_axes(ax)
    ax.spines["left"].set_visible(False)
    ax.set_yticks([])
    ax.set_ylim(bottom + 0.6, -0.6)
    ax.locator_params(axis="x", nbins=3)
    name_axes(ax, x="Indirect effect, SDs of the\noutcome per SD of fidelity")


def _write(
    ax: Axes,
    x: float,
    row: float,
    text: str,
    *,
    fontsize: float,
    fontweight: str = "normal",
    color: str = INK,
) -> None:
    """Write beside the axes: names end at their place, numbers begin there."""
    ax.text(
        x,
        row,
        text,
        transform=ax.get_yaxis_transform(),
        ha="right" if x < 0 else "left",
        va="center",
        fontsize=fontsize,
        fontweight=fontweight,
        color=color,
    )


def _rows(
    results: Sequence[ModelResult],
) -> Iterator[tuple[float, str | ModelResult]]:
    """Place headings and models on the vertical axis, downwards from 0."""
    at, horizon = -1.0, None
    for result in results:
        if result.model.horizon != horizon:
            at += 1.0 if horizon is None else 1.3
            horizon = result.model.horizon
            yield at, f"{label(horizon)} months"
        at += 1.0
        yield at, result


def _draw_effect(ax: Axes, row: float, result: ModelResult) -> None:
    low, high = result.mediation.limits("indirect_cs")
    color = BLUE if result.mediated else QUIET
    ax.hlines(row, low, high, color=color, linewidth=2.0, zorder=2)
    ax.plot(
        result.mediation.indirect_cs,
        row,
        marker="o",
        markersize=8,
        color=color,
        markerfacecolor=color if result.mediated else PAPER,
        markeredgewidth=1.8,
        zorder=3,
    )


def _keys() -> list[Line2D]:
    return [
        Line2D(
            [],
            [],
            color=BLUE if mediated else QUIET,
            markerfacecolor=BLUE if mediated else PAPER,
            marker="o",
            markersize=8,
            markeredgewidth=1.8,
            linewidth=2.0,
            label="mediated by the rule" if mediated else "not mediated",
        )
        for mediated in (True, False)
    ]


def _level(results: Sequence[ModelResult]) -> str:
    return percent(100 * results[0].mediation.level)


def _raw(result: ModelResult) -> str:
    return with_limits(result.mediation.indirect, *result.mediation.limits())


def _row(result: ModelResult) -> dict[str, object]:
    paths = result.mediation
    (low, high), (raw_low, raw_high) = paths.limits("indirect_cs"), paths.limits()
    return {
        "model": result.model.title,
        "estimate": paths.indirect_cs,
        "low": low,
        "high": high,
        "raw estimate": paths.indirect,
        "raw low": raw_low,
        "raw high": raw_high,
        "mediated": result.mediated,
    }


def _in_words(result: ModelResult) -> str:
    mediation = result.mediation
    effect, ends = mediation.indirect_cs, mediation.limits("indirect_cs")
    shown = with_limits(effect, *ends, 3, bare)
    return f"{result.model.title}: {shown}, raw {_raw(result)}."
