"""Bytes of a text table become rows of cells; whatever is amiss becomes a fault."""

import io
from dataclasses import dataclass, replace

from smcm.cohort.characters import (
    UTF8,
    Decoded,
    composed,
    decode_utf8,
    is_composed,
    without_invisible,
)
from smcm.cohort.formulas import MARK, as_written
from smcm.cohort.records import (
    LONGEST_CELL,
    MOST_COLUMNS,
    Records,
    read_records,
    rows_of_qualtrics,
)
from smcm.cohort.separators import COMMA, declared_separator, judged_separator
from smcm.errors import Fault

MARKS_TWICE = "\u00ef\u00bb\u00bf"  # a mark of UTF-8 that was read as Windows-1252


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One file as text; accents are composed, and what is invisible is left out.

    Attributes
    ----------
    file : str
        Name relative to the data folder.
    header : tuple of str
    header_line : int
        Line of the header, 1 unless something stands above it.
    rows : tuple of tuple of str
        Cells, as many as the header has; short rows are filled with "". Rows of
        blank cells are left out.
    lines : tuple of int
        Line of the file on which each row begins.
    torn : frozenset of int
        Lines that do not have a cell for each column; only their key is of use.
    faults : tuple of Fault
    separator : str
    encoding : str
        Such as "UTF-8"; empty where the accents leave it open.
    odd : tuple of (int, str)
        Lines that are no UTF-8, and some of their text.
    passed_over : tuple of int
        Lines between header and rows that a survey program wrote.
    """

    file: str
    header: tuple[str, ...] = ()
    header_line: int = 1
    rows: tuple[tuple[str, ...], ...] = ()
    lines: tuple[int, ...] = ()
    torn: frozenset[int] = frozenset()
    faults: tuple[Fault, ...] = ()
    separator: str = COMMA
    encoding: str = UTF8
    odd: tuple[tuple[int, str], ...] = ()
    passed_over: tuple[int, ...] = ()


def read_sheet(file: str, content: bytes) -> Sheet:
    """Read a file of any kind as far as it can be read, and say what could not.

    Parameters
    ----------
    file : str
        Name for the faults.
    content : bytes

    Returns
    -------
    Sheet
        Without a header where the content is no text table at all.
    """
    from smcm.cohort.signatures import foreign_kind  # noqa: PLC0415

    if kind := foreign_kind(content):
        rule = f"A table is a text file (CSV); this is {kind.what}."
        return Sheet(file=file, faults=(Fault(file=file, rule=rule, cure=kind.cure),))
    return read_text_sheet(file, content)


def read_text_sheet(file: str, content: bytes) -> Sheet:
    """Read a file that is taken for a text table, as `read_sheet` does.

    The words for what is wrong are loaded when something is; most files do without.
    """
    decoded = decode_utf8(content) or _of_other_encoding(content)
    if decoded is None:
        from smcm.cohort.signatures import OTHER  # noqa: PLC0415

        rule = "A table is a text file (CSV); this is no text in any usual encoding."
        return Sheet(file=file, faults=(Fault(file=file, rule=rule, cure=OTHER),))
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    text = without_invisible(text).removeprefix(MARKS_TWICE)
    if not text.strip(' \t\r\n,;|"'):
        return _empty(file)
    lines = io.StringIO(text, newline="\n").readlines()
    return _table(file, lines, replace(decoded, text=text))


def _of_other_encoding(content: bytes) -> Decoded | None:
    from smcm.cohort.encodings import decode  # noqa: PLC0415

    return decode(content)


def _empty(file: str) -> Sheet:
    from smcm.cohort.layout_faults import empty_fault  # noqa: PLC0415

    return Sheet(file=file, faults=(empty_fault(file),))


def _table(file: str, lines: list[str], decoded: Decoded) -> Sheet:
    start, separator = _separator(lines)
    width = lines[start].count(separator) + 1 if start < len(lines) else 0
    if width > MOST_COLUMNS:
        from smcm.cohort.layout_faults import wide_fault  # noqa: PLC0415

        return Sheet(file=file, faults=(wide_fault(file, start + 1, width),))
    records = read_records(lines, separator, start)
    if not records.rows:
        return _empty(file)
    long = _shortened(records) if len(decoded.text) > LONGEST_CELL else {}
    if MARK in decoded.text:
        records.rows = [[as_written(cell) for cell in row] for row in records.rows]
    if not is_composed(decoded.text):
        records.rows = [[composed(cell) for cell in row] for row in records.rows]
    passed_over = records.cut(rows_of_qualtrics(records.rows))
    header, *rows = records.rows
    width = len(header)
    odd = {
        line: len(row)
        for row, line in zip(rows, records.lines[1:], strict=True)
        if len(row) != width and (len(row) < width or any(map(str.strip, row[width:])))
    }
    named = sum(bool(name.strip()) for name in header)
    faults: tuple[Fault, ...] = ()
    if not decoded.encoding or long or odd or records.broken or named == 1:
        from smcm.cohort import layout_faults  # noqa: PLC0415

        faults = (
            *(() if decoded.encoding else layout_faults.odd_faults(file, decoded.odd)),
            *layout_faults.long_faults(file, header, long),
            *layout_faults.shape_faults(file, lines, records, odd),
        )
    return Sheet(
        file=file,
        header=tuple(header),
        header_line=records.lines[0],
        rows=tuple(
            tuple(row) if len(row) == width else _as_wide(row, width) for row in rows
        ),
        lines=tuple(records.lines[1:]),
        torn=frozenset(odd) | frozenset(records.broken),
        faults=faults,
        separator=separator,
        encoding=decoded.encoding,
        odd=decoded.odd,
        passed_over=passed_over,
    )


def _shortened(records: Records) -> dict[tuple[int, int], tuple[str, int]]:
    """Cut the cells that are too long; return what they were, by line and place."""
    found = {}
    for line, row in zip(records.lines, records.rows, strict=True):
        for place, cell in enumerate(row):
            if len(cell) > LONGEST_CELL:
                found[line, place] = cell[:LONGEST_CELL], len(cell)
                row[place] = ""
    return found


def _separator(lines: list[str]) -> tuple[int, str]:
    """Find where the header can begin, and what separates cells."""
    start = next((k for k, line in enumerate(lines) if line.strip()), 0)
    declared = declared_separator(lines[start])
    if declared:
        start += 1
        start += next((k for k, line in enumerate(lines[start:]) if line.strip()), 0)
        if declared in "".join(lines[start : start + 1]):
            return start, declared
    return start, judged_separator(lines[start:])


def _as_wide(row: list[str], width: int) -> tuple[str, ...]:
    return (*row[:width], *[""] * (width - len(row)))
