"""Whether earlier outcomes predict the later alliance: four hierarchical models."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from smcm.design.study import Instrument, StudyDesign
from smcm.stats.ols import Array, fit_linear, independent_columns
from smcm.stats.terms import LinearFit


@dataclass(frozen=True, slots=True)
class HierarchicalModel:
    """Covariates first, then one outcome.

    Attributes
    ----------
    outcome : Instrument
        Entered second.
    first, second : LinearFit
        Without and with it.
    """

    outcome: Instrument
    first: LinearFit
    second: LinearFit

    @property
    def r2_covariates(self) -> float:
        """Share of variance that the covariates explain, 0 to 1."""
        return self.first.r2

    @property
    def r2(self) -> float:
        """Share of variance explained with the outcome, 0 to 1."""
        return self.second.r2

    @property
    def r2_change(self) -> float:
        """Variance of the later alliance that the outcome adds, 0 to 1."""
        return self.second.r2 - self.first.r2

    @property
    def slope(self) -> float:
        """Points of the later alliance per point of the outcome."""
        return float(self.second.slope[-1])

    @property
    def f(self) -> float:
        """F of the change on (1, df2) degrees of freedom."""
        return (self.first.sse - self.second.sse) / self.df1 / self.second.mse

    @property
    def df1(self) -> int:
        """Columns entered in the second step."""
        return self.first.df - self.second.df

    @property
    def df2(self) -> int:
        """Residual degrees of freedom of the second step."""
        return self.second.df

    @property
    def p(self) -> float:
        """P value of `f`."""
        return float(special.fdtrc(self.df1, self.df2, self.f))


def reciprocal_models(
    frame: pd.DataFrame, design: StudyDesign
) -> tuple[HierarchicalModel, ...]:
    """Regress the later alliance on covariates, then on each earlier outcome.

    Parameters
    ----------
    frame : DataFrame
        The analysis frame, without gaps in the scores.
    design : StudyDesign

    Returns
    -------
    tuple of HierarchicalModel
        In the order of the outcomes.
    """
    return tuple(_hierarchical(frame, outcome, design) for outcome in design.outcomes)


def second_scores(outcome: Instrument, design: StudyDesign) -> tuple[str, str]:
    """Columns of the second outcome, and of the second alliance, which follows it."""
    mediator = design.mediator
    later = mediator.score_column(mediator.months[1])
    return outcome.score_column(outcome.months[1]), later


def _hierarchical(
    frame: pd.DataFrame, outcome: Instrument, design: StudyDesign
) -> HierarchicalModel:
    columns = [*design.shared_covariates, outcome.score_column(outcome.months[0])]
    earlier, later = second_scores(outcome, design)
    alliance = frame[later].to_numpy(dtype=np.float64)
    first = _design(frame, columns)
    entered = frame[earlier].to_numpy(dtype=np.float64)
    second = np.column_stack([first, entered])
    return HierarchicalModel(
        outcome, fit_linear(first, alliance), fit_linear(second, alliance)
    )


def _design(frame: pd.DataFrame, columns: list[str]) -> Array:
    """Constant and centred covariates, less those that others determine."""
    values = frame[columns].to_numpy(dtype=np.float64)
    design = np.column_stack([np.ones(len(values)), values - values.mean(axis=0)])
    kept: Array = design[:, independent_columns(design)]
    return kept
