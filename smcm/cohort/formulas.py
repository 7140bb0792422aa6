"""Cells that a spreadsheet would run as formulas, kept as the text that they are.

A spreadsheet runs a cell of a CSV file that begins with ``=``, ``+``, ``@``, or a
``-`` before anything but a number; some do so after blanks or quotation marks, or with
the wide signs of East Asia. What we write of that kind gets an apostrophe in front, by
which spreadsheets themselves tell text from formulas, and our reader takes it off
again. A cell that has such apostrophes already gets one more, so that every text comes
back as it was.
"""

import re

MARK = "'"
SIGNS = "=+@\\-\uff1d\uff0b\uff20\uff0d"
BEGINS = rf"[\s\"\u200b\ufeff]*[{SIGNS}]|[\t\r\n]\s*\S"
RISKY = re.compile(f"{MARK}*(?:{BEGINS})")
MARKED = re.compile(f"{MARK}+(?:{BEGINS})")
NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|-inf")


def as_text(cell: str) -> str:
    """Write a cell so that no spreadsheet runs it; a number stays a number.

    Examples
    --------
    >>> as_text("=1+1"), as_text("-1.5"), as_text("Équipe 3")
    ("'=1+1", '-1.5', 'Équipe 3')
    """
    risky = RISKY.match(cell) and not NUMBER.fullmatch(cell)
    return f"{MARK}{cell}" if risky else cell


def as_written(cell: str) -> str:
    """Take off the apostrophe that `as_text` put in front.

    Examples
    --------
    >>> as_written("'=1+1"), as_written("'s Gravenhage")
    ('=1+1', "'s Gravenhage")
    """
    if not cell.startswith(MARK) or not MARKED.match(cell):
        return cell
    bare = cell.removeprefix(MARK)
    return cell if NUMBER.fullmatch(bare) else bare
