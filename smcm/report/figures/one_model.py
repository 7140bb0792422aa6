"""A mediation model as a path diagram, and the draws of its indirect effect."""

from dataclasses import replace
from textwrap import wrap
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from smcm.analysis.mediation_result import MediationResult
from smcm.analysis.result import Mediation
from smcm.report.figures.boxes import Box, Point, draw_arrow, draw_box, lay_sheet
from smcm.report.format import listed, number, percent, whole, with_limits
from smcm.report.palette import (
    BLUE,
    BLUE_MID,
    DASHES,
    EDGE,
    HEADING,
    INK,
    PANEL,
    PAPER,
    QUIET,
    RED,
    SMALL,
    finished,
    heading,
    name_axes,
    new_panels,
    tidy_axes,
)
from smcm.report.show import Plate
from smcm.shown import named
from smcm.stats.ols import Array

HEIGHT, ROW = 2.75, 0.66  # inches of a panel with one mediator, and of each further
MARGINS = 0.28, 0.28, 0.6, 0.36
LETTERS = 11  # of a name in a box, on each of two lines
SINGLE = 18  # of the name of one of several mediators, on one line
TITLE = 0.27  # inches from the upper edge of a panel
DASHED = "dashed: the interval includes zero"
DECIMALS = 3
LETTER_OF = {"direct": "c′"}


def picture(result: Mediation) -> Plate:
    """Draw the paths of a model, and beside them its draws of the indirect effect.

    Arrows are solid where the interval of the path excludes zero. A model whose limits
    are not read off draws has the paths alone.

    Parameters
    ----------
    result : Mediation
        With any number of mediators.
    """
    height = HEIGHT + ROW * (len(result.spec.mediators) - 1)
    draws = result.indirect_draws
    figure, axes = new_panels(1, 2 if draws.size else 1, (PANEL, height), MARGINS)
    axes[0, 0, 0].set_position((0.0, 0.0, 1.0, 1.0))
    _draw_paths(result, axes[0, 0, 0], height)
    if draws.size:
        _draw_draws(result, axes[0, 1, 0])
    return finished(figure, _in_words(result), "fig-one-model")


def _draw_paths(result: Mediation, ax: Axes, height: float) -> None:
    lay_sheet(ax, PANEL, height)
    spec = result.spec
    x, y = _box(0.56, 0.95, spec.x), _box(PANEL - 0.56, 0.95, spec.y)
    for place, name in enumerate(spec.mediators):
        m = _box(PANEL / 2, height - 0.7 - ROW * place, name)
        if spec.listed:
            m = _with_paths(m, result, name)
        of = f":{name}" if spec.listed else ""
        _draw_path(result, f"a{of}", ax, (x.top, m.left))
        _draw_path(result, f"b{of}", ax, (m.right, y.top))
        draw_box(ax, m, size=SMALL)
    _draw_path(result, "direct", ax, (x.right, y.left))
    for end in (x, y):
        draw_box(ax, end, size=SMALL)
    ink = BLUE if result.excludes_zero else QUIET
    text = f"indirect effect ab {_shown(result, 'indirect')}"
    ax.text(PANEL / 2, 0.35, text, ha="center", fontsize=SMALL, color=ink)
    ax.text(PANEL / 2, 0.1, DASHED, ha="center", fontsize=SMALL, color=QUIET)
    style: dict[str, Any] = {"fontsize": HEADING, "fontweight": "bold", "color": INK}
    ax.text(EDGE * PANEL, height - TITLE, "Paths, unstandardized", **style)


def _with_paths(m: Box, result: Mediation, name: str) -> Box:
    """Write both paths of one of several mediators into its box, where none cross."""
    a, b = (number(result.term(f"{path}:{name}").estimate, DECIMALS) for path in "ab")
    text = f"{shorten(name, SINGLE, 1)}\na {a}, b {b}"
    return replace(m, width=1.6, height=0.5, text=text)


def _draw_path(
    result: Mediation, name: str, ax: Axes, between: tuple[Point, Point]
) -> None:
    """Draw an arrow, solid where the interval excludes zero, and its estimate."""
    term = result.term(name)
    ink = BLUE if term.excludes_zero else QUIET
    start, end = between
    draw_arrow(ax, start, end, solid=term.excludes_zero, color=ink)
    if ":" in name:
        return
    ax.text(
        (start[0] + end[0]) / 2,
        (start[1] + end[1]) / 2,
        f"{LETTER_OF.get(name, name)} {number(term.estimate, DECIMALS)}",
        ha="center",
        va="center",
        fontsize=SMALL,
        color=ink,
        bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1.5},
    )


def _draw_draws(result: Mediation, ax: Axes) -> None:
    """Draw the histogram of ab with its estimate, its limits and zero."""
    counts, edges = _histogram(result)
    ax.stairs(counts, edges, fill=True, color=BLUE_MID)
    ax.axvline(0.0, color=INK, linewidth=1.2)
    ax.axvline(result.term("indirect").estimate, color=BLUE, linewidth=2.2)
    for limit in result.limits():
        ax.axvline(limit, color=RED, linewidth=1.6, linestyle=DASHES)
    heading(ax, f"{whole(result.indirect_draws.size)} {_drawn(result)}")
    tidy_axes(ax)
    ax.spines["left"].set_visible(False)
    ax.set_yticks([])
    ax.locator_params(axis="x", nbins=5)
    level = percent(100 * result.level)
    name_axes(ax, x=f"ab (blue line), its {level} limits (dashed)")


def _drawn(result: Mediation) -> str:
    """Draws of pooled paths are no bootstrap samples."""
    single = isinstance(result, MediationResult)
    return "bootstrap samples" if single else "draws of ab"


def _box(x: float, y: float, name: str) -> Box:
    return Box(x, y, 1.0, 0.42, shorten(name))


def shorten(name: str, letters: int = LETTERS, lines: int = 2) -> str:
    """Fit the name of a column into a box."""
    first, *more = wrap(named(name), letters)
    if len(more) < lines:
        return "\n".join([first, *more])
    kept = [first, *more[: lines - 1]]
    return "\n".join(kept)[: lines * (letters + 1) - 2] + "…"


def _histogram(result: Mediation) -> tuple[Array, Array]:
    """Count the draws as far as a width of the interval beyond each limit."""
    draws, (low, high) = result.indirect_draws, result.limits()
    width = high - low
    ends = max(draws.min(), low - width), min(draws.max(), high + width)
    return np.histogram(draws, bins=int(2 * draws.size ** (1 / 3)), range=ends)


def _shown(result: Mediation, name: str) -> str:
    term = result.term(name)
    return with_limits(term.estimate, *term.limits, DECIMALS)


def _in_words(result: Mediation) -> str:
    slopes = [n for n in result.names if n.partition(":")[0] in ("a", "b", "direct")]
    paths = "; ".join(
        f"{LETTER_OF.get(name, name)} {_shown(result, name)}" for name in slopes
    )
    zero = "excludes" if result.excludes_zero else "includes"
    return (
        f"Path diagram of {result.spec.x}, {listed(result.spec.mediators)} and "
        f"{result.spec.y}. {paths}; indirect effect {_shown(result, 'indirect')}, "
        f"whose interval {zero} zero."
    )
