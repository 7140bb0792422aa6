"""What fidelity, alliance and outcomes did over the study."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from smcm.analysis.change import ThreeOccasions, TwoOccasions
from smcm.analysis.study import Study
from smcm.article.findings import fidelity_findings
from smcm.design.instruments import HIGH_FIDELITY
from smcm.design.nesting import USUAL_ALPHA
from smcm.design.schedule import OUTCOME_MONTHS, label

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


def step_facts(measure: TwoOccasions) -> Step:
    """Gather those of fidelity or of the alliance."""
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
        way=_way(tested.p, -tested.difference),
    )


def trend_facts(found: ThreeOccasions) -> Trend:
    """Gather those of one outcome."""
    anova = found.anova
    return Trend(
        outcome=found.instrument.short,
        f=anova.f,
        df1=anova.df1,
        df2=anova.df2,
        p=anova.p,
        eta_squared=anova.eta_squared,
        epsilon=anova.epsilon,
        changed=anova.p < USUAL_ALPHA,
        changed_corrected=anova.p_corrected < USUAL_ALPHA,
    )


def against_entry_facts(
    outcomes: Sequence[ThreeOccasions],
) -> tuple[AgainstEntry, ...]:
    """Gather, interview by interview, which outcomes differ from entry."""
    return tuple(_against_entry(outcomes, month) for month in OUTCOME_MONTHS[1:])


def team_facts(study: Study) -> Teams:
    """Gather those of the teams."""
    held = fidelity_findings(study)
    start, end = held["fid.start"], held["fid.end"]
    return Teams(
        high=HIGH_FIDELITY,
        highest_first=start.numbers[0],
        none_high_first=start.holds,
        lowest_last=end.numbers[0],
        all_near_last=end.holds,
    )


def _against_entry(outcomes: Sequence[ThreeOccasions], month: float) -> AgainstEntry:
    ways = {
        outcome.instrument.short: _way(later.p, later.change.difference)
        for outcome in outcomes
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


def _way(p: float, difference: float) -> Way:
    if p >= USUAL_ALPHA:
        return "neither"
    return "up" if difference > 0.0 else "down"
