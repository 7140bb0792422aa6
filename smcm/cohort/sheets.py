"""Bytes of a CSV file become lines of cells; whatever is amiss becomes a fault."""

import csv
from dataclasses import dataclass

from smcm.errors import Fault

UTF8_MARK = b"\xef\xbb\xbf"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
ZIP_MARK = b"PK\x03\x04"  # .xlsx and .ods are zip archives
OLD_EXCEL_MARK = b"\xd0\xcf\x11\xe0"
DELIMITERS = {";": "semicolons", "\t": "tabs"}
SAVE_AS = (
    "Open the file in a spreadsheet and save it as comma-separated CSV, UTF-8; in a "
    "locale with a decimal comma, LibreOffice asks for the separator, and Excel takes "
    "the list separator of the system's regional settings."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One file as text.

    Attributes
    ----------
    file : str
        Name relative to the data folder.
    header : tuple of str
    rows : tuple of tuple of str
        Cells, as many as the header has; short rows are filled with "".
    lines : tuple of int
        Line of the file of each row; the header is line 1.
    torn : frozenset of int
        Lines that do not have a cell for each column; only their key is of use.
    faults : tuple of Fault
    """

    file: str
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    lines: tuple[int, ...] = ()
    torn: frozenset[int] = frozenset()
    faults: tuple[Fault, ...] = ()


def read_sheet(file: str, content: bytes) -> Sheet:
    """Read a file as far as it can be read, and say what could not.

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
    refusal = _refuse(file, content)
    if refusal is not None:
        return Sheet(file=file, faults=(refusal,))
    text, faults = _decode(file, content)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    delimiter = _delimiter(lines[0])
    if delimiter != ",":
        faults.append(
            Fault(
                file=file,
                line=1,
                rule=f"The cells of a line are separated by commas, not by "
                f"{DELIMITERS[delimiter]}.",
                cure=SAVE_AS,
            )
        )
    return _table(file, lines, delimiter, faults)


def _refuse(file: str, content: bytes) -> Fault | None:
    found = ""
    if not content.removeprefix(UTF8_MARK).strip():
        return Fault(
            file=file,
            rule="The file is empty.",
            cure="Put back the table, or export it again; its columns are listed in "
            "the codebook.",
        )
    if content.startswith((ZIP_MARK, OLD_EXCEL_MARK)):
        found = "a spreadsheet that was only renamed to .csv"
    elif content.startswith(UTF16_MARKS) or b"\x00" in content:
        found = "text in UTF-16, or no text at all"
    if not found:
        return None
    return Fault(
        file=file, rule=f"A table is CSV text in UTF-8; this is {found}.", cure=SAVE_AS
    )


def _decode(file: str, content: bytes) -> tuple[str, list[Fault]]:
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        faults = []
    # Read on in the usual other encoding, so that the remaining faults show as well.
    for number, line in enumerate(content.splitlines(), start=1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            fault = Fault(
                file=file,
                line=number,
                value=line[max(error.start - 15, 0) : error.end + 15].decode("latin-1"),
                rule="Text is encoded in UTF-8.",
                cure="Save the file as UTF-8 (in a spreadsheet: CSV UTF-8) and look "
                "at the accents on this line afterwards.",
            )
            faults.append(fault)
    return content.removeprefix(UTF8_MARK).decode("latin-1"), faults


def _delimiter(header: str) -> str:
    if "," in header:
        return ","
    return next((mark for mark in DELIMITERS if mark in header), ",")


def _table(file: str, lines: list[str], delimiter: str, faults: list[Fault]) -> Sheet:
    cells: dict[int, tuple[str, ...]] = {}
    torn: set[int] = set()
    for number, line in enumerate(lines, start=1):
        if not line.strip() and number > 1:
            continue
        try:
            row = next(csv.reader([line], delimiter=delimiter, strict=True), [])
            cells[number] = tuple(row)
        except csv.Error:
            faults.append(_quotation(file, number, line))
            cells[number] = tuple(line.split(delimiter))
            torn.add(number)
    header = cells.pop(1, ())
    width = len(header)
    odd = {n for n, row in cells.items() if width and len(row) != width}
    faults.extend(_ragged(file, n, len(cells[n]), width) for n in sorted(odd - torn))
    rows = tuple((*row, *[""] * (width - len(row)))[:width] for row in cells.values())
    return Sheet(
        file=file,
        header=header,
        rows=rows,
        lines=tuple(cells),
        torn=frozenset(odd | torn),
        faults=tuple(faults),
    )


def _quotation(file: str, number: int, line: str) -> Fault:
    return Fault(
        file=file,
        line=number,
        value=line[:60],
        rule="A quotation mark that opens is closed in the same cell and line.",
        cure='Close or remove the quotation mark; inside a cell write it twice ("").',
    )


def _ragged(file: str, number: int, found: int, width: int) -> Fault:
    return Fault(
        file=file,
        line=number,
        value=f"{found} cells",
        rule=f"Every line has as many cells as the header, {width}.",
        cure="Look for a missing or a surplus comma; a text with a comma in it stands "
        'between quotation marks ("…").'
        if found > width
        else "Look for a missing comma; a blank value still has its comma.",
    )
