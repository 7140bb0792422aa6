"""The codebook: one table for each data file, straight from the schema."""

import pandas as pd

from smcm.cohort.schema import Column, TableSchema, read_schema
from smcm.report.format import cell, listed
from smcm.report.show import Table


def tables() -> list[Table]:
    """Lay out every data file, in the order of the data package."""
    return [table(schema.name) for schema in read_schema().tables]


def table(name: str) -> Table:
    """Lay out the columns of one data file.

    Parameters
    ----------
    name : str
        Of the table, for example ``"clients"``.

    Raises
    ------
    UnknownValueError
        A name that is no table of the data package.
    """
    schema = read_schema().table(name)
    rows = [
        {
            "Column": f"`{cell(column.name)}`",
            "Name": cell(column.title),
            "Meaning": cell(column.description),
            "Unit": cell(column.unit),
            "Values": values(column),
            "May be blank": "no" if column.required else "yes",
        }
        for column in schema.columns
    ]
    return Table(
        pd.DataFrame(rows),
        name=f"tab-codebook-{schema.name}",
        caption=f"Columns of `{cell(schema.path)}`",
        notes=(cell(schema.description), _keys(schema)),
        align=("left", "left", "left", "left", "left", "left"),
    )


def values(column: Column) -> str:
    """Write what may stand in a column, each code with its label."""
    if not column.codes:
        return cell(column.allowed)
    return "; ".join(
        f"`{cell(code)}` {cell(label)}".rstrip() for code, label in column.codes.items()
    )


def _keys(schema: TableSchema) -> str:
    """Say what names a row, and which other rows it needs."""
    named = f"A row is named by {_columns(schema.key)}."
    links = [
        f"Its {_columns(link.columns)} must occur in "
        f"`{read_schema().table(link.table).path}`."
        for link in schema.foreign_keys
    ]
    return " ".join([named, *links])


def _columns(names: tuple[str, ...]) -> str:
    return listed(f"`{cell(name)}`" for name in names)
