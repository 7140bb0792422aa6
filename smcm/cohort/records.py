"""Lines of text become records of cells, by the rules of RFC 4180."""

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice

RESTARTS = 20  # quotation marks without end after which every line is read by itself
ANY_LENGTH = 2**31 - 1
MOST_COLUMNS = 100_000
LONGEST_CELL = 100_000  # characters; a spreadsheet holds a third of it
IMPORT_ID = '{"ImportId":'
MOST_IDS = 3  # rows below the names, among which that of the ids stands
NARROW = 3  # columns below which lines of prose look like rows


@dataclass(slots=True, kw_only=True)
class Records:
    """What was read so far.

    Attributes
    ----------
    delimiter : str
    rows : list of list of str
        Cells of each record that holds anything.
    lines : list of int
        Line on which each record begins, the first of the file being 1.
    broken : dict of int to str
        Lines with a quotation mark that is not closed, or is followed by text; each
        is in `rows` too, split at every separator.
    """

    delimiter: str
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    broken: dict[int, str] = field(default_factory=dict)

    def add(self, row: list[str], line: int) -> None:
        """Keep a record, unless all its cells are blank."""
        if any(map(str.strip, row)):
            self.rows.append(row)
            self.lines.append(line)

    def add_broken(self, text: str, line: int) -> None:
        """Keep a line that cannot be read as a record."""
        self.broken[line] = text.rstrip("\n")
        self.add(self.broken[line].split(self.delimiter), line)

    def cut(self, below: int) -> tuple[int, ...]:
        """Take out so many records that follow the first, and return their lines."""
        lines = tuple(self.lines[1 : 1 + below])
        del self.rows[1 : 1 + below], self.lines[1 : 1 + below]
        return lines


def read_records(lines: Sequence[str], delimiter: str, start: int = 0) -> Records:
    r"""Read all records; one that cannot be read costs one line.

    Parameters
    ----------
    lines : sequence of str
        Each with its ``"\n"``.
    delimiter : str
    start : int
        Lines at the beginning that are passed over, and counted.
    """
    with _cells_of_any_length():
        return _read(lines, delimiter, start)


@contextmanager
def _cells_of_any_length() -> Iterator[None]:
    """Read long cells too; the module refuses them with words for quotation marks."""
    usual = csv.field_size_limit(ANY_LENGTH)
    try:
        yield
    finally:
        csv.field_size_limit(usual)


def _read(lines: Sequence[str], delimiter: str, start: int) -> Records:
    found = Records(delimiter=delimiter)
    for _ in range(RESTARTS):
        broken = _read_on(lines, start, delimiter, found)
        if broken is None:
            return found
        found.add_broken(lines[broken], broken + 1)
        start = broken + 1
    for number, line in enumerate(islice(lines, start, None), start=start + 1):
        try:
            for row in csv.reader([line], delimiter=delimiter, strict=True):
                found.add(row, number)
        except csv.Error:
            found.add_broken(line, number)
    return found


def _read_on(
    lines: Sequence[str], start: int, delimiter: str, found: Records
) -> int | None:
    """Read until a record is broken, and return the index of its first line."""
    reader = csv.reader(islice(lines, start, None), delimiter=delimiter, strict=True)
    at = start
    try:
        for row in reader:
            end = start + reader.line_num
            if end - at > 1 and _swallowed(lines[at:end], delimiter, found):
                return at
            found.add(row, at + 1)
            at = end
    except csv.Error:
        return at
    return None


def _swallowed(lines: Sequence[str], delimiter: str, found: Records) -> bool:
    """Whether a quotation mark without end has made one record of several rows."""
    counts = [line.count(delimiter) for line in lines]
    usual = len(found.rows[0]) - 1 if found.rows else counts[0]
    if usual + 1 < NARROW:
        return False
    inner = counts[1:-1]
    return set(counts) == {usual} or (len(inner) > 1 and set(inner) == {usual})


def rows_of_qualtrics(rows: Sequence[Sequence[str]]) -> int:
    """Count the rows of question texts and import ids that follow the header.

    Parameters
    ----------
    rows : sequence of sequence of str
        The header and what follows. Qualtrics writes two rows of its own there, and the
        second holds nothing but ids, such as ``{"ImportId":"QID1"}``.
    """
    for number, row in enumerate(rows[1 : 1 + MOST_IDS], start=1):
        filled = [cell.strip() for cell in row if cell.strip()]
        if filled and all(_is_import_id(cell) for cell in filled):
            return number
    return 0


def _is_import_id(cell: str) -> bool:
    return cell.replace(" ", "").startswith(IMPORT_ID) and cell.endswith("}")
