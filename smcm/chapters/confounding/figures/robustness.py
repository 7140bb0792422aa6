"""Robustness values of both paths, and measured covariates as benchmarks."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter

from smcm.chapters.confounding.benchmarks import Benchmark, PathSensitivity
from smcm.chapters.confounding.confounding import Confounding
from smcm.report.format import bare, percent
from smcm.report.palette import (
    BLUE,
    OCHRE,
    PANEL,
    PAPER,
    PURPLE,
    RED,
    RULE,
    SMALL,
    THIN,
    add_key,
    finished,
    heading,
    name_axes,
    name_rows,
    new_panels,
    share_limits,
)
from smcm.report.show import Plate
from smcm.report.words import short_title

SIZE = PANEL, 4.3  # inches
MARGINS = 1.15, 0.15, 0.5, 0.3
ROW = 0.2  # inches of the key
HEADINGS = {"a": "Path a, fidelity to alliance", "b": "Path b, alliance to outcome"}


def robustness_dots(found: Confounding) -> Plate:
    """Draw one row per model and one panel per path."""
    keys = _keys(found)
    figure, axes = new_panels(
        1, len(HEADINGS), SIZE, MARGINS, foot=ROW * (len(keys) + 0.5)
    )
    panels = axes[0, :, 0]
    names = [short_title(one.model) for one in found.models]
    for ax, (path, words) in zip(panels, HEADINGS.items(), strict=True):
        for row, one in enumerate(found.models):
            draw_robustness(ax, row, one.paths[path])
        name_rows(ax, names)
        heading(ax, words, SMALL)
        ax.set_xlim(left=-0.012)  # half a mark at zero
        ax.locator_params(axis="x", nbins=4)
        ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: percent(100.0 * v)))
        name_axes(ax, x="Partial R² with both variables")
    share_limits(panels, "x")
    for ax in panels:  # a number at the very end would run over the panel
        ax.set_xlim(right=ax.get_xlim()[1] * 1.03)
    add_key(figure, keys, 1)
    return finished(figure, _alt(found), "fig-robustness", _frame(found))


def draw_robustness(ax: Axes, row: float, own: PathSensitivity) -> None:
    """Draw one path: two robustness values, and a tick for each covariate."""
    at_level = own.coefficient.robustness(alpha=own.alpha)
    whole = own.coefficient.robustness()
    ax.hlines(row, 0.0, whole, color=RULE, linewidth=THIN, zorder=1)
    for one in own.benchmarks:
        if one.bound is not None:
            color, size = _tick(one)
            ax.plot(
                one.even,
                row,
                marker="|",
                markersize=size,
                markeredgewidth=1.6,
                color=color,
                zorder=2,
            )
    for value, face in ((at_level, PAPER), (whole, BLUE)):
        ax.plot(
            value,
            row,
            marker="o",
            markersize=7,
            color=BLUE,
            markerfacecolor=face,
            markeredgewidth=1.6,
            zorder=3,
            clip_on=False,
        )


def _tick(benchmark: Benchmark) -> tuple[str, float]:
    """Colour and length of a covariate's tick."""
    if benchmark.of_team:
        return RED, 19.0
    return (PURPLE, 19.0) if benchmark.at_entry else (OCHRE, 12.0)


def _frame(found: Confounding) -> pd.DataFrame:
    rows = []
    for one in found.models:
        for path, own in one.paths.items():
            start = {"model": one.model.title, "path": path}
            values = {
                "robustness value": own.coefficient.robustness(),
                f"at {bare(own.alpha)}": own.coefficient.robustness(alpha=own.alpha),
            }
            values |= {
                f"as strong as {each.name}": each.even
                for each in own.benchmarks
                if each.bound is not None
            }
            rows += [start | {"what": k, "partial R2": v} for k, v in values.items()]
    return pd.DataFrame(rows)


def _keys(found: Confounding) -> list[Line2D]:
    level = bare(found.study.design.alpha.level)
    site = "a confounder as strong as site (all categories together)"
    teams = any(own.of_teams for one in found.models for own in one.paths.values())
    return [
        _key(BLUE, "o", BLUE, "reduces the path to zero (RV)"),
        _key(BLUE, "o", PAPER, f"makes it not significant at {level}"),
        *([_key(RED, "|", RED, site)] if teams else []),
        _key(PURPLE, "|", PURPLE, "a confounder as strong as the outcome at entry"),
        _key(OCHRE, "|", OCHRE, "a confounder as strong as another covariate"),
    ]


def _key(color: str, marker: str, face: str, words: str) -> Line2D:
    return Line2D(
        [],
        [],
        color=color,
        marker=marker,
        markersize=7 if marker == "o" else 13,
        markerfacecolor=face,
        markeredgewidth=1.6,
        linestyle="none",
        label=words,
    )


def _alt(found: Confounding) -> str:
    level = bare(found.study.design.alpha.level)
    words = " ".join(
        f"{one.model.title}, {path}: RV {_percent(own.coefficient.robustness())}, at "
        f"{level} {_percent(own.coefficient.robustness(alpha=own.alpha))}; "
        f"strongest covariate {own.strongest.name}, "
        f"{_percent(own.strongest.even)}."
        for one in found.models
        for path, own in one.paths.items()
    )
    return (
        "Dot chart with a row for each of the eight models and a panel for each path. "
        "Dots are robustness values; ticks are confounders as strong as a measured "
        f"covariate. {words}"
    )


def _percent(share: float) -> str:
    return percent(100.0 * share, 1)
