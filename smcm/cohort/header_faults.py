"""What is wrong with the format and the header of a file of a data folder."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from smcm.cohort.cells import Complaint
from smcm.cohort.characters import UTF8
from smcm.cohort.layout_faults import SAVE_AS, odd_faults
from smcm.cohort.schema import TableSchema
from smcm.cohort.separators import COMMA, SEPARATORS
from smcm.cohort.sheets import Sheet
from smcm.errors import Fault

MOST_UNKNOWN = 20  # columns that the table does not have, named one by one


def format_faults(sheet: Sheet) -> Iterator[Fault]:
    """Hold a file against the one format of a data folder, which other programs read.

    A table that can be read all the same is read, so that its other faults show.
    """
    if sheet.encoding.startswith("UTF-") and sheet.encoding != UTF8:
        rule = f"Text is encoded in UTF-8; this is {sheet.encoding}."
        yield Fault(file=sheet.file, rule=rule, cure=SAVE_AS)
    elif sheet.encoding != UTF8 and sheet.encoding:
        yield from odd_faults(sheet.file, sheet.odd)
    if sheet.separator != COMMA:
        found = SEPARATORS.get(sheet.separator, repr(sheet.separator))
        yield Fault(
            file=sheet.file,
            line=sheet.header_line,
            rule=f"The cells of a line are separated by commas, not by {found}.",
            cure=SAVE_AS,
        )


def header_faults(schema: TableSchema, sheet: Sheet) -> list[Fault]:
    """Name columns that are there twice, unknown or missing, and a lack of rows."""
    faults = []
    found: dict[str, list[int]] = {}
    for place, name in enumerate(sheet.header, start=1):
        found.setdefault(name, []).append(place)
    absent = [name for name in schema.names if name not in found]
    for name, places in found.items():
        if len(places) > 1:
            rule = f"A column name occurs once; this one is in {_places(places)}."
            cure = "Keep one of the columns, or rename the other."
            faults.append(_header_fault(sheet, name, rule, cure))
    unknown = [name for name in found if name not in schema.names]
    for name in unknown[:MOST_UNKNOWN]:
        rule, cure = _unknown(schema, name, absent)
        faults.append(_header_fault(sheet, name, rule, cure))
    if len(unknown) > MOST_UNKNOWN:
        faults.append(_many_unknown(schema, sheet, unknown))
    for name in absent:
        rule = f"The table has a column {name}: {schema.column(name).description}"
        cure = "Add the column, or rename the one that holds it."
        faults.append(_header_fault(sheet, name, rule, cure))
    if not sheet.rows and not any(
        fault.line and fault.line > sheet.header_line for fault in sheet.faults
    ):
        fault = Fault(
            file=sheet.file,
            line=sheet.header_line,
            rule="The table has no rows below its header.",
            cure=f"Enter rows, or export them into this file. {schema.description}",
        )
        faults.append(fault)
    return faults


def _header_fault(sheet: Sheet, name: str, rule: str, cure: str) -> Fault:
    return Fault(
        file=sheet.file,
        line=sheet.header_line,
        column=name,
        value=name,
        rule=rule,
        cure=cure,
    )


def _places(places: Sequence[int]) -> str:
    named = " and ".join(map(str, places[:MOST_UNKNOWN]))
    more = f" and {len(places) - MOST_UNKNOWN} more" * (len(places) > MOST_UNKNOWN)
    return f"columns {named}{more}"


def _many_unknown(schema: TableSchema, sheet: Sheet, unknown: Sequence[str]) -> Fault:
    """Count the columns that the table does not have, where they are many."""
    rest = len(unknown) - MOST_UNKNOWN
    return Fault(
        file=sheet.file,
        line=sheet.header_line,
        value=f"{rest:,} more columns",
        rule=f"{schema.path} has only the {len(schema.names)} columns that the "
        "codebook lists.",
        cure="Look whether this is the right file; keep what does not belong here in a "
        "file outside the data folder.",
    )


def _unknown(schema: TableSchema, name: str, absent: list[str]) -> Complaint:
    if not name.strip():
        return (
            "Every column has a name.",
            "Name the column, or delete it; a comma at the end of each line makes one.",
        )
    rule = f"{schema.path} has only the columns that the codebook lists."
    near = get_close_matches(name.strip().casefold(), absent, n=1)
    if near:
        return rule, f"Rename it to {near[0]}, if that is what it holds."
    return rule, "Take it out of this file; keep it in a file outside the data folder."
