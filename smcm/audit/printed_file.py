"""A file of printed statistics, one per row, parsed and checked."""

import re
from collections.abc import Sequence
from pathlib import Path

from smcm.audit.printed_faults import (
    REQUIRED,
    Row,
    header_faults,
    read_cell,
    row_faults,
    twice,
    upside_down,
)
from smcm.cohort.characters import plain_name
from smcm.cohort.separators import COMMA
from smcm.cohort.sheets import Sheet, read_sheet
from smcm.errors import DataError
from smcm.input_files import read_input
from smcm.stats.audit.quantities import QUANTITIES, Statistic
from smcm.stats.audit.rounding import PrintedNumber, plain, read_printed

COLUMNS = {
    "claim": "name of your own for numbers that belong together, the same on each "
    "row; * for a condition of every claim",
    "quantity": "kind of the printed number, one of the names below",
    "printed": "the digits exactly as printed: 0.10 and 0.1 are rounded differently; "
    "for a condition one of its words",
    "part": "group, occasion or category, if a claim has a quantity more than once",
    "place": "where it is printed, for your own use",
    "note": "for your own use",
}
ONE_COMMA = re.compile(r"[+-]?[0-9]*,[0-9]+")


def read_printed_statistics(path: Path) -> tuple[Statistic, ...]:
    """Read a file of printed statistics; see `printed_statistics`."""
    return printed_statistics(path.name, read_input(path))


def printed_statistics(name: str, content: bytes) -> tuple[Statistic, ...]:
    """Read a table of printed statistics.

    Parameters
    ----------
    name : str
        Of the file, for the faults.
    content : bytes
        A text table with a header line; see `COLUMNS`.

    Raises
    ------
    DataError
        Every fault of the file at once, each with line, column, value and cure.
    """
    sheet = read_sheet(name, content)
    faults = [*sheet.faults, *header_faults(sheet)]
    names = [plain_name(name).casefold() for name in sheet.header]
    if not set(REQUIRED) <= set(names):
        raise DataError(faults)
    commas = _decimal_commas(sheet, names)
    statistics: list[Statistic] = []
    lines: dict[tuple[str, str, str], int] = {}
    for line, cells in zip(sheet.lines, sheet.rows, strict=True):
        if line in sheet.torn:
            continue
        row = {n: c.strip() for n, c in zip(names, cells, strict=True)}
        if commas:
            row["printed"] = row["printed"].replace(",", ".")
        wrong = [
            *row_faults(sheet.file, line, row),
            *twice(sheet.file, line, row, lines),
        ]
        faults += wrong
        number = read_cell(row)
        if not wrong and number is not None:
            statistics.append(_statistic(row, number))
    faults += () if faults else upside_down(sheet.file, statistics)
    if faults:
        raise DataError(sorted(faults, key=lambda fault: fault.line or 0))
    return tuple(statistics)


def _decimal_commas(sheet: Sheet, names: Sequence[str]) -> bool:
    """Whether the commas of the printed numbers can be nothing but decimal signs.

    Where commas separate cells they are none; elsewhere one number that cannot have
    thousands, such as 0,35 or 12,5, tells for all, unless another has a point.
    """
    if sheet.separator == COMMA:
        return False
    place = names.index("printed")
    texts = [cells[place] for cells in sheet.rows]
    numbers = [
        n for n in (_bare(text) for text in texts) if re.match("[+-]?[0-9,.]", n)
    ]
    clear = any(ONE_COMMA.fullmatch(n) and read_printed(n) is None for n in numbers)
    return clear and not any("." in n or n.count(",") > 1 for n in numbers)


def _bare(text: str) -> str:
    """Take sign of relation and percent sign from a printed number."""
    return plain(text).lstrip("<>=≤≥ ").rstrip("% ")


def _statistic(row: Row, number: PrintedNumber) -> Statistic:
    return Statistic(
        claim=row["claim"],
        quantity=QUANTITIES[row["quantity"]],
        part=row.get("part", ""),
        number=number,
        place=row.get("place", ""),
    )
