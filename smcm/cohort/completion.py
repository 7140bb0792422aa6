"""The completed item tables: no gap, and the observed answers unchanged."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from smcm.cohort.links import Tables, link_faults
from smcm.cohort.rules_items import points_are_spent
from smcm.cohort.typed import TypedTable
from smcm.design.study import Instrument
from smcm.errors import Fault

KEY = ["client_id", "month"]
WITHOUT = "delete the folder completed; the book then completes the data itself."


def completion_faults(
    completed: Mapping[str, TypedTable],
    tables: Tables,
    indices: Mapping[str, Instrument],
) -> Iterable[Fault]:
    """Check the tables of completed/ against themselves and the observed ones.

    Parameters
    ----------
    completed : mapping of TypedTable
    tables : mapping of TypedTable
        As they were observed.
    indices : mapping of Instrument
        The indices of ratings and points, by the name of their table.
    """
    for name, table in completed.items():
        yield from link_faults(table, tables)
        if not table.has(*table.schema.names):
            continue
        if "interviews" in tables and tables["interviews"].has("client_id"):
            yield from _absent_rows(table, tables["interviews"])
        gap = _gap_cells(table, indices.get(name))
        yield from _gaps(table, gap)
        if name in tables and tables[name].has(*table.schema.names):
            yield from _changed(table, gap, tables[name])
    for name, index in indices.items():
        if name in completed:
            yield from points_are_spent(completed[name], index)


def _absent_rows(table: TypedTable, interviews: TypedTable) -> Iterable[Fault]:
    months = [float(code) for code in table.schema.column("month").codes]
    found = set(table.frame[KEY].itertuples(index=False, name=None))
    for client in interviews.frame["client_id"].dropna().drop_duplicates():
        lacking = [f"{m:g}" for m in months if (client, m) not in found]
        if lacking:
            yield table.fault(
                "A completed table has a row for each client and month.",
                "Add the rows, or " + WITHOUT,
                column="month",
                value=f"{client}: no row for month {', '.join(lacking)}",
            )


def _gap_cells(table: TypedTable, index: Instrument | None) -> pd.DataFrame:
    gap = table.texts.isin(table.schema.missing)
    if index is not None:
        # An area that the client did not name has no rating, and 0 points.
        for rating, points in zip(*index.ratings_and_points, strict=True):
            gap[rating] &= table.frame[points] != 0
    return gap


def _gaps(table: TypedTable, gap: pd.DataFrame) -> Iterable[Fault]:
    for name in table.schema.answers:
        for line in table.lines(gap[name]):
            yield table.fault(
                "A completed table has no gap.",
                "Fill in the value, or " + WITHOUT,
                line=line,
                column=name,
            )


def _changed(
    table: TypedTable, gap: pd.DataFrame, observed: TypedTable
) -> Iterable[Fault]:
    """Compare every answer that was given with the completed table's."""
    ours, theirs = _by_key(table.frame), _by_key(observed.frame)
    shared = ours.index.intersection(theirs.index)
    ours, theirs = ours.loc[shared], theirs.loc[shared]
    names = [*table.schema.answers]
    answer, seen = (
        ours[names].to_numpy(dtype=float),
        theirs[names].to_numpy(dtype=float),
    )
    # What is a gap, or cannot be read, has its own fault.
    told = gap | (table.frame.isna() & (table.texts != ""))
    changed = ~np.isnan(seen) & (answer != seen)
    changed &= ~told.loc[ours["line"], names].to_numpy(dtype=bool)
    for row, place in np.argwhere(changed):
        there = f"{observed.file}, line {theirs['line'].iloc[row]}"
        yield table.fault(
            f"A completed table keeps every answer that was given; {there}, has "
            f"{seen[row, place]:g}.",
            f"Write {seen[row, place]:g} here, or correct {there}.",
            line=int(ours["line"].iloc[row]),
            column=names[place],
        )


def _by_key(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows by their key, each with its line; a key that repeats only once."""
    rows = frame.dropna(subset=KEY).drop_duplicates(KEY)
    return rows.assign(line=rows.index).set_index(KEY)
