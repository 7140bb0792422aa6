"""The text of one cell becomes a value, or a rule that it breaks and the cure."""

import re
from collections.abc import Iterable
from datetime import date

from smcm.cohort.schema import Column
from smcm.shown import shown

Value = str | int | float | date | None
Complaint = tuple[str, str]  # rule, cure

WHOLE = re.compile(r"[+-]?[0-9]{1,15}")
DECIMAL = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?")
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_cell(
    column: Column, text: str, missing: Iterable[str]
) -> tuple[Value, list[Complaint]]:
    """Read one cell.

    Parameters
    ----------
    column : Column
    text : str
        As it stands in the file.
    missing : iterable of str
        Texts that stand for a missing value.

    Returns
    -------
    value : str, int, float, date or None
        None where the cell is blank or cannot be read.
    complaints : list of (rule, cure)
        Empty when nothing is wrong.
    """
    complaints: list[Complaint] = []
    bare = text.strip()
    if bare != text:
        cure = f"Write {shown(bare)}." if bare else "Leave the cell empty."
        complaints.append(("A value has no spaces around it.", cure))
    if bare in missing:
        if column.required:
            complaints.append(_broken(column, ""))
        return None, complaints
    value = _value(column, bare)
    if value is None:
        complaints.append(_broken(column, bare))
    return value, complaints


def _broken(column: Column, text: str) -> Complaint:
    """Name the rule that a text breaks, and its cure."""
    from smcm.cohort.cures import fill_in, what_to_write  # noqa: PLC0415

    return column.rule, what_to_write(column, text) if text else fill_in(column)


def _value(column: Column, text: str) -> Value:
    value: Value = text
    if column.kind == "integer":
        value = int(text) if WHOLE.fullmatch(text) else None
    elif column.kind == "number":
        value = float(text) if DECIMAL.fullmatch(text) else None
    elif column.kind == "date":
        value = _date(text)
    return value if value is not None and _fits(column, value) else None


def _fits(column: Column, value: Value) -> bool:
    if column.codes:
        written = f"{value:g}" if isinstance(value, float) else str(value)
        return written in column.codes
    if isinstance(value, date):
        return column.minimum is None or value >= date.fromisoformat(column.minimum)
    if isinstance(value, int | float):
        low = column.minimum is None or value >= float(column.minimum)
        return low and (column.maximum is None or value <= float(column.maximum))
    return True


def _date(text: str) -> date | None:
    if not ISO_DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
