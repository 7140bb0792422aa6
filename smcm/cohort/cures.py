"""What to write instead of a cell that cannot be read."""

import re
from datetime import date, timedelta
from difflib import get_close_matches

from smcm.cohort.characters import plain_minus
from smcm.cohort.schema import FEW, Column
from smcm.cohort.synonyms import code_meant, folded
from smcm.shown import shown

DECIMAL_COMMA = re.compile(r"([+-]?[0-9]+),([0-9]+)")
ZERO_DECIMALS = re.compile(r"([+-]?[0-9]+)\.0*")
DATE_AND_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ].*")
PARTED_DATE = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
DAY_NUMBER = re.compile(r"[34][0-9]{4}")  # in a spreadsheet, 1982 to 2036
DAY_0 = date(1899, 12, 30)
MISSING_WORDS = {
    *("na", "n/a", "n.a.", "nan", "null", "none", "<na>", "\\n"),
    *("missing", "sysmis", "manquant"),
}
MISSING_SIGNS = {
    *(".", "..", "-", "--", "?", "*"),
    *("#n/a", "#null!", "#value!", "#div/0!", "#ref!", "#num!", "#name?", "#####"),
}
MISSING_NUMBERS = {"-1", "-9", "-99", "-999", "9", "88", "99", "888", "999", "9999"}
YES = {"yes", "true", "oui", "vrai", "y"}
NO = {"no", "false", "non", "faux", "n"}


def fill_in(column: Column) -> str:
    """Cure of a blank where there must be a value."""
    return f"Fill in the value ({column.allowed}); without it the row cannot be used."


def what_to_write(column: Column, text: str) -> str:
    """Say what to write instead, as exactly as the text allows.

    Parameters
    ----------
    column : Column
        Column whose rule the text breaks.
    text : str
        Without spaces around it; not blank.
    """
    text = plain_minus(text)
    return (
        _for_missing_word(column, text)
        or _for_date(column, text)
        or _for_code(column, text)
        or _for_number(column, text)
        or _for_anything(column)
    )


def _for_missing_word(column: Column, text: str) -> str | None:
    text_of_any_kind = column.kind == "string" and not column.codes
    if text_of_any_kind or text.casefold() not in MISSING_WORDS | MISSING_SIGNS:
        return None
    blank = fill_in(column) if column.required else "Leave the cell empty."
    return f"{shown(text)} is not read as missing. {blank}"


def _for_date(column: Column, text: str) -> str | None:
    if column.kind != "date":
        return None
    if stamped := DATE_AND_TIME.fullmatch(text):
        return f"Write {stamped[1]}, without the time."
    if days := _days_meant(text):
        return f"Write {' or '.join(days)}, whichever day is meant."
    if DAY_NUMBER.fullmatch(text):
        meant = DAY_0 + timedelta(days=int(text))
        return f"Write {meant.isoformat()}, if {text} is a spreadsheet's day number."
    since = f", {column.minimum} or later" if column.minimum else ""
    return f"Write a day that exists as YYYY-MM-DD{since}, for example 2015-03-31."


def _days_meant(text: str) -> list[str]:
    """Days that 05/06/2016 can mean: two, or one where only one exists."""
    parts = PARTED_DATE.fullmatch(text)
    if not parts:
        return []
    first, second, year = (int(part) for part in parts.groups())
    days = set()
    for day, month in ((first, second), (second, first)):
        try:
            days.add(date(year, month, day).isoformat())
        except ValueError:
            continue
    return sorted(days)


def _for_code(column: Column, text: str) -> str | None:
    if not column.codes:
        return None
    word = text.casefold()
    if set(column.codes) == {"0", "1"} and word in YES | NO:
        return f"Write {int(word in YES)}."
    alike = {folded(label): code for code, label in column.codes.items() if label}
    alike |= {folded(code): code for code in column.codes}
    if folded(text) in alike:
        return f"Write {alike[folded(text)]}."
    meant = code_meant(column.name, text) or _name_alike(column, text)
    return f"Write {meant}, if that is what is meant." if meant else None


def _name_alike(column: Column, text: str) -> str | None:
    """Find a misspelt name of the fidelity scale; categories are never guessed."""
    if column.kind != "string" or len(column.codes) <= FEW:
        return None
    near = get_close_matches(folded(text).replace(" ", "_"), list(column.codes), n=1)
    return near[0] if near else None


def _for_number(column: Column, text: str) -> str | None:
    if (comma := DECIMAL_COMMA.fullmatch(text)) and column.kind == "number":
        return f"Write {comma[1]}.{comma[2]}, with a decimal point."
    if column.kind == "integer" and (zeros := ZERO_DECIMALS.fullmatch(text)):
        return f"Write {zeros[1]}, without decimals."
    if text in MISSING_NUMBERS and not column.required:
        return (
            f"If {text} stands for a missing answer, leave the cell empty; "
            f"otherwise write {column.allowed}."
        )
    return None


def _for_anything(column: Column) -> str:
    blank = "" if column.required else ", or leave the cell empty if it is missing"
    return f"Write {column.allowed}{blank}."
