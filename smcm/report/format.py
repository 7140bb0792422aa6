"""How numbers look in print; the only module that rounds."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from html import escape
from math import ceil, floor, isfinite, log10

from smcm.published import EVERY_DIGIT

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
MINUS = "\N{MINUS SIGN}"
LEAST_P = 0.001
P_LEVELS = (0.01, 0.05)  # that readers hold any p against, whatever a study declares
PLAINLY_LARGE = 0.1
MOST_DECIMALS = 5  # of a limit near zero
NEAR_ZERO = "Limits that would round to zero are given with more decimals."
WITHHELD = "not shown"  # of a count of persons; no page says which are small
CEILING_SLACK = 1e-9  # so that a bound which is just a printed number is exceeded
SHORT_DIGEST = 12  # of the digits of a SHA-256, enough to tell data apart
Write = Callable[[float, int], str]
ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
    *("seventeen", "eighteen", "nineteen", "twenty"),
)


class Rounded(str):
    """Text that keeps the unrounded numbers from which it was written.

    Text joined to it by ``+``, such as a mark, leaves them in place.

    Attributes
    ----------
    numbers : dict of str to float
        ``count`` of a whole number, ``p`` of a p value, ``estimate`` of any other, with
        ``low`` and ``high`` for limits and ``se`` for a standard error; or ``mean`` and
        ``sd``.
    """

    numbers: dict[str, float]

    def __new__(cls, text: str, **numbers: float) -> "Rounded":
        """Keep numbers with a text."""
        made = super().__new__(cls, text)
        made.numbers = {name: float(value) for name, value in numbers.items()}
        return made

    def __add__(self, other: str) -> "Rounded":
        """Write something behind it."""
        return Rounded(str(self) + str(other), **self.numbers)

    def __radd__(self, other: str) -> "Rounded":
        """Write something in front of it."""
        return Rounded(str(other) + str(self), **self.numbers)


def number(value: float, decimals: int = 2) -> Rounded:
    """Write with fixed decimals and a typographic minus, and never as -0.00.

    Halves go away from zero, as `smcm.published.Printed.written` has them, so that a
    table and the comparison with print cannot part.
    """
    if isfinite(value):
        places = Decimal(1).scaleb(-decimals)
        digits = Decimal(float(value)).quantize(places, context=EVERY_DIGIT)
        return Rounded(f"{digits:z,f}".replace("-", MINUS), estimate=value)
    return Rounded(f"{value:f}".replace("-", MINUS), estimate=value)


def bare(value: float, decimals: int = 2) -> Rounded:
    """Write without the zero before the point, for what cannot exceed 1."""
    return Rounded(without_zero(number(value, decimals)), estimate=value)


def ceiling(value: float, decimals: int = 2) -> str:
    """Write a bound of what cannot exceed 1, rounded up so that it stays a bound."""
    unit = 10.0**decimals
    return bare(min(ceil(value * unit + CEILING_SLACK) / unit, 1.0), decimals)


def without_zero(text: str) -> str:
    """Take the zero before the point off a written number."""
    sign = MINUS if text.startswith(MINUS) else ""
    digits = text.removeprefix(MINUS)
    return sign + (digits.removeprefix("0") if "." in digits else digits)


def whole(value: float | None) -> Rounded:
    """Write a count, thousands apart, or say that it is withheld."""
    if value is None:
        return Rounded(WITHHELD)
    return Rounded(number(value, 0), count=value)


def ungrouped(value: int) -> str:
    """Write a whole number without setting thousands apart, such as a seed."""
    return str(int(value))


def degrees(df: float) -> Rounded:
    """Write degrees of freedom: whole ones as such, others with one decimal."""
    if df == float("inf"):
        return Rounded("∞", count=df)
    return Rounded(number(df, 0 if df == round(df) else 1), count=df)


def percent(value: float | None, decimals: int = 0) -> Rounded:
    """Write a percentage given on 0 to 100, or say that it is withheld."""
    if value is None:
        return Rounded(WITHHELD)
    return number(value, decimals) + "%"


def significant(value: float, digits: int = 2) -> Rounded:
    """Write with so many leading digits; before the point with three at least."""
    size = floor(log10(abs(value))) if value and isfinite(value) else 0
    rounded = round(value, max(digits, 3) - 1 - size)
    return Rounded(number(rounded, max(digits - 1 - size, 0)), estimate=value)


def magnitude(value: float) -> Rounded:
    """Write a small distance with one digit, rounded up, and a power of ten."""
    if value == 0.0:
        return Rounded("0", estimate=value)
    exponent = floor(log10(value))
    digit = ceil(round(value / 10.0**exponent, 6))
    if digit == 10:
        digit, exponent = 1, exponent + 1
    text = f"{digit} × 10{str(exponent).translate(RAISED)}"
    return Rounded(text, estimate=value)


def beside(value: float, levels: Iterable[float], decimals: int = 2) -> Rounded:
    """Write with decimals enough to show on which side of each level a value lies."""
    levels = tuple(levels)
    while not all(_keeps_side(value, level, decimals) for level in levels):
        decimals += 1
    return number(value, decimals)


def _keeps_side(value: float, level: float, decimals: int) -> bool:
    """Whether rounding leaves a value above, or below, the level."""
    if not isfinite(value):
        return True
    digits = number(value, decimals).replace(MINUS, "-").replace(",", "")
    printed, exact = Decimal(digits), Decimal(str(float(level)))
    sides = (printed < exact, printed > exact)
    return sides == (value < level, value > level)


def p_value(p: float, level: float | None = None, *, decimals: int = 3) -> Rounded:
    """Three decimals, no leading zero, floor at .001; more where a level needs them.

    A p lies below a level, on it or above it, and what is printed does so too: under
    the level .05, .04996 is written ".04996" and never ".050".

    Parameters
    ----------
    p : float
        From 0 to 1.
    level : float, optional
        That p is held against; `P_LEVELS` always count too.
    decimals : int
        To begin with.
    """
    levels = P_LEVELS if level is None else (*P_LEVELS, level)
    least = min(LEAST_P, *levels)
    if p < least:
        places = max(3, -int(Decimal(str(least)).as_tuple()[2]))
        return Rounded(f"<{bare(least, places)}", p=p)
    return Rounded(without_zero(beside(p, levels, decimals)), p=p)


def p_short(p: float, level: float | None = None) -> Rounded:
    """Write two decimals from .10 up and three below, for the tests of change."""
    return p_value(p, level, decimals=2 if p >= PLAINLY_LARGE else 3)


def p_phrase(p: float, level: float | None = None) -> str:
    """Write a p value with its sign, for example ``p=.012`` or ``p<.001``."""
    text = p_value(p, level)
    return f"p{text}" if text.startswith("<") else f"p={text}"


def limit(value: float, decimals: int = 2, write: Write = number) -> Rounded:
    """Write an end of an interval, with as many decimals as show its side of zero.

    With more than `MOST_DECIMALS` it would be unreadable and is a power of ten.
    """
    for places in range(decimals, max(decimals, MOST_DECIMALS) + 1):
        text = write(value, places)
        if text != write(0.0, places):
            return Rounded(text, estimate=value)
    if value == 0.0:
        return Rounded(write(0.0, decimals), estimate=value)
    digit, _, exponent = f"{value:.0e}".partition("e")
    power = str(int(exponent)).translate(RAISED)
    return Rounded(f"{digit.replace('-', MINUS)} × 10{power}", estimate=value)


def limits(
    low: float, high: float, decimals: int = 2, write: Write = number
) -> Rounded:
    """Join both ends; "to" rather than a dash, which would read as a minus."""
    text = f"{limit(low, decimals, write)} to {limit(high, decimals, write)}"
    return Rounded(text, low=low, high=high)


def with_limits(
    value: float, low: float, high: float, decimals: int = 2, write: Write = number
) -> Rounded:
    """Write an estimate with its interval, for example "0.07 (0.005 to 0.17)"."""
    text = f"{write(value, decimals)} ({limits(low, high, decimals, write)})"
    return Rounded(text, estimate=value, low=low, high=high)


def with_error(
    value: float, error: float, write: Write = number, decimals: int = 2
) -> Rounded:
    """Write an estimate with its standard error, for example "0.07 (0.02)"."""
    text = f"{write(value, 2)} ({write(error, decimals)})"
    return Rounded(text, estimate=value, se=error)


def with_sd(mean: float, sd: float) -> Rounded:
    """Write a mean with its standard deviation, for example "61.2 ± 8.1"."""
    return Rounded(f"{number(mean, 1)} ± {number(sd, 1)}", mean=mean, sd=sd)


def spelled(count: int) -> str:
    """Write a small count as a word, a larger one as digits."""
    return ONES[count] if 0 <= count < len(ONES) else whole(count)


def listed(words: Iterable[object], conjunction: str = "and") -> str:
    """Join words for a sentence: "a", "a and b", "a, b, and c"; "none" for none."""
    *most, last = tuple(map(str, words)) or ("none",)
    if not most:
        return last
    comma = "," if len(most) > 1 else ""
    return f"{', '.join(most)}{comma} {conjunction} {last}"


def cell(text: str) -> str:
    """Make a data string safe in a Markdown table: no HTML, no row or column break."""
    line = escape(" ".join(text.split()), quote=False)
    return line.replace("\\", "\\\\").replace("|", "\\|")
