"""Rounding intervals of printed numbers, and the part that is consistent."""

from collections.abc import Iterator

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from smcm.audit import words
from smcm.audit.audit import audit
from smcm.audit.results import Check, Checked
from smcm.audit.text import the_article
from smcm.report.palette import (
    BLUE,
    COLUMN,
    FAINT,
    RED,
    RULE,
    THIN,
    add_key,
    finished,
    name_axes,
    name_rows,
    new_panels,
)
from smcm.report.show import Plate
from smcm.stats.audit.interval import Interval

LEADING = {"coefficient": "estimate", "product": "ab", "test": "t"}
ROW = 0.34  # inches
MARGINS = 2.15, 0.1, 0.65, 0.05
FOOT = 0.45
BOX, BAR = 13.0, 5.0  # points
LEAST = 0.04  # units of the last digit; narrower bars would be invisible


def audit_intervals() -> Plate:
    """Draw one number of each claim in units of its last printed digit."""
    rows = list(_rows())
    size = COLUMN, MARGINS[2] + MARGINS[3] + ROW * len(rows)
    figure, axes = new_panels(1, 1, size, MARGINS, foot=FOOT)
    draw_intervals(rows, axes[0, 0, 0])
    add_key(figure, _keys())
    told = " ".join(_in_words(name, number) for name, number in rows)
    alt = (
        "For each printed number, in units of its last digit: its rounding interval, "
        "and the part that is consistent with the other printed numbers of the claim, "
        f"or the range that would be consistent instead. {told}"
    )
    frame = pd.DataFrame([_row(name, number) for name, number in rows])
    return finished(figure, alt, "fig-audit", frame)


def _row(name: str, number: Checked) -> dict[str, object]:
    row: dict[str, object] = {
        "claim": name,
        "number": number.statistic.quantity.name,
        "printed": number.statistic.number.text,
    }
    boxes = {
        "rounding": number.statistic.interval,
        "consistent": number.feasible,
        "required": None if number.feasible is not None else number.instead,
    }
    for kind, box in boxes.items():
        row[f"{kind}, low"] = None if box is None else box.low
        row[f"{kind}, high"] = None if box is None else box.high
    return row


def draw_intervals(rows: list[tuple[str, Checked]], ax: Axes) -> None:
    """Draw one row per number: a box for rounding, a bar for the consistent range."""
    for at, (_, number) in enumerate(rows):
        _line(ax, at, _units(number, number.statistic.interval), FAINT, BOX)
        if number.feasible is not None:
            _line(ax, at, _units(number, number.feasible), BLUE, BAR)
        elif number.instead is not None:
            _line(ax, at, _units(number, number.instead), RED, BAR)
    ax.axvline(0.0, color=RULE, linewidth=THIN, zorder=1)
    name_rows(ax, [_label(name, number) for name, number in rows])
    name_axes(ax, x="Difference from print,\nin units of the last digit")


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
    return f"{_short(name)}: {shown} = {statistic.number.text}"


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


def _keys() -> list[Line2D]:
    return [
        Line2D([], [], color=color, linewidth=width, label=text)
        for color, width, text in (
            (FAINT, BOX * 0.7, "rounding interval"),
            (BLUE, BAR, "consistent range"),
            (RED, BAR, "required range"),
        )
    ]
