"""Completed data sets become one array, checked to hold the same cases."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from smcm.analysis.mediation_data import (
    clustered_numbers,
    columns_of,
    independent,
    require_each_once,
)
from smcm.design.models import MediationSpec
from smcm.errors import DegenerateDataError, OutOfRangeError
from smcm.stats.cluster_robust import Codes
from smcm.stats.crossproducts import ModelColumns
from smcm.stats.ols import Array


@dataclass(frozen=True, slots=True, kw_only=True)
class StackedSets:
    """The columns of some models in every completed set.

    Attributes
    ----------
    stack : ndarray, shape (m, n, p)
        No gaps.
    specs : tuple of MediationSpec
        The models, less covariates that are not independent in some set.
    parts : tuple of ModelColumns
        The same models as columns of `stack`.
    dropped_rows : int
        Cases left out because a column was missing, the same in every set.
    names : tuple of str
        Of the columns of `stack`.
    cluster : ndarray of int, shape (n,), or None
        Cluster of each case, where errors are to know of it.
    """

    stack: Array
    specs: tuple[MediationSpec, ...]
    parts: tuple[ModelColumns, ...]
    dropped_rows: int
    names: tuple[str, ...]
    cluster: Codes | None = None

    def columns(self, *names: str) -> Array:
        """Give some columns of every set, shape (m, n, columns)."""
        return self.stack[:, :, [self.names.index(name) for name in names]]


def stack_sets(
    frames: Sequence[pd.DataFrame],
    specs: Sequence[MediationSpec],
    cluster: str | None = None,
) -> StackedSets:
    """Stack the columns that some models need.

    Parameters
    ----------
    frames : sequence of DataFrame
    specs : sequence of MediationSpec
    cluster : str, optional
        Column of the clusters.

    Raises
    ------
    OutOfRangeError, UnknownValueError, DegenerateDataError
        Frames that are none, that do not hold the same cases or clusters, or whose
        columns are not numbers.
    """
    for spec in specs:
        require_each_once(spec.columns)
    columns = list(dict.fromkeys(column for spec in specs for column in spec.columns))
    read = [clustered_numbers(frame, columns, cluster) for frame in frames]
    every = columns if cluster is None else [*columns, cluster]
    for k, (frame, (_, codes, dropped)) in enumerate(zip(frames, read, strict=True)):
        alike = frame.index.equals(frames[0].index) and dropped == read[0][2]
        if not alike or (dropped and not _same_gaps(frame, frames[0], every)):
            raise DegenerateDataError(
                f"Completed sets hold the same cases in the same order; set {k + 1} "
                "has other rows, or other gaps, than set 1."
            )
        first = read[0][1]
        alike = codes is None or first is None or np.array_equal(codes, first)
        if not alike:
            raise DegenerateDataError(
                f"Completed sets hold every case in one cluster; column {cluster!r} of "
                f"set {k + 1} differs from that of set 1."
            )
    values = np.stack([found for found, _, _ in read])
    place = {name: k for k, name in enumerate(columns)}
    reduced = tuple(_reduced(spec, values, place) for spec in specs)
    return StackedSets(
        stack=values,
        specs=reduced,
        parts=tuple(columns_of(spec, place) for spec in reduced),
        dropped_rows=read[0][2],
        names=tuple(columns),
        cluster=read[0][1],
    )


def listed_frames(frames: object) -> list[pd.DataFrame]:
    """List completed data frames, or refuse what is no list of them.

    Raises
    ------
    OutOfRangeError
    """
    given = list(frames) if isinstance(frames, Sequence) else []
    found = [frame for frame in given if isinstance(frame, pd.DataFrame)]
    if not found or len(found) < len(given):
        raise OutOfRangeError.for_number(
            "frames", type(frames).__name__, "a list of the completed data frames"
        )
    return found


def _same_gaps(one: pd.DataFrame, other: pd.DataFrame, columns: list[str]) -> bool:
    gaps = [frame[columns].isna().any(axis=1).to_numpy() for frame in (one, other)]
    return bool((gaps[0] == gaps[1]).all())


def _reduced(
    spec: MediationSpec, values: Array, place: dict[str, int]
) -> MediationSpec:
    """Keep the covariates that are independent in every set."""
    kept = [set(independent(spec.covariates, one, place)) for one in values]
    common = set.intersection(*kept)
    return replace(spec, covariates=tuple(c for c in spec.covariates if c in common))
