"""Imputation inside every bootstrap sample: limits from B samples of M sets each."""

from dataclasses import dataclass

import numpy as np

from smcm.errors import DegenerateDataError, OutOfRangeError
from smcm.stats.crossproducts import ModelColumns
from smcm.stats.ols import COLLINEAR, Array
from smcm.stats.pooling import t_quantile, two_sided_p

LEAST_DF = 3.0
LEAST_SAMPLES = 200  # fewer estimate a variance too roughly
STACKED = (  # what `stacked_paths` estimates, in this order
    *("a", "b", "direct", "total", "indirect", "indirect_ps", "indirect_cs"),
    *("r2_mediator", "r2_outcome", "r2_total"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BootMI:
    """Estimates of B bootstrap samples, each imputed M times, in one analysis.

    Attributes
    ----------
    estimate : ndarray, shape (k,)
        Mean over all B M completed samples, in the quantities' own units.
    between, within : ndarray, shape (k,)
        Mean squares between the samples, B - 1, and between the sets of a sample,
        B (M - 1); squared units.
    n_samples, n_sets : int
        B and M.

    References
    ----------
    von Hippel PT, Bartlett JW (2021). Maximum likelihood multiple imputation: faster
    imputations and consistent standard errors without posterior draws. Statistical
    Science 36:400-420.
    """

    estimate: Array
    between: Array
    within: Array
    n_samples: int
    n_sets: int

    @property
    def sampling_variance(self) -> Array:
        """Variance of an estimate from infinitely many sets, at least 0, shape (k,)."""
        excess: Array = np.maximum(self.between - self.within, 0.0) / self.n_sets
        return excess

    @property
    def variance(self) -> Array:
        """Variance of `estimate` under sampling, shape (k,)."""
        simulated = self.within / (self.n_samples * self.n_sets)
        total: Array = (1.0 + 1.0 / self.n_samples) * self.sampling_variance + simulated
        return total

    @property
    def se(self) -> Array:
        """Standard errors, shape (k,)."""
        errors: Array = np.sqrt(self.variance)
        return errors

    @property
    def df(self) -> Array:
        """Satterthwaite's degrees of freedom, at least `LEAST_DF`, shape (k,)."""
        b, m = self.n_samples, self.n_sets
        parts = ((b + 1) / (b * m) * self.between) ** 2 / (b - 1)
        parts = parts + self.within**2 / (b * m**2 * (m - 1))
        df = np.full_like(parts, LEAST_DF)
        np.divide(self.variance**2, parts, out=df, where=parts > 0.0)
        return np.maximum(df, LEAST_DF)

    @property
    def fmi(self) -> Array:
        """Fraction of missing information, shape (k,), 0 to 1.

        The variance between the sets of one sample over that of an estimate from
        infinitely many sets; 1 where the samples vary no more than their sets.
        """
        share = np.ones_like(self.within)
        room = self.sampling_variance > self.within
        np.divide(self.within, self.sampling_variance, out=share, where=room)
        return share

    @property
    def mc_error(self) -> Array:
        """Monte Carlo error of `estimate`, an SD, shape (k,)."""
        error: Array = np.sqrt(self.between / (self.n_samples * self.n_sets))
        return error

    @property
    def t(self) -> Array:
        """Ratio of estimate to standard error, shape (k,); NaN where that is 0."""
        ratio = np.full_like(self.estimate, np.nan)
        np.divide(self.estimate, self.se, out=ratio, where=self.se > 0.0)
        return ratio

    @property
    def p(self) -> Array:
        """Two-sided p values from Student's t on `df`, shape (k,)."""
        return two_sided_p(self.t, self.df)

    def limits(self, level: float = 0.95) -> tuple[Array, Array]:
        """Confidence limits from Student's t on `df`, each of shape (k,)."""
        reach = t_quantile(self.df, 0.5 + level / 2.0) * self.se
        return self.estimate - reach, self.estimate + reach


def boot_mi(estimates: Array) -> BootMI:
    """Analyse the variance of estimates from imputed bootstrap samples.

    Parameters
    ----------
    estimates : ndarray, shape (B, M, k)
        A sample's M sets side by side.

    Raises
    ------
    OutOfRangeError
        Under two samples, or under two sets in each.
    """
    n_samples, n_sets, _ = estimates.shape
    for name, count in (("samples", n_samples), ("sets in each", n_sets)):
        if count < 2:
            raise OutOfRangeError.for_number(
                f"the number of {name}", count, "2 or more"
            )
    of_sample = estimates.mean(axis=1)
    return BootMI(
        estimate=of_sample.mean(axis=0),
        between=n_sets * of_sample.var(axis=0, ddof=1),
        within=estimates.var(axis=1, ddof=1).mean(axis=0),
        n_samples=n_samples,
        n_sets=n_sets,
    )


def stacked_paths(sets: Array, model: ModelColumns) -> Array:
    """Estimate the paths, the indirect effects and R squared of every set.

    A covariate that others determine in some set, as may happen in a bootstrap
    sample, counts for nothing there.

    Parameters
    ----------
    sets : ndarray, shape (m, n, p)
    model : ModelColumns

    Returns
    -------
    ndarray, shape (m, 10)
        Columns `STACKED`.

    Raises
    ------
    DegenerateDataError
        No more cases than coefficients.
    """
    n, coefficients = sets.shape[1], 3 + len(model.covariates)
    if n <= coefficients:
        raise DegenerateDataError(
            f"A sample of {n} cases cannot carry a regression with {coefficients} "
            "coefficients; use more cases or fewer covariates."
        )
    centred = sets - sets.mean(axis=1, keepdims=True)
    x, m, y = (centred[:, :, column] for column in (model.x, model.m, model.y))
    without = centred[:, :, [model.x, *model.covariates]]
    through = centred[:, :, [model.m, model.x, *model.covariates]]
    to_mediator, r2_mediator = _fit(without, m)
    to_outcome, r2_outcome = _fit(through, y)
    to_total, r2_total = _fit(without, y)
    a, b = to_mediator[:, 0], to_outcome[:, 0]
    sd_x, sd_y = (np.sqrt((v**2).sum(axis=1) / (n - 1)) for v in (x, y))
    slopes = [a, b, to_outcome[:, 1], to_total[:, 0]]
    indirect = [a * b, a * b / sd_y, a * b * sd_x / sd_y]
    return np.stack([*slopes, *indirect, r2_mediator, r2_outcome, r2_total], axis=1)


def _fit(design: Array, outcome: Array) -> tuple[Array, Array]:
    """Slopes, shape (m, k), and R squared, shape (m,), of centred columns."""
    length = np.sqrt((design**2).sum(axis=1))
    unit = np.where(length > 0.0, length, 1.0)
    scaled = design / unit[:, None, :]
    q, r = np.linalg.qr(scaled)
    pivots = np.abs(np.diagonal(r, axis1=1, axis2=2))
    if pivots.min() > COLLINEAR:
        inner = q.swapaxes(1, 2) @ outcome[:, :, None]
        slope = np.linalg.solve(r, inner)[:, :, 0]
    else:
        slope = (np.linalg.pinv(scaled, COLLINEAR) @ outcome[:, :, None])[:, :, 0]
    residual = outcome - (scaled @ slope[:, :, None])[:, :, 0]
    r2 = 1.0 - (residual**2).sum(axis=1) / (outcome**2).sum(axis=1)
    return slope / unit, np.clip(r2, 0.0, 1.0)
