"""The facts of the chapter on unmeasured confounding."""

from collections.abc import Mapping
from dataclasses import dataclass

from smcm.chapters.confounding.benchmark_facts import (
    Comparison,
    Strongest,
    TeamCovariate,
    comparison,
    strongest,
    strongest_other,
    team_covariate,
    with_predictor,
)
from smcm.chapters.confounding.benchmarks import PathSensitivity
from smcm.chapters.confounding.confounding import ConfoundedModel, Confounding
from smcm.report import format as fmt


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """One path of one model.

    Attributes
    ----------
    positive : bool
        Sign of the estimate.
    robustness : float
        Share of both sides that a confounder has to explain to reduce the estimate to
        zero, 0 to 1.
    significant, pooled_significant : bool
        At the usual level, in the completed data set and over the imputed sets.
    withstands : mapping of str to bool
        Whether the path keeps its sign and remains significant at the usual level with
        a confounder as strong as any covariate: of ``"all"``, of those of ``"teams"``,
        of those of ``"clients"``, and of the ``"others"`` than the outcome at entry.
    strongest : Comparison
        The covariate that would reduce the path most.
    most_by_client : float
        Largest partial R squared of a client's covariate with the predictor, 0 to 1.
    """

    positive: bool
    robustness: float
    significant: bool
    pooled_significant: bool
    withstands: Mapping[str, bool]
    strongest: Comparison
    most_by_client: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One model.

    Attributes
    ----------
    title : str
    mediated, withstands : bool
        By the rule of the study; whether both paths withstand a confounder as strong
        as any covariate.
    rho : float
        Absolute correlation of the errors at which the indirect effect is zero, in the
        completed data set.
    pooled_nearer : bool
        Whether it is smaller over the imputed sets, as printed too.
    excludes_zero : bool
        Whether the interval of the indirect effect excludes zero without confounding.
    includes_zero_from : float
        Smallest absolute correlation of the errors at which it includes zero.
    a, b : Path
    """

    title: str
    mediated: bool
    withstands: bool
    rho: float
    pooled_nearer: bool
    excludes_zero: bool
    includes_zero_from: float
    a: Path
    b: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfoundingFacts:
    """What an unmeasured confounder would have to be.

    Attributes
    ----------
    n_sets, n_boot : int
        Imputed sets, and bootstrap samples in each.
    models : tuple of Model
    example : Model
        The mediated model, or if there is none any model, with the largest `rho`.
    strongest : mapping of str to Strongest
        By path.
    strongest_other : Comparison
        For path b, in any model, apart from the outcome at entry.
    teams : TeamCovariate or None
    """

    n_sets: int
    n_boot: int
    models: tuple[Model, ...]
    example: Model
    strongest: Mapping[str, Strongest]
    strongest_other: Comparison
    teams: TeamCovariate | None


def confounding_facts(found: Confounding) -> ConfoundingFacts:
    """Gather them."""
    shown = found.mediated or found.models
    return ConfoundingFacts(
        n_sets=found.m,
        n_boot=found.study.run.n_boot,
        models=tuple(map(_model, found.models)),
        example=_model(max(shown, key=lambda one: abs(one.vanishing))),
        strongest=strongest(found.models),
        strongest_other=strongest_other(found.models),
        teams=team_covariate(found),
    )


def _model(one: ConfoundedModel) -> Model:
    rho, pooled = abs(one.vanishing), abs(one.pooled.vanishing)
    return Model(
        title=one.model.title,
        mediated=one.completed.mediated,
        withstands=one.withstands,
        rho=rho,
        pooled_nearer=pooled < rho and fmt.bare(pooled) != fmt.bare(rho),
        excludes_zero=one.includes_zero_from > 0.0,
        includes_zero_from=one.includes_zero_from,
        a=_path(one.paths["a"]),
        b=_path(one.paths["b"]),
    )


def _path(own: PathSensitivity) -> Path:
    return Path(
        positive=own.coefficient.estimate > 0.0,
        robustness=own.coefficient.robustness(),
        significant=own.coefficient.significant(own.alpha),
        pooled_significant=own.pooled.significant(own.alpha),
        withstands={
            "all": own.withstands(),
            "teams": own.withstands(own.of_teams),
            "clients": own.withstands(own.of_clients),
            "others": own.withstands(own.others),
        },
        strongest=comparison(own.strongest),
        most_by_client=max(with_predictor(own.of_clients)),
    )
