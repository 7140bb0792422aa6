"""Specification curves of all combinations, ordered by the limit nearer zero."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from numpy.typing import NDArray

from smcm.chapters.multiverse.multiverse import Multiverse
from smcm.chapters.multiverse.words import short
from smcm.design.study import label
from smcm.errors import UnknownValueError
from smcm.report.curve_panels import (
    ACROSS,
    add_curve_key,
    curve_panels,
    finish_curve,
    name_choices,
    share_scale,
)
from smcm.report.format import percent, whole
from smcm.report.palette import (
    BLUE,
    INK,
    QUIET,
    finished,
    heading,
)
from smcm.report.show import Plate
from smcm.stats.terms import excludes_zero

Order = NDArray[np.intp]
Array = NDArray[np.float64]
DIGITS = 4  # decimals of the numbers that go with a drawing of thousands
SHADE, DARKEST = 0.35, 0.9  # grey, and how opaque it is where an option is densest
BINS = 72  # columns of the panel of options
BAND = 0.35  # opacity of the intervals
POINTS = 72.0 * ACROSS  # width of a panel, shared by the intervals
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
    places = [k for k, model in enumerate(found.models) if model.horizon == horizon]
    if not places:
        known = tuple(dict.fromkeys(model.horizon for model in found.models))
        raise UnknownValueError.for_choice("horizon", horizon, known)
    rows = sum(len(axis.levels) for axis in found.axes if len(axis.levels) > 1)
    figure, panels = curve_panels(rows)
    for place, (curve, beneath) in zip(places, panels, strict=True):
        order = _in_order(found, place)
        _draw_curve(curve, found, place, order)
        heading(curve, found.models[place].outcome.short)
        _draw_choices(beneath, found, place, order)
    ends = np.quantile(found.low[places], 0.002), np.quantile(found.high[places], 0.998)
    share_scale([curve for curve, _ in panels], *map(float, ends))
    order_words = f"{whole(found.per_model)} combinations, by the limit nearer zero"
    add_curve_key(figure, order_words, _keys(), "published choices")
    alt = (
        f"Four specification curves, one for each outcome at {label(horizon)} months: "
        f"the indirect effect under {whole(found.per_model)} combinations of choices "
        "ordered by the limit nearer zero, and below it where along the curve each "
        "option occurs. " + " ".join(_in_words(found, place) for place in places)
    )
    frame = pd.concat([_frame(found, place) for place in places])
    return finished(figure, alt, f"fig-multiverse-{label(horizon)}", frame)


def _in_order(found: Multiverse, place: int) -> Order:
    return np.argsort(found.nearer_limit(place), axis=None, kind="stable")


def _frame(found: Multiverse, place: int) -> pd.DataFrame:
    """Effects and limits along the curve, to the digits that a drawing can show."""
    order = _in_order(found, place)
    values = {"estimate": found.indirect, "low": found.low, "high": found.high}
    columns = {
        name: np.round(own[place].ravel()[order], DIGITS)
        for name, own in values.items()
    }
    return pd.DataFrame({"outcome": found.models[place].outcome.short} | columns)


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
        ).set_rasterized(True)
    ax.plot(at, effect, ".", markersize=0.9, color=INK, rasterized=True)
    main = int(np.flatnonzero(order == 0)[0])  # the published combination comes first
    finish_curve(ax, main)
    ax.set_xlim(0, order.size)


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
        np.dstack([*np.full((3, *peak.shape), SHADE), peak * DARKEST]),
        aspect="auto",
        interpolation="nearest",
        extent=(0, order.size, len(names) - 0.5, -0.5),
    )
    name_choices(ax, names, breaks[1:])


def _keys() -> list[Line2D | Patch]:
    return [
        Line2D([], [], color=INK, marker=".", linestyle="", label="estimate"),
        Patch(color=BLUE, alpha=0.6, label="interval excludes zero"),
        Patch(color=QUIET, alpha=0.6, label="interval includes zero"),
    ]


def _in_words(found: Multiverse, place: int) -> str:
    excluding = 100.0 * found.excludes_zero(place)
    return (
        f"{found.models[place].outcome.short}: the interval excludes zero in "
        f"{percent(excluding)} of the combinations."
    )
