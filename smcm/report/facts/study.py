"""The facts of a study that the article's chapters speak of."""

from collections.abc import Mapping
from dataclasses import dataclass

from smcm.analysis.study import ASSUMED_EFFECT, Study
from smcm.article.findings import LEAST_R2_CHANGE
from smcm.article.regenerated import A_SHOWN_FROM
from smcm.design.study import StudyDesign
from smcm.report.facts.change import (
    AgainstEntry,
    Step,
    Teams,
    Trend,
    against_entry_facts,
    step_facts,
    team_facts,
    trend_facts,
)
from smcm.report.facts.checks import (
    NestingFacts,
    Refit,
    Reverse,
    nesting_facts,
    refit_facts,
    reverse_alpha,
    reverse_facts,
)
from smcm.report.facts.clients import Clients, client_facts
from smcm.report.facts.models import BENCHMARKS, Benchmark, Model, all_model_facts
from smcm.report.facts.windows import Window, short_windows, window_facts
from smcm.stats.cluster_robust import FEWEST_CLUSTERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """What the design declares and no data change.

    Attributes
    ----------
    domains : tuple of str
        Of the fidelity scale.
    item_low, item_high, scored_domains : int
    items : mapping of str to int
        Of each questionnaire, by its key.
    assumed_effect : float
        Of the power analysis, f².
    predictors : int
        In each equation of the article that has one besides the covariates.
    fewest_teams : int
        That the defensible analysis needs.
    benchmarks : mapping of str to float
        Smallest standardized indirect effect that is ``"small"``, ``"medium"`` and
        ``"large"``.
    """

    domains: tuple[str, ...]
    item_low: int
    item_high: int
    scored_domains: int
    items: Mapping[str, int]
    assumed_effect: float
    predictors: int
    fewest_teams: int
    benchmarks: Mapping[Benchmark, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyFacts:
    """A study.

    Attributes
    ----------
    design : Design
    clients : Clients
    short_windows : int or None
        Clients with a fidelity window that is cut short.
    teams : Teams
    fidelity, alliance : Step
    outcomes : tuple of Trend
    against_entry : tuple of AgainstEntry
        The later interviews in person.
    nesting : NestingFacts
    models : tuple of Model
    refits : tuple of Refit
    windows : tuple of Window
    reverse : tuple of Reverse
    reverse_alpha, least_r2_change : float
    alliance_expected : float
        Change of the alliance, in points, that path a of the first horizon would lead
        to expect from the change of fidelity.
    power : float
        Of one path at the assumed effect.
    """

    design: Design
    clients: Clients
    short_windows: int | None
    teams: Teams
    fidelity: Step
    alliance: Step
    outcomes: tuple[Trend, ...]
    against_entry: tuple[AgainstEntry, ...]
    nesting: NestingFacts
    models: tuple[Model, ...]
    refits: tuple[Refit, ...]
    windows: tuple[Window, ...]
    reverse: tuple[Reverse, ...]
    reverse_alpha: float
    least_r2_change: float
    alliance_expected: float
    power: float


def study_facts(study: Study) -> StudyFacts:
    """Gather them."""
    level = study.design.alpha.level
    return StudyFacts(
        design=_design(study.design),
        clients=client_facts(study),
        short_windows=short_windows(
            study.cohort, study.exposure.frame.index, study.cohort.fewest_shown
        )[study.run.window_days],
        teams=team_facts(study),
        fidelity=step_facts(study.change.fidelity, level),
        alliance=step_facts(study.change.alliance, level),
        outcomes=tuple(trend_facts(one, level) for one in study.change.outcomes),
        against_entry=against_entry_facts(study),
        nesting=nesting_facts(study),
        models=all_model_facts(study),
        refits=refit_facts(study),
        windows=window_facts(study),
        reverse=reverse_facts(study),
        reverse_alpha=reverse_alpha(study),
        least_r2_change=LEAST_R2_CHANGE,
        alliance_expected=_alliance_expected(study),
        power=study.power,
    )


def _alliance_expected(study: Study) -> float:
    design = study.design
    shown = design.instrument(A_SHOWN_FROM)
    first = study.model(shown.score_column(design.outcome_horizons[0]))
    return -first.mediation.a * study.change.fidelity.change.difference


def _design(design: StudyDesign) -> Design:
    exposure = design.exposure
    return Design(
        domains=tuple(domain.name for domain in exposure.domains),
        item_low=exposure.low,
        item_high=exposure.high,
        scored_domains=len(exposure.scored_domains),
        items={scale.key: scale.n_items for scale in design.instruments},
        assumed_effect=ASSUMED_EFFECT,
        predictors=len(design.covariates) + 2,  # the baseline score, and x or m
        fewest_teams=FEWEST_CLUSTERS,
        benchmarks={word: least for least, word in BENCHMARKS},
    )
