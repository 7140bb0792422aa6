"""From a data folder to a `Cohort`."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

import pandas as pd

from smcm.cohort.checking import all_faults, folder_fault
from smcm.cohort.folder import DataFolder, holds_the_same, read_folder
from smcm.cohort.scoring import turned
from smcm.cohort.tables import Cohort
from smcm.cohort.typed import TypedTable
from smcm.design.study import StudyDesign
from smcm.errors import DataError
from smcm.paths import SYNTHETIC, home_expanded
from smcm.shown import visible

SHIPPED = "synthetic"
_kept: dict[str, tuple[DataFolder, Cohort]] = {}  # by how the data were named


class NamesData(Protocol):
    """Anything that says which data to use, such as the parameters of a run."""

    @property
    def data(self) -> str:
        """``"synthetic"`` or the path of a folder."""


def load_cohort(data: str | Path | NamesData = SHIPPED) -> Cohort:
    """Read and check a cohort.

    Parameters
    ----------
    data : str, Path or RunParameters
        ``"synthetic"`` for the shipped cohort; anything else is the path of a folder.
        A folder with the very files of the shipped cohort is the shipped cohort.

    Returns
    -------
    Cohort

    Raises
    ------
    DataError
        With every fault of the folder at once.
    UnknownValueError
        A path that begins with ``~`` and the name of no user.
    """
    named = str(data if isinstance(data, str | Path) else data.data)
    folder = _folder(named)
    if named in _kept and holds_the_same(_kept[named][0], folder):
        return _kept[named][1]
    return _loaded(named, folder)[1]


def keep_cohort(data: str) -> Cohort:
    """Read a cohort for this process and all that are forked from it.

    While the folder holds the same files, `load_cohort` then gives this very cohort,
    and what follows from it is computed once: a cohort is never changed.

    Parameters
    ----------
    data : str
        As `load_cohort` will be given it.

    Raises
    ------
    DataError, UnknownValueError
    """
    _kept[data] = _loaded(data, _folder(data))
    return _kept[data][1]


def _folder(named: str) -> Path:
    return SYNTHETIC if named == SHIPPED else home_expanded(Path(named), "data")


def _loaded(named: str, folder: Path) -> tuple[DataFolder, Cohort]:
    """Read and check what a folder holds."""
    absent = folder_fault(folder)
    if absent:
        raise DataError([absent])
    read = read_folder(folder)
    faults = all_faults(read)
    if faults:
        raise DataError(faults)
    shipped = named == SHIPPED or holds_the_same(read, SYNTHETIC)
    name = SHIPPED if shipped else _own_name(folder, read)
    return read, _cohort(name, read, shipped)


def _own_name(folder: Path, read: DataFolder) -> str:
    """Name own data after their folder; the word for the shipped cohort is taken."""
    name = folder.resolve().name or "data"  # the root of a disk has no name
    taken = name.casefold() == SHIPPED
    return f"{name}-{read.digest[:8]}" if taken else name


def _cohort(name: str, read: DataFolder, shipped: bool) -> Cohort:
    frames = _frames(read.tables, read.design)
    completed = _frames(read.completed or {}, read.design)
    items = {key: frames.pop(key) for key in _item_names(read)}
    statement = read.manifest.statement
    if not statement:
        n = len(frames["clients"])
        statement = f"Data: folder “{name}”, {n} clients; not the article’s data."
    return Cohort(
        name=visible(name),
        synthetic=read.manifest.synthetic,
        shipped=shipped,
        statement=visible(" ".join(statement.split())),
        digest=read.digest,
        design=read.design,
        clients=frames["clients"],
        teams=frames["teams"],
        fidelity=frames["fidelity"],
        interviews=frames["interviews"],
        items=MappingProxyType(items),
        completed=MappingProxyType(completed) if completed else None,
        fewest_clients=read.manifest.fewest_clients,
    )


def _frames(
    tables: Mapping[str, TypedTable], design: StudyDesign
) -> dict[str, pd.DataFrame]:
    """Lay out every table; reversed items are turned before anything sees them."""
    frames = {key: _frame(table) for key, table in tables.items()}
    for scale in design.instruments:
        if scale.reversed and scale.key in frames:
            frames[scale.key] = turned(scale, frames[scale.key])
    return frames


def _item_names(read: DataFolder) -> list[str]:
    return [
        key
        for key, table in read.tables.items()
        if any(link.table == "interviews" for link in table.schema.foreign_keys)
    ]


def _frame(table: TypedTable) -> pd.DataFrame:
    """Columns and rows in the order of the schema, types that never vary."""
    frame = table.frame[list(table.schema.names)].copy()
    order = {}
    for column in table.schema.columns:
        if column.kind == "string":
            frame[column.name] = frame[column.name].astype("str")
        elif column.kind == "integer" and column.required:
            frame[column.name] = frame[column.name].astype("int64")
        if column.name in table.schema.key and column.codes and column.kind == "string":
            order[column.name] = {code: k for k, code in enumerate(column.codes)}
    return frame.sort_values(
        list(table.schema.key),
        key=lambda values: (
            values.map(order[values.name]) if values.name in order else values
        ),
        ignore_index=True,
    )
