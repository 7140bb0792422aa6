"""Tables as plain text for a terminal."""

import re
import shutil
from collections.abc import Sequence
from html import unescape
from textwrap import wrap

from smcm.report.format import MINUS
from smcm.report.show import Align, Table

NARROWEST, WIDEST = 80, 100
GAP = "  "
MARKS = (
    (re.compile(r"\*\*(.+?)\*\*"), r"\1"),
    (re.compile(r"(?<!\w)\*(.+?)\*(?!\w)"), r"\1"),
    (re.compile(r"\{[\w:]+\}`([^`]*)`"), r"\1"),
    (re.compile(r"`([^`]*)`"), r"\1"),
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\\([|*_`$])"), r"\1"),
)
TIE = "\N{NO-BREAK SPACE}"
PARTS_OF_ONE = re.compile(r"\([^()]*\)|\S+ (?:±|to) \S+")
EM_SPACE = "\N{EM SPACE}"


def terminal_width() -> int:
    """Columns to write in: those of the terminal, from 80 to 100."""
    return min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST)


def plain(text: str) -> str:
    """Take the Markdown off, and write the minus that programs read back."""
    for mark, kept in MARKS:
        text = mark.sub(kept, text)
    return unescape(text).replace(EM_SPACE, "  ").replace(MINUS, "-")


def table_text(table: Table, width: int | None = None) -> str:
    """Write a table with its caption above and its notes beneath.

    Parameters
    ----------
    table : Table
    width : int, optional
        Columns to write in; cells are wrapped to fit. By default the terminal's.
    """
    width = width or terminal_width()
    header = [plain(str(column)) for column in table.body.columns]
    rows = [[plain(str(c)) for c in row] for row in table.body.to_numpy()]
    together = [[_together(cell) for cell in row] for row in rows]
    if sum(_least([header, *together])) + len(GAP) * (len(header) - 1) <= width:
        rows = together
    align: Sequence[Align] = table.align or ("left", *_rights(len(header) - 1))
    notes = [line for note in table.notes for line in wrap(plain(note), width)]
    caption = wrap(plain(table.caption), width)
    lines = [*caption, grid(header, rows, align, width), *notes]
    return "\n".join(lines).replace(TIE, " ")


def _rights(count: int) -> list[Align]:
    return ["right"] * count


def _together(cell: str) -> str:
    """Tie what reads badly when it is parted: an interval, a mean and its SD."""
    return PARTS_OF_ONE.sub(lambda found: found[0].replace(" ", TIE), cell)


def _least(rows: Sequence[Sequence[str]]) -> list[int]:
    """Widths below which a word, or what is tied, would have to be broken."""
    return [
        max((len(word) for cell in cells for word in cell.split(" ")), default=1)
        for cells in zip(*rows, strict=True)
    ]


def grid(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    align: Sequence[Align],
    width: int,
) -> str:
    """Write rows of cells under a header, between two rules.

    Returns
    -------
    str
        Lines of at most `width` columns, unless single words need more.
    """
    columns = list(zip(header, *rows, strict=True))
    widths = _fit(columns, width)
    rule = "-" * (sum(widths) + len(GAP) * (len(widths) - 1))
    head = _lines(header, widths, align)
    body = [_lines(row, widths, align) for row in rows]
    tall = any(len(lines) > 1 for lines in body) and len(header) > 3
    parts = [line for lines in body for line in [*lines, *([""] if tall else [])]]
    if tall:
        parts.pop()
    return "\n".join([rule, *head, rule, *parts, rule])


def _fit(columns: Sequence[Sequence[str]], width: int) -> list[int]:
    """Narrow the widest columns until the lines fit or no word can give way."""
    widths = [max(map(len, cells)) for cells in columns]
    least = _least(list(zip(*columns, strict=True)))
    room = width - len(GAP) * (len(columns) - 1)
    while sum(widths) > room:
        give = [
            k
            for k, (now, low) in enumerate(zip(widths, least, strict=True))
            if now > low
        ]
        if not give:
            break
        widths[max(give, key=widths.__getitem__)] -= 1
    return widths


def _lines(
    cells: Sequence[str], widths: Sequence[int], align: Sequence[Align]
) -> list[str]:
    """Lay the cells of a row side by side, each wrapped in its column."""
    folded = [_fold(cell, width) for cell, width in zip(cells, widths, strict=True)]
    height = max(map(len, folded))
    lines = []
    for k in range(height):
        parts = [lines_[k] if k < len(lines_) else "" for lines_ in folded]
        placed = [
            part.ljust(width) if side == "left" else part.rjust(width)
            for part, width, side in zip(parts, widths, align, strict=True)
        ]
        lines.append(GAP.join(placed).rstrip())
    return lines


def _fold(cell: str, width: int) -> list[str]:
    if len(cell) <= width:
        return [cell]
    indent = " " * (len(cell) - len(cell.lstrip()))
    return wrap(
        cell,
        width,
        initial_indent=indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
    ) or [""]
