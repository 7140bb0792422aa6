"""The indirect effect through the team, apart from the one within teams."""

from dataclasses import dataclass

import numpy as np

from smcm.analysis.eight_models import ModelResult
from smcm.analysis.study import Study
from smcm.analysis.teams import enough_teams, parts_by_clients, team_codes
from smcm.chapters.nesting.clustered import design_of
from smcm.chapters.nesting.clustered import intercepts_or_none as fit_or_none
from smcm.errors import DegenerateDataError
from smcm.stats.cluster_robust import Codes
from smcm.stats.draw_limits import percentile_limits
from smcm.stats.icc import icc_anova
from smcm.stats.latent_mean import (
    Equation,
    LatentMean,
    cluster_df,
    latent_mean,
    latent_slope,
)
from smcm.stats.mediation import FOCAL
from smcm.stats.ols import Array
from smcm.stats.random_intercept import InterceptFit
from smcm.stats.terms import excludes_zero

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
        return excludes_zero(self.low, self.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueMeans:
    """The indirect effect between teams through their true alliance.

    A team's observed mean is the true one with the error of few clients.

    Attributes
    ----------
    a, b : float
        Paths; b is NaN where teams do not differ in alliance beyond fidelity and
        covariates.
    b_low, b_high : float
        95% limits of b; infinite where the teams allow any value.
    low, high : float
        95% limits of the product, from draws of Student's t.
    reliability : tuple of float
        Of the observed means, fidelity and covariates held fixed, averaged over the
        teams; the estimate and its 95% limits.
    """

    a: float
    b: float
    b_low: float
    b_high: float
    low: float
    high: float
    reliability: tuple[float, float, float]

    @property
    def indirect(self) -> float:
        """The product ab, points of the outcome per point of fidelity."""
        return self.a * self.b

    @property
    def excludes_zero(self) -> bool:
        """Whether zero lies outside of the limits of the product."""
        return excludes_zero(self.low, self.high)

    @property
    def bounded(self) -> bool:
        """Whether the limits of b are finite."""
        return bool(np.isfinite([self.b_low, self.b_high]).all())


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamSplit:
    """One model with fidelity and alliance split in two.

    Attributes
    ----------
    result : ModelResult
    between : Product
        Through the observed means of the teams.
    true_means : TrueMeans or None
        Through their true means; None where teams are too few.
    within : Product
        Through the deviations from them.
    share_between : float
        Share of the variance of fidelity that lies between teams, 0 to 1.
    fidelity_reliability : float
        Of the teams' means of fidelity, 0 to 1.
    converged : bool
        Whether both equations were fitted to their end.
    """

    result: ModelResult
    between: Product
    true_means: TrueMeans | None
    within: Product
    share_between: float
    fidelity_reliability: float
    converged: bool


def split_models(study: Study) -> tuple[TeamSplit, ...]:
    """Split every model that can be split.

    Left out are models where teams are under three, where fidelity does not differ
    within teams, or where means and covariates determine one another.

    References
    ----------
    Zhang Z, Zyphur MJ, Preacher KJ (2009). Organizational Research Methods
    12:695-719; for true means Preacher KJ, Zyphur MJ, Zhang Z (2010). Psychological
    Methods 15:209-233.
    """
    if not enough_teams(study):
        return ()
    found = (
        _split(part, result, team_codes(part))
        for part in parts_by_clients(study)
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
        true_means=_true_means(
            Equation(y, m, np.column_stack([of_x, rest]), team), to_m, rng
        ),
        within=within,
        share_between=float(x_mean.var() / x.var()),
        fidelity_reliability=icc_anova(x, team).reliability,
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


def _true_means(
    equation: Equation, to_m: InterceptFit, rng: np.random.Generator
) -> TrueMeans | None:
    """Replace the teams' observed alliance by the true one, as far as it is known."""
    df = cluster_df(equation)
    if df < 2:
        return None
    design = np.column_stack([np.ones(equation.outcome.size), equation.rest])
    try:
        mean = latent_mean(design, equation.mediator, equation.cluster)
        b = latent_slope(mean, equation, DRAWS, rng)
    except DegenerateDataError:
        return None
    a = to_m.term(FOCAL)
    drawn = (a.estimate + a.se * rng.standard_t(df, b.draws.size)) * b.draws
    b_low, b_high = percentile_limits(b.draws)
    low, high = percentile_limits(drawn)
    return TrueMeans(
        a=a.estimate,
        b=b.between,
        b_low=b_low,
        b_high=b_high,
        low=low,
        high=high,
        reliability=_reliability(mean),
    )


def _reliability(mean: LatentMean) -> tuple[float, float, float]:
    ratios = (mean.ratio, *mean.variances.limits())
    first, low, high = (float(mean.reliability(ratio).mean()) for ratio in ratios)
    return first, low, high
