"""Estimates of m completed data sets pooled into one, by Rubin's rules."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from smcm.errors import OutOfRangeError
from smcm.stats.ols import Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooled:
    """Some quantities, each estimated in m completed data sets, pooled.

    Attributes
    ----------
    estimate : ndarray, shape (k,)
        Mean over the sets, in the quantities' own units.
    within : ndarray, shape (k,)
        Mean of the squared standard errors, squared units.
    between : ndarray, shape (k,)
        Variance of the estimates over the sets, m - 1.
    complete_df : ndarray, shape (k,)
        Degrees of freedom of the estimate in complete data; infinite where
        its variance is known.
    m : int
        Completed data sets.
    """

    estimate: Array
    within: Array
    between: Array
    complete_df: Array
    m: int

    @property
    def variance(self) -> Array:
        """Total variance T = within + (1 + 1/m) between, shape (k,)."""
        return self.within + self.excess

    @property
    def excess(self) -> Array:
        """Variance due to missing data, (1 + 1/m) between, shape (k,)."""
        return (1.0 + 1.0 / self.m) * self.between

    @property
    def se(self) -> Array:
        """Standard errors, shape (k,)."""
        errors: Array = np.sqrt(self.variance)
        return errors

    @property
    def increase(self) -> Array:
        """Relative increase in variance due to missing data, r, shape (k,)."""
        return _ratio(self.excess, self.within)

    @property
    def share(self) -> Array:
        """Share of the total variance due to missing data, lambda, shape (k,)."""
        return _ratio(self.excess, self.variance)

    @property
    def df(self) -> Array:
        """Degrees of freedom of Barnard and Rubin, shape (k,)."""
        return barnard_rubin(self.share, self.complete_df, self.m)

    @property
    def rubin_df(self) -> Array:
        """Degrees of freedom of Rubin, which assume a large sample, shape (k,)."""
        return barnard_rubin(self.share, np.full_like(self.share, np.inf), self.m)

    @property
    def fmi(self) -> Array:
        """Fraction of missing information, shape (k,), 0 to 1.

        From the variances and m alone: the degrees of freedom in it are Rubin's. Those
        of Barnard and Rubin are fewer in few cases or clusters, and would count that as
        missing information where nothing is missing.
        """
        beyond = np.where(np.isinf(self.rubin_df), 0.0, 2.0 / (self.rubin_df + 3.0))
        fraction: Array = self.share + beyond * (1.0 - self.share)
        return fraction

    @property
    def t(self) -> Array:
        """Ratio of estimate to standard error, shape (k,); infinite where that is 0."""
        return _ratio(self.estimate, self.se)

    @property
    def p(self) -> Array:
        """Two-sided p values from Student's t on `df`, shape (k,)."""
        return two_sided_p(self.t, self.df)

    @property
    def mc_error(self) -> Array:
        """Standard deviation of `estimate` over repetitions of the m sets, shape (k,).

        The root of between / m.

        References
        ----------
        White IR, Royston P, Wood AM (2011). Statistics in Medicine 30:377-399.
        """
        error: Array = np.sqrt(self.between / self.m)
        return error

    def limits(self, level: float = 0.95) -> tuple[Array, Array]:
        """Confidence limits from Student's t on `df`, each of shape (k,)."""
        reach = t_quantile(self.df, 0.5 + level / 2.0) * self.se
        return self.estimate - reach, self.estimate + reach


def pool(estimates: Array, variances: Array, complete_df: Array | float) -> Pooled:
    """Pool estimates by Rubin's rules.

    Parameters
    ----------
    estimates, variances : ndarray, shape (m, k)
        A row a completed data set; variances are squared standard errors.
    complete_df : ndarray, shape (k,) or (m, k), or float
        Degrees of freedom in a completed data set; where they differ between the sets,
        their mean counts.

    Raises
    ------
    OutOfRangeError
        Fewer than two sets: one shows no variance between sets.

    References
    ----------
    Rubin DB (1987). Multiple Imputation for Nonresponse in Surveys, ch. 3;
    Barnard J, Rubin DB (1999). Biometrika 86:948-955.
    """
    require_sets(len(estimates))
    df = np.broadcast_to(np.asarray(complete_df, dtype=np.float64), estimates.shape)
    return Pooled(
        estimate=estimates.mean(axis=0),
        within=variances.mean(axis=0),
        between=estimates.var(axis=0, ddof=1),
        complete_df=df.mean(axis=0),
        m=len(estimates),
    )


def require_sets(m: int) -> None:
    """Refuse to pool under two sets.

    Raises
    ------
    OutOfRangeError
    """
    if m < 2:
        rule = "at least 2 completed data sets, or method='single'"
        raise OutOfRangeError.for_number("the number of sets", m, rule)


def barnard_rubin(share: Array, complete_df: Array, m: int) -> Array:
    """Degrees of freedom of a pooled estimate, shape (k,).

    Parameters
    ----------
    share : ndarray, shape (k,)
        Of the total variance due to missing data, lambda.
    complete_df : ndarray, shape (k,)
        Infinite for Rubin's own (m - 1) / lambda^2.
    m : int

    References
    ----------
    Barnard J, Rubin DB (1999). Biometrika 86:948-955.
    """
    slowness = share**2 / max(m - 1, 1)  # 1 over Rubin's df; 0 without gaps
    observed = np.zeros_like(share)  # 1 over the df of the observed data
    known = np.isinf(complete_df)
    df = np.where(known, 1.0, complete_df)
    open_df = (df + 1.0) / (df + 3.0) * df * (1.0 - share)
    np.divide(1.0, open_df, out=observed, where=~known & (open_df > 0.0))
    observed[~known & (open_df <= 0.0)] = np.inf
    total = slowness + observed
    degrees: Array = np.full_like(share, np.inf)
    np.divide(1.0, total, out=degrees, where=total > 0.0)
    return degrees


def t_quantile(df: Array, share: float) -> Array:
    """Quantile of Student's t; of the normal where df is infinite."""
    finite = np.where(np.isinf(df), 1.0, df)
    student = special.stdtrit(finite, share)
    quantile: Array = np.where(np.isinf(df), special.ndtri(share), student)
    return quantile


def t_cdf(t: Array, df: Array) -> Array:
    """Chance of at most t under Student's t; the normal where df is infinite."""
    finite = np.where(np.isinf(df), 1.0, df)
    chance: Array = np.where(np.isinf(df), special.ndtr(t), special.stdtr(finite, t))
    return chance


def two_sided_p(t: Array, df: Array) -> Array:
    """Two-sided p values of Student's t; of the normal where df is infinite."""
    p: Array = 2.0 * t_cdf(-np.abs(t), df)
    return p


def without_each(estimates: Array, variances: Array, df: Array) -> Pooled:
    """Pool m times, each time without one of the sets.

    Parameters
    ----------
    estimates, variances, df : ndarray, shape (m,)
        Of one quantity, as for `pool`.

    Returns
    -------
    Pooled
        Of m - 1 sets; its quantities are the m ways to leave out one, shape (m,).

    Raises
    ------
    OutOfRangeError
        Under three sets.
    """
    m = estimates.size
    others = np.array([np.delete(np.arange(m), k) for k in range(m)]).T
    return pool(estimates[others], variances[others], df[others])


def jackknife_error(without: Array) -> float:
    """Monte Carlo error, from results without each of m sets in turn, shape (m,)."""
    m = without.size
    spread = float(((without - without.mean()) ** 2).sum())
    return float(np.sqrt((m - 1) / m * spread))


def _ratio(top: Array, bottom: Array) -> Array:
    """Divide; over zero 0 stays 0 where the top is 0 too, else infinite."""
    ratio: Array = np.where(top == 0.0, 0.0, np.copysign(np.inf, top))
    np.divide(top, bottom, out=ratio, where=bottom > 0.0)
    return ratio
