"""Rows that must have a partner in another table."""

from collections.abc import Iterable, Mapping

from smcm.cohort.schema import ForeignKey
from smcm.cohort.typed import TypedTable, key_rows, written
from smcm.errors import Fault

Tables = Mapping[str, TypedTable]
Row = tuple[object, ...]


def readable(tables: Tables, needed: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether these tables have these columns; a rule without them has no say."""
    return all(
        name in tables and tables[name].has(*columns)
        for name, columns in needed.items()
    )


def link_faults(table: TypedTable, tables: Tables) -> list[Fault]:
    """Find the rows of one table whose partner is missing in another."""
    return [
        fault
        for link in table.schema.foreign_keys
        if table.has(*link.columns) and readable(tables, {link.table: link.reference})
        for fault in _without_partner(table, link, tables[link.table])
    ]


def _without_partner(
    table: TypedTable, link: ForeignKey, other: TypedTable
) -> Iterable[Fault]:
    partners = {row for _, row in key_rows(other.frame[[*link.reference]].dropna())}
    rows = key_rows(table.frame[[*link.columns]].dropna())
    alone = [(line, row) for line, row in rows if row not in partners]
    alike = {_folded(row): row for row in partners} if alone else {}
    for line, row in alone:
        near = alike.get(_folded(row))
        cure = f"Correct it, or add it to {other.file}."
        if near:
            cure = (
                f"{other.file} has {written(near)}; write the two alike (codes are "
                "text, and a spreadsheet drops their leading zeros)."
            )
        yield table.fault(
            f"Every {' and '.join(link.columns)} of {table.file} has a row in "
            f"{other.file}.",
            cure,
            line=line,
            column=", ".join(link.columns),
            value=written(row),
        )


def _folded(row: Row) -> Row:
    """Make alike what a spreadsheet or a hand makes different: 0012, 12; t01, T01."""
    return tuple(
        "".join(cell.split()).casefold().lstrip("0") if isinstance(cell, str) else cell
        for cell in row
    )
