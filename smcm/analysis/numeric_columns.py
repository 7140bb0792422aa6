"""Columns of a data frame as numbers."""

from collections.abc import Sequence
from decimal import Decimal
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from smcm.errors import OutOfRangeError, UnknownValueError
from smcm.shown import shown
from smcm.stats.usable import Array

if TYPE_CHECKING:
    from pandas.api.extensions import ExtensionDtype


def unknown_column(label: object, frame: pd.DataFrame) -> UnknownValueError:
    """Say which columns there are, or that one is the same but for its type."""
    for one in frame.columns:
        if str(one) == str(label):
            return UnknownValueError(
                f"column is {shown(label)}, of type {type(label).__name__}; the frame "
                "has "
                f"{shown(one)}, of type {type(one).__name__}. Write it as the frame "
                "does."
            )
    return UnknownValueError.for_choice("column", label, frame.columns)


def float_values(frame: pd.DataFrame, columns: Sequence[str]) -> Array:
    """Read columns as numbers, missing ones NaN, shape (n, columns).

    Raises
    ------
    UnknownValueError
        A column that there is not.
    OutOfRangeError
        A name that heads two columns, or a cell that is no number.
    """
    given = list(frame.columns)
    kinds = dict(zip(given, frame.dtypes, strict=True))
    for name in columns:
        if name not in kinds:
            raise unknown_column(name, frame)
        if given.count(name) > 1:
            rule = "a name that heads one column of the frame"
            raise OutOfRangeError.for_number("column", name, rule)
    if all(
        isinstance(kinds[name], np.dtype) and _real(kinds[name]) for name in columns
    ):
        return frame.loc[:, list(columns)].to_numpy(dtype=np.float64)
    if not columns:
        return np.empty((len(frame), 0))
    return np.column_stack([_floats(frame[name]) for name in columns])


def _floats(column: "pd.Series[Any]") -> Array:
    if _real(column.dtype):
        return column.to_numpy(dtype=np.float64, na_value=np.nan)
    if column.empty:
        rule = "numbers in every row"
        raise OutOfRangeError.for_number(f"column {shown(column.name)}", "empty", rule)
    found = np.full(len(column), np.nan)
    for row, (value, missing) in enumerate(zip(column, column.isna(), strict=True)):
        if missing:
            continue
        if not isinstance(value, Real | Decimal):
            raise OutOfRangeError.for_number(*_not_a_number(column, row, value))
        try:
            found[row] = float(value)
        except OverflowError:
            found[row] = np.inf
    return found


def _not_a_number(
    column: "pd.Series[Any]", row: int, value: object
) -> tuple[str, object, str]:
    """Name a cell that is no number: place, value and rule of the message."""
    place = f"column {shown(column.name)}, row {row + 1}"
    every = pd.to_numeric(column, errors="coerce").notna() | column.isna()
    if isinstance(value, str) and bool(every.all()):
        return place, value, "numbers in every row, not text; use pandas.to_numeric"
    if isinstance(value, str) and bool(every.iloc[row]):
        worst = int(np.flatnonzero(~every.to_numpy())[0])
        return _not_a_number(column, worst, column.iloc[worst])
    return place, value, "numbers in every row"


def _real(kind: "np.dtype[Any] | ExtensionDtype") -> bool:
    types = pd.api.types
    return types.is_numeric_dtype(kind) and not types.is_complex_dtype(kind)
