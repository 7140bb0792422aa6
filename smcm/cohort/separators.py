"""Which character separates the cells of a file, judged by its rows."""

import csv
import re
from collections import Counter
from collections.abc import Sequence

COMMA = ","
SEPARATORS = {COMMA: "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
DECLARED = re.compile(r'"?sep=(.|\\t)"?[,;\t| ]*', re.IGNORECASE)
NUMERIC = re.compile(r"[-+]?[0-9]+([.,][0-9]+)?")
MOST_LINES = 1000
MOST_CHARACTERS = 500_000


def declared_separator(line: str) -> str:
    """Read a first line such as ``sep=;``, written for Excel; "" for any other."""
    found = DECLARED.fullmatch(line.strip(" \n"))
    return "" if not found else "\t" if found[1] == "\\t" else found[1]


def judged_separator(lines: Sequence[str]) -> str:
    """Find the character that gives the rows the width of the header.

    Parameters
    ----------
    lines : sequence of str
        The first is the header; the first thousand are looked at.

    Returns
    -------
    str
        A key of `SEPARATORS`: the one by which most rows are as wide as the header,
        then the one that leaves most numbers. A comma where there is none.
    """
    sample = _sample(lines)
    tables = {mark: _split(sample, mark) for mark in SEPARATORS}
    headed = {m: rows for m, rows in tables.items() if rows and len(rows[0]) > 1}
    if headed:
        return max(headed, key=lambda mark: _fit(headed[mark], len(headed[mark][0])))
    wide = {m: width for m, rows in tables.items() if (width := _usual(rows)) > 1}
    return max(wide, key=lambda m: _fit(tables[m], wide[m])) if wide else COMMA


def is_spaced(lines: Sequence[str]) -> bool:
    """Whether spaces alone separate the cells, in columns of equal number."""
    rows = [line.split() for line in _sample(lines) if line.strip()]
    widths = {len(row) for row in rows}
    return len(rows) > 1 and len(widths) == 1 and widths != {1}


def _sample(lines: Sequence[str]) -> list[str]:
    taken: list[str] = []
    characters = 0
    for line in lines[:MOST_LINES]:
        characters += len(line)
        if characters > MOST_CHARACTERS and len(taken) > 1:
            break
        taken.append(line)
    return taken


def _split(sample: list[str], mark: str) -> list[list[str]]:
    """Rows that hold anything; quotation marks are obeyed and never complained of."""
    if not any(mark in line for line in sample):
        return []
    try:
        rows = list(csv.reader(sample, delimiter=mark))
    except csv.Error:  # a cell without end
        rows = [line.split(mark) for line in sample]
    return [row for row in rows if any(map(str.strip, row))]


def _usual(rows: list[list[str]]) -> int:
    widths = Counter(map(len, rows)).most_common(1)
    return widths[0][0] if widths else 0


def _fit(rows: list[list[str]], width: int) -> tuple[float, float, int]:
    cells = [cell.strip() for row in rows[1:] for cell in row]
    numbers = sum(bool(NUMERIC.fullmatch(cell)) for cell in cells)
    right = sum(len(row) == width for row in rows[1:])
    below = max(len(rows) - 1, 1)
    return right / below, numbers / max(len(cells), 1), width
