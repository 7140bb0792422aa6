"""The slope of an outcome on the true means of clusters, of which samples are seen.

The mean of a mediator over the cases of a cluster that were seen is the true mean of
the cluster with an error. Regressed on it, an outcome shows a mixture of the slope
between clusters and the one within them. Here the true mean is predicted from what was
seen, and the prediction takes its place.
"""

from dataclasses import dataclass

import numpy as np

from smcm.stats.cluster_robust import Codes
from smcm.stats.random_intercept import InterceptFit, fit_random_intercept
from smcm.stats.usable import Array
from smcm.stats.variance_ratio import VarianceRatio, variance_ratio

STRATA = 25  # shares at which the distribution of the variance ratio is read
LEAST_RATIO = 1e-4  # below it the means of clusters say nothing
CONSTANT = 1e-9  # of a column's size; it varies less within clusters if it does not


@dataclass(frozen=True, slots=True, kw_only=True)
class LatentMean:
    """True means of a mediator in clusters, its causes held fixed.

    Attributes
    ----------
    fit : InterceptFit
        Of the mediator on its causes.
    variances : VarianceRatio
        What the sample says of the variance between clusters over that within.
    deviation : ndarray, shape (G,)
        Mean residual of each cluster.
    sizes : ndarray, shape (G,)
        Cases of each cluster.
    """

    fit: InterceptFit
    variances: VarianceRatio
    deviation: Array
    sizes: Array

    @property
    def ratio(self) -> float:
        """Variance between clusters over that within, by restricted likelihood."""
        return self.fit.between / self.fit.within

    def reliability(self, ratio: float) -> Array:
        """Share of each mean's variance that is the true mean's, shape (G,)."""
        share: Array = self.sizes * ratio / (1.0 + self.sizes * ratio)
        return share

    def predicted(self, ratio: float) -> Array:
        """Best predictions of the true means' deviations, shape (G,)."""
        return self.reliability(ratio) * self.deviation


@dataclass(frozen=True, slots=True)
class Equation:
    """An outcome, a mediator, and what else the outcome is regressed on.

    Attributes
    ----------
    outcome, mediator : ndarray, shape (n,)
    rest : ndarray, shape (n, k)
        Other columns, without the constant.
    cluster : ndarray of int from 0, shape (n,)
    """

    outcome: Array
    mediator: Array
    rest: Array
    cluster: Codes


@dataclass(frozen=True, slots=True)
class LatentSlope:
    """The slope on the true means of clusters.

    Attributes
    ----------
    between : float
        NaN where no variance between clusters was found.
    draws : ndarray, shape (n_draws,)
        From its confidence distribution; infinite where the sample allows that the
        means of clusters say nothing.
    df : int
        Degrees of freedom that the clusters leave.
    """

    between: float
    draws: Array
    df: int


def latent_mean(design: Array, mediator: Array, cluster: Codes) -> LatentMean:
    """Predict the true means of a mediator.

    Parameters
    ----------
    design : ndarray, shape (n, k)
        The constant and the causes of the mediator.
    mediator : ndarray, shape (n,)
    cluster : ndarray of int from 0, shape (n,)

    Raises
    ------
    DegenerateDataError
        As for `fit_random_intercept` and `variance_ratio`.
    """
    fit = fit_random_intercept(design, mediator, cluster)
    sizes = np.bincount(cluster).astype(np.float64)
    return LatentMean(
        fit=fit,
        variances=variance_ratio(design, mediator, cluster),
        deviation=np.bincount(cluster, mediator - design @ fit.slope) / sizes,
        sizes=sizes,
    )


def slopes_given(mean: LatentMean, equation: Equation, ratio: float) -> InterceptFit:
    """Regress the outcome on predicted true means and on what is apart from them.

    Given what was seen, the expected outcome is linear in the best prediction of the
    true mean, with the slope of the true mean itself.

    Returns
    -------
    InterceptFit
        Its coefficients 1 and 2 are the slopes between and within clusters.

    References
    ----------
    Ludtke O, Marsh HW, Robitzsch A, Trautwein U, Asparouhov T, Muthen B (2008).
    Psychological Methods 13:203-229.
    """
    true = mean.predicted(ratio)[equation.cluster]
    one, apart = np.ones(true.size), equation.mediator - true
    design = np.column_stack([one, true, apart, equation.rest])
    return fit_random_intercept(design, equation.outcome, equation.cluster)


def latent_slope(
    mean: LatentMean, equation: Equation, n_draws: int, rng: np.random.Generator
) -> LatentSlope:
    """Estimate the slope on the true means, and how far chance may move it.

    A draw takes the ratio of both variances from its exact distribution, and the slope,
    given the ratio, from Student's t on the degrees of freedom of the clusters.

    Parameters
    ----------
    mean : LatentMean
    equation : Equation
        Of the same cases.
    n_draws : int
        A multiple of `STRATA`.
    rng : Generator

    Raises
    ------
    DegenerateDataError
        As for `fit_random_intercept`.

    References
    ----------
    Weerahandi S (1993). Journal of the American Statistical Association 88:899-905
    (intervals from draws of such a kind).
    """
    df = max(cluster_df(equation) - 1, 1)
    ratios = mean.variances.quantiles((np.arange(STRATA) + 0.5) / STRATA)
    draws = rng.standard_t(df, (STRATA, n_draws // STRATA))
    for row, ratio in zip(draws, ratios, strict=True):
        fit = slopes_given(mean, equation, max(float(ratio), LEAST_RATIO))
        row[:] = fit.slope[1] + fit.se[1] * row
        if ratio < LEAST_RATIO:
            row[:] = np.copysign(np.inf, row)
    between = np.nan
    if mean.ratio >= LEAST_RATIO:
        between = float(slopes_given(mean, equation, mean.ratio).slope[1])
    return LatentSlope(between=between, draws=draws.ravel(), df=df)


def cluster_df(equation: Equation) -> int:
    """Clusters, less the constant and every other column that is one within them."""
    sizes = np.bincount(equation.cluster)
    means = (
        np.bincount(equation.cluster, column) / sizes for column in equation.rest.T
    )
    constant = sum(
        np.abs(column - mean[equation.cluster]).max() <= CONSTANT * np.abs(column).max()
        for column, mean in zip(equation.rest.T, means, strict=True)
    )
    return int(sizes.size) - 1 - int(constant)
