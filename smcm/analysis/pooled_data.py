"""Completed data sets become one array, checked to hold the same cases."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smcm.analysis.mediation_data import (
    clustered_numbers,
    columns_of,
    independent,
    require_each_once,
    require_own_variation,
)
from smcm.design.models import MediationSpec
from smcm.errors import DegenerateDataError, OutOfRangeError, UnknownValueError
from smcm.shown import shown
from smcm.stats.cluster_robust import Codes
from smcm.stats.crossproducts import ModelColumns
from smcm.stats.ols import Array, surely_independent
from smcm.stats.usable import centred_columns

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class StackedSets:
    """The columns of some models in every completed data set.

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
        Cluster of each case, where errors are cluster-robust.
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
    read = [_read(k, frame, columns, cluster) for k, frame in enumerate(frames, 1)]
    every = columns if cluster is None else [*columns, cluster]
    _require_same_cases(frames, every)
    for k, (_, codes, _) in enumerate(read):
        first = read[0][1]
        alike = codes is None or first is None or np.array_equal(codes, first)
        if not alike:
            raise DegenerateDataError(
                "Completed data sets hold every case in one cluster; column "
                f"{shown(cluster)} of "
                f"set {k + 1} differs from that of set 1."
            )
    values = np.stack([found for found, _, _ in read])
    place = {name: k for k, name in enumerate(columns)}
    centred = np.moveaxis(centred_columns(np.moveaxis(values, 1, 0)), 0, 1)
    reduced = tuple(
        spec if _surely_varied(spec, centred, place) else _reduced(spec, values, place)
        for spec in specs
    )
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

    Parameters
    ----------
    frames : iterable of DataFrame, or of pairs of a key and a DataFrame, or a mapping
        So also ``long.groupby(".imp")`` or a list made from it.

    Raises
    ------
    OutOfRangeError
    """
    rule = "a list of the completed data frames"
    kind = type(frames).__name__
    if isinstance(frames, pd.DataFrame | str) or not isinstance(frames, Iterable):
        split = ', such as [one for _, one in long.groupby(".imp")]'
        raise OutOfRangeError.for_number("frames", kind, rule + split)
    given = frames.values() if isinstance(frames, Mapping) else frames
    found = [_unpaired(one) for one in given]
    sets = [one for one in found if isinstance(one, pd.DataFrame)]
    wrong = [one for one in found if not isinstance(one, pd.DataFrame)]
    if wrong or not sets:
        held = f"{kind} with a {type(wrong[0]).__name__}" if wrong else f"empty {kind}"
        raise OutOfRangeError.for_number("frames", held, rule)
    return sets


def _unpaired(one: object) -> object:
    """Take the frame of a pair of a key and a frame, as groupby gives them."""
    if isinstance(one, tuple) and len(one) == 2 and isinstance(one[1], pd.DataFrame):
        return one[1]
    return one


def _read(
    k: int, frame: pd.DataFrame, columns: Sequence[str], cluster: str | None
) -> tuple[Array, Codes | None, int]:
    """Read a set, and name it where the sets before it had no fault."""
    try:
        return clustered_numbers(frame, columns, cluster)
    except (UnknownValueError, OutOfRangeError, DegenerateDataError) as error:
        raise error if k == 1 else type(error)(f"In set {k}: {error}") from None


def _require_same_cases(frames: Sequence[pd.DataFrame], columns: Sequence[str]) -> None:
    """Refuse sets of other cases than the first; row labels alone tell no cases apart.

    Labels are compared only where some are shared: a long file that was split has other
    labels in every set, and the same cases in the same order.
    """
    first = frames[0]
    gaps = first[list(columns)].isna().any(axis=1).to_numpy()
    for k, frame in enumerate(frames[1:], 2):
        start = "Completed data sets hold the same cases in the same order; "
        if len(frame) != len(first):
            raise DegenerateDataError(
                f"{start}set {k} has other rows than set 1: {len(frame)} for "
                f"{len(first)}."
            )
        shared = frame.index.isin(first.index)
        if shared.any() and not frame.index.equals(first.index):
            found = "the same row labels in another order"
            if not shared.all():
                found = "other rows: only some of its row labels are those of set 1"
            raise DegenerateDataError(
                f"{start}set {k} has {found}. Sort every set by the case; if the cases "
                "are the same, give each set reset_index(drop=True)."
            )
        own = frame[list(columns)].isna().any(axis=1).to_numpy()
        if not np.array_equal(own, gaps):
            raise DegenerateDataError(
                f"{start}set {k} has other gaps than set 1{_where(gaps, own, k)}."
            )


def _where(first: Flags, own: Flags, k: int) -> str:
    """Say which of two sets has gaps, and what that may be."""
    if own.any() and first.any():
        return ""
    gappy = 1 if first.any() else k
    rows = int((first if first.any() else own).sum())
    return (
        f": {rows} rows of set {gappy} lack a value; where these are the data before "
        "imputation (.imp 0 of mice), leave them out"
    )


def _reduced(
    spec: MediationSpec, values: Array, place: dict[str, int]
) -> MediationSpec:
    """Keep the covariates that are independent in every set."""
    kept = [set(independent(spec.covariates, one, place)) for one in values]
    common = set.intersection(*kept)
    reduced = replace(spec, covariates=tuple(c for c in spec.covariates if c in common))
    for one in values:
        require_own_variation(reduced, one, place)
    return reduced


def _surely_varied(spec: MediationSpec, centred: Array, place: dict[str, int]) -> bool:
    """Whether in no set a column is near to being determined by the others.

    For most data this settles at once what is asked of each set and column otherwise.
    """
    constant = np.ones((*centred.shape[:2], 1))
    return all(
        surely_independent(
            np.concatenate([constant, centred[:, :, [place[c] for c in names]]], axis=2)
        )
        for names in (
            (*spec.covariates, spec.x, *spec.mediators),
            (*spec.covariates, spec.y),
        )
    )
