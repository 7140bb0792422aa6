"""One mediation model pooled over completed data sets."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil, isfinite

import numpy as np
import pandas as pd

from smcm.analysis.cautions import Parts, TwoValued, of_few_draws, of_two_values
from smcm.analysis.mediation import INDIRECT_TERMS, SLOPES
from smcm.analysis.mediation_data import TIDY_COLUMNS
from smcm.design.models import MediationSpec
from smcm.errors import UnknownValueError
from smcm.stats.ols import Array
from smcm.stats.product import Estimates, product_p
from smcm.stats.resample import inside, percentile_ranks

METHODS = ("single", "rubin_mc", "mi_boot", "boot_mi")
R2_TERMS = {  # term -> its equation among `smcm.stats.mediation.Paths`
    "r2_mediator": "to_mediator",
    "r2_outcome": "to_outcome",
    "r2_total": "to_total",
}
POOLED_TERMS = (*SLOPES, *INDIRECT_TERMS, *R2_TERMS)
POOLED_COLUMNS = (*TIDY_COLUMNS, "m", "fmi", "mc_error")


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledTerm:
    """One pooled quantity; NaN where a method has no such number.

    Attributes
    ----------
    estimate, se : float
        In the quantity's own units; R squared from 0 to 1.
    statistic, df, p : float
        Of Student's t. Where the limits are percentiles of draws, statistic and p
        are NaN, and df is that of the first-order variance.
    ci_low, ci_high : float
    m : int
        Completed sets; for ``boot_mi`` those of one resample.
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

    estimate: float
    se: float
    statistic: float = np.nan
    df: float = np.nan
    p: float = np.nan
    ci_low: float
    ci_high: float
    m: int
    fmi: float = np.nan
    mc_error: float = np.nan
    complete_df: float = np.nan
    rubin_df: float = np.nan
    p_error: float = np.nan

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval excludes zero."""
        return self.ci_low > 0.0 or self.ci_high < 0.0


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledResult:
    """One model under one way to combine imputation and interval.

    Attributes
    ----------
    spec : MediationSpec
        What was asked for, less the covariates in `dropped_columns`.
    method : str
        One of `METHODS`.
    n : int
        Cases used in each set.
    dropped_rows : int
        Cases left out because a variable of the model was missing in every set.
    dropped_columns : tuple of str
        Covariates left out because in some set they were constant or repeated others.
    terms : mapping of str to PooledTerm
        By the names in `POOLED_TERMS`, in that order.
    draws : ndarray, shape (n_draws,), or None
        Of the indirect effect, where the limits are percentiles of draws.
    level : float
        Coverage of every interval, 0 to 1.
    n_boot, seed : int
    scales : Scales
        Factors that standardize a path, mean over the sets.
    se_kind : str
        Of the errors of the paths, one of `smcm.stats.ols.EVERY_ERROR`.
    n_clusters : int
        Clusters of cluster-robust errors; 0 with other errors.
    two_valued : mapping of str to (float, float)
        Those of x, m and y that have two values in all sets -> the two values.
    """

    spec: MediationSpec
    method: str
    n: int
    dropped_rows: int
    dropped_columns: tuple[str, ...]
    terms: dict[str, PooledTerm]
    draws: Array | None
    level: float
    n_boot: int
    seed: int
    scales: Scales
    se_kind: str
    n_clusters: int
    two_valued: TwoValued = field(default_factory=dict)

    @property
    def parts(self) -> Parts:
        """Names of x, the mediator and y, and which of them have two values."""
        spec = self.spec
        return Parts(
            x=spec.x, mediators=(spec.m,), y=spec.y, two_valued=self.two_valued
        )

    @property
    def cautions(self) -> tuple[str, ...]:
        """Warnings for the reader, as sentences; none for an ordinary model."""
        size = self.indirect_draws.size
        few = size and not inside(percentile_ranks(size, self.level), size)
        drawn = ["the indirect effects"] if few else []
        return (*of_two_values(self.parts), *of_few_draws(drawn, size, self.level))

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
        """Completed sets; for ``boot_mi`` those of one resample."""
        return self.terms["indirect"].m

    def limits(self, term: str = "indirect") -> tuple[float, float]:
        """Limits of one of `POOLED_TERMS`.

        Raises
        ------
        UnknownValueError
        """
        found = self.term(term)
        return found.ci_low, found.ci_high

    def term(self, name: str) -> PooledTerm:
        """Return the numbers of one of `POOLED_TERMS`.

        Raises
        ------
        UnknownValueError
        """
        if name not in self.terms:
            raise UnknownValueError.for_choice("term", name, self.terms)
        return self.terms[name]

    def p(self, term: str) -> float:
        """P value of one of `POOLED_TERMS`; NaN where the limits are drawn."""
        return self.term(term).p

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

    def row(self, term: str) -> dict[str, float]:
        """Return the numbers of one term, keyed by `TIDY_COLUMNS` from estimate."""
        found = self.term(term)
        return {name: getattr(found, name) for name in TIDY_COLUMNS[2:]}

    @property
    def interval_excludes_zero(self) -> bool:
        """Whether the interval of the indirect effect excludes zero."""
        return self.term("indirect").excludes_zero

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

    def tidy(self) -> pd.DataFrame:
        """Return one row per term, columns `POOLED_COLUMNS`, nothing rounded."""
        return pd.DataFrame(self.rows(), columns=list(POOLED_COLUMNS))

    def rows(self) -> list[dict[str, str | float]]:
        """Return the rows of `tidy`, to be joined with those of other models."""
        return [
            {
                "model": self.spec.y,
                "term": name,
                **{column: getattr(found, column) for column in POOLED_COLUMNS[2:]},
            }
            for name, found in self.terms.items()
            if name not in self._meaningless
        ]

    @property
    def _meaningless(self) -> set[str]:
        """Standardized terms that have no meaning for variables with two values."""
        return {f"indirect_{k}" for k in ("ps", "cs") if k not in self.parts.scales}


def advised_sets(fmi: Sequence[float]) -> int:
    """Recommend a number of sets by the rule m >= 100 FMI; 1 where no FMI is known."""
    known = [value for value in fmi if isfinite(value)]
    return max(1, ceil(round(100.0 * max(known, default=0.0), 9)))
