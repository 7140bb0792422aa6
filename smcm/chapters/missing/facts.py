"""The facts of the chapter on missing data."""

from dataclasses import dataclass

from smcm.analysis.missing import Missing
from smcm.analysis.pooled import PooledStudy
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
from smcm.chapters.missing.few_teams_facts import FewTeamsFacts, few_teams_facts
from smcm.chapters.missing.imputation_bias import BiasFacts, bias_facts
from smcm.design.nesting import USUAL_ALPHA


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
    """

    count: int | None
    cells: int
    share: float | None
    complete: int | None
    n: int


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
    return MissingFacts(
        gaps=_gaps(study.missing),
        completion=study.completion,
        sets=_sets(found),
        n_schemes=len(found.schemes),
        n_samples=found.n_samples,
        sets_of_sample=models[0].results["boot_mi"].m,
        models=tuple(map(model_facts, models)),
        fmi=information_facts(models),
        width=width_facts(models),
        tests=tuple(map(tested_facts, found.tests)),
        chance_of_any=1.0 - (1.0 - USUAL_ALPHA) ** len(models),
        change=change_facts(found),
        few_teams=few_teams_facts(found.by_team),
        bias=bias_facts(),
    )


def _gaps(missing: Missing) -> Gaps:
    return Gaps(
        count=missing.count,
        cells=missing.cells,
        share=None if missing.percent is None else missing.percent / 100.0,
        complete=missing.complete,
        n=missing.n,
    )


def _sets(found: PooledStudy) -> Sets:
    return Sets(
        m=found.m,
        advised=found.advised_m,
        enough=found.m >= found.advised_m,
        more=found.m > found.study.run.n_imputations,
    )
