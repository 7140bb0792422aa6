"""The facts of other exposures: single domains, other windows, from entry."""

from collections.abc import Sequence
from dataclasses import dataclass

from smcm.analysis.mediation_result import MediationResult
from smcm.chapters.multiverse.exposures import TOTAL, Exposures, standardized_a
from smcm.design import study as declared
from smcm.design.models import StudyModel
from smcm.design.study import StudyDesign, label


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """Path a of one fidelity domain before one interview.

    Attributes
    ----------
    name, months : str
    a : float
        In SDs of the alliance per SD of the domain.
    excludes_zero, excludes_zero_corrected : bool
        Whether its interval excludes zero, as it is and with Bonferroni's correction.
    """

    name: str
    months: str
    a: float
    excludes_zero: bool
    excludes_zero_corrected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Doses:
    """Path a over all lengths of the window, before one interview, in SDs per SD."""

    months: str
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceEntry:
    """Path a with exposure from entry, and with the edition's window, in SDs per SD."""

    months: str
    a: float
    usual: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureFacts:
    """The models under other exposures.

    Attributes
    ----------
    by_team : bool
        Whether the intervals of path a are robust to clustering by team; else HC3.
    domains : tuple of Domain
        In their order, by interview.
    expected : float
        Intervals of them that would exclude zero on average if none had an effect.
    corrected_level : float
        Level of the corrected intervals, 0 to 1.
    apart : bool
        Whether any two intervals of path a do not overlap, before one interview.
    first_days, last_days, short : int
        The shortest and the longest window; clients whose longest is cut short.
    doses : tuple of Doses
    doses_changed : tuple of str
        Models for which the length decides whether the interval of ab excludes zero.
    since_entry : tuple of SinceEntry
        Empty where some client has no exposure since entry.
    entry_changed : tuple of str
        The same models as above, for exposure from entry.
    """

    by_team: bool
    domains: tuple[Domain, ...]
    expected: float
    corrected_level: float
    apart: bool
    first_days: int
    last_days: int
    short: int | None
    doses: tuple[Doses, ...]
    doses_changed: tuple[str, ...]
    since_entry: tuple[SinceEntry, ...]
    entry_changed: tuple[str, ...]


def exposure_facts(found: Exposures) -> ExposureFacts:
    """Gather them."""
    days, design = list(found.windows), found.study.design
    models, first = design.study_models, _first_of_each(design)
    level = found.study.models[0].mediation.level
    return ExposureFacts(
        by_team=found.se == "cr2",
        domains=tuple(
            _domain(found, k, models[k], domain)
            for k in first
            for domain in design.exposure.scored_domains
        ),
        expected=len(design.exposure.scored_domains) * len(first) * (1.0 - level),
        corrected_level=found.corrected_level,
        apart=any(_apart(found, k) for k in first),
        first_days=days[0],
        last_days=days[-1],
        short=found.short_windows[days[-1]],
        doses=tuple(_doses(found, k, models[k]) for k in first),
        doses_changed=_changed(models, list(found.windows.values())),
        since_entry=tuple(
            _since_entry(found, k, models[k]) for k in first if found.from_entry
        ),
        entry_changed=_changed(models, [found.domains[TOTAL], found.from_entry])
        if found.from_entry
        else (),
    )


def _first_of_each(design: StudyDesign) -> tuple[int, ...]:
    """Place of the first model of each horizon, whose path a is told."""
    horizons = [model.horizon for model in design.study_models]
    return tuple(horizons.index(horizon) for horizon in design.outcome_horizons)


def _domain(
    found: Exposures, place: int, model: StudyModel, domain: declared.Domain
) -> Domain:
    result = found.domains[domain.key][place]
    corrected = standardized_a(result, found.corrected_level)
    return Domain(
        name=domain.name,
        months=label(model.alliance_month),
        a=result.paths.a_standardized,
        excludes_zero=standardized_a(result).excludes_zero,
        excludes_zero_corrected=corrected.excludes_zero,
    )


def _apart(found: Exposures, place: int) -> bool:
    ends = [standardized_a(own[place]).limits for own in found.domains.values()]
    return max(low for low, _ in ends) > min(high for _, high in ends)


def _doses(found: Exposures, place: int, model: StudyModel) -> Doses:
    values = [results[place].paths.a_standardized for results in found.windows.values()]
    months = label(model.alliance_month)
    return Doses(months=months, low=min(values), high=max(values))


def _since_entry(found: Exposures, place: int, model: StudyModel) -> SinceEntry:
    return SinceEntry(
        months=label(model.alliance_month),
        a=found.from_entry[place].paths.a_standardized,
        usual=found.domains[TOTAL][place].paths.a_standardized,
    )


def _changed(
    models: Sequence[StudyModel], exposures: Sequence[Sequence[MediationResult]]
) -> tuple[str, ...]:
    """Titles of models whose interval of ab excludes zero under some of them only."""
    return tuple(
        model.title
        for k, model in enumerate(models)
        if len({results[k].excludes_zero for results in exposures}) > 1
    )
