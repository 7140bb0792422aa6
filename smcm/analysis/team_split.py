"""The indirect effect through the team, apart from the one within teams."""

from dataclasses import dataclass

import numpy as np

from smcm.analysis.clustered import design_of, enough_teams, team_codes
from smcm.analysis.clustered import intercepts_or_none as fit_or_none
from smcm.analysis.study import Study
from smcm.analysis.verdicts import ModelResult
from smcm.stats.cluster_robust import Codes
from smcm.stats.mediation import FOCAL
from smcm.stats.ols import Array
from smcm.stats.random_intercept import InterceptFit
from smcm.stats.resample import percentile_limits

DRAWS = 20_000


@dataclass(frozen=True, slots=True)
class Product:
    """One indirect effect.

    Attributes
    ----------
    a, a_se, b, b_se : float
        Paths and their errors.
    low, high : float
        Percentile limits of products drawn from the normal distributions of both.
    """

    a: float
    a_se: float
    b: float
    b_se: float
    low: float
    high: float

    @property
    def indirect(self) -> float:
        """The product ab, points of the outcome per point of fidelity."""
        return self.a * self.b

    @property
    def excludes_zero(self) -> bool:
        """Whether zero lies outside of the limits."""
        return self.low > 0.0 or self.high < 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamSplit:
    """One model with fidelity and alliance split in two.

    Attributes
    ----------
    result : ModelResult
    between : Product
        Through the means of the teams.
    within : Product
        Through the deviations from them.
    share_between : float
        Share of the variance of fidelity that lies between teams, 0 to 1.
    converged : bool
        Whether both equations were fitted to their end.
    """

    result: ModelResult
    between: Product
    within: Product
    share_between: float
    converged: bool


def split_models(study: Study) -> tuple[TeamSplit, ...]:
    """Split every model that can be split.

    Left out are models where teams are under three, where fidelity does not differ
    within teams, or where means and covariates determine one another.

    References
    ----------
    Zhang Z, Zyphur MJ, Preacher KJ (2009). Organizational Research Methods
    12:695-719.
    """
    if not enough_teams(study):
        return ()
    found = (
        _split(part, result, team_codes(part))
        for part in study.by_clients()
        for result in part.models
    )
    return tuple(split for split in found if split is not None)


def _split(study: Study, result: ModelResult, team: Codes) -> TeamSplit | None:
    spec = result.mediation.spec
    x, m, y = (study.frame[c].to_numpy(np.float64) for c in (spec.x, spec.m, spec.y))
    rest = design_of(study, spec.covariates)[:, 1:]
    one = np.ones(len(x))
    x_mean, m_mean = (_means(values, team) for values in (x, m))
    of_x = np.column_stack([x_mean, x - x_mean])
    of_m = np.column_stack([m_mean, m - m_mean])
    to_m = fit_or_none(np.column_stack([one, of_x, rest]), m, team)
    to_y = fit_or_none(np.column_stack([one, of_m, of_x, rest]), y, team)
    if to_m is None or to_y is None:
        return None
    rng = np.random.default_rng(study.run.seed)
    between, within = (_product(to_m, to_y, FOCAL + k, rng) for k in range(2))
    return TeamSplit(
        result=result,
        between=between,
        within=within,
        share_between=float(x_mean.var() / x.var()),
        converged=to_m.converged and to_y.converged,
    )


def _means(values: Array, team: Codes) -> Array:
    """Mean of each case's team, shape (n,)."""
    means: Array = (np.bincount(team, values) / np.bincount(team))[team]
    return means


def _product(
    to_m: InterceptFit, to_y: InterceptFit, at: int, rng: np.random.Generator
) -> Product:
    """Multiply the paths at one place; both equations have them at the same."""
    a, a_se, b, b_se = (
        float(values[at]) for fit in (to_m, to_y) for values in (fit.slope, fit.se)
    )
    drawn = rng.normal(a, a_se, DRAWS) * rng.normal(b, b_se, DRAWS)
    return Product(a, a_se, b, b_se, *percentile_limits(drawn))
