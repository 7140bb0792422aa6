"""Rounding intervals of printed numbers, and the part that is consistent."""

from collections.abc import Iterator

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from smcm.analysis.audit.audit import audit
from smcm.analysis.audit.results import Check, Checked
from smcm.report import audit_words as words
from smcm.report.audit_text import the_article
from smcm.report.figures.palette import (
    BLUE,
    FAINT,
    INK,
    RED,
    RULE,
    SMALL,
    THIN,
    finished,
    name_axes,
    new_figure,
    tidy_axes,
)
from smcm.report.show import Plate
from smcm.stats.audit.interval import Interval

LEADING = {"coefficient": "estimate", "product": "ab", "test": "t"}
ROW = 0.34  # inches
ABOVE_AND_BELOW = 1.15  # inches, for the axis and the key
BOX, BAR = 13.0, 5.0  # points
LEAST = 0.04  # units of the last digit; narrower bars would be invisible


def audit_intervals() -> Plate:
    """Draw one number of each claim in units of its last printed digit."""
    rows = list(_rows())
    figure = new_figure(ABOVE_AND_BELOW + ROW * len(rows))
    draw_intervals(rows, figure.add_subplot())
    told = " ".join(_in_words(name, number) for name, number in rows)
    alt = (
        "For each printed number, in units of its last digit: its rounding interval, "
        "and the part that is consistent with the other printed numbers of the claim, "
        f"or the range that would be consistent instead. {told}"
    )
    return finished(figure, alt, "fig-audit")


def draw_intervals(rows: list[tuple[str, Checked]], ax: Axes) -> None:
    """Draw one row per number: a box for rounding, a bar for the consistent range."""
    for at, (_, number) in enumerate(rows):
        _line(ax, at, _units(number, number.statistic.interval), FAINT, BOX)
        if number.feasible is not None:
            _line(ax, at, _units(number, number.feasible), BLUE, BAR)
        elif number.instead is not None:
            _line(ax, at, _units(number, number.instead), RED, BAR)
    ax.axvline(0.0, color=RULE, linewidth=THIN, zorder=1)
    tidy_axes(ax)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.set_yticks(range(len(rows)), [_label(name, number) for name, number in rows])
    ax.tick_params(axis="y", length=0, labelsize=SMALL, labelcolor=INK)
    name_axes(ax, x="Distance from the printed number, in units of its last digit")
    _add_keys(ax)


def _rows() -> Iterator[tuple[str, Checked]]:
    for found in audit(the_article()):
        for check in found.checks:
            number = _leading(check)
            if number is not None:
                yield found.claim.name, number


def _leading(check: Check) -> Checked | None:
    name = LEADING.get(check.rule)
    return next(
        (n for n in check.numbers if n.statistic.quantity.name == name),
        None,
    )


def _units(number: Checked, box: Interval) -> Interval:
    """Place an interval in units of the last digit around the printed value."""
    printed = number.statistic.number
    shifted = box - Interval.at(printed.value)
    return shifted.scaled(10.0**printed.decimals)


def _line(ax: Axes, at: int, box: Interval, color: str, width: float) -> None:
    low, high = box.low, max(box.high, box.low + LEAST)
    ax.hlines(at, low, high, color=color, linewidth=width, zorder=2)


def _label(name: str, number: Checked) -> str:
    statistic = number.statistic
    symbol = {"estimate": name.removeprefix("Path ")[0]}
    shown = symbol.get(statistic.quantity.name, statistic.quantity.name)
    return f"{_short(name)}: ${shown}$ = {statistic.number.text}"


def _short(name: str) -> str:
    start, comma, rest = name.partition(", ")
    if not comma or start.startswith(("Path", "Indirect")):
        shown = (rest or start).replace(" months", " mo")
        return shown[0].upper() + shown[1:]
    return start


def _in_words(name: str, number: Checked) -> str:
    text = f"{name}: {words.named(number)} printed {number.statistic.number.text}"
    if number.feasible is not None:
        return f"{text}, feasible {words.range_of(number, number.feasible)}."
    return f"{text}, consistent only at {words.instead(number)}."


def _add_keys(ax: Axes) -> None:
    keys = [
        Line2D([], [], color=color, linewidth=width, label=text)
        for color, width, text in (
            (FAINT, BOX * 0.7, "rounding interval"),
            (BLUE, BAR, "consistent with the others"),
            (RED, BAR, "required for consistency"),
        )
    ]
    ax.legend(
        handles=keys,
        loc="lower center",
        bbox_to_anchor=(0.35, 1.0),
        ncols=3,
        frameon=False,
        fontsize=SMALL,
        labelcolor=INK,
    )
