"""The facts about the bias of imputation, as a benchmark measured it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from smcm.chapters.missing.imputation_bias import (
    IMPUTED,
    LEVEL,
    MAR,
    MCAR,
    Bias,
    read_bias,
)
from smcm.design.schedule import HORIZONS, label
from smcm.paths import VALIDATION

GOAL = 0.03  # of a path
PATHS = ("a", "b")
MONTHS = tuple(map(label, HORIZONS))


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanBias:
    """Mean over the models of one horizon.

    Attributes
    ----------
    path, months : str
        ``"a"`` or ``"b"``; ``"9"`` or ``"18"``.
    value, low, high : float
        The bias and its interval, in percent of the path.
    """

    path: str
    months: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BiasFacts:
    """What imputation does to the paths where the truth is known.

    Attributes
    ----------
    cohorts : int
        Simulated for each kind of gap.
    level : float
        Coverage of the intervals, 0 to 1.
    anybody, worse : tuple of MeanBias
        Gaps at random, and rather in clients who started worse.
    paths, within, beyond, undecided : int
        Paths of single models; those whose interval of the bias lies within `goal` of
        zero, outside this range, and across one of its ends.
    goal : float
        Share of the path, 0 to 1.
    most_shift : float
        Largest bias of a single path, in standard deviations of its estimate.
    least_coverage, most_coverage, coverage : float
        Share of pooled intervals that include the true path: smallest, largest, mean.
    """

    cohorts: int
    level: float
    anybody: tuple[MeanBias, ...]
    worse: tuple[MeanBias, ...]
    paths: int
    within: int
    beyond: int
    undecided: int
    goal: float
    most_shift: float
    least_coverage: float
    most_coverage: float
    coverage: float


def bias_facts(folder: Path = VALIDATION) -> BiasFacts | None:
    """Gather them; None where no measurement is kept."""
    kept = [one for one in read_bias(folder) if one.way == IMPUTED]
    if not kept:
        return None
    single = [one for one in kept if one.path in PATHS and one.model not in MONTHS]
    percent = 100.0 * GOAL
    within = sum(-percent <= b.limits[0] and b.limits[1] <= percent for b in single)
    beyond = sum(b.limits[0] > percent or b.limits[1] < -percent for b in single)
    coverage = [one.coverage for one in single]
    return BiasFacts(
        cohorts=kept[0].cohorts,
        level=LEVEL,
        anybody=_means(kept, MCAR),
        worse=_means(kept, MAR),
        paths=len(single),
        within=within,
        beyond=beyond,
        undecided=len(single) - within - beyond,
        goal=GOAL,
        most_shift=max(abs(one.shift) for one in single),
        least_coverage=min(coverage),
        most_coverage=max(coverage),
        coverage=sum(coverage) / len(coverage),
    )


def _means(kept: Sequence[Bias], gaps: str) -> tuple[MeanBias, ...]:
    """Take the means over horizons, those of path a first."""
    found = {(one.path, one.model): one for one in kept if one.gaps == gaps}
    chosen = [found.get((path, months)) for path in PATHS for months in MONTHS]
    return tuple(
        MeanBias(
            path=one.path,
            months=one.model,
            value=one.bias,
            low=one.limits[0],
            high=one.limits[1],
        )
        for one in chosen
        if one is not None
    )
