"""Columns of numbers from any CSV file, read strictly."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import numpy as np
import pandas as pd

from smcm.cohort.sheets import Sheet, read_sheet
from smcm.errors import DataError, Fault, UnknownValueError

NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
DECIMAL_COMMA = re.compile(r"([+-]?[0-9]+),([0-9]+)")
MISSING = ("", "NA")
MISSING_LOOKS = ("nan", "n/a", "null", "none", ".", "-", "?", "missing", "#n/a")
NAMES_SHOWN = 30
WORDS_SHOWN = 5
WORDS = (
    "Write a number; code a category as numbers, such as 0 and 1, or name another "
    "column."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberFile:
    """Some columns of a file.

    Attributes
    ----------
    frame : DataFrame
        A row per line of the file; numbers as float64, NaN where blank or NA, and
        labels as text, None there.
    missing : mapping of str to int
        Blank and NA cells by column, in the order asked for.
    """

    frame: pd.DataFrame
    missing: Mapping[str, int]


def read_numbers(
    path: Path,
    roles: Sequence[tuple[str, str]],
    labels: Sequence[tuple[str, str]] = (),
) -> NumberFile:
    """Read the columns that a model names; the others may hold anything.

    Parameters
    ----------
    path : Path
        A comma-separated file in UTF-8 with a header line.
    roles : sequence of (str, str)
        What a column is for, as the user typed it (``"--x"``), and its name.
    labels : sequence of (str, str)
        The same of columns that may hold any text, such as the names of clusters.

    Raises
    ------
    UnknownValueError
        A column that the file does not have; the nearest name is offered.
    DataError
        Every fault of the file at once, each with line, column, value and cure.
    """
    sheet = read_sheet(path.name, path.read_bytes())
    faults = [*sheet.faults, *_header_faults(sheet)]
    if not sheet.faults or sheet.header:
        _require_columns(sheet, [*roles, *labels])
    columns = list(dict.fromkeys(name for _, name in roles))
    values = {}
    for name in columns if sheet.header else ():
        texts = _texts(sheet, name)
        faults += _cell_faults(sheet, name, texts)
        values[name] = [_value(text) for text in texts]
    if faults:
        raise DataError(sorted(faults, key=lambda fault: fault.line or 0))
    frame = pd.DataFrame(values, columns=columns, dtype=np.float64)
    for name in {name: None for _, name in labels if name not in columns}:
        texts = _texts(sheet, name)
        frame[name] = [None if text in MISSING else text for text in texts]
    return NumberFile(
        frame=frame,
        missing={name: int(frame[name].isna().sum()) for name in frame.columns},
    )


def _require_columns(sheet: Sheet, roles: Sequence[tuple[str, str]]) -> None:
    names = [name.strip() for name in sheet.header if name.strip()]
    for role, name in roles:
        if name in names:
            continue
        near = get_close_matches(name, names, n=1) or get_close_matches(
            name.casefold(), [n.casefold() for n in names], n=1
        )
        offer = f" Did you mean {_as_written(near[0], names)!r}?" if near else ""
        more = f" and {len(names) - NAMES_SHOWN} more" * (len(names) > NAMES_SHOWN)
        raise UnknownValueError(
            f"{role} is {name!r}, which is no column of {sheet.file}; its columns are "
            f"{', '.join(names[:NAMES_SHOWN])}{more}.{offer}"
        )


def _as_written(found: str, names: Sequence[str]) -> str:
    return next(n for n in names if found in (n, n.casefold()))


def _header_faults(sheet: Sheet) -> Iterator[Fault]:
    names = [name.strip() for name in sheet.header]
    for name in dict.fromkeys(filter(None, names)):
        if names.count(name) > 1:
            places = [str(k) for k, other in enumerate(names, 1) if other == name]
            yield Fault(
                file=sheet.file,
                line=1,
                column=name,
                rule="A column name occurs once; this one heads columns "
                f"{' and '.join(places)}.",
                cure="Rename or delete all but one of them.",
            )
    if sheet.header and not sheet.rows and not sheet.faults:
        yield Fault(
            file=sheet.file,
            line=1,
            rule="There are rows below the header; here are none.",
            cure="Export the table again.",
        )


def _texts(sheet: Sheet, name: str) -> list[str]:
    place = [header.strip() for header in sheet.header].index(name)
    return [row[place].strip() for row in sheet.rows]


def _cell_faults(sheet: Sheet, name: str, texts: Sequence[str]) -> Iterator[Fault]:
    filled = [text for text in texts if text not in MISSING]
    if len(set(filled)) > 1 and all(_cure(text) == WORDS for text in filled):
        yield _words_fault(sheet, name, filled)
        return
    for line, text in zip(sheet.lines, texts, strict=True):
        if line not in sheet.torn and not _readable(text):
            yield Fault(
                file=sheet.file,
                line=line,
                column=name,
                value=text,
                rule="A variable of the model holds numbers only.",
                cure=_cure(text),
            )


def _words_fault(sheet: Sheet, name: str, filled: Sequence[str]) -> Fault:
    """Say once of a column of words what would else be said of every line."""
    distinct = list(dict.fromkeys(filled))
    more = ", …" if len(distinct) > WORDS_SHOWN else ""
    return Fault(
        file=sheet.file,
        column=name,
        value=", ".join(distinct[:WORDS_SHOWN]) + more,
        rule="A variable of the model holds numbers only; this column holds words.",
        cure=WORDS,
    )


def _readable(text: str) -> bool:
    if text in MISSING:
        return True
    return bool(NUMBER.fullmatch(text)) and math.isfinite(float(text))


def _value(text: str) -> float:
    return float(text) if text not in MISSING and _readable(text) else math.nan


def _cure(text: str) -> str:
    if comma := DECIMAL_COMMA.fullmatch(text):
        return f"Write {comma[1]}.{comma[2]}, with a decimal point."
    if text.casefold() in MISSING_LOOKS:
        return "Leave the cell empty, or write NA, if the value is missing."
    if NUMBER.fullmatch(text) or text.casefold().lstrip("+-") in ("inf", "infinity"):
        return "Write a finite number, or leave the cell empty."
    if NUMBER.fullmatch(text.replace(" ", "").replace("'", "")):
        return "Write the digits without a separator between thousands."
    return WORDS
