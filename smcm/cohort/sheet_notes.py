"""How a text table was read, in sentences for whoever uses its numbers."""

from collections.abc import Iterator

from smcm.cohort.characters import UTF8
from smcm.cohort.separators import COMMA, SEPARATORS
from smcm.cohort.sheets import Sheet


def sheet_notes(sheet: Sheet) -> Iterator[str]:
    """Say what was inferred: separator, encoding, rows of a survey program."""
    if sheet.separator != COMMA:
        found = SEPARATORS.get(sheet.separator, repr(sheet.separator))
        yield f"{sheet.file} was read with cells separated by {found}."
    if sheet.encoding != UTF8:
        example = f", line {sheet.odd[0][0]}: {sheet.odd[0][1]}" if sheet.odd else ""
        yield f"{sheet.file} was read as text in {sheet.encoding}{example}."
    if sheet.passed_over:
        lines = " and ".join(map(str, sheet.passed_over))
        yield (
            f"Line{'s' * (len(sheet.passed_over) > 1)} {lines} of {sheet.file} hold "
            "question texts and import ids of Qualtrics, and no answers; they were "
            "not read as rows."
        )
