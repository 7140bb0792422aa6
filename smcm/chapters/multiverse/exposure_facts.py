"""The facts of other exposures: single domains, other windows, from entry."""

from collections.abc import Sequence
from dataclasses import dataclass

from smcm.analysis.mediation_result import MediationResult
from smcm.chapters.multiverse.exposures import TOTAL, Exposures, standardized_a
from smcm.design.instruments import SCORED_DOMAINS
from smcm.design.models import EIGHT_MODELS
from smcm.design.schedule import HORIZONS, label


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


FIRST = tuple(  # place of the first model of each horizon, whose path a is told
    next(k for k, m in enumerate(EIGHT_MODELS) if m.horizon == horizon)
    for horizon in HORIZONS
)


def exposure_facts(found: Exposures) -> ExposureFacts:
    """Gather them."""
    days = list(found.windows)
    level = found.study.models[0].mediation.level
    return ExposureFacts(
        by_team=found.se == "cr2",
        domains=_domains(found),
        expected=len(SCORED_DOMAINS) * len(FIRST) * (1.0 - level),
        corrected_level=found.corrected_level,
        apart=any(_apart(found, place) for place in FIRST),
        first_days=days[0],
        last_days=days[-1],
        short=found.short_windows[days[-1]],
        doses=tuple(_doses(found, place) for place in FIRST),
        doses_changed=_changed(list(found.windows.values())),
        since_entry=tuple(
            _since_entry(found, place) for place in FIRST if found.from_entry
        ),
        entry_changed=_changed([found.domains[TOTAL], found.from_entry])
        if found.from_entry
        else (),
    )


def _domains(found: Exposures) -> tuple[Domain, ...]:
    return tuple(
        Domain(
            name=domain.name,
            months=_months(place),
            a=result.paths.a_standardized,
            excludes_zero=standardized_a(result).excludes_zero,
            excludes_zero_corrected=standardized_a(
                result, found.corrected_level
            ).excludes_zero,
        )
        for place in FIRST
        for domain in SCORED_DOMAINS
        for result in (found.domains[domain.key][place],)
    )


def _apart(found: Exposures, place: int) -> bool:
    ends = [standardized_a(own[place]).limits for own in found.domains.values()]
    return max(low for low, _ in ends) > min(high for _, high in ends)


def _doses(found: Exposures, place: int) -> Doses:
    values = [results[place].paths.a_standardized for results in found.windows.values()]
    return Doses(months=_months(place), low=min(values), high=max(values))


def _since_entry(found: Exposures, place: int) -> SinceEntry:
    return SinceEntry(
        months=_months(place),
        a=found.from_entry[place].paths.a_standardized,
        usual=found.domains[TOTAL][place].paths.a_standardized,
    )


def _changed(exposures: Sequence[Sequence[MediationResult]]) -> tuple[str, ...]:
    """Titles of models whose interval of ab excludes zero under some of them only."""
    return tuple(
        model.title
        for k, model in enumerate(EIGHT_MODELS)
        if len({results[k].excludes_zero for results in exposures}) > 1
    )


def _months(place: int) -> str:
    return label(EIGHT_MODELS[place].alliance_month)
