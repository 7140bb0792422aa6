"""Bias of the paths after imputation, as a benchmark measured it, and its facts."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from smcm.design.models import StudyModel
from smcm.design.study import label
from smcm.design.study_file import shipped_study
from smcm.paths import VALIDATION

BIAS = "imputation_bias.csv"  # written by benchmarks/imputation_bias.py
COMPLETE, CASES, IMPUTED = "complete", "complete cases", "imputed"
MCAR, MAR = "MCAR", "MAR"
LEVEL = 0.95  # of the intervals
TEAMS = "icc"  # in place of a path: the share of variance between teams
GOAL = 0.03  # of a path
PATHS = ("a", "b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bias:
    """One path of one model over many simulated cohorts, analysed in one way.

    Attributes
    ----------
    gaps : str
        `MCAR` or `MAR`.
    way : str
        `COMPLETE`, `CASES` or `IMPUTED`.
    model : str
        Key of a model, or a month for the mean of its four models, each path in
        standard deviations of its estimate.
    path : str
        ``"a"`` or ``"b"``; `TEAMS` with an alliance score as its model.
    value : float
        Mean of the estimates from complete cohorts.
    bias, bias_se : float
        Mean difference from the estimate in the same cohort before values were deleted,
        and its standard error, both in percent of `value`.
    shift : float
        The same difference in standard deviations of the complete estimate.
    coverage : float
        Share of 95% intervals that include `value`; NaN where there are none.
    width : float
        Mean width of these intervals over that of the complete ones.
    cohorts, sets : int
    date : str
    """

    gaps: str
    way: str
    model: str
    path: str
    value: float
    bias: float
    bias_se: float
    shift: float
    coverage: float
    width: float
    cohorts: int
    sets: int
    date: str

    @property
    def limits(self) -> tuple[float, float]:
        """95% interval of the bias, in percent of the path."""
        reach = 1.96 * self.bias_se
        return self.bias - reach, self.bias + reach


def bias_models() -> tuple[StudyModel, ...]:
    """Give the models that the benchmark fits: those of the shipped study."""
    return shipped_study().study_models


def bias_months() -> tuple[str, ...]:
    """Give the months over whose models the benchmark takes means."""
    return tuple(map(label, shipped_study().outcome_horizons))


def read_bias(folder: Path = VALIDATION) -> tuple[Bias, ...]:
    """Read the results of the benchmark; empty before it has run."""
    path = folder / BIAS
    if not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(_row(row) for row in csv.DictReader(file))


def _row(row: dict[str, str]) -> Bias:
    kinds = {"str": str, "float": float, "int": int}
    types = {field.name: field.type for field in fields(Bias)}
    read = {
        name: kinds[getattr(kind, "__name__", str(kind))](row[name])
        for name, kind in types.items()
    }
    return Bias(**read)


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
    months = bias_months()
    single = [one for one in kept if one.path in PATHS and one.model not in months]
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
    chosen = [found.get((path, months)) for path in PATHS for months in bias_months()]
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
