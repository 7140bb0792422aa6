"""What each column of a cohort holds, so that its owner can recognise it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from smcm.cohort.descriptors import schema_of
from smcm.cohort.schema import FEW, Column, TableSchema
from smcm.cohort.tables import Cohort


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSummary:
    """One column of one file.

    Attributes
    ----------
    file, column : str
    n, blank : int
        Rows with and without a value.
    levels : tuple of (str, int)
        Each code with its rows, in the order of the codebook, of a column with few
        codes; else empty.
    n_levels : int
        Different values.
    low, high : float, Timestamp, or None
        Of numbers and days; None of text, and of a column without a value.
    mean : float or None
        Of numbers.
    """

    file: str
    column: str
    n: int
    blank: int
    levels: tuple[tuple[str, int], ...]
    n_levels: int
    low: float | pd.Timestamp | None
    high: float | pd.Timestamp | None
    mean: float | None


def column_summaries(cohort: Cohort) -> tuple[ColumnSummary, ...]:
    """Summarise every column, by file in the order of the codebook."""
    return tuple(
        _summary(schema, column, table[column.name])
        for schema, table in tables_of(cohort)
        for column in schema.columns
    )


def tables_of(cohort: Cohort) -> Iterator[tuple[TableSchema, pd.DataFrame]]:
    """Give each table of a cohort with its schema."""
    for schema in schema_of(cohort.design).tables:
        whole = getattr(cohort, schema.name, None)
        yield schema, cohort.items[schema.name] if whole is None else whole


def _summary(schema: TableSchema, column: Column, values: pd.Series) -> ColumnSummary:
    known = values.dropna()
    measured = column.kind != "string" and len(known) > 0
    counts = known.value_counts()
    by_code = {_as_code(value): int(n) for value, n in counts.items()}
    few = 0 < len(column.codes) <= FEW
    return ColumnSummary(
        file=schema.path,
        column=column.name,
        n=len(known),
        blank=len(values) - len(known),
        levels=tuple((c, by_code.get(c, 0)) for c in column.codes) if few else (),
        n_levels=len(counts),
        low=known.min() if measured else None,
        high=known.max() if measured else None,
        mean=float(known.mean()) if measured and column.kind != "date" else None,
    )


def _as_code(value: object) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)
