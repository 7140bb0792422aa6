"""Shapes of a picture: lists that ``book/_static/teach.js`` puts on a sheet.

A sheet is `WIDTH` units wide, the width of a phone, and letters are 14 units high.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from smcm.report import format as fmt

WIDTH = 360
Shape = list[str | float | list[float]]


@dataclass(frozen=True, slots=True)
class Axis:
    """From numbers to places on a sheet.

    Attributes
    ----------
    low, high : float
        Ends of the axis, in units of the numbers.
    start, end : float
        Where they are on the sheet.
    """

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Place a number; what lies beyond an end is placed at the end."""
        inside = min(max(value, self.low), self.high)
        share = (inside - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)


def line(kind: str, x1: float, y1: float, x2: float, y2: float) -> Shape:
    """Draw a straight line."""
    return ["line", kind, x1, y1, x2, y2]


def dot(kind: str, x: float, y: float) -> Shape:
    """Draw a dot."""
    return ["dot", kind, x, y]


def bar(kind: str, x1: float, y: float, x2: float, height: float) -> Shape:
    """Draw a bar between two places, in whichever order."""
    return ["bar", kind, min(x1, x2), y, abs(x2 - x1), height]


def area(kind: str, corners: Iterable[tuple[float, float]]) -> Shape:
    """Fill an area with straight edges."""
    return ["area", kind, [place for corner in corners for place in corner]]


def words(kind: str, x: float, y: float, text: str) -> Shape:
    """Write words; `kind` may be start, middle or end, and strong beside it."""
    return ["text", kind, x, y, text]


def scale_below(
    axis: Axis, y: float, ticks: Sequence[float], title: str, decimals: int = 1
) -> list[Shape]:
    """Draw a horizontal axis with its numbers and its title beneath."""
    made = [line("axis", axis.start, y, axis.end, y)]
    for tick in ticks:
        place = axis.at(tick)
        made.append(line("axis", place, y, place, y + 5))
        made.append(words("middle", place, y + 18, fmt.number(tick, decimals)))
    return [*made, words("middle", (axis.start + axis.end) / 2, y + 36, title)]


def scale_left(
    axis: Axis, x: float, ticks: Sequence[float], title: str, decimals: int = 1
) -> list[Shape]:
    """Draw a vertical axis, with its title above."""
    made = [line("axis", x, axis.start, x, axis.end)]
    for tick in ticks:
        place = axis.at(tick)
        made.append(line("axis", x - 5, place, x, place))
        made.append(words("end", x - 8, place + 4, fmt.number(tick, decimals)))
    return [*made, words("start", 2, axis.end - 13, title)]


def heaped(
    values: Iterable[float], axis: Axis, floor: float, size: float
) -> list[Shape]:
    """Place dots one upon another, in the order in which they are drawn."""
    heights: dict[int, int] = {}
    made = []
    for value in values:
        column = round(axis.at(value) / size)
        heights[column] = heights.get(column, 0) + 1
        made.append(
            dot("heap", column * size, round(floor - size * heights[column], 1))
        )
    return made
