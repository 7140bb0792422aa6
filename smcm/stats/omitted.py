"""How strong an omitted confounder must be to overturn a regression coefficient.

The results follow from the t statistic of the coefficient, its degrees of freedom, and
two partial R squared of the confounder: with the predictor, given the other columns;
and with the outcome, given all columns.
"""

from dataclasses import dataclass
from math import copysign, inf, sqrt

import numpy as np
from scipy import special

from smcm.errors import OutOfRangeError


@dataclass(frozen=True, slots=True, kw_only=True)
class Coefficient:
    """One coefficient with its precision.

    Attributes
    ----------
    estimate, se : float
        Units of the outcome per unit of the column.
    df : float
        Residual degrees of freedom.
    t_df : float or None
        Degrees of freedom of its test, where missing data or clusters change them.
    inflation : float
        Standard error of its test over `se`, at least 1: the effect of missing data.
    """

    estimate: float
    se: float
    df: float
    t_df: float | None = None
    inflation: float = 1.0

    @property
    def t(self) -> float:
        """Ratio of estimate to `se`; infinite where that is 0."""
        if self.se == 0.0:
            return copysign(inf, self.estimate)
        return self.estimate / self.se

    @property
    def f(self) -> float:
        """Cohen's f of the column, |t| over the root of the degrees of freedom."""
        return abs(self.t) / sqrt(self.df)

    def significant(self, alpha: float) -> bool:
        """Whether it is significant at a level by its own test."""
        df = self.df if self.t_df is None else self.t_df
        p = 2.0 * float(special.stdtr(df, -abs(self.t) / self.inflation))
        return p < alpha

    def limits(self, level: float = 0.95) -> tuple[float, float]:
        """Confidence limits from Student's t."""
        df = self.df if self.t_df is None else self.t_df
        reach = float(special.stdtrit(df, 0.5 + level / 2.0)) * self.se * self.inflation
        return self.estimate - reach, self.estimate + reach

    def critical_f(self, alpha: float) -> float:
        """Cohen's f at which the test is just significant, with one more column."""
        df = (self.df if self.t_df is None else self.t_df) - 1.0
        reach = float(special.stdtrit(df, 1.0 - alpha / 2.0))
        return reach * self.inflation / sqrt(self.df - 1.0)

    def robustness(self, q: float = 1.0, alpha: float | None = None) -> float:
        """Partial R squared with both sides that a confounder needs to overturn it.

        Parameters
        ----------
        q : float
            Share of the estimate that the confounder accounts for, above 0.
        alpha : float, optional
            Level at which the estimate is then no longer significant; by default only
            its size counts.

        Returns
        -------
        float
            From 0, where no confounder is needed, to 1.

        Raises
        ------
        OutOfRangeError

        References
        ----------
        Cinelli C, Hazlett C (2020). Making sense of sensitivity: extending omitted
        variable bias. Journal of the Royal Statistical Society B 82:39-67, section
        4.2; where the level alone decides, the extreme value of Cinelli C, Hazlett C
        (2025), on instrumental variables, Biometrika 112.
        """
        if q <= 0.0:
            raise OutOfRangeError.for_number("q", q, "a share above 0")
        wanted = q * self.f
        critical = 0.0 if alpha is None else self.critical_f(alpha)
        gap = wanted - critical
        if gap <= 0.0:
            return 0.0
        if critical > 0.0 and wanted * critical > 1.0:
            return (wanted**2 - critical**2) / (1.0 + wanted**2)
        return _even(gap)

    def adjusted(self, strength: "Strength") -> "Coefficient":
        """Coefficient with the confounder in the regression, if it works against it.

        With the classical standard error; the inflation by missing data is kept.

        References
        ----------
        Cinelli and Hazlett (2020), equations 8 and 14.
        """
        left_d = 1.0 - strength.treatment
        bias = (
            self.se * (self.df * strength.outcome * strength.treatment / left_d) ** 0.5
        )
        shrink = ((1.0 - strength.outcome) / left_d * self.df / (self.df - 1.0)) ** 0.5
        return Coefficient(
            estimate=float(np.sign(self.estimate)) * (abs(self.estimate) - bias),
            se=self.se * shrink,
            df=self.df - 1.0,
            t_df=None if self.t_df is None else self.t_df - 1.0,
            inflation=self.inflation,
        )


@dataclass(frozen=True, slots=True)
class Strength:
    """Two partial R squared of one column, measured or not.

    Attributes
    ----------
    treatment : float
        With the column of the coefficient, given the other columns; 0 up to under 1.
    outcome : float
        With the outcome, given all other columns; 0 to 1.

    Raises
    ------
    OutOfRangeError
    """

    treatment: float
    outcome: float

    def __post_init__(self) -> None:
        """Refuse values that are not shares."""
        if not (0.0 <= self.treatment < 1.0 and 0.0 <= self.outcome <= 1.0):
            raise OutOfRangeError.for_number(
                "the strength of a confounder",
                (self.treatment, self.outcome),
                "two shares from 0 to 1, the first below 1",
            )

    @property
    def even(self) -> float:
        """Equal partial R squared with both that would bias as much, 0 to 1."""
        both = self.outcome * self.treatment / (1.0 - self.treatment)
        return _even(sqrt(both)) if both > 0.0 else 0.0

    def times(self, k: float) -> "Strength | None":
        """Strength of a confounder k times as strong as this measured covariate.

        Parameters
        ----------
        k : float
            Above 0, for both relations.

        Returns
        -------
        Strength or None
            The most that it may explain; None where no such confounder can exist,
            because the column of the coefficient would have no residual variance.

        References
        ----------
        Cinelli and Hazlett (2020), section 4.4 and its appendix: the confounder is
        independent of the measured columns, and compared with the covariate j by
        k = R2(D~Z|X-j) / R2(D~Xj|X-j), and likewise for Y given D.
        """
        d, y = self.treatment, self.outcome
        treatment = k * d / (1.0 - d)
        if treatment >= 1.0:
            return None
        overlap = k * d**2 / ((1.0 - k * d) * (1.0 - d))
        if overlap >= 1.0:
            return None
        eta = (k**0.5 + overlap**0.5) / (1.0 - overlap) ** 0.5
        return Strength(
            treatment, 1.0 if y == 1.0 else min(1.0, eta**2 * y / (1.0 - y))
        )


def _even(f: float) -> float:
    """Solve r / root(1 - r) = f for r; in this form large f keep their digits."""
    return 2.0 / (1.0 + sqrt(1.0 + 4.0 / f**2))
