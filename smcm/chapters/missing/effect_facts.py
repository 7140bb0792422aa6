"""The facts of the pooled models: intervals, adjusted tests, and changes over time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from smcm.analysis.pooled import IndirectTest, PooledModel, PooledStudy
from smcm.analysis.pooled_change import PooledMeasure

PATHS = ("a", "b", "direct", "total")
POOLED = ("rubin_mc", "mi_boot", "boot_mi")  # the schemes with more than one set


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Where some values lie."""

    low: float
    high: float

    @classmethod
    def of(cls, values: Iterable[float]) -> Self:
        """Take the smallest and the largest."""
        found = tuple(values)
        return cls(low=min(found), high=max(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One of the eight models.

    Attributes
    ----------
    title : str
    every, some : bool
        Whether the interval of the indirect effect excludes zero under every scheme,
        and under some of them but not under others.
    lost, gained : bool
        Whether mediation by the study's rule is found in the completed data set alone,
        and whether in the pooled model alone.
    """

    title: str
    every: bool
    some: bool
    lost: bool
    gained: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Information:
    """The fraction of missing information over all paths of all models.

    Attributes
    ----------
    low, high : float
        From 0 to 1.
    path : {"a", "b", "direct", "total"}
        With the highest.
    title : str
        Of its model.
    """

    low: float
    high: float
    path: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjusted:
    """A p value of an indirect effect, and whether other imputed sets may change it.

    Attributes
    ----------
    significant : bool
        At the usual level.
    uncertain : bool
        Whether p lies within two of its Monte Carlo errors of the level.
    """

    significant: bool
    uncertain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """One indirect effect: unadjusted, by Holm, and by Benjamini and Hochberg."""

    title: str
    alone: Adjusted
    holm: Adjusted
    bh: Adjusted


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The test of change of one measure.

    Attributes
    ----------
    name : str
    completed, pooled : float
        P values in the one completed data set and pooled.
    differs : bool
        Whether one of the two alone is significant at the usual level.
    """

    name: str
    completed: float
    pooled: float
    differs: bool


def model_facts(one: PooledModel) -> Model:
    """Gather those of one model."""
    excluding = [one.excludes_zero(scheme) for scheme in one.results]
    return Model(
        title=one.model.title,
        every=all(excluding),
        some=any(excluding) and not all(excluding),
        lost=one.completed.mediated and not one.mediated,
        gained=one.mediated and not one.completed.mediated,
    )


def information_facts(models: Sequence[PooledModel]) -> Information:
    """Find the least and the most that gaps cost a path."""
    found = [
        (one.main.term(p).fmi, p, one.model.title) for one in models for p in PATHS
    ]
    most, path, title = max(found, key=lambda at: at[0])
    return Information(low=min(found)[0], high=most, path=path, title=title)


def width_facts(models: Sequence[PooledModel]) -> Span:
    """Compare the widths of pooled intervals with those of the completed data set.

    Returns
    -------
    Span
        Ratios, averaged over the models; the smallest and the largest of the schemes.
    """
    return Span.of(
        sum(_ratio(one, scheme) for one in models) / len(models) for scheme in POOLED
    )


def _ratio(one: PooledModel, scheme: str) -> float:
    low, high = one.results[scheme].limits()
    first, last = one.completed.mediation.limits()
    return (high - low) / (last - first)


def tested_facts(test: IndirectTest, alpha: float) -> Tested:
    """Gather those of one indirect effect, at one level."""

    def adjusted(p: float) -> Adjusted:
        return Adjusted(significant=p < alpha, uncertain=test.may_change(p, alpha))

    return Tested(
        title=test.model.title,
        alone=adjusted(test.p),
        holm=adjusted(test.p_holm),
        bh=adjusted(test.p_bh),
    )


def change_facts(found: PooledStudy) -> tuple[Change, ...]:
    """Set the pooled test of change of each measure beside that in the one set."""
    one_set, alpha = found.study.change, found.study.design.alpha.level
    before = {
        measure.key: measure.change.p
        for measure in (one_set.fidelity, one_set.alliance)
    } | {three.instrument.key: three.anova.p for three in one_set.outcomes}
    return tuple(
        _change(measure, before[measure.key], alpha) for measure in found.change
    )


def _change(measure: PooledMeasure, before: float, alpha: float) -> Change:
    pooled = measure.anova.d1.p if measure.anova else measure.changes[-1].p
    return Change(
        name=measure.name,
        completed=before,
        pooled=pooled,
        differs=(pooled < alpha) != (before < alpha),
    )
