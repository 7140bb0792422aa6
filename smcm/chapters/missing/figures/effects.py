"""Forest plot of the eight indirect effects by scheme."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from smcm.analysis.pooled import PooledModel, PooledStudy
from smcm.design.study import label
from smcm.report.format import bare, listed, with_limits
from smcm.report.palette import (
    COLUMN,
    DASHES,
    HEADING,
    INK,
    MARKERS,
    PAPER,
    SERIES,
    TEXT,
    add_key,
    finished,
    name_axes,
    new_panels,
    tidy_axes,
)
from smcm.report.show import Plate
from smcm.report.words import SCHEMES
from smcm.stats.terms import Term

SIZE = COLUMN, 7.8  # inches
MARGINS = 1.05, 0.25, 0.68, 0.05
ROW = 0.2  # inches of the key
STEP, GAP = 1.0, 1.3  # between the intervals of a model, and before the next model
NAMES_AT = -0.02  # of the width of the axes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Interval:
    """One interval of one model, and its scheme's place."""

    scheme: str
    place: int
    term: Term


def pooled_effects(found: PooledStudy) -> Plate:
    """Show effects on one scale, SDs of the outcome per SD of fidelity."""
    keys = _keys(found.schemes)
    foot = ROW * (len(keys) + 0.5)
    figure, axes = new_panels(1, 1, SIZE, MARGINS, foot=foot)
    ax = axes[0, 0, 0]
    bottom = 0.0
    for horizon in found.study.design.outcome_horizons:
        own = [one for one in found.models if one.model.horizon == horizon]
        bottom = _draw_horizon(ax, own, horizon, bottom)
    ax.axvline(0.0, color=INK, linewidth=1.0, linestyle=DASHES, zorder=1)
    tidy_axes(ax)
    ax.spines["left"].set_visible(False)
    ax.set_yticks([])
    ax.set_ylim(bottom - 0.4, -1.0)
    ax.locator_params(axis="x", nbins=5)
    name_axes(ax, x="Indirect effect, SDs of the outcome\nper SD of fidelity")
    add_key(figure, keys, 1)
    return finished(figure, _alt(found), "fig-pooled", _frame(found))


def _draw_horizon(
    ax: Axes, models: Sequence[PooledModel], horizon: float, top: float
) -> float:
    """Draw a heading and the models beneath it; return where the next may begin."""
    _write(ax, top, f"{label(horizon)} months", size=HEADING, weight="bold")
    row = top + GAP
    for one in models:
        intervals = _intervals(one)
        middle = row + STEP * (len(intervals) - 1) / 2.0
        _write(ax, middle, one.model.outcome.short, size=TEXT)
        for interval in intervals:
            _draw_interval(ax, row, interval)
            row += STEP
        row += GAP
    return row


def _intervals(one: PooledModel) -> list[_Interval]:
    found = {"published": one.completed.mediation, **one.results}
    return [
        _Interval(scheme=scheme, place=k, term=result.term("indirect_cs"))
        for k, (scheme, result) in enumerate(found.items())
    ]


def _draw_interval(ax: Axes, row: float, found: _Interval) -> None:
    color = SERIES[found.place]
    ax.hlines(row, *found.term.limits, color=color, linewidth=1.8, zorder=2)
    ax.plot(
        found.term.estimate,
        row,
        marker=MARKERS[found.place],
        markersize=6.5,
        color=color,
        markerfacecolor=color if found.term.excludes_zero else PAPER,
        markeredgewidth=1.5,
        zorder=3,
    )


def _write(
    ax: Axes, row: float, text: str, *, size: float, weight: str = "normal"
) -> None:
    ax.text(
        NAMES_AT,
        row,
        text,
        transform=ax.get_yaxis_transform(),
        ha="right",
        va="center",
        fontsize=size,
        fontweight=weight,
        color=INK,
    )


def _keys(schemes: Sequence[str]) -> list[Line2D]:
    names = ["As published", *(SCHEMES[name] for name in schemes)]
    return [
        Line2D(
            [],
            [],
            color=SERIES[place],
            marker=MARKERS[place],
            markersize=6.5,
            linewidth=1.8,
            label=name,
        )
        for place, name in enumerate(names)
    ]


def _frame(found: PooledStudy) -> pd.DataFrame:
    rows = [
        {
            "model": one.model.title,
            "analysis": _name(own.scheme),
            "estimate": own.term.estimate,
            "low": own.term.ci_low,
            "high": own.term.ci_high,
        }
        for one in found.models
        for own in _intervals(one)
    ]
    return pd.DataFrame(rows)


def _alt(found: PooledStudy) -> str:
    sentences = [
        f"{one.model.title}: " + "; ".join(_in_words(i) for i in _intervals(one)) + "."
        for one in found.models
    ]
    names = listed(_name(i.scheme) for i in _intervals(found.models[0]))
    return (
        "Forest plot of the completely standardized indirect effects of the eight "
        f"models, each with these intervals: {names}. A filled marker means that the "
        f"interval excludes zero. {' '.join(sentences)}"
    )


def _name(scheme: str) -> str:
    return SCHEMES.get(scheme, "as published").lower()


def _in_words(found: _Interval) -> str:
    shown = with_limits(found.term.estimate, *found.term.limits, 3, bare)
    return f"{_name(found.scheme)} {shown}"
