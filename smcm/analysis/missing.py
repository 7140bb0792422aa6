"""How much is missing, by scale and interview."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from smcm.design.instruments import SCORE_COLUMNS


@dataclass(frozen=True, slots=True)
class Missing:
    """Missing scale scores before any imputation.

    Attributes
    ----------
    by_score : mapping of str to int
        Clients without a score, by column.
    n : int
        Clients.
    complete : int
        Clients with all scores.
    """

    by_score: Mapping[str, int]
    n: int
    complete: int

    @property
    def count(self) -> int:
        """Total number of missing scale scores."""
        return sum(self.by_score.values())

    @property
    def cells(self) -> int:
        """Scale scores that a complete file would hold."""
        return self.n * len(self.by_score)

    @property
    def percent(self) -> float:
        """Missing of all scale scores, 0 to 100."""
        return 100.0 * self.count / self.cells


def describe_missing(observed: pd.DataFrame) -> Missing:
    """Count missing scale scores.

    Parameters
    ----------
    observed : DataFrame
        Scores as answered, one row per client, NaN where missing.
    """
    gaps = observed[list(SCORE_COLUMNS)].isna()
    return Missing(
        by_score={str(column): int(count) for column, count in gaps.sum().items()},
        n=len(gaps),
        complete=int((~gaps.any(axis=1)).sum()),
    )
