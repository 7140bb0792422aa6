"""One mediation model pooled over completed data sets."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, isfinite
from typing import ClassVar

import numpy as np

from smcm.analysis.mediation_data import TIDY_COLUMNS
from smcm.analysis.mediation_result import INDIRECT_TERMS, SLOPES
from smcm.analysis.result import Mediation
from smcm.errors import UnknownValueError
from smcm.stats.ols import Array
from smcm.stats.product import Estimates, product_p
from smcm.stats.terms import Term

METHODS = ("single", "rubin_mc", "mi_boot", "boot_mi")
R2_TERMS = (
    "r2_mediator",
    "r2_outcome",
    "r2_total",
)  # as `smcm.stats.mediation.Paths.fits`
POOLED_TERMS = (*SLOPES, *INDIRECT_TERMS, *R2_TERMS)
POOLED_COLUMNS = (*TIDY_COLUMNS, "m", "fmi", "mc_error")


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledTerm(Term):
    """One pooled quantity; NaN where a method has no such number.

    Where the limits are percentiles of draws, statistic and p are NaN, and df is that
    of the first-order variance. R squared is from 0 to 1.

    Attributes
    ----------
    m : int
        Completed data sets; for ``boot_mi`` those of one resample.
    fmi : float
        Fraction of missing information, 0 to 1.
    mc_error : float
        SD of `estimate` over repeated imputation and resampling.
    complete_df, rubin_df : float
        `df` of a path pooled by Rubin's rules, by two other rules: that of a completed
        set, mean over the sets, and Rubin's own, from the variances and m alone.
    p_error : float
        Of the product ab by ``rubin_mc``: SD of `PooledResult.indirect_p` over repeated
        imputation.
    """

    m: int
    fmi: float = np.nan
    mc_error: float = np.nan
    complete_df: float = np.nan
    rubin_df: float = np.nan
    p_error: float = np.nan


@dataclass(frozen=True, slots=True, kw_only=True)
class Scales:
    """Standard deviations (n - 1) and their ratios, each the mean over the sets.

    Attributes
    ----------
    sd_x : float
        Units of x.
    x_to_m, m_to_y, x_to_y : float
        SD of the first over SD of the second.
    """

    sd_x: float
    x_to_m: float
    m_to_y: float
    x_to_y: float

    @classmethod
    def of(cls, values: Array) -> "Scales":
        """Take them from x, m and y, shape (sets, n, 3)."""
        x, m, y = values.std(axis=1, ddof=1).T
        ratios = ((x / m).mean(), (m / y).mean(), (x / y).mean())
        return cls(
            sd_x=float(x.mean()),
            x_to_m=float(ratios[0]),
            m_to_y=float(ratios[1]),
            x_to_y=float(ratios[2]),
        )


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PooledResult(Mediation):
    """One model under one way to combine imputation and interval.

    Rows are left out where a variable is missing in every set, and covariates where
    they are constant or repeat others in some set.

    Attributes
    ----------
    method : str
        One of `METHODS`.
    terms : mapping of str to PooledTerm
        By the names in `POOLED_TERMS`, in that order.
    draws : ndarray, shape (n_draws,), or None
        Of the indirect effect, where the limits are percentiles of draws.
    n_boot : int
    scales : Scales
        Factors that standardize a path, mean over the sets.
    se_kind : str
        Of the errors of the paths, one of `smcm.stats.ols.EVERY_ERROR`.
    n_clusters : int
        Clusters of cluster-robust errors; 0 with other errors.
    spec, n, dropped_rows, dropped_columns, level, seed, two_valued
        As in `smcm.analysis.result.Mediation`.
    """

    COLUMNS: ClassVar[tuple[str, ...]] = POOLED_COLUMNS

    method: str
    terms: dict[str, PooledTerm]
    draws: Array | None
    n_boot: int
    scales: Scales
    se_kind: str
    n_clusters: int

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the terms that have a meaning in this model, in `tidy`'s order."""
        scales = self.parts.scales
        meaningless = {f"indirect_{k}" for k in ("ps", "cs") if k not in scales}
        return tuple(name for name in self.terms if name not in meaningless)

    @property
    def cautions(self) -> tuple[str, ...]:
        """Warnings for the reader, as sentences; none for an ordinary model."""
        from smcm.analysis.cautions import on_sets  # noqa: PLC0415 (sentences)

        return on_sets(self)

    @property
    def a(self) -> float:
        """Path from x to m, units of m per unit of x."""
        return self.terms["a"].estimate

    @property
    def b(self) -> float:
        """Path from m to y with x held fixed, units of y per unit of m."""
        return self.terms["b"].estimate

    @property
    def direct(self) -> float:
        """Direct effect c', units of y per unit of x with m held fixed."""
        return self.terms["direct"].estimate

    @property
    def total(self) -> float:
        """Total effect c, units of y per unit of x."""
        return self.terms["total"].estimate

    @property
    def indirect(self) -> float:
        """Indirect effect, units of y per unit of x."""
        return self.terms["indirect"].estimate

    @property
    def indirect_cs(self) -> float:
        """Completely standardized indirect effect, SDs of y per SD of x."""
        return self.terms["indirect_cs"].estimate

    @property
    def a_standardized(self) -> float:
        """SDs of m per SD of x."""
        return self.a * self.scales.x_to_m

    @property
    def b_standardized(self) -> float:
        """SDs of y per SD of m, x held fixed."""
        return self.b * self.scales.m_to_y

    @property
    def direct_standardized(self) -> float:
        """SDs of y per SD of x, m held fixed."""
        return self.direct * self.scales.x_to_y

    @property
    def sd_x(self) -> float:
        """Standard deviation of x, mean over the sets."""
        return self.scales.sd_x

    @property
    def indirect_draws(self) -> Array:
        """Draws of the indirect effect, shape (n_draws,); none for ``boot_mi``."""
        return np.empty(0) if self.draws is None else self.draws

    @property
    def m(self) -> int:
        """Completed data sets; for ``boot_mi`` those of one resample."""
        return self.terms["indirect"].m

    def term(self, name: str) -> PooledTerm:
        """Return the numbers of one of `POOLED_TERMS`.

        Raises
        ------
        UnknownValueError
            A name that is not among `names`.
        """
        if name not in self.terms:
            raise UnknownValueError.for_choice("term", name, self.terms)
        return self.terms[name]

    @property
    def indirect_p(self) -> float:
        """Two-sided p of the product of the pooled paths; NaN unless ``rubin_mc``.

        In closed form, of the distribution that the limits are drawn from.
        """
        if self.method != "rubin_mc":
            return np.nan
        a, b = (
            Estimates(
                value=np.array([path.estimate]),
                se=np.array([path.se]),
                df=np.array([path.df if self.n_clusters else np.inf]),
            )
            for path in (self.terms["a"], self.terms["b"])
        )
        return float(product_p(a, b)[0])

    @property
    def advised_m(self) -> int:
        """Recommended sets: 100 times the largest FMI of a path or indirect effect.

        References
        ----------
        White IR, Royston P, Wood AM (2011). Statistics in Medicine 30:377-399.
        """
        return advised_sets([self.terms[name].fmi for name in (*SLOPES, "indirect")])

    @property
    def advice(self) -> str:
        """A sentence on too few sets; empty where there are enough."""
        if self.method in ("single", "boot_mi") or self.m >= self.advised_m:
            return ""
        return (
            f"{self.m} sets are fewer than 100 times the largest fraction of missing "
            f"information; impute at least {self.advised_m} sets."
        )


def advised_sets(fmi: Sequence[float]) -> int:
    """Recommend a number of sets by the rule m >= 100 FMI; 1 where no FMI is known."""
    known = [value for value in fmi if isfinite(value)]
    return max(1, ceil(round(100.0 * max(known, default=0.0), 9)))
