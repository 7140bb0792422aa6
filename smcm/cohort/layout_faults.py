"""What is wrong with a text table before any of its values is looked at."""

from collections.abc import Iterator, Mapping, Sequence

from smcm.cohort.records import LONGEST_CELL, MOST_COLUMNS, Records
from smcm.cohort.separators import SEPARATORS, is_spaced
from smcm.errors import Fault

SAVE_AS = (
    "Open the file in a spreadsheet and save it as comma-separated CSV, UTF-8; in a "
    "locale with a decimal comma, LibreOffice asks for the separator, and Excel takes "
    "the list separator of the system's regional settings."
)
SHOWN = 60  # characters of a line


def odd_faults(file: str, odd: Sequence[tuple[int, str]]) -> Iterator[Fault]:
    """Name the lines that are no UTF-8, each with some of its text."""
    for line, text in odd:
        yield Fault(
            file=file,
            line=line,
            value=text,
            rule="Text is encoded in UTF-8.",
            cure="Save the file as UTF-8 (in a spreadsheet: CSV UTF-8) and look at "
            "the accents on this line afterwards.",
        )


def broken_faults(file: str, records: Records) -> Iterator[Fault]:
    """Name the lines on which a quotation mark is not closed."""
    for line, text in records.broken.items():
        yield Fault(
            file=file,
            line=line,
            value=text[:SHOWN],
            rule="A quotation mark at the beginning of a cell is closed at its end, "
            "before the next row.",
            cure="Close or remove the quotation mark; inside a cell write it twice "
            '("").',
        )


def spaced_fault(file: str, line: int) -> Fault:
    """Say that spaces alone separate the cells."""
    return Fault(
        file=file,
        line=line,
        rule="Commas, semicolons or tabs separate the cells of a line; here only "
        "spaces do.",
        cure="Export the table as comma-separated CSV.",
    )


def header_fault(
    file: str, line: int, header: Sequence[str], found: int, rows: int
) -> Fault:
    """Say once that the header has another width than all rows."""
    width = len(header)
    if sum(map(bool, header)) == 1:
        cure = (
            "If this line is a title, delete it; the line above the rows names the "
            "columns."
        )
    elif found == width + 1:
        cure = (
            "If the rows begin with names or numbers of their own, as R's write.table "
            "writes them, give that column a name too (in R: write.csv)."
        )
    else:
        cure = "Export the table again, or name every column on this line."
    return Fault(
        file=file,
        line=line,
        value=", ".join(header)[:SHOWN],
        rule=f"Every line has as many cells as the header. This header has {width}, "
        f"and each of the {rows} rows below it has {found}.",
        cure=cure,
    )


def title_fault(file: str, line: int, header: Sequence[str]) -> Fault:
    """Say of a first line with one filled cell that it names no columns."""
    return Fault(
        file=file,
        line=line,
        value="".join(header).strip()[:SHOWN],
        rule="The first line names the columns; of this one a single cell is filled.",
        cure="If this line is a title, delete it; the line above the rows names the "
        "columns.",
    )


def wide_fault(file: str, line: int, width: int) -> Fault:
    """Say that the header has far too many columns."""
    return Fault(
        file=file,
        line=line,
        value=f"{width:,} columns",
        rule=f"A table has at most {MOST_COLUMNS:,} columns.",
        cure="Export only the columns that are needed; if rows and columns have "
        "changed places, transpose the table.",
    )


def long_faults(
    file: str, header: Sequence[str], long: Mapping[tuple[int, int], tuple[str, int]]
) -> Iterator[Fault]:
    """Name the cells that are too long.

    Parameters
    ----------
    file : str
    header : sequence of str
    long : mapping of (int, int) to (str, int)
        Beginning and length of each, by its line and the place of its column.
    """
    for (line, place), (text, length) in long.items():
        yield Fault(
            file=file,
            line=line,
            column=header[place] if place < len(header) else f"number {place + 1}",
            value=f"{text[:SHOWN]}…",
            rule=f"A cell has at most {LONGEST_CELL:,} characters; this one has "
            f"{length:,}.",
            cure="Shorten the text; or close the quotation mark with which the cell "
            "begins, if what follows are other cells.",
        )


def ragged_faults(
    file: str, odd: Mapping[int, int], width: int, separator: str
) -> Iterator[Fault]:
    """Name the lines that have more or fewer cells than the header."""
    mark = SEPARATORS[separator].removesuffix("s") if separator in SEPARATORS else ""
    mark = mark or "separator"
    blank = f"Look for a missing {mark}; a blank value still has its {mark}."
    surplus = (
        f"Look for a missing or a surplus {mark}; a text with a {mark} in it stands "
        'between quotation marks ("…").'
    )
    for line, found in odd.items():
        yield Fault(
            file=file,
            line=line,
            value=f"{found} cell{'s' * (found != 1)}",
            rule=f"Every line has as many cells as the header, {width}.",
            cure=surplus if found > width else blank,
        )


def empty_fault(file: str) -> Fault:
    """Say that nothing is in a file."""
    return Fault(
        file=file,
        rule="The file is empty.",
        cure="Put back the table, or export it again.",
    )


def shape_faults(
    file: str, lines: Sequence[str], records: Records, odd: Mapping[int, int]
) -> Iterator[Fault]:
    """Name rows that are not as wide as the header; one fault where all are alike."""
    header, line = records.rows[0], records.lines[0]
    widths, below = set(odd.values()), len(records.rows) - 1
    if len(header) == 1 and is_spaced(lines):
        yield spaced_fault(file, line)
        return
    yield from broken_faults(file, records)
    if len(header) > 1 and sum(bool(name.strip()) for name in header) == 1:
        yield title_fault(file, line, header)
    elif len(odd) == below > 1 and len(widths) == 1:
        yield header_fault(file, line, header, widths.pop(), below)
    else:
        torn = {n: found for n, found in odd.items() if n not in records.broken}
        yield from ragged_faults(file, torn, len(header), records.delimiter)
