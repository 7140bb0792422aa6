"""Tables as comma-separated text: the only place that writes any.

Cells that a spreadsheet would run are written as text; see `smcm.cohort.formulas`.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from pathlib import Path

import pandas as pd

from smcm.cohort.formulas import as_text

DAY = "%Y-%m-%d"


def write_frame(frame: pd.DataFrame, path: Path | StringIO) -> None:
    """Write a table without its index, in UTF-8.

    Parameters
    ----------
    frame : DataFrame
        Blank cells are missing values; days are written as YYYY-MM-DD.
    path : Path
    """
    safe = frame.rename(columns=_safe)
    for place, kind in enumerate(frame.dtypes):
        if kind.kind not in "biufM":
            safe.isetitem(place, [_safe(cell) for cell in frame.iloc[:, place]])
    safe.to_csv(path, index=False, date_format=DAY, lineterminator="\n")


def csv_text(rows: Sequence[Mapping[str, object]], names: Iterable[str] = ()) -> str:
    """Write rows as text with a header; None is an empty cell.

    Parameters
    ----------
    rows : sequence of mapping
        Values by column.
    names : iterable of str
        Columns in order; by default those of the first row.
    """
    header = list(names) or list(rows[0])
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(map(_safe, header))
    for row in rows:
        writer.writerow([_safe(row[name]) for name in header])
    return text.getvalue()


def _safe(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    # an end of line that the writer would leave without quotation marks ends the row
    return as_text(cell.replace("\r\n", "\n").replace("\r", "\n"))
