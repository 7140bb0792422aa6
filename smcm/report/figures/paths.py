"""Figures 2 and 3: the coefficients of four models on their arrows."""

from collections.abc import Iterator

import pandas as pd
from matplotlib.axes import Axes

from smcm.analysis.eight_models import ModelResult
from smcm.analysis.study import Study
from smcm.design.study import label
from smcm.errors import UnknownValueError
from smcm.report.figures.boxes import Box, Point, draw_arrow, draw_box, lay_sheet
from smcm.report.format import bare, limits, number, percent
from smcm.report.palette import (
    BLUE,
    HEADING,
    INK,
    PANEL,
    QUIET,
    SMALL,
    TEXT,
    finished,
    new_panels,
)
from smcm.report.show import Plate

PANEL_WIDTH, PANEL_HEIGHT = PANEL, 2.75


def path_diagrams(study: Study, horizon: float) -> Plate:
    """Show the four models of one horizon, 9 or 18 months.

    Raises
    ------
    UnknownValueError
        A horizon without models.
    """
    results = [r for r in study.models if r.model.horizon == horizon]
    if not results:
        horizons = sorted({r.model.horizon for r in study.models})
        raise UnknownValueError.for_choice("horizon", horizon, horizons)
    figure, axes = new_panels(2, 2, (PANEL_WIDTH, PANEL_HEIGHT), (0.0,) * 4)
    for ax, result in zip(axes.ravel(), results, strict=True):
        draw_path_diagram(result, ax)
    alt = (
        f"Four path diagrams of the {label(horizon)}-month outcomes with standardized "
        "coefficients; solid arrows are significant at the level that applies. "
        + " ".join(_in_words(result) for result in results)
    )
    rows = [row for result in results for row in _rows(result)]
    return finished(figure, alt, f"fig-paths-{label(horizon)}", pd.DataFrame(rows))


def draw_path_diagram(result: ModelResult, ax: Axes) -> None:
    """Draw one model: standardized coefficients, raw ones in brackets, the interval."""
    lay_sheet(ax, PANEL_WIDTH, PANEL_HEIGHT)
    paths = result.mediation
    fidelity = Box(0.55, 0.95, 0.92, 0.4, "Fidelity")
    alliance = Box(1.625, 2.1, 0.95, 0.4, "Alliance")
    outcome = Box(2.7, 0.95, 0.92, 0.4, result.model.outcome.short)
    for box in (fidelity, alliance, outcome):
        draw_box(ax, box, size=SMALL)
    ax.text(
        0.08,
        PANEL_HEIGHT - 0.18,
        result.model.title,
        fontsize=HEADING,
        fontweight="bold",
        color=INK,
        va="center",
    )
    for start, end, significant in (
        (fidelity.top, alliance.below_left(0.12), result.a_significant),
        (alliance.below_left(0.88), outcome.top, result.b_significant),
        (fidelity.right, outcome.left, result.direct_significant),
    ):
        color = BLUE if significant else QUIET
        draw_arrow(ax, start, end, solid=significant, color=color)
    _write(ax, (0.46, 1.52), paths.a_standardized, paths.a, result.a_significant)
    _write(ax, (2.79, 1.52), paths.b_standardized, paths.b, result.b_significant)
    _write(
        ax,
        (1.625, 0.95),
        paths.direct_standardized,
        paths.direct,
        result.direct_significant,
    )
    _write_indirect(ax, result)


def _write(
    ax: Axes, at: Point, standardized: float, raw: float, significant: bool
) -> None:
    """Write a coefficient above a point and its raw value below."""
    weight = "bold" if significant else "normal"
    ink = BLUE if significant else QUIET
    x, y = at
    ax.text(
        x,
        y + 0.09,
        bare(standardized),
        ha="center",
        fontsize=TEXT,
        fontweight=weight,
        color=ink,
    )
    ax.text(
        x,
        y - 0.06,
        f"({number(raw)})",
        ha="center",
        va="top",
        fontsize=SMALL,
        color=ink,
    )


def _write_indirect(ax: Axes, result: ModelResult) -> None:
    effect, between = _indirect(result)
    level = percent(100 * result.mediation.level)
    text = f"Indirect effect {effect}\n{level} interval {between}"
    ax.text(
        PANEL_WIDTH / 2,
        0.32,
        text,
        ha="center",
        va="center",
        fontsize=SMALL,
        linespacing=1.35,
        color=BLUE if result.mediated else QUIET,
        fontweight="bold" if result.mediated else "normal",
    )


def _indirect(result: ModelResult) -> tuple[str, str]:
    """Completely standardized indirect effect and its limits, in print."""
    ends = result.mediation.limits("indirect_cs")
    return bare(result.mediation.indirect_cs, 3), limits(*ends, 3, bare)


def _rows(result: ModelResult) -> Iterator[dict[str, object]]:
    paths = result.mediation
    low, high = paths.limits("indirect_cs")
    for name, standardized, raw, significant in (
        ("a", paths.a_standardized, paths.a, result.a_significant),
        ("b", paths.b_standardized, paths.b, result.b_significant),
        ("c′", paths.direct_standardized, paths.direct, result.direct_significant),
        ("ab", paths.indirect_cs, paths.indirect, result.mediated),
    ):
        ends = {"low": low, "high": high} if name == "ab" else {}
        yield {
            "model": result.model.title,
            "path": name,
            "standardized": standardized,
            "raw": raw,
            "significant": significant,
            **{"low": None, "high": None},
            **ends,
        }


def _in_words(result: ModelResult) -> str:
    paths = result.mediation
    arrows = [
        f"{name} {bare(value)}, {'solid' if solid else 'dashed'}"
        for name, value, solid in (
            ("a", paths.a_standardized, result.a_significant),
            ("b", paths.b_standardized, result.b_significant),
            ("c′", paths.direct_standardized, result.direct_significant),
        )
    ]
    effect, between = _indirect(result)
    return (
        f"{result.model.outcome.short}: {'; '.join(arrows)}; indirect effect {effect} "
        f"({between}), {'mediated' if result.mediated else 'not mediated'} by the rule."
    )
