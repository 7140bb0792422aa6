"""The bootstrap draws behind each indirect effect."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from smcm.analysis.eight_models import ModelResult
from smcm.analysis.study import Study
from smcm.report.analysis_words import words_of
from smcm.report.format import percent, whole, with_limits
from smcm.report.palette import (
    BLUE,
    BLUE_MID,
    DASHES,
    INK,
    PANEL,
    RED,
    add_key,
    finished,
    heading,
    name_axes,
    new_panels,
    tidy_axes,
)
from smcm.report.show import Plate
from smcm.stats.ols import Array

SIZE = PANEL, 1.9  # inches
MARGINS = 0.28, 0.28, 0.5, 0.32
FOOT = 0.45
MIDDLE = (0.005, 0.995)  # of the draws that are shown where tails are heavy


def bootstrap_distribution(study: Study) -> Plate:
    """Show the draws of ab of the eight models, 9 months left and 18 right."""
    horizons = sorted({result.model.horizon for result in study.models})
    columns = [[r for r in study.models if r.model.horizon == h] for h in horizons]
    shape = len(columns[0]), len(columns)
    figure, grid = new_panels(*shape, SIZE, MARGINS, foot=FOOT)
    middle = words_of(study).long_tails
    for axes, results in zip(grid[:, :, 0].T, columns, strict=True):
        for ax, result in zip(axes, results, strict=True):
            draw_bootstrap(result, ax, middle)
            name_axes(ax, x="Indirect effect ab, points per point")
    level = percent(100 * study.models[0].mediation.level)
    add_key(figure, _keys(level, _drawn(study)))
    alt = (
        f"Histograms of {whole(study.run.n_boot)} {words_of(study).draws} draws of the "
        "indirect effect ab, in points of the outcome per point of fidelity, with the "
        f"estimate and {level} limits. {_left_out(study)}"
        + " ".join(_in_words(result) for result in study.models)
    )
    frame = pd.concat([_frame(result, middle) for result in study.models])
    return finished(figure, alt, "fig-bootstrap", frame)


def histogram(result: ModelResult, middle: bool = False) -> tuple[Array, Array]:
    """Count the draws of one model: counts, shape (k,), and edges, shape (k + 1,).

    With `middle`, the outermost draws are not shown: products of Student's t with few
    degrees of freedom have tails so long that they would hide everything else.
    """
    draws = result.mediation.indirect_draws
    if middle:
        low, high = np.quantile(draws, MIDDLE)
        draws = draws[(draws >= low) & (draws <= high)]
    width = (np.ptp(draws) or 1.0) / int(2 * draws.size ** (1 / 3))
    places = 1 - int(np.floor(np.log10(width)))
    width = np.round(width, places)  # a short number, and zero is an edge
    first, last = np.floor(draws.min() / width), np.floor(draws.max() / width)
    return np.histogram(draws, np.round(np.arange(first, last + 2) * width, places))


def draw_bootstrap(result: ModelResult, ax: Axes, middle: bool = False) -> None:
    """Draw the histogram of one model with estimate, limits and zero."""
    mediation = result.mediation
    counts, edges = histogram(result, middle)
    ax.stairs(counts, edges, fill=True, color=BLUE_MID)
    ax.axvline(0.0, color=INK, linewidth=1.2)
    ax.axvline(mediation.indirect, color=BLUE, linewidth=2.2)
    for limit in mediation.limits():
        ax.axvline(limit, color=RED, linewidth=1.6, linestyle=DASHES)
    heading(ax, result.model.title)
    tidy_axes(ax)
    ax.spines["left"].set_visible(False)
    ax.set_yticks([])
    ax.locator_params(axis="x", nbins=5)


def _frame(result: ModelResult, middle: bool) -> pd.DataFrame:
    counts, edges = histogram(result, middle)
    lines = np.array([result.mediation.indirect, *result.mediation.limits()])
    title = {"model": result.model.title}
    shown = {"shown": ["estimate", "low", "high"], "from": lines, "to": lines}
    bars = {"shown": "draws", "from": edges[:-1], "to": edges[1:], "draws": counts}
    both = pd.concat([pd.DataFrame(title | shown), pd.DataFrame(title | bars)])
    return both.astype({"draws": "Int64"})  # whole, or blank


def _keys(level: str, drawn: str) -> list[Line2D | Patch]:
    return [
        Patch(color=BLUE_MID, label=drawn),
        Line2D([], [], color=BLUE, linewidth=2.2, label="estimate"),
        Line2D(
            [], [], color=RED, linewidth=1.6, linestyle=DASHES, label=f"{level} limits"
        ),
        Line2D([], [], color=INK, linewidth=1.2, label="zero"),
    ]


def _in_words(result: ModelResult) -> str:
    zero = "excludes" if result.mediation.excludes_zero else "includes"
    shown = with_limits(result.mediation.indirect, *result.mediation.limits())
    return f"{result.model.title}: {shown}, {zero} zero."


def _drawn(study: Study) -> str:
    if not words_of(study).long_tails:
        return "draws"
    return f"middle {percent(100 * (MIDDLE[1] - MIDDLE[0]))} of draws"


def _left_out(study: Study) -> str:
    tails = words_of(study).long_tails
    return f"Only the {_drawn(study)} are shown. " if tails else ""
