"""Fidelity, alliance and outcomes at each interview."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from scipy import special

from smcm.analysis.change import Occasion
from smcm.analysis.study import Study
from smcm.design.study import label
from smcm.report.format import listed, number, percent
from smcm.report.palette import (
    BLUE,
    BLUE_FAINT,
    BLUE_LIGHT,
    INK,
    LINE,
    PANEL,
    SMALL,
    add_key,
    finished,
    heading,
    name_axes,
    new_panels,
    tidy_axes,
)
from smcm.report.show import Plate
from smcm.stats.ols import Array
from smcm.stats.small_counts import DECIMALS

SIZE = PANEL, 2.5  # inches
MARGINS = 0.5, 0.1, 0.5, 0.32
FOOT = 0.45
COVERAGE = 0.95
Band = tuple[int, int, str]
BANDS: tuple[Band, ...] = ((10, 90, BLUE_FAINT), (25, 75, BLUE_LIGHT))  # percentiles


@dataclass(frozen=True, slots=True)
class Course:
    """A measure over the interviews that carried it.

    Attributes
    ----------
    name : str
    occasions : tuple of Occasion
    scores : DataFrame
        A row a client and a column an occasion.
    bands : tuple of Band
        Percentiles that may be shown, see `shown_bands`.
    real : bool
        Whether the clients are people.
    """

    name: str
    occasions: tuple[Occasion, ...]
    scores: pd.DataFrame
    bands: tuple[Band, ...]
    real: bool


def outcomes_over_time(study: Study) -> Plate:
    """Show means with their intervals over the spread of the clients."""
    figure, grid = new_panels(3, 2, SIZE, MARGINS, foot=FOOT)
    courses = list(all_courses(study))
    drawn = [band for band in BANDS if any(band in one.bands for one in courses)]
    for ax, course in zip(grid.ravel(), courses, strict=True):
        draw_course(course, study.design.waves.all, ax)
        name_axes(ax, x="Months since entry")
    add_key(figure, _keys(drawn))
    over = " and ".join(f"the {_middle(band)}" for band in reversed(drawn))
    alt = (
        f"Small charts of means with {percent(100 * COVERAGE)} confidence intervals"
        f"{f' over {over} of the clients’ scores' if drawn else ''}. "
        + " ".join(_in_words(course) for course in courses)
    )
    frame = pd.DataFrame([row for course in courses for row in _rows(course)])
    return finished(figure, alt, "fig-outcomes", frame)


def all_courses(study: Study) -> Iterator[Course]:
    """Yield fidelity, the alliance and the four outcomes."""
    change = study.change
    for two in (change.fidelity, change.alliance):
        yield _course(study, two.key, two.name, two.occasions)
    for three in change.outcomes:
        scale = three.instrument
        yield _course(study, scale.key, scale.short, three.occasions)


def draw_course(course: Course, waves: Sequence[float], ax: Axes) -> None:
    """Draw bands of the clients, means and their intervals, over all waves."""
    months = [occasion.month for occasion in course.occasions]
    for low, high, color in course.bands:
        lower, upper = (_percentile(course, share) for share in (low, high))
        ax.fill_between(months, lower, upper, color=color, linewidth=0)
    means = [occasion.mean for occasion in course.occasions]
    reach = mean_reach(course.occasions, len(course.scores))
    ax.errorbar(
        months,
        means,
        yerr=reach,
        color=BLUE,
        marker="o",
        markersize=5,
        linewidth=LINE,
        elinewidth=2.0,
        capsize=3.5,
    )
    for month, mean, half in zip(months, means, reach, strict=True):
        ax.annotate(
            number(mean, 1),
            (month, mean + half),
            xytext=(0, 4),
            textcoords="offset points",
            ha="center",
            fontsize=SMALL,
            color=INK,
        )
    heading(ax, course.name)
    tidy_axes(ax)
    ax.set_xlim(waves[0] - 2.2, waves[-1] + 2.2)
    ax.set_xticks(waves, [label(month) for month in waves])
    ax.locator_params(axis="y", nbins=5)


def _rows(course: Course) -> Iterator[dict[str, object]]:
    reaches = mean_reach(course.occasions, len(course.scores))
    for k, (occasion, reach) in enumerate(zip(course.occasions, reaches, strict=True)):
        yield {
            "measure": course.name,
            "month": occasion.month,
            "mean": occasion.mean,
            "low": occasion.mean - reach,
            "high": occasion.mean + reach,
            **{
                f"percentile {share}": _percentile(course, share)[k]
                for low, high, *_ in course.bands
                for share in (low, high)
            },
        }


def shown_bands(n: int, fewest: int) -> tuple[Band, ...]:
    """Give the bands beyond whose ends enough clients lie, on either side.

    Parameters
    ----------
    n : int
        Clients with a score.
    fewest : int
        Clients beyond the lower end, and beyond the upper; 0 gives every band.
    """
    return tuple(band for band in BANDS if (n - 1) * band[0] // 100 >= fewest)


def mean_reach(occasions: Sequence[Occasion], n: int) -> list[float]:
    """Half-widths of the t intervals of the means, in points of the measure."""
    quantile = float(special.stdtrit(n - 1, 0.5 + COVERAGE / 2))
    return [quantile * occasion.sd / n**0.5 for occasion in occasions]


def _course(
    study: Study, key: str, name: str, occasions: tuple[Occasion, ...]
) -> Course:
    columns = [f"{key}_{label(occasion.month)}" for occasion in occasions]
    scores = study.frame[columns].dropna()
    return Course(
        name=name,
        occasions=occasions,
        scores=scores,
        bands=shown_bands(len(scores), study.cohort.fewest_shown),
        real=study.cohort.real,
    )


def _percentile(course: Course, share: int) -> Array:
    """Give a percentile at each occasion; of real clients it is rounded.

    It is the score of one of them, or between two.
    """
    found: Array = np.percentile(course.scores.to_numpy(), share, axis=0)
    return found.round(DECIMALS) if course.real else found


def _middle(band: Band) -> str:
    low, high, _ = band
    return f"middle {percent(high - low)}"


def _keys(bands: Sequence[Band]) -> list[Line2D | Patch]:
    interval = f"mean, {percent(100 * COVERAGE)} CI"
    return [
        Line2D([], [], color=BLUE, marker="o", markersize=5, label=interval),
        *(Patch(color=band[-1], label=_middle(band)) for band in reversed(bands)),
    ]


def _in_words(course: Course) -> str:
    reaches = mean_reach(course.occasions, len(course.scores))
    points = [
        f"{number(o.mean, 1)} ± {number(reach, 1)} at month {label(o.month)}"
        for o, reach in zip(course.occasions, reaches, strict=True)
    ]
    return f"{course.name}: {listed(points)}."
