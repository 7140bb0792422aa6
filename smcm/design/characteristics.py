"""What Table 1 shows of the cases at entry, as their columns declare it."""

from dataclasses import dataclass
from functools import cache

from smcm.design.study import DeclaredColumn, StudyDesign

NO_OR_YES = ("0", "1")


@dataclass(frozen=True, slots=True)
class Level:
    """One line of a block.

    Attributes
    ----------
    value : str or int
        Code in the data.
    name : str
        As the table words it.
    """

    value: str | int
    name: str


@dataclass(frozen=True, slots=True)
class Block:
    """A categorical characteristic.

    Attributes
    ----------
    column, name : str
    levels : tuple of Level
        Those the table shows; further codes may occur in the data.
    """

    column: str
    name: str
    levels: tuple[Level, ...]


@cache
def blocks(design: StudyDesign) -> tuple[Block, ...]:
    """List the columns of cases with named values, in the order of the file.

    Of a column of 0 and 1 the table shows who has 1; of another it shows every value
    but those that are declared as unlisted.
    """
    return tuple(
        Block(column.name, column.title, tuple(_levels(column)))
        for column in design.cases.table.columns
        if column.values
    )


@cache
def measured(design: StudyDesign) -> tuple[tuple[str, str], ...]:
    """Name the columns of cases that are numbers with a title, with their units."""
    return tuple(
        (column.name, _with_unit(column))
        for column in design.cases.table.columns
        if column.title and not column.values
    )


def _levels(column: DeclaredColumn) -> list[Level]:
    codes = tuple(code for code, _ in column.values)
    hidden = NO_OR_YES[:1] if codes == NO_OR_YES else column.unlisted
    return [
        Level(int(code) if code.isdigit() else code, label)
        for code, label in column.values
        if code not in hidden
    ]


def _with_unit(column: DeclaredColumn) -> str:
    """Write "Age, years", and no unit that the title ends in."""
    if not column.unit or column.title.endswith(column.unit):
        return column.title
    return f"{column.title}, {column.unit}"
