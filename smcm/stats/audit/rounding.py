"""A printed text and the numbers that would have been printed so."""

import math
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from smcm.stats.audit.interval import Interval

MINUS_SIGNS = "\N{MINUS SIGN}\N{EN DASH}\N{NON-BREAKING HYPHEN}\N{HYPHEN}"
PRINTED = re.compile(
    r"(?P<relation><=|>=|[<>≤≥=]?)\s*"
    r"(?P<number>[+-]?(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)?(?:\.[0-9]+)?)\s*%?"
)
BELOW, ABOVE = ("<", "≤", "<="), (">", "≥", ">=")
MOST_WRITTEN = 4  # texts that are listed one by one
LONGEST = 24  # characters; more is no printed statistic


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A number as a text prints it.

    Attributes
    ----------
    text : str
        As printed: 0.10 and 0.1 leave different things open.
    relation : str
        ``"="``, or the inequality in front.
    value : float
    decimals : int
        Digits after the point.
    interval : Interval
        Unrounded numbers that would be printed so.
    """

    text: str
    relation: str
    value: float
    decimals: int
    interval: Interval

    @property
    def cut(self) -> Interval:
        """Unrounded numbers, if further digits may also have been cut off."""
        if self.relation != "=":
            return self.interval
        unit = 10.0**-self.decimals
        down = unit if self.value <= 0.0 else 0.5 * unit
        up = unit if self.value >= 0.0 else 0.5 * unit
        return Interval(self.value - down, self.value + up)

    def written(self, within: Interval) -> tuple[str, ...]:
        """List what numbers within an interval print as; empty where too many."""
        if not (math.isfinite(within.low) and math.isfinite(within.high)):
            return ()
        if within.empty or within.width > MOST_WRITTEN * 10.0**-self.decimals:
            return ()
        unit = Decimal(1).scaleb(-self.decimals)
        first, last = (
            Decimal(repr(end)).quantize(unit, rounding=ROUND_HALF_UP)
            for end in (within.low, within.high)
        )
        count = int((last - first) / unit) + 1
        bare = re.match(r"[<>=≤≥]*\s*[+-]?\.", plain(self.text)) is not None
        return tuple(_text(first + k * unit, bare=bare) for k in range(count))


def read_printed(text: str) -> PrintedNumber | None:
    """Read a printed number: digits, a minus of any kind, a relation, a percent sign.

    Returns
    -------
    PrintedNumber or None
        None where the text is no such number.
    """
    found = PRINTED.fullmatch(plain(text))
    if found is None or len(text) > LONGEST or not re.search("[0-9]", found["number"]):
        return None
    value = Decimal(found["number"].replace(",", ""))
    decimals = len(found["number"].partition(".")[2])
    relation = found["relation"] or "="
    return PrintedNumber(
        text.strip(), relation, float(value), decimals, _interval(value, relation)
    )


def read_word(text: str) -> PrintedNumber:
    """Keep a word that stands in the place of a number; it bounds nothing."""
    free = Interval(float("-inf"), float("inf"))
    return PrintedNumber(text.strip().casefold(), "=", math.nan, 0, free)


def plain(text: str) -> str:
    """Trim a text and write every minus as the programmer's."""
    return text.strip().translate(dict.fromkeys(map(ord, MINUS_SIGNS), "-"))


def _interval(value: Decimal, relation: str) -> Interval:
    places = -int(value.as_tuple().exponent)
    half = Decimal(5).scaleb(-places - 1)
    if relation in BELOW:  # "<.000" is a program's .000, which is less than .0005
        return Interval(float("-inf"), float(value or half))
    if relation in ABOVE:
        return Interval(float(value), float("inf"))
    return Interval(float(value - half), float(value + half))


def _text(value: Decimal, *, bare: bool) -> str:
    text = f"{value:zf}"
    return re.sub(r"^(-?)0\.", r"\1.", text) if bare else text
