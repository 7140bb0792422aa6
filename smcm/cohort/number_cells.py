"""The cells of one column become numbers; the others, what to write instead."""

import math
import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from enum import Enum
from typing import Self

from smcm.cohort.characters import plain_minus
from smcm.cohort.cures import MISSING_SIGNS, MISSING_WORDS

NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
PLAIN = re.compile(r"[0-9.eE+-]*")
DECIMAL_COMMA = re.compile(r"([+-]?[0-9]*),([0-9]+(?:[eE][+-]?[0-9]+)?)")
THOUSANDS = re.compile(
    r"([+-]?[1-9][0-9]{0,2})(?:([ '’.,])[0-9]{3})(?:\2[0-9]{3})*(?:[.,][0-9]+)?"
)
PERCENT = re.compile(r"([+-]?[0-9]+(?:[.,][0-9]+)?) ?%")
DAY = re.compile(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}([ T].*)?")
BOUND = re.compile(r"[<>≤≥] ?[0-9.,]+")
UNIT = re.compile(
    r"[$€£]? ?([+-]?[0-9]+(?:[.,][0-9]+)?)(?: [^\W\d_]\D{0,15}| ?[$€£°])?"
)
MISSING = ("", "NA")
WORDS = (
    "Write a number; code a category as numbers, such as 0 and 1, or name another "
    "column."
)
WORD = "Write a number, or leave the cell empty if the value is missing."
BLANK = (
    "Leave the cell empty, or write NA, if the value is missing; or name {} with "
    "--missing."
)


class Commas(Enum):
    """When a comma is read as the decimal sign.

    Where commas separate cells, "1,5" may be two answers; where they do not, "1,234"
    is clear only beside others such as "0,5".
    """

    NEVER = "never"
    IF_CLEAR = "if clear"
    SURE = "sure"


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberCells:
    """One column, read.

    Attributes
    ----------
    numbers : list of float
        One a cell; NaN where missing or unreadable.
    cures : mapping of str to str
        Each text that cannot be read, with what to write instead.
    named : int
        Cells that hold one of the codes named as missing.
    decimal_commas : bool
        Whether a comma was read as the decimal sign.
    """

    numbers: list[float]
    cures: Mapping[str, str]
    named: int
    decimal_commas: bool


@dataclass(frozen=True, slots=True)
class MissingCodes:
    """Codes that the user named as missing, as texts and as numbers."""

    texts: Set[str]
    numbers: Set[float]

    @classmethod
    def of(cls, codes: Sequence[str]) -> Self:
        """Read what was typed; -9 stands for -9.0 too."""
        plain = [plain_minus(code.strip()) for code in codes]
        numbers = {float(code) for code in plain if NUMBER.fullmatch(code)}
        return cls(frozenset(plain), frozenset(numbers))


def read_cells(
    texts: Sequence[str], codes: MissingCodes, commas: Commas
) -> NumberCells:
    """Read one column.

    Parameters
    ----------
    texts : sequence of str
        Without spaces around them.
    codes : MissingCodes
    commas : Commas
        Whether a comma may be a decimal sign.
    """
    plain = None if codes.texts else _all_plain(texts)
    if plain is not None:
        return NumberCells(numbers=plain, cures={}, named=0, decimal_commas=False)
    distinct = dict.fromkeys(texts)
    found = {
        text: _number(text)
        for text in distinct
        if text not in MISSING and text not in codes.texts
    }
    decimal = _decimals(found) if _are_decimal(found, commas) else {}
    found |= decimal
    coded = {text for text, value in found.items() if value in codes.numbers}
    named = coded | (distinct.keys() & (codes.texts - {""}))
    numbers = {
        text: math.nan if value is None or text in coded else value
        for text, value in found.items()
    }
    return NumberCells(
        numbers=[numbers.get(text, math.nan) for text in texts],
        cures={text: cure_of(text) for text, value in found.items() if value is None},
        named=sum(text in named for text in texts) if named else 0,
        decimal_commas=bool(decimal),
    )


def _all_plain(texts: Sequence[str]) -> list[float] | None:
    """Read a column of numbers and blanks; None where there is anything else."""
    filled = [text for text in texts if text not in MISSING]
    if not PLAIN.fullmatch("".join(filled)):
        return None
    try:
        values = list(map(float, filled))
    except ValueError:
        return None
    if not all(map(math.isfinite, values)):
        return None
    if len(filled) == len(texts):
        return values
    following = iter(values)
    return [math.nan if text in MISSING else next(following) for text in texts]


def _number(text: str) -> float | None:
    text = plain_minus(text)
    if not NUMBER.fullmatch(text):
        return None
    value = float(text)
    return value if math.isfinite(value) else None


def _decimals(found: Mapping[str, float | None]) -> dict[str, float]:
    """Read the texts that are numbers but for a comma."""
    return {
        text: float(plain_minus(text).replace(",", "."))
        for text, value in found.items()
        if value is None and DECIMAL_COMMA.fullmatch(plain_minus(text))
    }


def _are_decimal(found: Mapping[str, float | None], commas: Commas) -> bool:
    """Whether the commas of a column can be nothing but decimal signs."""
    if commas is Commas.NEVER:
        return False
    unread = [
        plain_minus(text)
        for text, value in found.items()
        if value is None and not _looks_missing(text)
    ]
    if not unread or not all(map(DECIMAL_COMMA.fullmatch, unread)):
        return False
    if any("." in text for text, value in found.items() if value is not None):
        return False
    return commas is Commas.SURE or any(
        not THOUSANDS.fullmatch(text) or text.lstrip("+-").startswith("0,")
        for text in unread
    )


def _looks_missing(text: str) -> bool:
    return text.casefold() in MISSING_WORDS | MISSING_SIGNS


def cure_of(text: str) -> str:
    """Say what to write instead of a text that is no number."""
    text = plain_minus(text)
    if _looks_missing(text):
        return BLANK.format(text)
    if NUMBER.fullmatch(text) or text.casefold().lstrip("+-") in ("inf", "infinity"):
        return "Write a finite number, or leave the cell empty."
    return _thousands(text) or _decimal(text) or _labelled(text) or WORDS


def _decimal(text: str) -> str | None:
    comma = DECIMAL_COMMA.fullmatch(text)
    return f"Write {comma[1] or 0}.{comma[2]}, with a decimal point." if comma else None


def _thousands(text: str) -> str | None:
    grouped = THOUSANDS.fullmatch(text)
    if not grouped:
        return None
    mark = grouped[2]
    digits = text.replace(mark, "").replace(",", ".")
    cure = f"Write {digits}, without a separator between thousands"
    if mark == "," and text.count(",") == 1 and "." not in text:
        return f"{cure}; or {text.replace(',', '.')}, if the comma is a decimal sign."
    return f"{cure}."


def _labelled(text: str) -> str | None:
    """Say what to do about a number with something around it."""
    if percent := PERCENT.fullmatch(text):
        share = percent[1].replace(",", ".")
        return f"Write {share}, without the sign, and the same in every cell."
    if DAY.fullmatch(text):
        return "This is a date; write a number, such as the days since the first one."
    if BOUND.fullmatch(text):
        return "Write one number, or leave the cell empty; a bound is no number."
    if unit := UNIT.fullmatch(text):
        number = unit[1].replace(",", ".")
        return f"Write {number}, the number alone, without a unit or a word."
    return None
