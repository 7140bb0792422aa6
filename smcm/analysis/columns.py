"""What a caller names of a data frame: labels and cells, as names and numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from numbers import Real
from typing import TYPE_CHECKING, Any, TypeGuard

import numpy as np
import pandas as pd

from smcm.errors import OutOfRangeError, UnknownValueError
from smcm.shown import shown
from smcm.stats.usable import Array

if TYPE_CHECKING:
    from pandas.api.extensions import ExtensionDtype

Label = str | int  # of a column; those of a frame made from an array are whole numbers
Labels = Sequence[Label]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Columns of one model, by names that are text.

    Attributes
    ----------
    frames : tuple of DataFrame
        Those given, or where labels were no text, their columns of the model under
        labels made text.
    x, y : str
    mediators, covariates : tuple of str
    cluster : str or None
    """

    frames: tuple[pd.DataFrame, ...]
    x: str
    mediators: tuple[str, ...]
    y: str
    covariates: tuple[str, ...]
    cluster: str | None


def named(
    frames: Sequence[pd.DataFrame],
    *,
    x: object,
    m: object,
    y: object,
    covariates: object,
    cluster: object,
) -> Named:
    """Read the labels of a model's columns.

    Raises
    ------
    OutOfRangeError
        What is no data frame or no label, such as a column's values, or two labels
        that are the same as text.
    UnknownValueError
        A label that is no text and no column.
    """
    for frame in frames:
        if not isinstance(frame, pd.DataFrame):
            kind = type(frame).__name__
            raise OutOfRangeError.for_number("frame", kind, "a pandas DataFrame")
        if frame.columns.nlevels > 1:
            rule = "columns with one name each; join the levels of their names"
            raise OutOfRangeError.for_number("frame", "levels of columns", rule)
    mediators = tuple(m) if holds_names(m) else (m,)
    given = [
        ("x", x),
        *(("m", one) for one in mediators),
        ("y", y),
        *(("covariates", one) for one in _listed(covariates)),
        *([] if cluster is None else [("cluster", cluster)]),
    ]
    for part, label in given:
        _require_label(part, label)
    labels = [label for _, label in given]
    found = Named(
        frames=tuple(frames),
        x=str(x),
        mediators=tuple(map(str, mediators)),
        y=str(y),
        covariates=tuple(map(str, _listed(covariates))),
        cluster=None if cluster is None else str(cluster),
    )
    if all(isinstance(label, str) for label in labels):
        return found
    return replace(found, frames=tuple(_as_text(one, labels) for one in frames))


def holds_names(m: object) -> TypeGuard[Iterable[object]]:
    """Whether mediators are listed; an array of numbers holds values."""
    if isinstance(m, np.ndarray):
        return m.ndim == 1 and m.dtype.kind in "OU"
    return isinstance(m, list | tuple | pd.Index)


def _listed(covariates: object) -> list[object]:
    """List the labels of covariates; none where there is None."""
    if covariates is None:
        return []
    if isinstance(covariates, str | int):
        rule = f"a list of columns, such as [{shown(covariates)}]"
        raise OutOfRangeError.for_number("covariates", covariates, rule)
    if isinstance(covariates, pd.Series | pd.DataFrame):
        kind = type(covariates).__name__
        rule = "a list of names of columns, not their values"
        raise OutOfRangeError.for_number("covariates", kind, rule)
    if not isinstance(covariates, Iterable):
        rule = "a list of columns, such as ['age']"
        raise OutOfRangeError.for_number("covariates", covariates, rule)
    return list(covariates)


def _require_label(part: str, label: object) -> None:
    if isinstance(
        label, pd.Series | pd.DataFrame | pd.Index | np.ndarray | list | dict | set
    ):
        kind = type(label).__name__
        name = getattr(label, "name", None)
        such = "" if name is None else f", such as {shown(name)}"
        rule = f"the name of a column{such}, not its values"
        raise OutOfRangeError.for_number(part, kind, rule)
    if label is None:
        raise OutOfRangeError.for_number(part, label, "the name of a column")


def _as_text(frame: pd.DataFrame, labels: Sequence[Any]) -> pd.DataFrame:
    """Take the columns of a model with their labels as text."""
    chosen = list(dict.fromkeys(labels))
    texts = [str(label) for label in chosen]
    for label, text in zip(chosen, texts, strict=True):
        if label not in frame.columns:
            raise _unknown(label, frame)
        if texts.count(text) > 1:
            rule = "labels that differ as text; rename one of the columns"
            raise OutOfRangeError.for_number("column", label, rule)
        if list(frame.columns).count(label) > 1:
            rule = "a name that heads one column of the frame"
            raise OutOfRangeError.for_number("column", label, rule)
    return frame.loc[:, chosen].set_axis(texts, axis="columns")


def _unknown(label: object, frame: pd.DataFrame) -> UnknownValueError:
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
            raise _unknown(name, frame)
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
