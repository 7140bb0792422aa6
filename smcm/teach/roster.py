"""The list of a class: one student on each row, under a name that can be a folder."""

import re
from collections.abc import Iterator
from pathlib import Path

from smcm.cohort.characters import plain_name
from smcm.cohort.sheets import Sheet, read_sheet
from smcm.errors import DataError, Fault
from smcm.input_files import read_input

STUDENT = "student"
LONGEST = 64
MOST_BYTES = 200  # of a name; the name of a file has a few more, 255 at most
NEVER = re.compile(r'[<>:"/\\|?*]')  # in the name of a file on Windows
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|(com|lpt)[0-9])(\..*)?")  # on Windows


def read_roster(path: Path, column: str = STUDENT) -> tuple[str, ...]:
    """Read who is in a class; see `students_of`.

    Raises
    ------
    DataError, InputFileError, OSError
    """
    return students_of(path.name, read_input(path), column)


def folded(name: str) -> str:
    """Write a name as it is compared: case, spaces and apostrophes do not matter."""
    return plain_name(name).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").casefold()


def students_of(name: str, content: bytes, column: str = STUDENT) -> tuple[str, ...]:
    """Read a text table with a column of students; others are not looked at.

    Parameters
    ----------
    name : str
        Of the file, for the faults.
    content : bytes
    column : str
        Its name.

    Returns
    -------
    tuple of str
        In the order of the file, accents composed, one space where there are several.

    Raises
    ------
    DataError
        Every fault at once, with its line, value and cure.
    """
    sheet = read_sheet(name, content)
    place = column_of(sheet, column)
    faults = list(sheet.faults)
    students: dict[str, int] = {}
    if place is None:
        faults += [_no_column(sheet, column)] if sheet.header else []
        raise DataError(faults)
    for line, cells in zip(sheet.lines, sheet.rows, strict=True):
        student = plain_name(cells[place])
        wrong = list(_faults(sheet.file, line, student, students, column))
        faults += wrong
        if not wrong:
            students[folded(student)] = line
    if not sheet.rows and not faults:
        rule, cure = "There is no student below the header.", "Write one on each line."
        faults.append(Fault(file=name, line=1, rule=rule, cure=cure))
    if faults:
        raise DataError(sorted(faults, key=lambda fault: fault.line or 0))
    return tuple(plain_name(cells[place]) for cells in sheet.rows)


def column_of(sheet: Sheet, name: str) -> int | None:
    """Find a column, however its name is written; None where there is none."""
    names = [plain_name(head).casefold() for head in sheet.header]
    name = plain_name(name).casefold()
    return names.index(name) if name in names else None


def _no_column(sheet: Sheet, column: str) -> Fault:
    return Fault(
        file=sheet.file,
        line=sheet.header_line,
        value=", ".join(sheet.header),
        rule=f"The header must name a column {column}.",
        cure="Say with --column which one holds usernames or numbers.",
    )


def _faults(
    file: str, line: int, text: str, before: dict[str, int], column: str
) -> Iterator[Fault]:
    def fault(rule: str, cure: str) -> Fault:
        return Fault(
            file=file, line=line, column=column, value=text, rule=rule, cure=cure
        )

    if not text:
        yield fault("Every row names a student.", "Fill in the cell or delete the row.")
        return
    long = len(text) > LONGEST or len(text.encode()) > MOST_BYTES
    if long or NEVER.search(text) or not text.isprintable():
        yield fault(
            f'A name has at most {LONGEST} signs and none of < > : " / \\ | ? *, for '
            "it becomes a folder.",
            "Take the username or the student number.",
        )
    elif RESERVED.fullmatch(text) or text.startswith(".") or text.endswith("."):
        yield fault("No folder can have this name on every system.", "Change it.")
    first = before.get(folded(text))
    if first is not None:
        yield fault(
            f"Each student occurs once; line {first} has this name too (capital and "
            "small letters are the same in a folder).",
            "Delete one of them, or tell them apart.",
        )
