"""Which scores clients lack, and what of it real data show."""

import numpy as np
from numpy.typing import NDArray

from smcm.analysis.study import Study
from smcm.design.study import Instrument, StudyDesign, label


def scores_by_wave(design: StudyDesign) -> tuple[tuple[float, Instrument], ...]:
    """List scores interview by interview, so that a missed one shows as a block."""
    return tuple(
        (month, scale)
        for month in design.waves.all
        for scale in design.instruments
        if month in scale.months
    )


def sorted_gaps(study: Study) -> NDArray[np.bool_]:
    """Mark missing scores, shape (n, scores), sorted by pattern."""
    columns = [
        scale.score_column(month) for month, scale in scores_by_wave(study.design)
    ]
    gaps = study.observed[columns].isna().to_numpy()
    order = sorted(range(len(gaps)), key=lambda k: (gaps[k].sum(), *(~gaps[k])))
    found: NDArray[np.bool_] = gaps[order]
    return found


def shown_patterns(study: Study) -> NDArray[np.bool_]:
    """Give the rows that are drawn, shape (k, scores), sorted by pattern.

    Of real data they are the clients whose pattern `Cohort.fewest_shown` or more have.
    The others are so many themselves, or none, and so are those of them who lack a
    score: a pattern is left out where they would else be too few.
    """
    gaps, fewest = sorted_gaps(study), study.cohort.fewest_shown
    if not fewest or not len(gaps):
        return gaps
    patterns, which, counts = np.unique(
        gaps, axis=0, return_inverse=True, return_counts=True
    )
    rare = counts < fewest
    groups = np.column_stack([np.ones(len(patterns), bool), patterns])
    while (more := _needed(groups, counts, rare, fewest)).any():
        rare |= more & (counts == counts[more].min())
    found: NDArray[np.bool_] = gaps[~rare[which.ravel()]]
    return found


def _needed(
    groups: NDArray[np.bool_],
    counts: NDArray[np.int64],
    rare: NDArray[np.bool_],
    fewest: int,
) -> NDArray[np.bool_]:
    """Mark the patterns of which one is to be left out too, shape (patterns,).

    Parameters
    ----------
    groups : ndarray of bool, shape (patterns, groups)
        Which patterns the clients of a group have.
    counts : ndarray of int, shape (patterns,)
        Clients.
    rare : ndarray of bool, shape (patterns,)
        Left out so far.
    fewest : int
    """
    for group in groups.T:
        others: NDArray[np.bool_] = group & ~rare
        if others.any() and 0 < counts[group & rare].sum() < fewest:
            return others
    return np.zeros(len(counts), bool)


def unlike(study: Study) -> int:
    """Count the clients whose pattern is not shown."""
    return len(study.observed) - len(shown_patterns(study))


def interview(design: StudyDesign, month: float) -> str:
    """Name an interview; those without outcomes by the month alone."""
    return f"Month {label(month)}" if month in design.waves.outcome else label(month)
