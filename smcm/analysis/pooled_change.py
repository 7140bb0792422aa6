"""Change over the study pooled over completed data sets: Table 2 with missing data."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smcm.analysis.change import FIDELITY
from smcm.analysis.pooled_result import PooledTerm
from smcm.analysis.pooled_schemes import tested_terms
from smcm.design.study import StudyDesign, label
from smcm.stats.change import bonferroni
from smcm.stats.pooled_change import (
    PooledMoments,
    PooledRepeated,
    pool_differences,
    pool_moments,
    pool_repeated,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledMeasure:
    """One measure over time.

    Attributes
    ----------
    key, name : str
    months : tuple of float
    moments : PooledMoments
        A mean and an SD a month.
    changes : tuple of PooledTerm
        Each later month minus the first, in points of the measure.
    anova : PooledRepeated or None
        Where there are more than two months.
    """

    key: str
    name: str
    months: tuple[float, ...]
    moments: PooledMoments
    changes: tuple[PooledTerm, ...]
    anova: PooledRepeated | None

    @property
    def adjusted_p(self) -> tuple[float, ...]:
        """P values of the changes, Bonferroni-adjusted for all pairs of months."""
        pairs = len(self.months) * (len(self.months) - 1) // 2
        return tuple(bonferroni(change.p, pairs) for change in self.changes)


def pool_change(
    frames: Sequence[pd.DataFrame], design: StudyDesign, level: float = 0.95
) -> tuple[PooledMeasure, ...]:
    """Pool means, SDs and tests of change of every measure.

    Parameters
    ----------
    frames : sequence of DataFrame
        Analysis frames of at least two completed data sets.
    design : StudyDesign
    level : float
        Coverage of the intervals of the changes.

    Returns
    -------
    tuple of PooledMeasure
        Fidelity, of the clients with an exposure at both interviews, the alliance, and
        the outcomes.
    """
    months = design.mediator.months
    return (
        _measure(frames, (FIDELITY, "SMCM fidelity"), months, level),
        *(
            _measure(frames, (one.key, one.short), one.months, level)
            for one in design.instruments
        ),
    )


def _measure(
    frames: Sequence[pd.DataFrame],
    named: tuple[str, str],
    months: tuple[float, ...],
    level: float,
) -> PooledMeasure:
    key, name = named
    columns = [f"{key}_{label(month)}" for month in months]
    values = np.stack([f[columns].to_numpy(dtype=np.float64) for f in frames])
    values = values[:, np.isfinite(values).all(axis=(0, 2))]  # both exposures, or none
    change = pool_differences(values[:, :, 1:], values[:, :, :1])
    terms = tested_terms(change, [label(month) for month in months[1:]], level)
    return PooledMeasure(
        key=key,
        name=name,
        months=months,
        moments=pool_moments(values),
        changes=tuple(terms.values()),
        anova=pool_repeated(values) if len(months) > 2 else None,
    )
