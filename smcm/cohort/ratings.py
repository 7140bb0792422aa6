"""What was rated of the fidelity scale, and what was left blank."""

from dataclasses import dataclass

import pandas as pd

from smcm.cohort.exposure import cohort_totals
from smcm.cohort.tables import Cohort


@dataclass(frozen=True, slots=True, kw_only=True)
class FidelityRatings:
    """Ratings of all assessments.

    Attributes
    ----------
    assessments : int
    items : int
        Item ratings that the assessments would have together.
    blank : int
        Items that were not rated.
    without_total : tuple of (str, Timestamp)
        Team and day of the assessments that have no total, because under half of the
        items of some domain were rated.
    """

    assessments: int
    items: int
    blank: int
    without_total: tuple[tuple[str, pd.Timestamp], ...]


def fidelity_ratings(cohort: Cohort) -> FidelityRatings:
    """Count the ratings of the fidelity table."""
    fidelity = cohort.fidelity
    held = fidelity[["team", "date"]].drop_duplicates()
    every = [(str(team), day) for team, day in held.itertuples(index=False)]
    totals = cohort_totals(cohort)[["team", "date"]]
    scored = set(totals.itertuples(index=False, name=None))
    return FidelityRatings(
        assessments=len(every),
        items=len(fidelity),
        blank=int(fidelity["score"].isna().sum()),
        without_total=tuple(one for one in every if one not in scored),
    )
