"""How much of each fidelity window lies before the client entered."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smcm.cohort.exposure import days_since_entry
from smcm.cohort.tables import Cohort


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeEntry:
    """The windows of one length before one interview.

    Attributes
    ----------
    window_days : int
    month : float
        Of the interview.
    n : int
        Clients, each with one window.
    reaching : int
        Windows that begin before the client's entry.
    share : float
        Share of a window's days that precede entry, the mean over clients, 0 to 1.
    """

    window_days: int
    month: float
    n: int
    reaching: int
    share: float


def before_entry(
    cohort: Cohort, clients: pd.Index, windows: Sequence[int]
) -> tuple[BeforeEntry, ...]:
    """Count days before entry, for each interview and length of the window.

    Parameters
    ----------
    cohort : Cohort
    clients : Index
        Those who are counted.
    windows : sequence of int
        Days.
    """
    since = days_since_entry(cohort).loc[clients]
    found = []
    for month in cohort.design.mediator.months:
        for window in windows:
            days = np.clip(window - since[month].to_numpy(), 0, window)
            found.append(
                BeforeEntry(
                    window_days=window,
                    month=month,
                    n=days.size,
                    reaching=int((days > 0).sum()),
                    share=float(days.mean()) / window,
                )
            )
    return tuple(found)
