"""Specification curves of all combinations, ordered by the limit nearer zero."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from numpy.typing import NDArray

from smcm.chapters.multiverse.multiverse import Multiverse
from smcm.design.models import EIGHT_MODELS
from smcm.design.schedule import HORIZONS, label
from smcm.errors import UnknownValueError
from smcm.report.format import percent, whole
from smcm.report.multiverse_words import short
from smcm.report.palette import (
    BLUE,
    DASHES,
    INK,
    QUIET,
    RULE,
    SMALL,
    THIN,
    finished,
    heading,
    new_figure,
    tidy_axes,
)
from smcm.report.show import Plate
from smcm.stats.terms import excludes_zero

Order = NDArray[np.intp]
Array = NDArray[np.float64]
CURVE, ROW, TITLE, FOOT = 1.75, 0.175, 0.35, 0.8  # inches
BINS = 72  # columns of the panel of options
BAND = 0.35  # opacity of the intervals
POINTS = 165.0  # width of a panel, shared by the intervals
WIDTHS = (0.25, 3.0)  # points, of an interval


def multiverse_curve(found: Multiverse, horizon: float) -> Plate:
    """Draw all combinations for each outcome of a horizon, with their options below.

    Parameters
    ----------
    found : Multiverse
    horizon : float
        Month of the outcomes, 9 or 18.

    Raises
    ------
    UnknownValueError
        A horizon without models.
    """
    places = [k for k, model in enumerate(EIGHT_MODELS) if model.horizon == horizon]
    if not places:
        raise UnknownValueError.for_choice("horizon", horizon, HORIZONS)
    rows = sum(len(axis.levels) for axis in found.axes if len(axis.levels) > 1)
    heights = [CURVE, max(ROW * rows, ROW)] * 2
    figure = new_figure(sum(heights) + 2 * TITLE + FOOT)
    axes = figure.subplots(4, 2, sharey="row", gridspec_kw={"height_ratios": heights})
    for k, place in enumerate(places):
        curve, beneath = (axes[2 * (k // 2) + part, k % 2] for part in (0, 1))
        order = np.argsort(found.nearer_limit(place), axis=None, kind="stable")
        _draw_curve(curve, found, place, order)
        heading(curve, EIGHT_MODELS[place].outcome.short)
        _draw_choices(beneath, found, place, order)
        for ax in (curve, beneath):
            ax.tick_params(axis="y", labelleft=k % 2 == 0)
    _share_scale([axes[0, 0], axes[2, 0]], found, places)
    for ax in (axes[0, 0], axes[2, 0]):
        ax.set_ylabel("Indirect effect, SDs", fontsize=SMALL, color=INK)
    many = whole(found.per_model)
    figure.legend(
        title=f"{many} combinations, ordered by the limit nearer zero",
        title_fontsize=SMALL,
        handles=_keys(),
        loc="outside lower center",
        ncols=2,
        frameon=False,
        fontsize=SMALL,
        labelcolor=INK,
        handletextpad=0.5,
        columnspacing=1.5,
    )
    alt = (
        f"Four specification curves, one for each outcome at {label(horizon)} months: "
        f"the indirect effect under {whole(found.per_model)} combinations of choices "
        "ordered by the limit nearer zero, and below it where along the curve each "
        "option occurs. " + " ".join(_in_words(found, place) for place in places)
    )
    return finished(figure, alt, f"fig-multiverse-{label(horizon)}")


def _draw_curve(ax: Axes, found: Multiverse, place: int, order: Order) -> None:
    low, high, effect = (
        values[place].ravel()[order]
        for values in (found.low, found.high, found.indirect)
    )
    at = np.arange(order.size)
    excluding = excludes_zero(low, high)
    width = float(np.clip(POINTS / order.size, *WIDTHS))
    for mask, color in ((~excluding, QUIET), (excluding, BLUE)):
        ax.vlines(
            at[mask], low[mask], high[mask], color=color, linewidth=width, alpha=BAND
        )
    ax.plot(at, effect, linestyle="", marker=".", markersize=0.9, color=INK)
    ax.axhline(0.0, color=INK, linewidth=1.0, linestyle=DASHES, zorder=3)
    main = int(np.flatnonzero(order == 0)[0])  # the published combination comes first
    ax.plot(
        main,
        0.97,
        marker="v",
        markersize=7,
        color=INK,
        transform=ax.get_xaxis_transform(),
        zorder=4,
    )
    tidy_axes(ax)
    ax.set_xlim(0, order.size)
    ax.set_xticks([])


def _draw_choices(ax: Axes, found: Multiverse, place: int, order: Order) -> None:
    """Shade each option by its share of the combinations along the curve."""
    shape = found.indirect[place].shape
    levels = np.array(np.unravel_index(order, shape))
    edges = np.linspace(0, order.size, min(BINS, order.size) + 1).astype(int)
    names: list[str] = []
    shades: list[Array] = []
    breaks: list[int] = []
    for k, axis in enumerate(found.axes):
        if len(axis.levels) < 2:
            continue
        breaks.append(len(names))
        for at, value in enumerate(axis.levels):
            held = (levels[k] == at).astype(float)
            shades.append(np.add.reduceat(held, edges[:-1]) / np.diff(edges))
            names.append(short(axis, value))
    if not shades:
        ax.set_axis_off()
        return
    peak = np.array(shades)
    peak /= np.maximum(peak.max(axis=1, keepdims=True), 1e-12)
    ax.imshow(
        peak,
        aspect="auto",
        cmap="Greys",
        vmin=0.0,
        vmax=1.5,
        interpolation="nearest",
        extent=(0, order.size, len(names) - 0.5, -0.5),
    )
    for at in breaks[1:]:
        ax.axhline(at - 0.5, color=RULE, linewidth=THIN)
    tidy_axes(ax)
    ax.set_xticks([])
    ax.set_yticks(range(len(names)), names)
    ax.tick_params(axis="y", length=0, labelsize=SMALL, labelcolor=INK)


def _share_scale(axes: Sequence[Axes], found: Multiverse, places: list[int]) -> None:
    low = min(0.0, float(np.quantile(found.low[places], 0.002)))
    high = max(0.0, float(np.quantile(found.high[places], 0.998)))
    room = 0.08 * (high - low)
    for ax in axes:
        ax.set_ylim(low - room, high + 2.0 * room)
        ax.locator_params(axis="y", nbins=5)


def _keys() -> list[Line2D | Patch]:
    return [
        Line2D([], [], color=INK, marker=".", linestyle="", label="estimate"),
        Patch(color=BLUE, alpha=0.6, label="interval excludes zero"),
        Patch(color=QUIET, alpha=0.6, label="interval includes zero"),
        Line2D([], [], color=INK, marker="v", linestyle="", label="published choices"),
    ]


def _in_words(found: Multiverse, place: int) -> str:
    excluding = 100.0 * found.excludes_zero(place)
    return (
        f"{EIGHT_MODELS[place].outcome.short}: the interval excludes zero in "
        f"{percent(excluding)} of the combinations."
    )
