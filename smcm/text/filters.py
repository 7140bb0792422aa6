"""What a template may do with facts: pick, count, list, and write numbers."""

import re
from collections.abc import Callable, Iterable, Sized
from typing import Any

from smcm.report import format as fmt
from smcm.report import words
from smcm.report.proportion import proportion
from smcm.text.values import Record

OF_JINJA = (
    *("list", "map", "selectattr", "rejectattr", "join"),
    *("first", "last", "length", "max", "min", "sort", "unique"),
)


def share(value: float | None, decimals: int = 0) -> str:
    """Write a share, from 0 to 1, as a percentage, or say that it is withheld."""
    return fmt.percent(None) if value is None else fmt.percent(100.0 * value, decimals)


def limits(interval: Record, decimals: int = 2) -> str:
    """Write both limits of something with ``low`` and ``high``."""
    return fmt.limits(interval["low"], interval["high"], decimals)


def of(found: Iterable[Any], among: Iterable[Any]) -> str:
    """Say how many of how many: "all eight", "two of the eight", "none of …"."""
    return count_of(len(list(found)), len(list(among)))


def count_of(count: int, total: int) -> str:
    """Say how many of how many: "all eight", "both", "two of the eight"."""
    whole = fmt.spelled(total)
    if total == 1:
        return "the one" if count else "none"
    if total == 2 and count != 1:
        return "both" if count else "neither of the two"
    if count == total:
        return f"all {whole}"
    return f"{'none' if count == 0 else fmt.spelled(count)} of the {whole}"


def counted(count: int | Sized, noun: str) -> str:
    """Write a count, or how many there are, with its noun: "fourteen teams"."""
    return words.counted(count if isinstance(count, int) else len(count), noun)


def each(found: Iterable[Any], write: Callable[[Any], str]) -> list[str]:
    """Write each by a macro."""
    return [str(write(item)).strip() for item in found]


def one(found: int | Sized, singular: str, plural: str) -> str:
    """Choose a word by whether there is exactly one."""
    number = found if isinstance(found, int) else len(found)
    return singular if number == 1 else plural


def capital(text: object) -> str:
    """Begin with a capital."""
    return words.sentence(str(text))


def without_day(date: object) -> str:
    """Write a date without its day: "October 2014" of "October 9, 2014"."""
    return re.sub(r" \d{1,2},", "", str(date))


FILTERS: tuple[Callable[..., Any], ...] = (
    *(share, limits, of, each, counted, one, capital, without_day, fmt.listed),
    *(fmt.number, fmt.bare, fmt.whole, fmt.ungrouped, fmt.spelled, fmt.ceiling),
    *(fmt.degrees, fmt.p_value, fmt.limit, fmt.significant, fmt.magnitude),
)
OURS = {written.__name__: written for written in FILTERS} | {
    "p": fmt.p_phrase,
    "proportion": proportion,
    "of_count": count_of,
}
