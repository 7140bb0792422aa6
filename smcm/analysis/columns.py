"""What a caller names of a data frame: labels of columns, as text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeGuard

import numpy as np
import pandas as pd

from smcm.analysis.numeric_columns import unknown_column
from smcm.errors import OutOfRangeError
from smcm.shown import shown

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
            raise unknown_column(label, frame)
        if texts.count(text) > 1:
            rule = "labels that differ as text; rename one of the columns"
            raise OutOfRangeError.for_number("column", label, rule)
        if list(frame.columns).count(label) > 1:
            rule = "a name that heads one column of the frame"
            raise OutOfRangeError.for_number("column", label, rule)
    return frame.loc[:, chosen].set_axis(texts, axis="columns")
