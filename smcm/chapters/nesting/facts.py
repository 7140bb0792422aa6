"""The facts of the chapter on teams."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from smcm.chapters.nesting.clustered import METHODS, ModelTests, PathTests
from smcm.chapters.nesting.mean_facts import Means, Trial, mean_facts, trial_facts
from smcm.chapters.nesting.nested import Nested, alike_by, observed_range
from smcm.chapters.nesting.settings import (
    SIMULATED_ICCS,
    SIMULATED_SAMPLES,
    WILD_DRAWS,
)
from smcm.design.study import label

ALIKE = tuple(icc for icc in SIMULATED_ICCS if icc > 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tests:
    """One path of one model, by method.

    Attributes
    ----------
    significant : mapping of str to bool
        By ``"ols"`` (as published), ``"cr2"``, ``"wild"`` and ``"reml"``.
    """

    significant: Mapping[str, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One model with its teams.

    Attributes
    ----------
    title, months : str
    a, total : Tests
    kept : bool
        Path a significant as published, by CR2 and by the wild bootstrap.
    cr2_df, ols_df, se_ratio : float
        Of path a; CR2's error over the classical one.
    by_client, by_team : bool
        Whether the interval of ab excludes zero, clients or teams resampled.
    """

    title: str
    months: str
    a: Tests
    total: Tests
    kept: bool
    cr2_df: float
    ols_df: float
    se_ratio: float
    by_client: bool
    by_team: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The smallest and the largest of some values."""

    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """A value at one interview."""

    months: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarms:
    """Shares of true null hypotheses that are rejected, 0 to 1.

    Attributes
    ----------
    classical : mapping of str to Span
        The published test: ``"unrelated"`` at the usual level; ``"managers"`` and
        ``"teams"``, where their clients are alike, and the same with ``"_strict"``.
    cr2 : mapping of str to Span
        ``"usual"`` and ``"strict"``.
    cr2_df : tuple of float
    error : float
        The largest of the simulation.
    observed : tuple of At
        Intraclass correlation of the alliance between teams, by months of the outcome.
    managers, teams : Span or None
        Of the dependent variables of the edition.
    """

    classical: Mapping[str, Span]
    cr2: Mapping[str, Span]
    cr2_df: tuple[float, ...]
    error: float
    observed: tuple[At, ...]
    managers: Span | None
    teams: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NestingFacts:
    """The teams of a study.

    Attributes
    ----------
    n_teams, draws, samples : int
        Teams, draws of the wild bootstrap, samples of the simulation.
    simulated : Span
        Residual intraclass correlations that were simulated.
    models : tuple of Model
        Empty where there are too few teams.
    total_anywhere : bool
        Whether any method finds a total effect.
    least_total_p : float or None
        Smallest p of a total effect by a method that allows for teams.
    fits, converged, no_variance : int
        Equations with random intercepts, and how they ended.
    alarms : Alarms or None
    share_between : tuple of At
        Of the variance of fidelity, 0 to 1, by the interview's months.
    icc : tuple of float
        Of the dependent variables, by team.
    icc_most : float or None
        Their highest upper limit.
    means : Means or None
    trial : Trial or None
    """

    n_teams: int
    draws: int
    samples: int
    simulated: Span
    models: tuple[Model, ...]
    total_anywhere: bool
    least_total_p: float | None
    fits: int
    converged: int
    no_variance: int
    alarms: Alarms | None
    share_between: tuple[At, ...]
    icc: tuple[float, ...]
    icc_most: float | None
    means: Means | None
    trial: Trial | None


def nesting_facts(nested: Nested) -> NestingFacts:
    """Gather them."""
    fits = [fit for m in nested.models for fit in (m.a.reml, m.b, m.total.reml)]
    team = nested.study.design.exposure.level
    likeness = [
        found.anova
        for (level, _), found in nested.likeness.items()
        if level == team and found.anova is not None
    ]
    shares = {s.result.model.alliance_month: s.share_between for s in nested.splits}
    return NestingFacts(
        n_teams=nested.n_teams,
        draws=WILD_DRAWS,
        samples=SIMULATED_SAMPLES,
        simulated=Span(low=min(ALIKE), high=max(ALIKE)),
        models=tuple(map(_model, nested.models)),
        total_anywhere=any(
            m.total.significant(k) for m in nested.models for k in METHODS
        ),
        least_total_p=min(
            (m.total.p(k) for m in nested.models for k in METHODS if k != "ols"),
            default=None,
        ),
        fits=len(fits),
        converged=sum(fit.converged for fit in fits),
        no_variance=sum(fit.at_boundary for fit in fits),
        alarms=_alarms(nested) if nested.models else None,
        share_between=tuple(
            At(months=label(month), value=share) for month, share in shares.items()
        ),
        icc=tuple(found.value for found in likeness),
        icc_most=max((found.limits()[1] for found in likeness), default=None),
        means=mean_facts(nested),
        trial=trial_facts(),
    )


def _model(tests: ModelTests) -> Model:
    a = _tests(tests.a)
    return Model(
        title=tests.result.model.title,
        months=label(tests.result.model.horizon),
        a=a,
        total=_tests(tests.total),
        kept=all(a.significant[method] for method in ("ols", "cr2", "wild")),
        cr2_df=tests.a.term("cr2").df,
        ols_df=float(tests.a.ols.df),
        se_ratio=tests.a.term("cr2").se / tests.a.term("ols").se,
        by_client=tests.result.mediation.excludes_zero,
        by_team=tests.team_limits_exclude_zero,
    )


def _tests(path: PathTests) -> Tests:
    return Tests(
        significant={method: bool(path.significant(method)) for method in METHODS}
    )


def _alarms(nested: Nested) -> Alarms:
    def span(test: str, by: Sequence[str], level: float, iccs: Sequence[float]) -> Span:
        rates = [
            one.rate
            for found in nested.alarms
            if found.level in by
            for one in found.rejections
            if one.test == test and one.level == level and one.icc in iccs
        ]
        return Span(low=min(rates), high=max(rates))

    by, alpha = alike_by(nested.study.design), nested.study.design.alpha
    managers, teams = by
    own = [found for found in nested.alarms if found.level == teams]
    return Alarms(
        classical={
            "unrelated": span("classical", by, alpha.level, [0.0]),
            "managers": span("classical", [managers], alpha.level, ALIKE),
            "managers_strict": span("classical", [managers], alpha.strict, ALIKE),
            "teams": span("classical", [teams], alpha.level, ALIKE),
            "teams_strict": span("classical", [teams], alpha.strict, ALIKE),
        },
        cr2={
            "usual": span("cr2", by, alpha.level, SIMULATED_ICCS),
            "strict": span("cr2", by, alpha.strict, SIMULATED_ICCS),
        },
        cr2_df=tuple(found.df for found in own),
        error=max(one.error for found in nested.alarms for one in found.rejections),
        observed=tuple(
            At(months=label(found.horizon), value=found.observed) for found in own
        ),
        managers=_observed(nested, managers),
        teams=_observed(nested, teams),
    )


def _observed(nested: Nested, level: str) -> Span | None:
    found = observed_range(nested, level)
    return None if found is None else Span(low=found[0], high=found[1])
