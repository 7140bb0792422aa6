"""The codebook: one table for each data file, written from the study file."""

import re
from dataclasses import replace
from itertools import groupby

import pandas as pd

from smcm.cohort.descriptors import read_schema
from smcm.cohort.schema import CohortSchema, Column, TableSchema
from smcm.design.study_file import shipped_bytes
from smcm.report.format import cell, listed
from smcm.report.show import Listing, Table

NUMBER = re.compile(r"_0*([0-9]+)$")
K = "*k*"
NUMBERED = f" {K} is the number at the end of the column name."


def tables() -> list[Table]:
    """Lay out every data file, in the order of the data package."""
    return [table(schema.name) for schema in read_schema().tables]


def study_file() -> Listing:
    """Show the study file, which declares all of the tables below."""
    return Listing(shipped_bytes().decode("utf-8").rstrip())


def table(name: str) -> Table:
    """Lay out the columns of one data file of the shipped study.

    Parameters
    ----------
    name : str
        Of the table, for example ``"clients"``.

    Raises
    ------
    UnknownValueError
        A name that is no table of the data package.
    """
    return table_of(read_schema(), name)


def table_of(files: CohortSchema, name: str) -> Table:
    """Lay out the columns of one of the data files of any study."""
    schema = files.table(name)
    runs = [list(run) for _, run in groupby(schema.columns, _but_number)]
    rows = [
        {
            "Column": _span([column.name for column in run]),
            "Values": values(run[0]),
            "May be blank": "no" if run[0].required else "yes",
            "Unit": cell(run[0].unit),
            "Meaning": _meaning(run),
        }
        for run in runs
    ]
    numbered = any(len(run) > 1 for run in runs)
    return Table(
        pd.DataFrame(rows),
        name=f"tab-codebook-{schema.name}",
        caption=f"Columns of `{cell(schema.path)}`",
        notes=(cell(schema.description), _keys(files, schema) + (NUMBERED * numbered)),
        align=("left", "left", "left", "left", "left"),
        wide=True,
    )


def values(column: Column) -> str:
    """Write the values allowed in a column, each code with its label."""
    if not column.codes:
        return cell(column.allowed)
    runs = [list(run) for _, run in groupby(column.codes.items(), _code_but_number)]
    return "; ".join(
        f"{_span([code for code, _ in run])} {_label(run)}".rstrip() for run in runs
    )


def _span(names: list[str]) -> str:
    """Write one name as code, or the first and the last of several."""
    ends = names if len(names) == 1 else [names[0], names[-1]]
    return " … ".join(f"`{cell(name)}`" for name in ends)


def _number(name: str) -> str:
    """Find the number at the end of a name, without leading zeros; "" if none."""
    found = NUMBER.search(name)
    return found[1] if found else ""


def _masked(text: str, name: str) -> str:
    """Put K where `text` first has the number that `name` ends in."""
    number = _number(name)
    return re.sub(rf"\b{number}\b", K, text, count=1) if number else text


def _but_number(column: Column) -> Column:
    """Make columns that differ only in their number equal."""
    return replace(
        column,
        name=NUMBER.sub("", column.name),
        title="",
        description=_masked(column.description, column.name),
    )


def _code_but_number(code: tuple[str, str]) -> tuple[str, str]:
    name, label = code
    return NUMBER.sub("", name), _masked(label, name)


def _meaning(run: list[Column]) -> str:
    """Write the description; with *k* for the number where there are several."""
    shown = _but_number(run[0]) if len(run) > 1 else run[0]
    return cell(shown.description)


def _label(run: list[tuple[str, str]]) -> str:
    """Write the label of a code; "items 1 to 4" where there are several."""
    (first, label), (last, _) = run[0], run[-1]
    if len(run) == 1:
        return cell(label)
    numbers = f"{_number(first)} to {_number(last)}"
    return cell(_masked(label, first)).replace(f"item {K}", f"items {numbers}")


def _keys(files: CohortSchema, schema: TableSchema) -> str:
    """Write what identifies a row, and which rows of other tables it refers to."""
    named = f"Each row is identified by {_columns(schema.key)}."
    links = [
        f"Its {_columns(link.columns)} must occur in `{files.table(link.table).path}`."
        for link in schema.foreign_keys
    ]
    return " ".join([named, *links])


def _columns(names: tuple[str, ...]) -> str:
    return listed(f"`{cell(name)}`" for name in names)
