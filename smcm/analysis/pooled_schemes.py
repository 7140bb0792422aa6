"""From a model fitted in m completed data sets to its pooled terms, by method."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from smcm.analysis.mediation_result import INDIRECT_TERMS, SLOPES
from smcm.analysis.pooled_result import R2_TERMS, PooledTerm
from smcm.errors import DegenerateDataError
from smcm.shown import shown
from smcm.stats.draw_limits import percentile_limits
from smcm.stats.draws import PathDraws
from smcm.stats.mediation import Paths
from smcm.stats.ols import Array
from smcm.stats.pooled_r2 import PooledR2, pool_r2
from smcm.stats.pooling import Pooled, jackknife_error, pool, without_each
from smcm.stats.product import Estimates, product_draws, product_p, student_products
from smcm.stats.terms import LinearFit

Terms = dict[str, PooledTerm]


@dataclass(frozen=True, slots=True, kw_only=True)
class FittedSets:
    """One model fitted in every completed data set.

    Attributes
    ----------
    paths : tuple of Paths
        A set each.
    draws : tuple of PathDraws
        Bootstrap draws of each set, on the same resamples; empty where none is asked.
    """

    paths: tuple[Paths, ...]
    draws: tuple[PathDraws, ...] = ()

    @property
    def m(self) -> int:
        """Completed data sets."""
        return len(self.paths)

    def slopes(self) -> tuple[Array, Array, Array]:
        """Estimates, variances and complete-data df, each of shape (m, 4).

        Columns are `SLOPES`. Whatever kind of standard error a fit has, its variance
        and its degrees of freedom for that coefficient are the ones taken.
        """
        cells = [
            [_coefficient(fit, at) for fit, at in paths.slopes] for paths in self.paths
        ]
        estimates, variances, df = np.moveaxis(np.array(cells), 2, 0)
        return estimates, variances, df

    def factors(self) -> Array:
        """Give what takes ab to each of `INDIRECT_TERMS`, shape (m, 3)."""
        return np.array(
            [[1.0, 1.0 / p.sd_y, p.sd_x / p.sd_y] for p in self.paths], dtype=np.float64
        )

    def r2(self) -> Array:
        """R squared of every equation, shape (m, 3); columns `R2_TERMS`."""
        return np.array([[fit.r2 for fit in paths.fits] for paths in self.paths])


def _require_errors(variances: Array, df: Array, *, clustered: bool) -> None:
    """Refuse paths whose robust error does not exist in some set."""
    lacking = (np.isnan(variances) | np.isnan(df)).any(axis=0)
    if not lacking.any():
        return
    name = SLOPES[int(np.argmax(lacking))]
    part, other = ("cluster", "errors that are not cluster-robust")
    if not clustered:
        part, other = "case", "classical errors"
    raise DegenerateDataError(
        f"The error of {shown(name)} has no degrees of freedom: other columns of the "
        "model fit each "
        f"{part} on which the path rests exactly. Leave such columns out, or "
        f"take {other}."
    )


def _coefficient(fit: LinearFit, at: int) -> tuple[float, float, float]:
    """Estimate, variance and degrees of freedom of one coefficient of a fit."""
    return float(fit.slope[at]), float(fit.se[at] ** 2), float(fit.t_df[at])


def by_rubin_mc(
    sets: FittedSets, level: float, n_draws: int, seed: int
) -> tuple[Terms, Array]:
    """Pool the paths by Rubin's rules and draw the product of the pooled paths.

    The draws are normal. Where errors are cluster-robust, with few degrees of freedom,
    they are from Student's t with the pooled degrees of freedom. The within-set
    variance of ab, which its FMI and df need, is first-order: a^2 var(b) + b^2 var(a).

    Raises
    ------
    DegenerateDataError
        A path whose error has no degrees of freedom.
    """
    estimates, variances, df = sets.slopes()
    clustered = bool(sets.paths[0].to_outcome.n_clusters)
    _require_errors(variances, df, clustered=clustered)
    slopes = pool(estimates, variances, df)
    a, b = (_only(slopes, place) for place in (0, 1))
    product = estimates[:, 0] * estimates[:, 1]
    spread = estimates[:, 0] ** 2 * variances[:, 1] + (
        estimates[:, 1] ** 2 * variances[:, 0]
    )
    factors = sets.factors()
    scaled = pool(
        product[:, None] * factors,
        spread[:, None] * factors**2,
        df[:, :2].min(axis=1, keepdims=True),
    )
    if clustered:
        ends = (Estimates(value=p.estimate, se=p.se, df=p.df) for p in (a, b))
        draws = student_products(*ends, n_draws=n_draws, seed=seed)[0]
    else:
        draws = product_draws(a, b, n_draws, seed)[0]
    point = float(a.estimate[0] * b.estimate[0])
    middle = factors.mean(axis=0)
    found = _slope_terms(slopes, level) | {
        name: _drawn(point * middle[k], draws * middle[k], level, (scaled, k))
        for k, name in enumerate(INDIRECT_TERMS)
    }
    by_team = bool(sets.paths[0].to_outcome.n_clusters)
    error = _p_error((estimates, variances, df), by_team=by_team)
    found["indirect"] = replace(found["indirect"], p_error=error)
    return found | r2_terms(pool_r2(sets.r2(), _cases(sets)), level), draws


def _p_error(slopes: tuple[Array, Array, Array], *, by_team: bool) -> float:
    """Error of the p of ab by other sets, from leaving out each; NaN under three."""
    if len(slopes[0]) < 3:
        return np.nan
    without = [
        without_each(*(values[:, place] for values in slopes)) for place in (0, 1)
    ]
    a, b = (
        Estimates(
            one.estimate, one.se, one.df if by_team else np.full_like(one.se, np.inf)
        )
        for one in without
    )
    return jackknife_error(product_p(a, b))


def by_mi_boot(sets: FittedSets, level: float) -> tuple[Terms, Array]:
    """Pool the paths by Rubin's rules and stack the bootstrap draws of all sets.

    The within-set variances of the indirect effects are those of their draws.
    """
    estimates, variances, df = sets.slopes()
    factors = sets.factors()
    drawn = np.array(
        [[getattr(one, name) for name in INDIRECT_TERMS] for one in sets.draws]
    )  # (m, 3, B)
    product = (estimates[:, 0] * estimates[:, 1])[:, None] * factors
    pooled = pool(product, drawn.var(axis=2, ddof=1), df[:, :2].min(1, keepdims=True))
    stacked = np.moveaxis(drawn, 1, 0).reshape(len(INDIRECT_TERMS), -1)
    found = _slope_terms(pool(estimates, variances, df), level) | {
        name: _drawn(float(pooled.estimate[k]), stacked[k], level, (pooled, k))
        for k, name in enumerate(INDIRECT_TERMS)
    }
    return found | r2_terms(pool_r2(sets.r2(), _cases(sets)), level), stacked[0]


def by_single(
    sets: FittedSets, rows: Mapping[str, Mapping[str, float]], level: float
) -> tuple[Terms, Array]:
    """Take the first set as if nothing had been missing.

    Parameters
    ----------
    rows : mapping
        Term to its numbers, as `smcm.MediationResult.row` gives them.
    """
    found = {name: PooledTerm(**row, m=1) for name, row in rows.items()}
    z = np.arctanh(np.sqrt(sets.r2()[0]))
    known = np.full(z.shape, 1.0 / (_cases(sets) - 3))
    none = np.zeros_like(z)
    infinite = np.full_like(z, np.inf)
    alone = PooledR2(
        z=Pooled(estimate=z, within=known, between=none, complete_df=infinite, m=1)
    )
    return found | r2_terms(alone, level), sets.draws[0].indirect


def r2_terms(pooled: PooledR2, level: float) -> Terms:
    """Terms of R squared; no test, since it cannot be below zero."""
    low, high = pooled.limits(level)
    several = pooled.z.m > 1
    return {
        name: PooledTerm(
            estimate=float(pooled.estimate[k]),
            se=float(pooled.se[k]),
            df=float(pooled.z.df[k]) if several else np.nan,
            ci_low=float(low[k]),
            ci_high=float(high[k]),
            m=pooled.z.m,
            fmi=float(pooled.z.fmi[k]) if several else np.nan,
            mc_error=float(pooled.mc_error[k]) if several else np.nan,
        )
        for k, name in enumerate(R2_TERMS)
    }


def tested_terms(pooled: Pooled, names: Iterable[str], level: float) -> Terms:
    """Terms with Student's t, a name for each of the pooled quantities."""
    low, high = pooled.limits(level)
    columns: dict[str, Any] = {
        "estimate": pooled.estimate,
        "se": pooled.se,
        "statistic": pooled.t,
        "df": pooled.df,
        "p": pooled.p,
        "ci_low": low,
        "ci_high": high,
        "fmi": pooled.fmi,
        "mc_error": pooled.mc_error,
        "complete_df": pooled.complete_df,
        "rubin_df": pooled.rubin_df,
    }
    return {
        name: PooledTerm(m=pooled.m, **{key: float(v[k]) for key, v in columns.items()})
        for k, name in enumerate(names)
    }


def _slope_terms(pooled: Pooled, level: float) -> Terms:
    return tested_terms(pooled, SLOPES, level)


def _drawn(
    estimate: float, draws: Array, level: float, behind: tuple[Pooled, int]
) -> PooledTerm:
    """Term with limits read off draws; `behind` tells its m, FMI and df."""
    pooled, k = behind
    low, high = percentile_limits(draws, level)
    return PooledTerm(
        estimate=float(estimate),
        se=float(np.std(draws, ddof=1)),
        df=float(pooled.df[k]),
        ci_low=low,
        ci_high=high,
        m=pooled.m,
        fmi=float(pooled.fmi[k]),
        mc_error=float(pooled.mc_error[k]),
    )


def _only(pooled: Pooled, place: int) -> Pooled:
    """One of the pooled quantities, alone."""
    at = slice(place, place + 1)
    return Pooled(
        estimate=pooled.estimate[at],
        within=pooled.within[at],
        between=pooled.between[at],
        complete_df=pooled.complete_df[at],
        m=pooled.m,
    )


def _cases(sets: FittedSets) -> int:
    return sets.paths[0].to_outcome.n
