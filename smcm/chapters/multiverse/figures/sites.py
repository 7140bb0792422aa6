"""How leaving out one site changes the shares of the multiverse."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter

from smcm.chapters.multiverse.multiverse import Multiverse
from smcm.report.format import percent
from smcm.report.palette import (
    BLUE,
    COLUMN,
    RED,
    RULE,
    SMALL,
    THIN,
    add_key,
    finished,
    name_axes,
    name_rows,
    new_panels,
)
from smcm.report.proportion import proportion
from smcm.report.show import Plate
from smcm.report.words import short_title

SIZE = COLUMN, 4.6  # inches
MARGINS = 1.2, 0.3, 0.5, 0.05
FOOT = 0.5
LETTER = 0.029  # of the axis, what a letter takes up
ABOVE = 0.3  # of a row, between a tick and the numbers of its sites


def multiverse_sites(found: Multiverse) -> Plate:
    """Draw a row for each model: the share with all sites, and without each of them."""
    figure, axes = new_panels(1, 1, SIZE, MARGINS, foot=FOOT)
    ax = axes[0, 0, 0]
    for row in range(len(found.models)):
        _draw_row(ax, row, found)
    name_rows(ax, [short_title(model) for model in found.models])
    ax.set_xlim(-0.03, 1.03)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: percent(100.0 * v)))
    name_axes(ax, x="Combinations whose interval excludes zero")
    add_key(figure, _keys(), 1)
    return finished(figure, _alt(found), "fig-multiverse-sites", _frame(found))


def _frame(found: Multiverse) -> pd.DataFrame:
    """Shares of combinations, 0 to 1."""
    sites = {"all sites": found} | {
        f"without site {code}": own for code, own in found.without_site.items()
    }
    rows = [
        {"model": model.title, "sites": words, "share": own.excludes_zero(k)}
        for k, model in enumerate(found.models)
        for words, own in sites.items()
    ]
    return pd.DataFrame(rows)


def _draw_row(ax: Axes, row: int, found: Multiverse) -> None:
    shares = {code: own.excludes_zero(row) for code, own in found.without_site.items()}
    ends = [found.excludes_zero(row), *shares.values()]
    ax.hlines(row, min(ends), max(ends), color=RULE, linewidth=THIN, zorder=1)
    ax.plot(
        found.excludes_zero(row), row, marker="o", markersize=8, color=BLUE, zorder=2
    )
    for value in shares.values():
        ax.plot(value, row, marker="|", markersize=11, color=RED, zorder=3)
    for start, words in _labels(shares):
        ax.text(
            start - LETTER / 2.0,
            row - ABOVE,
            words,
            ha="left",
            va="center",
            fontsize=SMALL,
            color=RED,
        )


def _labels(shares: Mapping[int, float]) -> list[tuple[float, str]]:
    """Give the numbers of sites and where they begin, joined where they overlap."""
    found: list[tuple[float, str]] = []
    for code, value in sorted(shares.items(), key=lambda item: (item[1], item[0])):
        start, words = found[-1] if found else (-1.0, "")
        if value < start + LETTER * (len(words) + 1):
            found[-1] = start, f"{words}, {code}"
        else:
            found.append((value, str(code)))
    return found


def _keys() -> list[Line2D]:
    return [
        Line2D([], [], color=BLUE, marker="o", linestyle="none", label="all sites"),
        Line2D(
            [],
            [],
            color=RED,
            marker="|",
            markersize=11,
            linestyle="none",
            label="without one site, numbered",
        ),
    ]


def _alt(found: Multiverse) -> str:
    words = " ".join(
        f"{model.title}: {proportion(found.excludes_zero(k))} with all sites"
        + "".join(
            f", {proportion(own.excludes_zero(k))} without site {code}"
            for code, own in found.without_site.items()
        )
        + "."
        for k, model in enumerate(found.models)
    )
    return (
        "Dot chart with a row for each model: the share of combinations whose interval "
        f"excludes zero with all sites, and without each site. {words}"
    )
