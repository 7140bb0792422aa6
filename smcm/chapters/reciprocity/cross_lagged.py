"""Cross-lagged path models of the alliance and each outcome."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from smcm.analysis.mediation_data import TIDY_COLUMNS
from smcm.design.instruments import OUTCOMES, RPRS, Instrument
from smcm.design.models import SHARED_COVARIATES
from smcm.design.schedule import ALLIANCE_MONTHS, INTERVIEW_MONTHS
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
    """

    target: Instrument
    month: float
    cross: Instrument
    cross_month: float
    own_month: float | None

    @property
    def direction(self) -> str:
        """`FORWARD` from the alliance to the outcome, or `BACK`."""
        return FORWARD if self.cross is RPRS else BACK

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


def steps_of(outcome: Instrument) -> tuple[Step, ...]:
    """List the equations of one outcome's path model, in the order of time.

    No interview carried both measures, so each is regressed on the last of either
    before it. The first measure has nothing before it and no equation.
    """
    held = [
        (month, RPRS if month in ALLIANCE_MONTHS else outcome)
        for month in INTERVIEW_MONTHS
    ]
    steps = []
    for k, (month, target) in enumerate(held):
        before = held[:k]
        cross = [(m, other) for m, other in before if other is not target]
        own = [m for m, other in before if other is target]
        if cross:
            steps.append(
                Step(
                    target=target,
                    month=month,
                    cross=cross[-1][1],
                    cross_month=cross[-1][0],
                    own_month=own[-1] if own else None,
                )
            )
    return tuple(steps)


def cross_lagged(
    frame: pd.DataFrame, covariates: tuple[str, ...] = SHARED_COVARIATES
) -> tuple[CrossLag, ...]:
    """Fit the path models of the four outcomes.

    The model is recursive and has no latent variables: each equation by ordinary
    least squares is its maximum likelihood solution.

    Parameters
    ----------
    frame : DataFrame
        The analysis frame, without gaps in the scores.
    covariates : tuple of str
        Columns in every equation; none gives the bare path model.

    Returns
    -------
    tuple of CrossLag
        Four equations an outcome, in the order of time.
    """
    return tuple(
        _fitted(frame, outcome, step, covariates)
        for outcome in OUTCOMES
        for step in steps_of(outcome)
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
