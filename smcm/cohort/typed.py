"""A sheet held against its schema: header, cells and key, row by row."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smcm.cohort.cells import Complaint, Value, read_cell
from smcm.cohort.characters import UTF8
from smcm.cohort.schema import Column, TableSchema
from smcm.cohort.separators import COMMA
from smcm.cohort.sheets import Sheet
from smcm.errors import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedTable:
    """One file, read column by column.

    Attributes
    ----------
    schema : TableSchema
    file : str
        Name relative to the data folder.
    frame : DataFrame
        Typed columns, those of the schema that the file has; the index is the line
        of the file. Blank cells and unreadable ones are missing.
    texts : DataFrame
        The same cells as text, without spaces around them.
    faults : tuple of Fault
    """

    schema: TableSchema
    file: str
    frame: pd.DataFrame
    texts: pd.DataFrame
    faults: tuple[Fault, ...]

    def has(self, *names: str) -> bool:
        """Whether the file has these columns, and rows."""
        return bool(len(self.frame)) and set(names) <= set(self.frame.columns)

    def lines(self, rows: "pd.Series[bool]") -> list[int]:
        """Lines of the file of the rows that are marked."""
        return [int(line) for line in self.frame.index[rows.to_numpy()]]

    def fault(
        self,
        rule: str,
        cure: str,
        *,
        line: int | None = None,
        column: str | None = None,
        value: str | None = None,
    ) -> Fault:
        """Make a fault of this file; the value is the cell's unless it is given."""
        if value is None and line is not None and column is not None:
            value = str(self.texts[column].loc[line]) if column in self.texts else None
        return Fault(
            file=self.file, line=line, column=column, value=value, rule=rule, cure=cure
        )


def read_table(schema: TableSchema, sheet: Sheet) -> TypedTable:
    """Type every column and collect the faults of header, cells and key."""
    faults = [*sheet.faults, *_layout_faults(schema, sheet)]
    typed: dict[str, pd.Series] = {}
    texts: dict[str, pd.Series] = {}
    index = pd.Index(sheet.lines, dtype="int64")
    whole = [line not in sheet.torn for line in sheet.lines]
    for column in schema.columns:
        if column.name not in sheet.header:
            continue
        place = sheet.header.index(column.name)
        cells = [row[place] for row in sheet.rows]
        parsed = {text: read_cell(column, text, schema.missing) for text in set(cells)}
        typed[column.name] = _series(column, [parsed[t][0] for t in cells], index)
        bare = {text: text.strip() for text in parsed}
        texts[column.name] = pd.Series([bare[t] for t in cells], index, dtype=object)
        if any(complaints for _, complaints in parsed.values()):
            faults += _cell_faults(column.name, sheet, cells, parsed, whole)
    frame = pd.DataFrame(typed, index=index)
    if sheet.torn:
        answers = [name for name in schema.answers if name in frame]
        frame.loc[[not complete for complete in whole], answers] = None
    faults += duplicate_rows(schema, sheet.file, frame)
    return TypedTable(
        schema=schema,
        file=sheet.file,
        frame=frame,
        texts=pd.DataFrame(texts, index=index),
        faults=tuple(faults),
    )


def _layout_faults(schema: TableSchema, sheet: Sheet) -> Iterator[Fault]:
    """Hold format and header against those of a data folder, where they differ."""
    plain = sheet.separator == COMMA and sheet.encoding == UTF8
    alike = sorted(sheet.header) == sorted(schema.names) and sheet.rows
    if sheet.header and not (plain and alike):
        from smcm.cohort.header_faults import format_faults, header_faults  # noqa: PLC0415

        yield from format_faults(sheet)
        yield from header_faults(schema, sheet)


def _series(column: Column, values: list[Value], index: pd.Index) -> pd.Series:
    """Type by the schema, never by what the file happens to hold."""
    if column.kind == "string":
        return pd.Series(values, index, dtype=object)
    if column.kind == "date":
        days = np.array(values, dtype="datetime64[D]")
        return pd.Series(days.astype("datetime64[us]"), index)
    return pd.Series(np.array(values, dtype=float), index)


def _cell_faults(
    name: str,
    sheet: Sheet,
    cells: list[str],
    parsed: dict[str, tuple[Value, list[Complaint]]],
    whole: list[bool],
) -> list[Fault]:
    return [
        Fault(file=sheet.file, line=line, column=name, value=text, rule=rule, cure=cure)
        for text, line, complete in zip(cells, sheet.lines, whole, strict=True)
        if complete
        for rule, cure in parsed[text][1]
    ]


def duplicate_rows(schema: TableSchema, file: str, frame: pd.DataFrame) -> list[Fault]:
    """Find rows whose key stands on an earlier line already."""
    if not set(schema.key) <= set(frame.columns):
        return []
    keys = frame[list(schema.key)].dropna()
    again = keys[keys.duplicated(keep="first")]
    if again.empty:
        return []
    first = {row: line for line, row in reversed(list(key_rows(keys)))}
    return [
        Fault(
            file=file,
            line=line,
            column=", ".join(schema.key),
            value=written(row),
            rule=f"The table has one row for each {' × '.join(schema.key)}; this one "
            f"stands on line {first[row]} already.",
            cure="Delete the row that is wrong, or correct its "
            + " or ".join(schema.key)
            + ".",
        )
        for line, row in key_rows(again)
    ]


def key_rows(keys: pd.DataFrame) -> list[tuple[int, tuple[object, ...]]]:
    """Line and values of each row."""
    rows = keys.itertuples(index=False, name=None)
    return list(zip(keys.index.tolist(), rows, strict=True))


def written(row: tuple[object, ...]) -> str:
    """Join values as a reader of the file would write them."""
    return ", ".join(_written(value) for value in row)


def _written(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return str(value)
