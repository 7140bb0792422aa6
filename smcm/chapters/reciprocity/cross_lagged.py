"""Cross-lagged path models of the alliance and each outcome."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from smcm.analysis.mediation_data import TIDY_COLUMNS
from smcm.design.study import Instrument, StudyDesign
from smcm.stats.ols import Array, StandardError, fit_linear, independent_columns
from smcm.stats.terms import LinearFit

FORWARD, BACK = "forward", "back"
LEVEL = 0.95
ROBUST: StandardError = "hc3"
LEADS = 1  # the first columns after the constant are the two earlier measures


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One equation: a measure on the last earlier value of itself and of the other.

    Attributes
    ----------
    target : Instrument
    month : float
        Interview of the target.
    cross : Instrument
        The other measure, the cross-lagged predictor.
    cross_month : float
        Its last interview before the target's.
    own_month : float or None
        Last earlier interview with the target itself; None if there is none.
    direction : str
        `FORWARD` from the alliance to the outcome, or `BACK`.
    """

    target: Instrument
    month: float
    cross: Instrument
    cross_month: float
    own_month: float | None
    direction: str

    @property
    def columns(self) -> tuple[str, ...]:
        """Column of the cross-lagged predictor, then that of the own earlier value."""
        own = [] if self.own_month is None else [self.own_month]
        past = [self.target.score_column(month) for month in own]
        return (self.cross.score_column(self.cross_month), *past)


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossLag:
    """One fitted equation.

    Attributes
    ----------
    outcome : Instrument
        The outcome of its path model.
    step : Step
    fit : LinearFit
        Standard errors robust to unequal variances; column 1 is the cross-lagged one.
    scale : float
        SD of the predictor over that of the target.
    """

    outcome: Instrument
    step: Step
    fit: LinearFit
    scale: float

    @property
    def estimate(self) -> float:
        """Units of the target per unit of the cross-lagged predictor."""
        return float(self.fit.slope[LEADS])

    @property
    def standardized(self) -> float:
        """SDs of the target per SD of the predictor."""
        return self.estimate * self.scale

    @property
    def se_standardized(self) -> float:
        """Its standard error, the two SDs taken as known."""
        return float(self.fit.se[LEADS]) * self.scale

    @property
    def limits(self) -> tuple[float, float]:
        """95% limits of `standardized`, from Student's t."""
        low, high = self.fit.limits(LEVEL)
        return float(low[LEADS]) * self.scale, float(high[LEADS]) * self.scale

    @property
    def p(self) -> float:
        """P value of the cross-lagged path."""
        return float(self.fit.p[LEADS])

    def row(self) -> dict[str, str | float]:
        """Return the standardized path, keyed as every `tidy` has it."""
        low, high = self.limits
        target = self.step.target.score_column(self.step.month)
        term = f"{self.step.columns[0]} -> {target}"
        values = (
            *(self.outcome.key, term, self.standardized, self.se_standardized),
            *(float(self.fit.t[LEADS]), self.fit.df, self.p, low, high),
        )
        return dict(zip(TIDY_COLUMNS, values, strict=True))


def steps_of(outcome: Instrument, alliance: Instrument) -> tuple[Step, ...]:
    """List the equations of one outcome's path model, in the order of time.

    Each measure is regressed on the last of either at an earlier interview, whether
    or not an interview carried both. A measure with none of the other before it has
    no equation.
    """
    held = [
        (month, direction)
        for direction, target in ((BACK, alliance), (FORWARD, outcome))
        for month in target.months
    ]
    pairs = {BACK: (alliance, outcome), FORWARD: (outcome, alliance)}
    steps = [
        _step(*pairs[direction], month, direction)
        for month, direction in sorted(held, key=lambda one: one[0])
    ]
    return tuple(step for step in steps if step is not None)


def _step(
    target: Instrument, cross: Instrument, month: float, direction: str
) -> Step | None:
    """Make the equation of a measure at one interview, if the other came before."""
    crossing = [earlier for earlier in cross.months if earlier < month]
    own = [earlier for earlier in target.months if earlier < month]
    if not crossing:
        return None
    return Step(
        target=target,
        month=month,
        cross=cross,
        cross_month=max(crossing),
        own_month=max(own, default=None),
        direction=direction,
    )


def cross_lagged(
    frame: pd.DataFrame, design: StudyDesign, covariates: tuple[str, ...] | None = None
) -> tuple[CrossLag, ...]:
    """Fit the path models of the outcomes.

    The model is recursive and has no latent variables: each equation by ordinary
    least squares is its maximum likelihood solution.

    Parameters
    ----------
    frame : DataFrame
        The analysis frame, without gaps in the scores.
    design : StudyDesign
    covariates : tuple of str, optional
        Columns in every equation, by default the shared covariates; an empty tuple
        gives the bare path model.

    Returns
    -------
    tuple of CrossLag
        Equations of each outcome in the order of time.
    """
    held = design.shared_covariates if covariates is None else covariates
    return tuple(
        _fitted(frame, outcome, step, held)
        for outcome in design.outcomes
        for step in steps_of(outcome, design.mediator)
    )


def tidy(found: tuple[CrossLag, ...]) -> pd.DataFrame:
    """Return a row an equation, columns `TIDY_COLUMNS`, standardized, not rounded."""
    return pd.DataFrame([one.row() for one in found], columns=list(TIDY_COLUMNS))


def _fitted(
    frame: pd.DataFrame, outcome: Instrument, step: Step, covariates: tuple[str, ...]
) -> CrossLag:
    target = frame[step.target.score_column(step.month)].to_numpy(dtype=np.float64)
    design = _design(frame, [*step.columns, *covariates])
    predictor = design[:, LEADS]
    return CrossLag(
        outcome=outcome,
        step=step,
        fit=fit_linear(design, target, ROBUST),
        scale=float(np.std(predictor, ddof=1) / np.std(target, ddof=1)),
    )


def _design(frame: pd.DataFrame, columns: list[str]) -> Array:
    """Constant and centred columns, less those that others determine."""
    values = frame[columns].to_numpy(dtype=np.float64)
    design = np.column_stack([np.ones(len(values)), values - values.mean(axis=0)])
    kept: Array = design[:, independent_columns(design)]
    return kept
