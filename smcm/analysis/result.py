"""A fitted mediation model: terms with estimate, interval, test and level.

There are one or several mediators, and one sample or many completed data sets. What
all of these let one read stands here once.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, ClassVar

import pandas as pd

from smcm.analysis.cautions import (
    Parts,
    TwoValued,
    of_few_draws,
    of_missing_errors,
    of_two_values,
)
from smcm.analysis.mediation_data import TIDY_COLUMNS, bootstrapped
from smcm.design.models import MediationSpec, ParallelSpec
from smcm.stats.draws import ParallelDraws, PathDraws
from smcm.stats.mediation import ParallelPaths, Paths
from smcm.stats.ols import Array, LinearFit
from smcm.stats.resample import inside, limit_ranks, limits
from smcm.stats.terms import Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Mediation(ABC):
    """One fitted mediation model.

    Attributes
    ----------
    spec : MediationSpec or ParallelSpec
        What was asked for, less the covariates in `dropped_columns`.
    n : int
        Cases used.
    dropped_rows : int
        Cases left out because a variable of the model was missing.
    dropped_columns : tuple of str
        Covariates left out because they were constant or repeated others.
    level : float
        Coverage of every interval, 0 to 1.
    seed : int
        Seed of the draws.
    two_valued : mapping of str to (float, float)
        Those of x, mediators and y that have two values only -> the two values.
    """

    COLUMNS: ClassVar[tuple[str, ...]] = TIDY_COLUMNS

    spec: MediationSpec | ParallelSpec
    n: int
    dropped_rows: int
    dropped_columns: tuple[str, ...]
    level: float
    seed: int
    two_valued: TwoValued = field(default_factory=dict)

    @property
    @abstractmethod
    def names(self) -> tuple[str, ...]:
        """Names of the terms that have a meaning in this model, in `tidy`'s order."""

    @abstractmethod
    def term(self, name: str) -> Term:
        """Return the numbers of one term.

        Raises
        ------
        UnknownValueError
        """

    @property
    def parts(self) -> Parts:
        """Names of x, the mediators and y, and which of them have two values."""
        spec = self.spec
        return Parts(
            x=spec.x, mediators=spec.mediators, y=spec.y, two_valued=self.two_valued
        )

    def limits(self, term: str = "indirect") -> tuple[float, float]:
        """Limits of the interval of one term; errors as for `term`."""
        return self.term(term).limits

    def p(self, term: str) -> float:
        """P value of one term; NaN where its limits are read off draws."""
        return self.term(term).p

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval of the indirect effect excludes zero."""
        return self.term("indirect").excludes_zero

    def row(self, term: str) -> dict[str, float]:
        """Return the numbers of one term, keyed by `TIDY_COLUMNS` from estimate."""
        return _numbers(self.term(term), TIDY_COLUMNS)

    def rows(self) -> list[dict[str, str | float]]:
        """Return the rows of `tidy`, to be joined with those of other models."""
        return [
            {
                "model": self.spec.y,
                "term": name,
                **_numbers(self.term(name), self.COLUMNS),
            }
            for name in self.names
        ]

    def tidy(self) -> pd.DataFrame:
        """Return a row per term, columns `COLUMNS`, nothing rounded.

        Rows whose limits are read off draws have the SD of the draws (n - 1) as SE, and
        no statistic or p. Standardized rows are left out where a variable with two
        values makes them meaningless.
        """
        return pd.DataFrame(self.rows(), columns=list(self.COLUMNS))


def _numbers(term: Term, columns: tuple[str, ...]) -> dict[str, float]:
    """Numbers of a term; the first two columns name the model and the term."""
    return {name: getattr(term, name) for name in columns[2:]}


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleResult(Mediation):
    """One model fitted on one sample, with its bootstrap.

    Attributes
    ----------
    paths : Paths or ParallelPaths
        Estimates on the sample itself.
    draws : PathDraws or ParallelDraws
        Bootstrap draws; all equations and all effects read the same resamples.
    jackknife : PathReplicates, ParallelReplicates or None
        Estimates with each case left out, where BCa limits need them.
    ci : str
        Kind of the bootstrap limits, one of `smcm.stats.resample.INTERVALS`.
    stream : str
        Generator of the plan, one of `smcm.stats.resample.STREAMS`.
    cluster : str or None
        Column of the clusters to which the errors of the paths are robust.
    """

    paths: Paths | ParallelPaths
    draws: PathDraws | ParallelDraws
    jackknife: Any
    ci: str
    stream: str
    cluster: str | None = None

    @property
    @abstractmethod
    def slopes(self) -> Mapping[str, tuple[LinearFit, int]]:
        """Term of each path -> its equation and its place there."""

    @property
    @abstractmethod
    def drawn_names(self) -> tuple[str, ...]:
        """Names of the terms whose limits are read off draws, in `tidy`'s order."""

    @property
    @abstractmethod
    def to_mediators(self) -> tuple[LinearFit, ...]:
        """The equation of each mediator."""

    @abstractmethod
    def drawn(self, term: str) -> tuple[Array, float, float, str, Array | None]:
        """Draws, estimate, level, kind and jackknife that limits are read from."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the terms that have a meaning in this model, in `tidy`'s order."""
        return (*self.slopes, *self.drawn_names)

    @property
    def terms(self) -> dict[str, Term]:
        """Every term by its name, in the order of `tidy`."""
        return {name: self.term(name) for name in self.names}

    def term(self, name: str) -> Term:
        """Return the numbers of one term.

        Raises
        ------
        UnknownValueError
        """
        if name in self.slopes:
            fit, at = self.slopes[name]
            return fit.term(at, self.level)
        drawn = self.drawn(name)
        return bootstrapped(drawn[1], drawn[0], limits(*drawn))

    @property
    def cautions(self) -> tuple[str, ...]:
        """Warnings for the reader, as sentences; none for an ordinary model."""
        size = self.draws.direct.size
        at_ends = [
            name
            for name in self.drawn_names
            if not inside(limit_ranks(*self.drawn(name)), size)
        ]
        rest, mediators = (self.spec.x, *self.spec.covariates), self.spec.mediators
        equations = (
            *((fit, ("constant", *rest)) for fit in self.to_mediators),
            (self.paths.to_outcome, ("constant", *mediators, *rest)),
        )
        return tuple(
            chain(
                of_two_values(self.parts),
                of_few_draws(at_ends, size, self.level),
                of_missing_errors(equations),
            )
        )

    def to_process_text(self) -> str:
        """Write the model in the blocks of PROCESS; short for `smcm.process_text`."""
        import smcm  # noqa: PLC0415 (the package's public name; see CONTRIBUTING)

        return smcm.process_text(self)
