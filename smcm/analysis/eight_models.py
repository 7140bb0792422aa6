"""The eight models, with the significance levels of the alpha rule."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from smcm.analysis.mediation import mediate_on_own_cases
from smcm.analysis.mediation_result import MediationResult
from smcm.analysis.nesting import Nesting
from smcm.design.models import StudyModel
from smcm.errors import ImpossibleRunError
from smcm.parameters import RunParameters
from smcm.stats.terms import Term

if TYPE_CHECKING:
    from smcm.analysis.pooled_result import PooledResult


class Tested(ABC):
    """One of the eight models whose paths have levels, at hand or read back."""

    __slots__ = ()

    alpha_mediator: float
    alpha_outcome: float

    @abstractmethod
    def term(self, name: str) -> Term:
        """Return the numbers of one term."""

    def alpha(self, term: str) -> float:
        """Level of a path: that of its dependent variable."""
        return self.alpha_mediator if term == "a" else self.alpha_outcome

    def significant(self, term: str) -> bool:
        """Whether a path is significant at the level of its dependent variable.

        Parameters
        ----------
        term : {"a", "b", "direct", "total"}
        """
        return self.term(term).p < self.alpha(term)

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval of the indirect effect excludes zero."""
        return self.term("indirect").excludes_zero

    @property
    def interval_excludes_zero(self) -> bool:
        """The old name of `excludes_zero`."""
        return self.excludes_zero


@dataclass(frozen=True, slots=True)
class ModelResult(Tested):
    """One of the eight models with the levels that apply to it.

    Attributes
    ----------
    model : StudyModel
    window_days : int
        Length of the fidelity window behind x.
    mediation : MediationResult or PooledResult
        The second in the defensible analysis.
    alpha_mediator, alpha_outcome : float
        Levels of the equation of m and of that of y, by the ICC of each.
    """

    model: StudyModel
    window_days: int
    mediation: "MediationResult | PooledResult"
    alpha_mediator: float
    alpha_outcome: float

    @property
    def a_significant(self) -> bool:
        """Whether path a is significant at the level of the alliance."""
        return self.significant("a")

    @property
    def b_significant(self) -> bool:
        """Whether path b is significant at the level of the outcome."""
        return self.significant("b")

    @property
    def direct_significant(self) -> bool:
        """Whether the direct effect is significant at the level of the outcome."""
        return self.significant("direct")

    @property
    def mediated(self) -> bool:
        """Whether the model meets the rule for mediation.

        Both paths are significant at their levels, and the interval of the indirect
        effect excludes zero.
        """
        return self.a_significant and self.b_significant and self.excludes_zero

    def term(self, name: str) -> Term:
        """Return the numbers of one term."""
        return self.mediation.term(name)


def on_one_set(result: ModelResult) -> MediationResult:
    """Give the fits of a model of the published analysis.

    Raises
    ------
    ImpossibleRunError
        A pooled model, which has no fit of its own.
    """
    if isinstance(result.mediation, MediationResult):
        return result.mediation
    raise ImpossibleRunError(
        f"{result.model.title} is pooled over completed data sets and has no single "
        "fit; take the published analysis, as "
        "`smcm.analysis.study.published_study` does."
    )


def fit_eight(
    frame: pd.DataFrame,
    run: RunParameters,
    models: Sequence[StudyModel],
    nesting: Nesting,
    windows: tuple[int, ...],
) -> dict[int, tuple[ModelResult, ...]]:
    """Fit the eight models for several window lengths on the same resamples.

    Parameters
    ----------
    frame : DataFrame
        The analysis frame; only exposures may be missing.
    run : RunParameters
        Bootstrap size and seed.
    models : sequence of StudyModel
    nesting : Nesting
        Levels by dependent variable.
    windows : tuple of int
        Window lengths in days.

    Returns
    -------
    dict of int to tuple of ModelResult
        By window; models in their order.
    """
    wanted = [(window, model) for window in windows for model in models]
    results = mediate_on_own_cases(
        frame,
        [model.spec(window) for window, model in wanted],
        n_boot=run.n_boot,
        seed=run.seed,
    )
    levels = [(nesting.alpha(r.spec.m), nesting.alpha(r.spec.y)) for r in results]
    return by_window(wanted, results, levels)


def by_window(
    wanted: Sequence[tuple[int, StudyModel]],
    results: "Sequence[MediationResult | PooledResult]",
    levels: Sequence[tuple[float, float]],
) -> dict[int, tuple[ModelResult, ...]]:
    """Put fitted models with their levels together by window, in their order."""
    found: dict[int, tuple[ModelResult, ...]] = {window: () for window, _ in wanted}
    for (window, model), result, alphas in zip(wanted, results, levels, strict=True):
        fitted = ModelResult(
            model=model,
            window_days=window,
            mediation=result,
            alpha_mediator=alphas[0],
            alpha_outcome=alphas[1],
        )
        found[window] = (*found[window], fitted)
    return found
