"""Intervals of numbers, and what is left open when several must hold at once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Self

SLACK = 1e-11  # relative: what arithmetic in doubles may blur at an end


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from `low` to `high`.

    Both ends belong to it. A half is rounded up by some, away from zero or to the
    even digit by others; with both ends inside, no habit of rounding is accused.

    Attributes
    ----------
    low, high : float
        Empty where low is above high; infinite where nothing bounds it.
    """

    low: float
    high: float

    @classmethod
    def at(cls, value: float) -> Self:
        """Hold a single number."""
        return cls(value, value)

    @classmethod
    def around(cls, boxes: Iterable["Interval"]) -> Self:
        """Span some intervals, and what lies between them."""
        found = list(boxes)
        return cls(min(box.low for box in found), max(box.high for box in found))

    @property
    def empty(self) -> bool:
        """Whether no number is in it."""
        size = max(1e-300, min(abs(self.low), abs(self.high)))
        return self.low - self.high > SLACK * size

    @property
    def width(self) -> float:
        """Distance of the ends."""
        return max(self.high - self.low, 0.0)

    def __and__(self, other: "Interval") -> "Interval":
        return Interval(max(self.low, other.low), min(self.high, other.high))

    def __contains__(self, value: float) -> bool:
        return not (self & Interval.at(value)).empty

    def meets(self, other: "Interval") -> bool:
        """Whether some number is in both."""
        return not (self & other).empty

    def size(self) -> "Interval":
        """Absolute values of its numbers."""
        ends = sorted((abs(self.low), abs(self.high)))
        return Interval(0.0 if self.low <= 0.0 <= self.high else ends[0], ends[1])

    def __neg__(self) -> "Interval":
        return Interval(-self.high, -self.low)

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: "Interval") -> "Interval":
        return self + -other

    def __mul__(self, other: "Interval") -> "Interval":
        ends = [
            a * b
            for a, b in product((self.low, self.high), (other.low, other.high))
            if a and b
        ]
        if len(ends) < 4:  # zero times infinity is zero here
            ends.append(0.0)
        return Interval(min(ends), max(ends))

    def scaled(self, factor: float) -> "Interval":
        """Multiply by one number."""
        return self * Interval.at(factor)


@dataclass(frozen=True, slots=True)
class Feasible:
    """What several printed numbers leave open when all of them hold.

    Attributes
    ----------
    ranges : mapping of str to Interval
        By quantity, those that are implied and not printed among them; empty where
        no unrounded numbers can stand behind the printed ones.
    """

    ranges: Mapping[str, Interval] = field(default_factory=dict)

    @property
    def possible(self) -> bool:
        """Whether the printed numbers are consistent."""
        return bool(self.ranges)


Given = Mapping[str, Interval]
STEPS = 200  # halvings; from 1e9 down to the last bit


@dataclass(frozen=True, slots=True)
class Relation:
    """A quantity that follows from others, rising or falling in each of them.

    Attributes
    ----------
    result : str
        The quantity on the left.
    formula : callable
        Takes the others as keyword arguments.
    slopes : mapping of str to int
        1 where the result rises with that argument, -1 where it falls.
    """

    result: str
    formula: Callable[..., float]
    slopes: Mapping[str, int]

    def span(self, given: Given) -> Interval:
        """All results that the arguments allow."""
        return Interval(self._at(given, -1), self._at(given, 1))

    def solve(self, given: Given) -> Feasible:
        """Narrow every quantity to what the others allow.

        Parameters
        ----------
        given : mapping of str to Interval
            One for the result and for each argument, finite for the arguments.
        """
        span, target = self.span(given), given[self.result]
        if not span.meets(target):
            return Feasible()
        ranges = {self.result: span & target}
        for name in self.slopes:
            ranges[name] = self._narrowed(given, name, target)
        return Feasible(ranges)

    def _at(self, given: Given, side: int, **fixed: float) -> float:
        """Least (-1) or greatest (1) result, some arguments being fixed."""
        ends = {
            name: given[name].high if slope == side else given[name].low
            for name, slope in self.slopes.items()
        }
        return self.formula(**(ends | fixed))

    def _narrowed(self, given: Given, name: str, target: Interval) -> Interval:
        """Keep the values of one argument from which the target can be reached."""
        slope, box = self.slopes[name], given[name]

        def reaches_low(value: float) -> bool:
            return self._at(given, 1, **{name: value}) >= target.low

        def stays_under(value: float) -> bool:
            return self._at(given, -1, **{name: value}) <= target.high

        first, last = (
            (reaches_low, stays_under) if slope > 0 else (stays_under, reaches_low)
        )
        return Interval(_edge(box.low, box.high, first), _edge(box.high, box.low, last))


def _edge(start: float, end: float, holds: Callable[[float], bool]) -> float:
    """First value on the way from `start` to `end` at which something holds."""
    if holds(start):
        return start
    for _ in range(STEPS):
        middle = 0.5 * (start + end)
        if middle in (start, end):
            break
        start, end = (start, middle) if holds(middle) else (middle, end)
    return end
