"""Tables as plain text for a terminal."""

import re
import shutil
from collections.abc import Sequence
from textwrap import wrap

from smcm.report.csv_text import plain
from smcm.report.show import Align, Table, default_align

NARROWEST, WIDEST = 80, 100
GAP = "  "
TIE = "\N{NO-BREAK SPACE}"
PARTS_OF_ONE = re.compile(r"\([^()]*\)|\S+ (?:±|to) \S+")


def terminal_width() -> int:
    """Columns to write in: those of the terminal, from 80 to 100."""
    return min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST)


def table_text(table: Table, width: int | None = None) -> str:
    """Write a table with its caption above and its notes beneath.

    A number with its spread or interval is never parted; where that leaves too
    little room, the columns follow in blocks, each with the first column again.

    Parameters
    ----------
    table : Table
    width : int, optional
        Columns to write in; words are wrapped to fit. By default the terminal's.
    """
    width = width or terminal_width()
    header = [plain(str(column)) for column in table.body.columns]
    align = table.align or default_align(len(header))
    rows = [
        [_together(plain(str(c)), side) for c, side in zip(row, align, strict=True)]
        for row in table.body.to_numpy()
    ]
    grids = [
        grid(
            [header[k] for k in block],
            [[row[k] for k in block] for row in rows],
            [align[k] for k in block],
            width,
        )
        for block in _blocks(_least([header, *rows]), width)
    ]
    notes = [line for note in table.notes for line in wrap(plain(note), width)]
    caption = wrap(plain(table.caption), width)
    lines = [*caption, "\n\n".join(grids), *notes]
    return "\n".join(lines).replace(TIE, " ")


def _blocks(least: Sequence[int], width: int) -> list[list[int]]:
    """Share the columns out over blocks that fit, each led by the first column."""
    blocks = [[0]]
    for k in range(1, len(least)):
        block = [*blocks[-1], k]
        needed = sum(least[j] for j in block) + len(GAP) * (len(block) - 1)
        if needed > width and len(block) > 2:
            blocks.append([0, k])
        else:
            blocks[-1] = block
    return blocks


def _together(cell: str, side: Align) -> str:
    """Tie what reads badly when it is parted: numbers, an interval, a mean and SD."""
    if side == "right":
        return cell.replace(" ", TIE)
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
    beneath: Sequence[str] = (),
    *,
    apart: bool = True,
) -> str:
    """Write rows of cells under a header, between two rules.

    Parameters
    ----------
    header, rows, align : sequences
        A cell, and the side it leans to, for each column.
    width : int
    beneath : sequence of str, optional
        A line to write under each row.
    apart : bool
        Whether rows of several lines have a blank line between them.

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
    if beneath:
        body = [[*lines, text] for lines, text in zip(body, beneath, strict=True)]
    tall = apart and not beneath and len(header) > 3
    tall = tall and any(len(lines) > 1 for lines in body)
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
