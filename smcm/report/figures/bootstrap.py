"""The bootstrap draws behind each indirect effect."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from smcm.analysis.eight_models import ModelResult
from smcm.analysis.study import Study
from smcm.report.analysis_words import words_of
from smcm.report.format import percent, whole, with_limits
from smcm.report.palette import (
    BLUE,
    DASHES,
    INK,
    RED,
    SMALL,
    finished,
    heading,
    name_axes,
    new_figure,
    tidy_axes,
)
from smcm.report.show import Plate

HEIGHT = 8.4
BAR = "#a9c6de"
MIDDLE = (0.005, 0.995)  # of the draws that are shown where tails are heavy


def bootstrap_distribution(study: Study) -> Plate:
    """Show the draws of ab of the eight models, 9 months left and 18 right."""
    figure = new_figure(HEIGHT)
    horizons = sorted({result.model.horizon for result in study.models})
    columns = [[r for r in study.models if r.model.horizon == h] for h in horizons]
    grid = figure.subplots(len(columns[0]), len(columns))
    for axes, results in zip(grid.T, columns, strict=True):
        for ax, result in zip(axes, results, strict=True):
            draw_bootstrap(result, ax, words_of(study).long_tails)
        name_axes(axes[-1], x="Indirect effect $ab$")
    level = percent(100 * study.models[0].mediation.level)
    figure.legend(
        handles=_keys(level, _drawn(study)),
        loc="outside upper center",
        ncols=4,
        frameon=False,
        fontsize=SMALL,
        labelcolor=INK,
        handlelength=1.4,
        columnspacing=1.2,
    )
    alt = (
        f"Histograms of {whole(study.run.n_boot)} {words_of(study).draws} draws of the "
        "indirect effect ab, in points of the outcome per point of fidelity, with the "
        f"estimate and {level} limits. {_left_out(study)}"
        + " ".join(_in_words(result) for result in study.models)
    )
    return finished(figure, alt, "fig-bootstrap")


def draw_bootstrap(result: ModelResult, ax: Axes, middle: bool = False) -> None:
    """Draw the histogram of one model with estimate, limits and zero.

    With `middle`, the outermost draws are not shown: products of Student's t with few
    degrees of freedom have tails so long that they would hide everything else.
    """
    mediation = result.mediation
    draws = mediation.indirect_draws
    if middle:
        low, high = np.quantile(draws, MIDDLE)
        draws = draws[(draws >= low) & (draws <= high)]
    counts, edges = np.histogram(draws, bins=int(2 * draws.size ** (1 / 3)))
    ax.stairs(counts, edges, fill=True, color=BAR)
    ax.axvline(0.0, color=INK, linewidth=1.2)
    ax.axvline(mediation.indirect, color=BLUE, linewidth=2.2)
    for limit in mediation.limits():
        ax.axvline(limit, color=RED, linewidth=1.6, linestyle=DASHES)
    heading(ax, result.model.title)
    tidy_axes(ax)
    ax.spines["left"].set_visible(False)
    ax.set_yticks([])
    ax.locator_params(axis="x", nbins=5)


def _keys(level: str, drawn: str) -> list[Line2D | Patch]:
    return [
        Patch(color=BAR, label=drawn),
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
