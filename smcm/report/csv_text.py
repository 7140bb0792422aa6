"""Tables as comma-separated text, the only place that writes any; and without Markdown.

Cells that a spreadsheet would run are written as text; see `smcm.cohort.formulas`.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from io import StringIO
from math import isnan
from pathlib import Path
from urllib.parse import quote

import pandas as pd

from smcm.cohort.formulas import as_text
from smcm.report.format import MINUS, Rounded

DAY = "%Y-%m-%d"
MARKS = (
    (re.compile(r"\*\*(.+?)\*\*"), r"\1"),
    (re.compile(r"(?<!\w)\*(.+?)\*(?!\w)"), r"\1"),
    (re.compile(r"\{[\w:]+\}`([^`<]*?)(?: <[^`>]*>)?`"), r"\1"),
    (re.compile(r"\[([^\]]*)\]\{[#.][\w-]+\}"), r"\1"),
    (re.compile(r"`([^`]*)`"), r"\1"),
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"</?(?:a|data)\b[^>]*>"), ""),
    (re.compile(r"\\([|*_`$])"), r"\1"),
)
EM_SPACE = "\N{EM SPACE}"
BYTE_ORDER_MARK = "\ufeff"  # by which spreadsheets know that it is UTF-8
LEFT = " ,-+.:;/()~"  # what an address may hold as it is
NOTHING = frozenset(["–", "—"])
UNIT = re.compile(r" \((?:95% CI|SE)\)$")
OF_THE_LAST = re.compile(r"p(?:\(.*\))?|95% CI(?: \(.*\))?|(?:\w+ )?SE")
PARTS = ("estimate", "se", "low", "high", "p")
Row = dict[str, object]


def write_frame(frame: pd.DataFrame, path: Path | StringIO) -> None:
    """Write a table without its index, in UTF-8.

    Parameters
    ----------
    frame : DataFrame
        Blank cells are missing values; days are written as YYYY-MM-DD.
    path : Path
    """
    safe = frame.rename(columns=_safe)
    for place, kind in enumerate(frame.dtypes):
        if kind.kind not in "biufM":
            safe.isetitem(place, [_safe(cell) for cell in frame.iloc[:, place]])
    safe.to_csv(path, index=False, date_format=DAY, lineterminator="\n")


def csv_text(rows: Sequence[Mapping[str, object]], names: Iterable[str] = ()) -> str:
    """Write rows as text with a header; None is an empty cell.

    Parameters
    ----------
    rows : sequence of mapping
        Values by column.
    names : iterable of str
        Columns in order; by default those of the first row.
    """
    header = list(names) or list(rows[0])
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(map(_safe, header))
    for row in rows:
        writer.writerow([_safe(row[name]) for name in header])
    return text.getvalue()


def _safe(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    # an end of line that the writer would leave without quotation marks ends the row
    return as_text(cell.replace("\r\n", "\n").replace("\r", "\n"))


def plain(text: str) -> str:
    """Take the Markdown off, and write the minus that programs read back."""
    for mark, kept in MARKS:
        text = mark.sub(kept, text)
    return unescape(text).replace(EM_SPACE, "  ").replace(MINUS, "-")


def csv_link(text: str, name: str, words: str = "CSV") -> str:
    """Link to a file of CSV that the link itself holds: it works from a folder.

    Parameters
    ----------
    text : str
        The whole file.
    name : str
        Of the file, without ending.
    words : str
        That are shown.
    """
    held = quote(BYTE_ORDER_MARK + text, safe=LEFT)
    return (
        f'<a download="{name}.csv" href="data:text/csv;charset=utf-8,{held}">'
        f"{words}</a>"
    )


def frame_csv(frame: pd.DataFrame) -> str:
    """Write a table as `write_frame` does, as text."""
    text = StringIO()
    write_frame(frame, text)
    return text.getvalue()


def table_csv(body: pd.DataFrame) -> str:
    """Write a table as CSV, with the unrounded numbers behind its cells.

    A table with intervals has a line for each quantity, with the columns ``estimate``,
    ``low``, ``high`` and ``p``; any other table keeps its lines and columns.

    Parameters
    ----------
    body : DataFrame
        Cells as strings, rounded ones as `Rounded`.
    """
    heads = [str(column) for column in body.columns]
    cells = [dict(zip(heads, row, strict=True)) for row in body.to_numpy()]
    intervals = any("low" in _values(cell) for row in cells for cell in row.values())
    rows = _quantities(heads, cells) if intervals else _as_shown(heads, cells)
    return csv_text(rows, dict.fromkeys(name for row in rows for name in row))


def _values(cell: object) -> dict[str, float]:
    values = cell.numbers if isinstance(cell, Rounded) else {}
    return {part: value for part, value in values.items() if not isnan(value)}


def _is_key(head: str, cells: Sequence[dict[str, str]]) -> bool:
    """Whether a column says what a row is about: words, or whole numbers."""
    parts = set().union(*(_values(row[head]) for row in cells))
    return parts <= {"count"}


def _words(cell: object) -> object:
    """Give a whole number as such, and anything else as plain text."""
    text = plain(str(cell)).strip()
    return _number(_values(cell).get("count", text if text not in NOTHING else ""))


def _number(value: object) -> object:
    whole = isinstance(value, float) and value.is_integer()
    return int(value) if whole else value  # type: ignore[call-overload]


def _part(cell: object, part: str) -> object:
    """Give one of the numbers of a cell; words of its own where it has no number."""
    values = _values(cell)
    return _number(values.get(part)) if values else _words(cell)


def _quantities(heads: Sequence[str], cells: Sequence[dict[str, str]]) -> list[Row]:
    """Give a line for each estimate, its interval and its p together."""
    keys = [head for head in heads if _is_key(head, cells)]
    several = len([h for h in heads if h not in keys and not OF_THE_LAST.fullmatch(h)])
    found: list[Row] = []
    for row in cells:
        known: Row = {plain(key): _words(row[key]) for key in keys}
        for head, values in _grouped([h for h in heads if h not in keys], row):
            named = {"quantity": head} if several > 1 else {}
            found.append(known | named | {part: values.get(part) for part in PARTS})
    used = [part for part in PARTS if any(line[part] is not None for line in found)]
    left_out = {"se"} - set(used)
    return [{k: v for k, v in line.items() if k not in left_out} for line in found]


def _grouped(
    heads: Sequence[str], row: dict[str, str]
) -> list[tuple[str, dict[str, float]]]:
    """Join to an estimate the interval and the p that stand in columns behind it."""
    groups: list[tuple[str, dict[str, float]]] = []
    for head in heads:
        values = _values(row[head])
        own = next((own for name, own in groups if head == f"p, {name.lower()}"), None)
        if groups and OF_THE_LAST.fullmatch(head):
            own = groups[-1][1]
        if own is not None and not own.keys() & values.keys():
            own.update(values)
        elif values:
            groups.append((plain(UNIT.sub("", head)), dict(values)))
    return groups


def _as_shown(heads: Sequence[str], cells: Sequence[dict[str, str]]) -> list[Row]:
    """Give the lines of the table, a column for each number of a cell."""
    columns = list(_columns(heads, cells))
    return [
        {
            name: _words(row[head]) if part is None else _part(row[head], part)
            for name, head, part in columns
        }
        for row in cells
    ]


def _columns(
    heads: Sequence[str], cells: Sequence[dict[str, str]]
) -> Iterator[tuple[str, str, str | None]]:
    """Name every column, the column of the table it is from, and the part it holds."""
    for head in heads:
        parts = dict.fromkeys(part for row in cells for part in _values(row[head]))
        name = plain(UNIT.sub("", head))
        if _is_key(head, cells):
            yield plain(head), head, None
        elif len(parts) == 1:
            yield plain(head), head, next(iter(parts))
        else:
            yield from ((f"{name}, {part}", head, part) for part in parts)
