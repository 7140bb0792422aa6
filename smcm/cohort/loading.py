"""From a data folder to a `Cohort`."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

import pandas as pd

from smcm.cohort.checking import all_faults, folder_fault
from smcm.cohort.descriptors import schema_of
from smcm.cohort.folder import DataFolder, holds_the_same, read_folder
from smcm.cohort.scoring import turned
from smcm.cohort.tables import Cohort
from smcm.cohort.typed import TypedTable
from smcm.design.study import StudyDesign
from smcm.errors import DataError
from smcm.paths import SYNTHETIC, home_expanded
from smcm.shown import visible

SHIPPED = "synthetic"
# What this process and those forked from it read once, by how the data are named.
kept: dict[str | Path, tuple[DataFolder, Cohort] | None] = {}  # None: to be read


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
    named = data if isinstance(data, str | Path) else data.data
    folder = SYNTHETIC if named == SHIPPED else home_expanded(Path(named), "data")
    if (held := kept.get(named)) and holds_the_same(held[0], folder):
        return held[1]
    if absent := folder_fault(folder):
        raise DataError([absent])
    read = read_folder(folder)
    if faults := all_faults(read):
        raise DataError(faults)
    shipped = named == SHIPPED or holds_the_same(read, SYNTHETIC)
    cohort = _cohort(SHIPPED if shipped else _own_name(folder, read), read, shipped)
    if named in kept:
        kept[named] = read, cohort
    return cohort


def _own_name(folder: Path, read: DataFolder) -> str:
    """Name own data after their folder; the word for the shipped cohort is taken."""
    name = folder.resolve().name or "data"  # the root of a disk has no name
    taken = name.casefold() == SHIPPED
    return f"{name}-{read.digest[:8]}" if taken else name


def _cohort(name: str, read: DataFolder, shipped: bool) -> Cohort:
    frames = _frames(read.tables, read.design)
    completed = _frames(read.completed or {}, read.design)
    items = {one.name: frames.pop(one.name) for one in schema_of(read.design).items}
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
