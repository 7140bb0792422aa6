"""Every statistic the article prints, as a function of means and covariances.

All of them follow from the means and the covariance matrix of `layout.COLUMNS`, so a
cohort can be calibrated before one client of it exists. Stacks of moments go through
in one call: derivatives are differences between the members of a stack.
"""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from generator.layout import COVARIATE_PLACES, PLACE, Array
from generator.shipped import (
    ALLIANCE_MONTHS,
    BASELINE,
    EIGHT_MODELS,
    HORIZONS,
    MAIN_WINDOW,
    OTHER_WINDOWS,
    OUTCOME_MONTHS,
    OUTCOMES,
    RPRS,
    SCORE_COLUMNS,
)
from smcm.design.instruments import Instrument
from smcm.design.models import StudyModel

Statistics = dict[str, Array]
FOCAL = 0


@dataclass(frozen=True, slots=True)
class Moments:
    """Means and covariances, one set or a stack of sets.

    Attributes
    ----------
    mean : ndarray, shape (..., n_columns)
    covariance : ndarray, shape (..., n_columns, n_columns)
        With n - 1 in the denominator.
    n : int
        Clients.
    """

    mean: Array
    covariance: Array
    n: int

    @classmethod
    def of(cls, values: Array) -> "Moments":
        """Moments of a data matrix, shape (n, n_columns)."""
        return cls(values.mean(axis=0), np.cov(values, rowvar=False), values.shape[0])

    def variance(self, column: str) -> Array:
        """Variance of one column."""
        place = PLACE[column]
        return np.asarray(self.covariance[..., place, place])

    def difference_t(self, first: str, second: str) -> Array:
        """Paired t of the mean of `first` minus that of `second`."""
        i, j = PLACE[first], PLACE[second]
        spread = self.variance(first) + self.variance(second)
        spread = spread - 2 * self.covariance[..., i, j]
        change = self.mean[..., i] - self.mean[..., j]
        return np.asarray(change / np.sqrt(spread / self.n))


@dataclass(frozen=True, slots=True)
class _Regression:
    """One outcome on some columns; the constant is understood.

    Attributes
    ----------
    slope, se : ndarray, shape (..., k)
    unexplained : ndarray, shape (...)
        1 - R².
    df : int
    """

    slope: Array
    se: Array
    unexplained: Array
    df: int

    def interval(self, name: str, key: str, level: float = 0.95) -> Statistics:
        """Slope of the first column with its limits and its t."""
        slope, se = self.slope[..., FOCAL], self.se[..., FOCAL]
        reach = stats.t.ppf(0.5 + level / 2, self.df) * se
        return {
            f"{name}.{key}": slope,
            f"{name}_low.{key}": slope - reach,
            f"{name}_high.{key}": slope + reach,
            f"{name}_t.{key}": slope / se,
        }

    def t(self, column: int) -> Array:
        """Give the t of one slope."""
        return np.asarray(self.slope[..., column] / self.se[..., column])


def _regress(moments: Moments, y: str, columns: tuple[int, ...]) -> _Regression:
    x = np.array(columns)
    among = moments.covariance[..., x[:, None], x]
    with_y = moments.covariance[..., x, PLACE[y]]
    inverse = np.linalg.inv(among)
    slope = (inverse @ with_y[..., None])[..., 0]
    total = moments.variance(y)
    left = total - (with_y * slope).sum(axis=-1)
    df = moments.n - x.size - 1
    scale = left / df
    diagonal = np.diagonal(inverse, axis1=-2, axis2=-1)
    se = np.sqrt(scale[..., None] * diagonal)
    return _Regression(slope, se, left / total, df)


def regenerate(moments: Moments) -> Statistics:
    """Compute all statistics.

    Returns
    -------
    dict of str to ndarray, shape (...)
        p values are given as the t they belong to.
    """
    found: Statistics = {}
    for column in SCORE_COLUMNS:
        found[f"mean.{column}"] = moments.mean[..., PLACE[column]]
        found[f"sd.{column}"] = np.sqrt(moments.variance(column))
    early, late = (RPRS.score_column(month) for month in ALLIANCE_MONTHS)
    found["t.rprs"] = moments.difference_t(early, late)
    for outcome in OUTCOMES:
        found |= _change(moments, outcome) | _reciprocity(moments, outcome)
    for model in EIGHT_MODELS:
        found |= _paths(moments, model)
        for days in OTHER_WINDOWS:
            found |= _other_window(moments, model, days)
    return found


def _change(moments: Moments, outcome: Instrument) -> Statistics:
    """Repeated-measures F over the three occasions, and paired t from baseline."""
    columns = [outcome.score_column(month) for month in OUTCOME_MONTHS]
    places = np.array([PLACE[column] for column in columns])
    mean = moments.mean[..., places]
    among = moments.covariance[..., places[:, None], places]
    k = places.size
    own = np.trace(among, axis1=-2, axis2=-1) / k
    shared = (among.sum(axis=(-2, -1)) - k * own) / (k * (k - 1))
    off = mean - mean.mean(axis=-1, keepdims=True)
    between = moments.n * (off**2).sum(axis=-1) / (k - 1)
    found = {f"F.{outcome.key}": between / (own - shared)}
    for column in columns[1:]:
        found[f"rise_t.{column}"] = moments.difference_t(column, columns[0])
    return found


def _paths(moments: Moments, model: StudyModel) -> Statistics:
    """Give a and b with limits and t, the direct effect's t, ab and its size."""
    spec = model.spec(MAIN_WINDOW)
    covariates = (*COVARIATE_PLACES, PLACE[model.outcome.score_column(BASELINE)])
    x, m = PLACE[spec.x], PLACE[spec.m]
    to_mediator = _regress(moments, spec.m, (x, *covariates))
    to_outcome = _regress(moments, spec.y, (m, x, *covariates))
    indirect = to_mediator.slope[..., FOCAL] * to_outcome.slope[..., FOCAL]
    sd_ratio = np.sqrt(moments.variance(spec.x) / moments.variance(spec.y))
    return {
        **to_mediator.interval("a", model.key),
        **to_outcome.interval("b", model.key),
        f"direct_t.{model.key}": to_outcome.t(1),
        f"ab.{model.key}": indirect,
        f"cs.{model.key}": indirect * sd_ratio,
    }


def _other_window(moments: Moments, model: StudyModel, days: int) -> Statistics:
    """Return the t values of the same model with another fidelity window."""
    spec = model.spec(days)
    covariates = (*COVARIATE_PLACES, PLACE[model.outcome.score_column(BASELINE)])
    x, m = PLACE[spec.x], PLACE[spec.m]
    to_outcome = _regress(moments, spec.y, (m, x, *covariates))
    return {
        f"a_t{days}.{model.key}": _regress(moments, spec.m, (x, *covariates)).t(FOCAL),
        f"b_t{days}.{model.key}": to_outcome.t(FOCAL),
        f"direct_t{days}.{model.key}": to_outcome.t(1),
    }


def _reciprocity(moments: Moments, outcome: Instrument) -> Statistics:
    """R² of the late alliance, and what the outcome before it adds."""
    late = RPRS.score_column(ALLIANCE_MONTHS[-1])
    first = (*COVARIATE_PLACES, PLACE[outcome.score_column(BASELINE)])
    entered = PLACE[outcome.score_column(HORIZONS[0])]
    step_one = _regress(moments, late, first)
    step_two = _regress(moments, late, (*first, entered))
    gain = step_one.unexplained - step_two.unexplained
    return {
        f"R2.{outcome.key}": 1 - step_two.unexplained,
        f"gain.{outcome.key}": gain,
        f"gain_F.{outcome.key}": gain / (step_two.unexplained / step_two.df),
    }
