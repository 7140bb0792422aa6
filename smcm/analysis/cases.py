"""Which clients each model rests on, and resamples that the models share.

A client without fidelity before one alliance interview is left out of the models of
that alliance, and of no other. All models draw from the same clients all the same:
a resample of the models of one horizon holds the same draws as that of the other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smcm.design.model import MediationSpec
from smcm.stats.resample import ResamplingPlan, SubsetPlan

Rows = NDArray[np.bool_]
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedCases:
    """Models that rest on the same clients.

    Attributes
    ----------
    rows : ndarray of bool, shape (n,)
        Clients of the frame that have every column of these models.
    models : tuple of int
        Places of the models among all.
    """

    rows: Rows
    models: tuple[int, ...]

    def plan(self, n_samples: int, seed: int) -> ResamplingPlan:
        """Resamples of all clients of the frame, of which these are a part."""
        return SubsetPlan.among(self.rows, n_samples, seed)


def complete_rows(frame: pd.DataFrame, specs: Sequence[MediationSpec]) -> Rows:
    """Mark the rows that lack no column of some models, shape (n,)."""
    columns = list(dict.fromkeys(name for spec in specs for name in spec.columns))
    rows: Rows = frame[columns].notna().all(axis=1).to_numpy()
    return rows


def complete_cases(frame: pd.DataFrame, spec: MediationSpec) -> pd.DataFrame:
    """Give the rows that lack no column of a model; the frame itself if all do."""
    rows = complete_rows(frame, (spec,))
    return frame if rows.all() else frame[rows]


def shared_cases(
    frame: pd.DataFrame, specs: Sequence[MediationSpec]
) -> tuple[SharedCases, ...]:
    """Group models by the clients that they rest on.

    Models of one mediator rest on the clients that have every column of all of them,
    so that windows and outcomes of one horizon are compared on the same clients.

    Parameters
    ----------
    frame : DataFrame
        NaN where a client has no exposure.
    specs : sequence of MediationSpec

    Returns
    -------
    tuple of SharedCases
        One where no client lacks anything; together they name every model once.
    """
    groups: dict[bytes, tuple[Rows, list[int]]] = {}
    for mediators in dict.fromkeys(spec.mediators for spec in specs):
        places = [k for k, spec in enumerate(specs) if spec.mediators == mediators]
        rows = complete_rows(frame, [specs[k] for k in places])
        groups.setdefault(rows.tobytes(), (rows, []))[1].extend(places)
    return tuple(
        SharedCases(rows=rows, models=tuple(sorted(places)))
        for rows, places in groups.values()
    )


def in_order(
    groups: Iterable[tuple[SharedCases, Sequence[Found]]],
) -> tuple[Found, ...]:
    """Put what was found group by group into the order of the models."""
    found = {
        place: one
        for cases, results in groups
        for place, one in zip(cases.models, results, strict=True)
    }
    return tuple(found[place] for place in sorted(found))
