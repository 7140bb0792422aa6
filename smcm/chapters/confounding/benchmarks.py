"""Measured covariates as benchmarks for an unmeasured confounder."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smcm.analysis.cases import complete_cases
from smcm.analysis.eight_models import ModelResult, on_one_set
from smcm.chapters.confounding.settings import TIMES
from smcm.design.study import StudyDesign
from smcm.report.words import covariate_name
from smcm.stats.benchmark_block import block_benchmark, coefficient_of
from smcm.stats.mediation import FOCAL
from smcm.stats.ols import Array
from smcm.stats.omitted import Coefficient, Strength

LEAST_DF = 2  # residual ones in an equation with the categories of a covariate


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """A path with an additional confounder as strong as a measured covariate.

    Attributes
    ----------
    covariate, name : str
        Its column, and as it is called in a sentence.
    columns : int
        Of the covariate in the design: one, or one less than its categories.
    measured : Strength or None
        Of all columns of the covariate together; None where they determine the
        predictor of the path.
    before : Coefficient
        The path in the equation that holds these columns.
    bound : Strength or None
        The most that such a confounder may explain; None where it cannot exist.
    adjusted : Coefficient or None
        The path with that confounder in the equation as well.
    at_entry, of_team : bool
        Whether it is the outcome at entry, and whether all clients of a team share it.
    """

    covariate: str
    name: str
    columns: int
    measured: Strength | None
    before: Coefficient
    bound: Strength | None
    adjusted: Coefficient | None
    at_entry: bool
    of_team: bool

    @property
    def even(self) -> float:
        """Equal partial R squared with both sides that has the same effect, 0 to 1."""
        return self.bound.even if self.bound else 1.0

    def leaves_significant(self, path: Coefficient, alpha: float) -> bool:
        """Whether the path keeps its sign and remains significant.

        Parameters
        ----------
        path : Coefficient
            As estimated without the confounder.
        alpha : float
        """
        if self.adjusted is None or self.adjusted.estimate * path.estimate <= 0.0:
            return False
        return self.adjusted.significant(alpha)


@dataclass(frozen=True, slots=True, kw_only=True)
class PathSensitivity:
    """One path of one model.

    Attributes
    ----------
    path : {"a", "b"}
    coefficient : Coefficient
        On the completed data set, every covariate one number.
    pooled : Coefficient
        Over the imputed sets.
    benchmarks : tuple of Benchmark
        One a covariate, in the order of the model.
    alpha : float
        Usual level.
    """

    path: str
    coefficient: Coefficient
    pooled: Coefficient
    benchmarks: tuple[Benchmark, ...]
    alpha: float

    @property
    def strongest(self) -> Benchmark:
        """The covariate that, as a benchmark, would reduce the path most."""
        return _strongest(self.benchmarks)

    @property
    def others(self) -> tuple[Benchmark, ...]:
        """Covariates other than the outcome at entry."""
        return tuple(b for b in self.benchmarks if not b.at_entry)

    @property
    def strongest_other(self) -> Benchmark:
        """The strongest among `others`."""
        return _strongest(self.others)

    @property
    def of_teams(self) -> tuple[Benchmark, ...]:
        """Covariates of teams: the only benchmarks for a property of teams."""
        return tuple(b for b in self.benchmarks if b.of_team)

    @property
    def of_clients(self) -> tuple[Benchmark, ...]:
        """Covariates of clients."""
        return tuple(b for b in self.benchmarks if not b.of_team)

    def withstands(self, chosen: tuple[Benchmark, ...] | None = None) -> bool:
        """Whether the path withstands a confounder as strong as any benchmark.

        It does if it is significant at the usual level, and each benchmark leaves its
        sign and significance as they are.

        Parameters
        ----------
        chosen : tuple of Benchmark, optional
            Some of `benchmarks`; by default all.
        """
        compared = self.benchmarks if chosen is None else chosen
        significant = self.coefficient.significant(self.alpha)
        return significant and all(
            one.leaves_significant(self.coefficient, self.alpha) for one in compared
        )


def _strongest(some: tuple[Benchmark, ...]) -> Benchmark:
    return max(some, key=lambda one: one.even)


def path_sensitivity(
    frame: pd.DataFrame,
    result: ModelResult,
    path: str,
    pooled: Coefficient,
    design: StudyDesign,
) -> PathSensitivity:
    """Compare one path with a confounder as strong as each covariate.

    Parameters
    ----------
    frame : DataFrame
        Of the completed data set.
    result : ModelResult
    path : {"a", "b"}
    pooled : Coefficient
        The same path over the imputed sets.
    design : StudyDesign
        Says which covariates are codes, and which ones teams share.
    """
    fits = on_one_set(result).paths
    fit = fits.to_mediator if path == "a" else fits.to_outcome
    return PathSensitivity(
        path=path,
        coefficient=coefficient_of(fit, FOCAL),
        pooled=pooled,
        benchmarks=tuple(_benchmarks(frame, result, path, design)),
        alpha=design.alpha.level,
    )


def _benchmarks(
    frame: pd.DataFrame, result: ModelResult, path: str, design: StudyDesign
) -> Iterator[Benchmark]:
    spec = result.mediation.spec
    of_teams = shared_by_teams(design)
    frame = complete_cases(frame, spec)
    held, focal, outcome = (
        ((), spec.x, spec.m) if path == "a" else ((spec.x,), spec.m, spec.y)
    )
    for name in spec.covariates:
        rest = [*held, *(other for other in spec.covariates if other != name)]
        block = _columns(frame, name, taken=len(rest) + 2, coded=name in design.coded)
        found = block_benchmark(
            frame[focal].to_numpy(dtype=np.float64),
            frame[outcome].to_numpy(dtype=np.float64),
            frame[rest].to_numpy(dtype=np.float64),
            block,
        )
        bound = found.measured.times(TIMES) if found.measured else None
        yield Benchmark(
            covariate=name,
            name=covariate_name(name, design),
            columns=block.shape[1],
            measured=found.measured,
            before=found.before,
            bound=bound,
            adjusted=None if bound is None else found.before.adjusted(bound),
            at_entry=name == result.model.baseline,
            of_team=name in of_teams,
        )


def shared_by_teams(design: StudyDesign) -> frozenset[str]:
    """Find the covariates that all clients of a team share: what teams lie within."""
    keys, level = design.cluster_keys, design.exposure.level
    around = keys[keys.index(level) :] if level in keys else ()
    return frozenset(one.key for one in design.covariates if one.source in around)


def _columns(frame: pd.DataFrame, name: str, *, taken: int, coded: bool) -> Array:
    """Columns of a covariate in the design, shape (n, k).

    Categories are entered as one number where the clients are too few for indicators
    beside the `taken` other columns.
    """
    values = frame[name].to_numpy(dtype=np.float64)[:, None]
    levels = np.unique(values)[1:]
    enough = len(values) - taken - levels.size >= LEAST_DF
    if not coded or not enough:
        return values
    indicators: Array = (values == levels).astype(np.float64)
    return indicators
