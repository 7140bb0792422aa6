"""The paths of the eight models with inference that is robust to clustering by team."""

from dataclasses import dataclass

import numpy as np

from smcm.analysis.eight_models import ModelResult
from smcm.analysis.mediation_data import laid_out
from smcm.analysis.study import Study
from smcm.analysis.teams import enough_teams, parts_by_clients, team_codes
from smcm.chapters.nesting.settings import WILD_DRAWS
from smcm.design.models import StudyModel
from smcm.errors import DegenerateDataError
from smcm.stats.cluster_resample import ClusterDraws, bootstrap_clusters
from smcm.stats.cluster_robust import Codes
from smcm.stats.draw_limits import percentile_limits
from smcm.stats.mediation import FOCAL
from smcm.stats.ols import Array, fit_linear
from smcm.stats.random_intercept import InterceptFit, fit_random_intercept
from smcm.stats.terms import LinearFit, Term, excludes_zero
from smcm.stats.wild_bootstrap import WildTest, webb_weights, wild_test

METHODS = ("ols", "cr2", "wild", "reml")


@dataclass(frozen=True, slots=True, kw_only=True)
class PathTests:
    """The path from fidelity to one dependent variable, by every method.

    Attributes
    ----------
    model : StudyModel
    alpha : float
        Level that the alpha rule sets for the dependent variable.
    usual : float
        Usual level, for methods that are robust to clustering.
    ols, cr2 : LinearFit
        The same regression with classical and with cluster-robust errors.
    wild : WildTest
    reml : InterceptFit
        With a random intercept of the team.
    """

    model: StudyModel
    alpha: float
    usual: float
    ols: LinearFit
    cr2: LinearFit
    wild: WildTest
    reml: InterceptFit

    @property
    def estimate(self) -> float:
        """Units of the dependent variable per point of fidelity."""
        return self.term("ols").estimate

    def term(self, method: str) -> Term:
        """Numbers by one of `METHODS` but ``"wild"``, with 95% limits."""
        fit: LinearFit | InterceptFit = getattr(self, method)
        return fit.term(FOCAL)

    def p(self, method: str) -> float:
        """Two-sided p value by one of `METHODS`."""
        if method == "wild":
            return self.wild.p
        return self.term(method).p

    def significant(self, method: str) -> bool:
        """Whether the path is significant at the level that applies.

        Classical errors are tested at the level of the alpha rule, which takes the
        place of an adjustment for teams; methods that are robust to clustering by
        team, at the usual level.
        """
        return self.p(method) < (self.alpha if method == "ols" else self.usual)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelTests:
    """One of the eight models with its teams.

    Attributes
    ----------
    result : ModelResult
        As published.
    a, total : PathTests
        To the alliance, and to the outcome: the total effect.
    b : InterceptFit
        The outcome's equation with a random intercept of the team.
    drawn : ClusterDraws
        Bootstrap samples of whole teams.
    """

    result: ModelResult
    a: PathTests
    total: PathTests
    b: InterceptFit
    drawn: ClusterDraws

    @property
    def b_term(self) -> Term:
        """Path b with a random intercept of the team, with 95% limits."""
        return self.b.term(FOCAL)

    @property
    def team_limits(self) -> tuple[float, float]:
        """Percentile limits of the indirect effect, with whole teams resampled."""
        return percentile_limits(self.drawn.indirect)

    @property
    def team_limits_exclude_zero(self) -> bool:
        """Whether zero lies outside of them."""
        return excludes_zero(*self.team_limits)


def models_with_teams(study: Study) -> tuple[ModelTests, ...]:
    """Test the a and the c path of every model; none where teams are too few."""
    if not enough_teams(study):
        return ()
    return tuple(one for part in parts_by_clients(study) for one in _with_teams(part))


def _with_teams(study: Study) -> tuple[ModelTests, ...]:
    """Test models that rest on the same clients."""
    team = team_codes(study)
    weights = webb_weights(int(team.max()) + 1, WILD_DRAWS, study.run.seed)
    drawn, usual = _drawn(study, team), study.design.alpha.level
    found = []
    for result, draws in zip(study.models, drawn, strict=True):
        spec = result.mediation.spec
        m, y = (study.frame[name].to_numpy(np.float64) for name in (spec.m, spec.y))
        without = design_of(study, (spec.x, *spec.covariates))
        through = design_of(study, (spec.m, spec.x, *spec.covariates))
        alphas = (result.alpha_mediator, result.alpha_outcome)
        a, total = (
            _tests(result.model, (alpha, usual), without, outcome, (team, weights))
            for alpha, outcome in zip(alphas, (m, y), strict=True)
        )
        b = fit_random_intercept(through, y, team)
        found.append(ModelTests(result=result, a=a, total=total, b=b, drawn=draws))
    return tuple(found)


def design_of(study: Study, columns: tuple[str, ...]) -> Array:
    """Constant and columns of the frame, shape (n, 1 + columns)."""
    values = study.frame[list(columns)].to_numpy(np.float64)
    return np.column_stack([np.ones(len(values)), values])


def _tests(
    model: StudyModel,
    levels: tuple[float, float],
    design: Array,
    outcome: Array,
    teams: tuple[Codes, Array],
) -> PathTests:
    team, weights = teams
    return PathTests(
        model=model,
        alpha=levels[0],
        usual=levels[1],
        ols=fit_linear(design, outcome),
        cr2=fit_linear(design, outcome, "cr2", team),
        wild=wild_test(design, outcome, FOCAL, team, weights),
        reml=fit_random_intercept(design, outcome, team),
    )


def _drawn(study: Study, team: Codes) -> tuple[ClusterDraws, ...]:
    specs = [result.mediation.spec for result in study.models]
    values, parts = laid_out(study.frame, specs)
    n_samples, seed = study.run.n_boot, study.run.seed
    return bootstrap_clusters(values, parts, team, n_samples, seed)


def intercepts_or_none(
    design: Array, outcome: Array, cluster: Codes
) -> InterceptFit | None:
    """Fit random intercepts; None where the data do not carry them."""
    try:
        return fit_random_intercept(design, outcome, cluster)
    except DegenerateDataError:
        return None
