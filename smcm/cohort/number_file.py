"""Columns of numbers from any text table, read strictly."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import numpy as np
import pandas as pd

from smcm.cohort.characters import plain_name
from smcm.cohort.missing_codes import likely_codes
from smcm.cohort.number_cells import (
    MISSING,
    Commas,
    MissingCodes,
    NumberCells,
    read_cells,
)
from smcm.cohort.number_faults import (
    blank_column,
    cell_faults,
    column_place,
    header_faults,
    rows_of_words,
)
from smcm.cohort.separators import COMMA
from smcm.cohort.sheet_notes import sheet_notes
from smcm.cohort.sheets import Sheet, read_sheet
from smcm.errors import DataError, DegenerateDataError, Fault, UnknownValueError
from smcm.input_files import read_input
from smcm.shown import named, shown

NAMES_SHOWN = 30
NAMES_COMPARED = 5000  # with a name that is no column; it takes time
Roles = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberFile:
    """Some columns of a file.

    Attributes
    ----------
    frame : DataFrame
        A row per record of the file; numbers as float64, NaN where missing, and
        labels as text, None there.
    missing : mapping of str to int
        Missing cells by column, in the order asked for.
    notes : tuple of str
        How the file was read, where that was not as commas and UTF-8 alone.
    warnings : tuple of str
        Numbers that look like codes for missing values.
    """

    frame: pd.DataFrame
    missing: Mapping[str, int]
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    def require_rows(self, coefficients: int) -> None:
        """Refuse a file in which too few rows lack nothing, and say what they lack.

        Raises
        ------
        DegenerateDataError
        """
        rows, complete = len(self.frame), len(self.frame.dropna())
        if complete == rows or complete > coefficients:
            return
        gaps = [
            f"{named(name)} in {count}" for name, count in self.missing.items() if count
        ]
        raise DegenerateDataError(
            f"{complete} of {rows} rows have a value in every column of the model, too "
            f"few for {coefficients} coefficients. Missing are {', '.join(gaps)} rows. "
            "Leave out the column that lacks most, or fill it in."
        )


def read_numbers(
    path: Path, roles: Roles, labels: Roles = (), missing: Sequence[str] = ()
) -> NumberFile:
    """Read the columns that a model names; the others may hold anything.

    Parameters
    ----------
    path : Path
        A text table with a header line.
    roles : sequence of (str, str)
        What a column is for, as the user typed it (``"--x"``), and its name.
    labels : sequence of (str, str)
        The same of columns that may hold any text, such as the names of clusters.
    missing : sequence of str
        Codes that stand for missing values in the columns of numbers, such as
        ``"-9"`` or ``"."``.

    Raises
    ------
    InputFileError
        What is no file, such as a pipe, or too large.
    UnknownValueError
        A column that the file does not have; the nearest name is offered.
    DataError
        Every fault of the file at once, each with line, column, value and cure.
    """
    sheet = read_sheet(path.name, read_input(path))
    used = {plain_name(name) for _, name in (*roles, *labels)}
    faults = [*sheet.faults, *header_faults(sheet, used)]
    _require_columns(sheet, [*roles, *labels])
    names = list(dict.fromkeys(plain_name(name) for _, name in roles))
    cells = _cells(sheet, names, MissingCodes.of(missing))
    faults += rows_of_words(sheet, cells) or [
        fault for name in names for fault in cell_faults(sheet, name, cells[name])
    ]
    frame = pd.DataFrame(
        {name: cells[name].numbers for name in names}, columns=names, dtype=np.float64
    )
    for name in {plain_name(name): None for _, name in labels}:
        if name not in names:
            texts = column_texts(sheet, name)
            frame[name] = [None if text in MISSING else text for text in texts]
    faults += [] if faults else _blank_columns(sheet, frame)
    if faults:
        raise DataError(sorted(faults, key=lambda fault: fault.line or 0))
    return NumberFile(
        frame=frame,
        missing={name: int(frame[name].isna().sum()) for name in frame.columns},
        notes=(*sheet_notes(sheet), *_notes(cells, missing)),
        warnings=tuple(_warnings(frame[names])),
    )


def column_texts(sheet: Sheet, name: str) -> list[str]:
    """Cells of a column without spaces around them."""
    place = column_place(sheet, name)
    return [row[place].strip() for row in sheet.rows]


def _cells(
    sheet: Sheet, names: Sequence[str], codes: MissingCodes
) -> dict[str, NumberCells]:
    """Read the columns; where one has decimal commas, those of the others are too."""
    texts = {name: column_texts(sheet, name) for name in names}
    first = Commas.NEVER if sheet.separator == COMMA else Commas.IF_CLEAR
    cells = {name: read_cells(texts[name], codes, first) for name in names}
    if any(column.decimal_commas for column in cells.values()):
        for name, column in cells.items():
            if column.cures:
                cells[name] = read_cells(texts[name], codes, Commas.SURE)
    return cells


def _require_columns(sheet: Sheet, roles: Roles) -> None:
    """Refuse a column that is not there, unless the header itself is at fault."""
    names = [name for name in map(plain_name, sheet.header) if name]
    absent = [(role, n) for role, name in roles if (n := plain_name(name)) not in names]
    if absent and any(
        fault.line in (None, sheet.header_line) for fault in sheet.faults
    ):
        raise DataError(sheet.faults)
    for role, name in absent:
        alike = names[:NAMES_COMPARED]
        near = get_close_matches(name, alike, n=1) or get_close_matches(
            name.casefold(), [n.casefold() for n in alike], n=1
        )
        offer = f" Did you mean {shown(_as_written(near[0], names))}?" if near else ""
        more = f" and {len(names) - NAMES_SHOWN} more" * (len(names) > NAMES_SHOWN)
        listed = ", ".join(map(named, names[:NAMES_SHOWN]))
        raise UnknownValueError(
            f"{role} is {shown(name)}, which is no column of {named(sheet.file)}; "
            f"its columns are {listed}{more}.{offer}"
        )


def _as_written(found: str, names: Sequence[str]) -> str:
    return next(n for n in names if found in (n, n.casefold()))


def _blank_columns(sheet: Sheet, frame: pd.DataFrame) -> list[Fault]:
    return [
        blank_column(sheet, str(name), len(frame))
        for name in frame.columns
        if len(frame) and frame[name].isna().all()
    ]


def _notes(cells: Mapping[str, NumberCells], codes: Sequence[str]) -> Iterator[str]:
    commas = [name for name, column in cells.items() if column.decimal_commas]
    if commas:
        yield f"Commas were read as decimal signs in {', '.join(map(named, commas))}."
    coded = [
        f"{named(name)} {column.named}"
        for name, column in cells.items()
        if column.named
    ]
    if codes:
        counted = ", ".join(coded) if coded else "none"
        yield f"Cells with a code for missing ({named(', '.join(codes))}): {counted}."


def _warnings(frame: pd.DataFrame) -> Iterator[str]:
    for name in frame.columns:
        for code, count in likely_codes(frame[name].to_numpy()).items():
            rows = f"{count} row{'s' * (count != 1)}"
            yield (
                f"{named(str(name))} is {code:g} in {rows}, unlike its other values. "
                f"If {code:g} stands for missing, say so with --missing {code:g}; "
                "it is now used as a number."
            )
