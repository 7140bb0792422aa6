"""The facts about measured covariates as benchmarks for a confounder."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from smcm.chapters.confounding.benchmarks import Benchmark
from smcm.chapters.confounding.confounding import ConfoundedModel, Confounding

PRECISE = 0.25  # largest chance R squared of a benchmark that is of use


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A confounder as strong as one measured covariate.

    Attributes
    ----------
    covariate : str
    share : float
        Partial R squared with both sides of the path, alike, that would have the same
        effect on the path; 0 to 1.
    possible : bool
        Whether such a confounder can exist.
    """

    covariate: str
    share: float
    possible: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Strongest:
    """The covariate that is the strongest in most models.

    Attributes
    ----------
    covariate : str
    models : int
        In which it is the strongest.
    """

    covariate: str
    models: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamCovariate:
    """The covariate that all clients of a team share; shares are from 0 to 1.

    Attributes
    ----------
    covariate : str
    fidelity, alliance : tuple of float
        Partial R squared, by model; of the alliance where it can be computed.
    columns, team_df : int
        Columns that stand for it, and degrees of freedom between teams.
    chance_fidelity, chance_alliance : float
        What as many columns would explain on average if they were random: of the
        differences between teams, and of the alliance.
    imprecise : bool
        Whether that is too much for a benchmark of path a.
    """

    covariate: str
    fidelity: tuple[float, ...]
    alliance: tuple[float, ...]
    columns: int
    team_df: int
    chance_fidelity: float
    chance_alliance: float
    imprecise: bool


def comparison(found: Benchmark) -> Comparison:
    """Gather those of one covariate."""
    return Comparison(
        covariate=found.name,
        share=found.even,
        possible=found.bound is not None,
    )


def with_predictor(some: Iterable[Benchmark]) -> list[float]:
    """Partial R squared with the predictor of the path, 0 to 1."""
    return [b.measured.treatment if b.measured else 1.0 for b in some]


def strongest(models: Sequence[ConfoundedModel]) -> Mapping[str, Strongest]:
    """Find the covariate that is most often the strongest, by path."""
    found = {}
    for path in models[0].paths:
        names = [one.paths[path].strongest.name for one in models]
        top = max(dict.fromkeys(names), key=names.count)
        found[path] = Strongest(covariate=top, models=names.count(top))
    return found


def strongest_other(models: Sequence[ConfoundedModel]) -> Comparison:
    """Find the strongest covariate of path b apart from the outcome at entry."""
    others = (one.paths["b"].strongest_other for one in models)
    return comparison(max(others, key=lambda other: other.even))


def team_covariate(found: Confounding) -> TeamCovariate | None:
    """Gather what the covariate of teams explains; None where there is none."""
    blocks = [b for one in found.models for b in one.paths["a"].of_teams]
    if not blocks:
        return None
    first = blocks[0]
    columns, team_df = first.columns, found.study.frame["team"].nunique() - 1
    return TeamCovariate(
        covariate=first.name,
        fidelity=tuple(with_predictor(blocks)),
        alliance=tuple(b.measured.outcome for b in blocks if b.measured),
        columns=columns,
        team_df=team_df,
        chance_fidelity=columns / team_df,
        chance_alliance=columns / (columns + first.before.df),
        imprecise=columns / team_df > PRECISE,
    )
