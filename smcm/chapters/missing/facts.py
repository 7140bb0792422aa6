"""The facts of the chapter on missing data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from smcm.analysis.characteristics import counted_elsewhere
from smcm.analysis.pooled import PooledStudy
from smcm.analysis.pooled_df import RULES, ModelDf
from smcm.analysis.study import Study
from smcm.chapters.missing.effect_facts import (
    Change,
    Information,
    Model,
    Span,
    Tested,
    change_facts,
    information_facts,
    model_facts,
    tested_facts,
    width_facts,
)
from smcm.chapters.missing.imputation_bias import BiasFacts, bias_facts
from smcm.stats.terms import Term

MANY = 100.0  # from here on degrees of freedom are written without decimals


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFacts:
    """One rule for the degrees of freedom.

    Attributes
    ----------
    df : Span
        Of path a, over the models.
    many : bool
        Whether the most of them are a hundred or more.
    a, indirect : int
        Models with a significant path a and with a significant indirect effect.
    """

    df: Span
    many: bool
    a: int
    indirect: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FewTeamsFacts:
    """The models with cluster-robust standard errors, by rule.

    Attributes
    ----------
    n_models : int
    fmi : Span
        Fraction of missing information of path a, over the models.
    rules : mapping of str to RuleFacts
        By ``"barnard_rubin"``, ``"complete"`` (a completed data set) and ``"rubin"``.
    same : bool
        Whether all rules find as many significant paths and indirect effects.
    """

    n_models: int
    fmi: Span
    rules: Mapping[str, RuleFacts]
    same: bool


def few_teams_facts(models: tuple[ModelDf, ...], alpha: float) -> FewTeamsFacts | None:
    """Gather them, tested at one level; None where there are too few teams."""
    if not models:
        return None
    rules = {rule: _rule(models, rule, alpha) for rule in RULES}
    return FewTeamsFacts(
        n_models=len(models),
        fmi=Span.of(one.fmi for one in models),
        rules=rules,
        same=len({(found.a, found.indirect) for found in rules.values()}) == 1,
    )


def _rule(models: tuple[ModelDf, ...], rule: str, alpha: float) -> RuleFacts:
    df = Span.of(one.a[rule].df for one in models)
    return RuleFacts(
        df=df,
        many=df.high >= MANY,
        a=_significant((one.a[rule] for one in models), alpha),
        indirect=_significant((one.indirect[rule] for one in models), alpha),
    )


def _significant(found: Iterable[Term], alpha: float) -> int:
    return sum(one.p < alpha for one in found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """Missing scale scores.

    Attributes
    ----------
    count, cells : int
        Missing scores, and all of them.
    share : float
        Missing of all, 0 to 1.
    complete, n : int
        Clients with all their scores, and all clients.
    part : bool
        Whether they are some of real clients, whose gaps are counted in the edition
        with all sites alone.
    """

    count: int | None
    cells: int
    share: float | None
    complete: int | None
    n: int
    part: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sets:
    """Imputed sets.

    Attributes
    ----------
    m : int
        Pooled here.
    advised : int
        By the rule of thumb: 100 times the largest fraction of missing information.
    enough, more : bool
        Whether `m` is at least `advised`, and whether it is more than the edition's.
    """

    m: int
    advised: int
    enough: bool
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingFacts:
    """The pooled models of a study.

    Attributes
    ----------
    gaps : Gaps
    completion : {"frozen", "live"}
        Whether the completed data set of the other chapters came with the data or is
        the first imputed one.
    sets : Sets
    n_schemes : int
    n_samples, sets_of_sample : int
        Bootstrap samples that are imputed, and completed data sets of each.
    models : tuple of Model
    fmi : Information
    width : Span
        Of pooled intervals, 1 as wide as those in the one completed data set.
    tests : tuple of Tested
    chance_of_any : float
        That independent tests of as many true null hypotheses find something, 0 to 1.
    change : tuple of Change
    few_teams : FewTeamsFacts or None
        None where there are too few teams for cluster-robust standard errors.
    bias : BiasFacts or None
        None where no measurement is kept.
    """

    gaps: Gaps
    completion: str
    sets: Sets
    n_schemes: int
    n_samples: int
    sets_of_sample: int
    models: tuple[Model, ...]
    fmi: Information
    width: Span
    tests: tuple[Tested, ...]
    chance_of_any: float
    change: tuple[Change, ...]
    few_teams: FewTeamsFacts | None
    bias: BiasFacts | None


def missing_facts(found: PooledStudy) -> MissingFacts:
    """Gather them."""
    study, models = found.study, found.models
    alpha = study.design.alpha.level
    return MissingFacts(
        gaps=_gaps(study),
        completion=study.completion,
        sets=_sets(found),
        n_schemes=len(found.schemes),
        n_samples=found.n_samples,
        sets_of_sample=models[0].results["boot_mi"].m,
        models=tuple(map(model_facts, models)),
        fmi=information_facts(models),
        width=width_facts(models),
        tests=tuple(tested_facts(test, alpha) for test in found.tests),
        chance_of_any=1.0 - (1.0 - alpha) ** len(models),
        change=change_facts(found),
        few_teams=few_teams_facts(found.by_team, alpha),
        bias=bias_facts(),
    )


def _gaps(study: Study) -> Gaps:
    missing = study.missing
    return Gaps(
        count=missing.count,
        cells=missing.cells,
        share=None if missing.percent is None else missing.percent / 100.0,
        complete=missing.complete,
        n=missing.n,
        part=counted_elsewhere(study.cohort, study.n),
    )


def _sets(found: PooledStudy) -> Sets:
    return Sets(
        m=found.m,
        advised=found.advised_m,
        enough=found.m >= found.advised_m,
        more=found.m > found.study.run.n_imputations,
    )
