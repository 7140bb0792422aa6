"""What fidelity, alliance and outcomes did over the study."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from smcm.analysis.change import ThreeOccasions, TwoOccasions
from smcm.analysis.study import Study
from smcm.article.findings import fidelity_findings
from smcm.design.study import label

Way = Literal["up", "down", "neither"]  # "neither": no significant change


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A measure at its two occasions, and the paired test.

    Attributes
    ----------
    first, second : mapping of str to float
        ``mean`` and ``sd``.
    difference : float
        Second minus first, in points.
    t, df, p, d : float
    way : {"up", "down", "neither"}
    """

    first: Mapping[str, float]
    second: Mapping[str, float]
    difference: float
    t: float
    df: float
    p: float
    d: float
    way: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """An outcome over its three interviews.

    Attributes
    ----------
    outcome : str
    f, df1, df2, p, eta_squared, epsilon : float
        Repeated measures; epsilon is Greenhouse and Geisser's.
    changed, changed_corrected : bool
        At the usual level, without and with that correction.
    """

    outcome: str
    f: float
    df1: float
    df2: float
    p: float
    eta_squared: float
    epsilon: float
    changed: bool
    changed_corrected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AgainstEntry:
    """Outcomes at a later interview, against entry with Bonferroni's correction.

    Attributes
    ----------
    months : str
        Of the interview.
    higher, lower, neither : tuple of str
        Outcomes that were significantly higher, significantly lower, and neither.
    """

    months: str
    higher: tuple[str, ...]
    lower: tuple[str, ...]
    neither: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Teams:
    """Where the teams of the data began, and where those that stayed ended.

    Attributes
    ----------
    high : float
        High fidelity begins here.
    highest_first, lowest_last : float
        Totals; NaN where no team stayed to the end.
    none_high_first, all_near_last : bool
    """

    high: float
    highest_first: float
    none_high_first: bool
    lowest_last: float
    all_near_last: bool


def step_facts(measure: TwoOccasions, level: float) -> Step:
    """Gather those of fidelity or of the alliance, tested at a level."""
    first, second = measure.occasions
    tested = measure.change  # the first minus the second
    return Step(
        first={"mean": first.mean, "sd": first.sd},
        second={"mean": second.mean, "sd": second.sd},
        difference=-tested.difference,
        t=tested.t,
        df=tested.df,
        p=tested.p,
        d=tested.d,
        way=_way(tested.p, -tested.difference, level),
    )


def trend_facts(found: ThreeOccasions, level: float) -> Trend:
    """Gather those of one outcome, tested at a level."""
    anova = found.anova
    return Trend(
        outcome=found.instrument.short,
        f=anova.f,
        df1=anova.df1,
        df2=anova.df2,
        p=anova.p,
        eta_squared=anova.eta_squared,
        epsilon=anova.epsilon,
        changed=anova.p < level,
        changed_corrected=anova.p_corrected < level,
    )


def against_entry_facts(study: Study) -> tuple[AgainstEntry, ...]:
    """Gather, interview by interview, which outcomes differ from entry."""
    later = study.design.waves.outcome[1:]
    return tuple(_against_entry(study, month) for month in later)


def team_facts(study: Study) -> Teams:
    """Gather those of the teams."""
    held = fidelity_findings(study)
    start, end = held["fid.start"], held["fid.end"]
    return Teams(
        high=study.design.exposure.threshold,
        highest_first=start.numbers[0],
        none_high_first=start.holds,
        lowest_last=end.numbers[0],
        all_near_last=end.holds,
    )


def _against_entry(study: Study, month: float) -> AgainstEntry:
    level = study.design.alpha.level
    ways = {
        outcome.instrument.short: _way(later.p, later.change.difference, level)
        for outcome in study.change.outcomes
        for later in outcome.post_hoc
        if later.month == month
    }

    def those(way: Way) -> tuple[str, ...]:
        return tuple(name for name, its in ways.items() if its == way)

    return AgainstEntry(
        months=label(month),
        higher=those("up"),
        lower=those("down"),
        neither=those("neither"),
    )


def _way(p: float, difference: float, level: float) -> Way:
    if p >= level:
        return "neither"
    return "up" if difference > 0.0 else "down"
