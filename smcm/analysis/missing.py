"""How much is missing, by scale and interview."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from smcm.stats.small_counts import Count, shown_part, shown_shares


@dataclass(frozen=True, slots=True)
class Missing:
    """Missing scale scores before any imputation.

    Attributes
    ----------
    by_score : mapping of str to int or None
        Clients without a score, by column; None where the count is withheld.
    n : int
        Clients.
    complete : int or None
        Clients with all scores.
    count : int or None
        Missing scale scores.
    """

    by_score: Mapping[str, Count]
    n: int
    complete: Count
    count: Count

    @property
    def cells(self) -> int:
        """Scale scores that a complete file would hold."""
        return self.n * len(self.by_score)

    @property
    def percent(self) -> float | None:
        """Missing of all scale scores, 0 to 100."""
        return None if self.count is None else 100.0 * self.count / self.cells


def describe_missing(observed: pd.DataFrame, fewest: int = 0) -> Missing:
    """Count missing scale scores.

    Parameters
    ----------
    observed : DataFrame
        Scores as answered, one row per client, NaN where missing.
    fewest : int
        Smallest count of clients to show; see `smcm.stats.small_counts`.
    """
    gaps = observed.isna()
    n = len(gaps)
    counts = [int(count) for count in gaps.sum()]
    by_score = shown_shares(counts, n, fewest)
    total = sum(counts)
    return Missing(
        by_score=dict(zip(gaps.columns, by_score, strict=True)),
        n=n,
        complete=shown_part(int((~gaps.any(axis=1)).sum()), n, fewest),
        count=shown_part(total, n * len(counts), fewest),
    )
