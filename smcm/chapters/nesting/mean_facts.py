"""The facts about the teams' means: how reliable they are, and what follows."""

from dataclasses import dataclass

from smcm.chapters.nesting.nested import Nested
from smcm.chapters.nesting.team_split import TeamSplit, TrueMeans
from smcm.chapters.nesting.trials import Coverage, read_trials
from smcm.design.study import label
from smcm.stats.latent_trial import Tried


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """Of the teams' means of the alliance at one interview, with its interval."""

    months: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldFixed:
    """The same with fidelity and covariates held fixed, over the models of a horizon.

    Attributes
    ----------
    months : str
    low, high : float
        The smallest and the largest reliability.
    lowest : float
        The smallest lower limit.
    """

    months: str
    low: float
    high: float
    lowest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Slope:
    """The effects between and within the teams of one model.

    Attributes
    ----------
    title : str
    bounded : bool
        Whether the interval of b between teams ends on both sides.
    between, within : bool
        Whether the interval of the indirect effect excludes zero.
    """

    title: str
    bounded: bool
    between: bool
    within: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """The teams' means.

    Attributes
    ----------
    alliance : tuple of Reliability
    fidelity : float
        The smallest reliability of the teams' mean fidelity.
    fixed : tuple of HeldFixed
    slopes : tuple of Slope
        Of the models whose true means can be estimated.
    """

    alliance: tuple[Reliability, ...]
    fidelity: float
    fixed: tuple[HeldFixed, ...]
    slopes: tuple[Slope, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Covers:
    """How often an interval covers the true slope, 0 to 1, and the error of that."""

    share: float
    error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting of the simulation.

    Attributes
    ----------
    teams, n : int
        Teams, and samples.
    icc, slope : float
        Residual, of the alliance; the true slope between teams.
    observed, latent : float
        Mean slope on observed means, median slope on true ones.
    unbounded : float
        Share of intervals that are infinite on a side, 0 to 1.
    observed_covers, latent_covers : Covers
    """

    teams: int
    n: int
    icc: float
    slope: float
    observed: float
    latent: float
    unbounded: float
    observed_covers: Covers
    latent_covers: Covers


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """The settings with the fewest and with the most teams."""

    fewest: Setting
    most: Setting


def mean_facts(nested: Nested) -> Means | None:
    """Gather them; None where there are too few teams."""
    if not nested.splits:
        return None
    true = [(s, s.true_means) for s in nested.splits if s.true_means is not None]
    return Means(
        alliance=tuple(_reliability(nested)),
        fidelity=min(split.fidelity_reliability for split in nested.splits),
        fixed=tuple(_held_fixed(true, nested.study.design.outcome_horizons)),
        slopes=tuple(
            Slope(
                title=split.result.model.title,
                bounded=means.bounded,
                between=means.excludes_zero,
                within=split.within.excludes_zero,
            )
            for split, means in true
        ),
    )


def trial_facts() -> Trial | None:
    """Gather the kept simulation; None where none is kept."""
    trials = read_trials()
    if not trials:
        return None
    return Trial(
        fewest=_setting(min(trials, key=lambda one: (one.teams, one.truth.icc))),
        most=_setting(max(trials, key=lambda one: (one.teams, -one.truth.icc))),
    )


def _reliability(nested: Nested) -> list[Reliability]:
    found, design = [], nested.study.design
    team, alliance = design.exposure.level, design.mediator
    for month in alliance.months:
        anova = nested.likeness[team, alliance.score_column(month)].anova
        if anova is not None:
            low, high = anova.reliability_limits()
            value = anova.reliability
            found.append(
                Reliability(months=label(month), value=value, low=low, high=high)
            )
    return found


def _held_fixed(
    true: list[tuple[TeamSplit, TrueMeans]], horizons: tuple[float, ...]
) -> list[HeldFixed]:
    found = []
    for horizon in horizons:
        own = [m.reliability for s, m in true if s.result.model.horizon == horizon]
        if own:
            first = [reliability[0] for reliability in own]
            found.append(
                HeldFixed(
                    months=label(horizon),
                    low=min(first),
                    high=max(first),
                    lowest=min(reliability[1] for reliability in own),
                )
            )
    return found


def _setting(tried: Tried) -> Setting:
    return Setting(
        teams=tried.teams,
        n=tried.n,
        icc=tried.truth.icc,
        slope=tried.truth.between,
        observed=tried.observed,
        latent=tried.latent,
        unbounded=tried.unbounded,
        observed_covers=_covers(tried.observed_covers, tried.n),
        latent_covers=_covers(tried.latent_covers, tried.n),
    )


def _covers(share: float, n: int) -> Covers:
    found = Coverage.of(share, n)
    return Covers(share=found.share, error=found.error)
