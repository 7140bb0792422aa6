"""The eight models, path by path."""

from dataclasses import dataclass
from typing import Literal

from smcm.analysis.eight_models import ModelResult
from smcm.analysis.study import Study
from smcm.article.regenerated import A_SHOWN_FROM
from smcm.design.study import label

Benchmark = Literal["large", "medium", "small"]

# Squares of Cohen's benchmarks for a correlation (.5, .3, .1), for a product of two.
BENCHMARKS: tuple[tuple[float, Benchmark], ...] = (
    (0.25, "large"),
    (0.09, "medium"),
    (0.01, "small"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """A path with its interval and its test.

    Attributes
    ----------
    estimate, low, high, size : float
        `size` is the estimate without its sign.
    p, alpha : float
        `alpha` is the level that applies.
    significant, usual : bool
        Whether p is below `alpha`, and below the usual level.
    positive, negative : bool
    """

    estimate: float
    low: float
    high: float
    size: float
    p: float
    alpha: float
    significant: bool
    usual: bool
    positive: bool
    negative: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Indirect:
    """An indirect effect with its interval.

    Attributes
    ----------
    estimate, low, high : float
    excludes_zero : bool
    standardized, size : float
        Completely standardized, and the same without its sign.
    benchmark : {"large", "medium", "small"} or None
        Cohen's word for that size; None where it is less than small.
    points : float
        Of the outcome, for one standard deviation more of fidelity, without the sign.
    more : bool
        Whether they are points more.
    """

    estimate: float
    low: float
    high: float
    excludes_zero: bool
    standardized: float
    size: float
    benchmark: Benchmark | None
    points: float
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One of the eight models.

    Attributes
    ----------
    key, title, outcome, measures, months : str
        For example ``"pgi_18"``, "PGI at 18 months", "PGI", "personal goals", "18".
    minimum, maximum : int
        Of the outcome's scale.
    a, b, direct, total : Path
    ab : Indirect
    sd_x : float
        Of fidelity, in points.
    mediated : bool
        By the rule: both paths significant and an interval that excludes zero.
    against : bool
        Mediated, with a path whose sign is not the hypothesis's.
    shows_a : bool
        Whether the article prints path a of this outcome for the whole horizon.
    """

    key: str
    title: str
    outcome: str
    measures: str
    months: str
    minimum: int
    maximum: int
    a: Path
    b: Path
    direct: Path
    total: Path
    ab: Indirect
    sd_x: float
    mediated: bool
    against: bool
    shows_a: bool


def all_model_facts(study: Study) -> tuple[Model, ...]:
    """Gather those of every model of a study."""
    level = study.design.alpha.level
    return tuple(model_facts(result, level) for result in study.models)


def model_facts(result: ModelResult, level: float) -> Model:
    """Gather those of one; `level` is the usual one of the study."""
    model, fit = result.model, result.mediation
    return Model(
        key=model.key,
        title=model.title,
        outcome=model.outcome.short,
        measures=model.outcome.measures,
        months=label(model.horizon),
        minimum=model.outcome.minimum,
        maximum=model.outcome.maximum,
        a=_path(result, "a", level),
        b=_path(result, "b", level),
        direct=_path(result, "direct", level),
        total=_path(result, "total", level),
        ab=_indirect(result),
        sd_x=fit.sd_x,
        mediated=result.mediated,
        against=result.mediated and min(fit.a, fit.b) <= 0.0,
        shows_a=model.outcome.key == A_SHOWN_FROM,
    )


def benchmark(size: float) -> Benchmark | None:
    """Name the size of an indirect effect; None where it is less than small."""
    return next((word for least, word in BENCHMARKS if size >= least), None)


def _path(result: ModelResult, name: str, level: float) -> Path:
    term = result.term(name)
    return Path(
        estimate=term.estimate,
        low=term.ci_low,
        high=term.ci_high,
        size=abs(term.estimate),
        p=term.p,
        alpha=result.alpha(name),
        significant=result.significant(name),
        usual=term.p < level,
        positive=term.estimate > 0.0,
        negative=term.estimate < 0.0,
    )


def _indirect(result: ModelResult) -> Indirect:
    fit = result.mediation
    low, high = fit.limits()
    points, size = fit.indirect * fit.sd_x, abs(fit.indirect_cs)
    return Indirect(
        estimate=fit.indirect,
        low=low,
        high=high,
        excludes_zero=fit.excludes_zero,
        standardized=fit.indirect_cs,
        size=size,
        benchmark=benchmark(size),
        points=abs(points),
        more=points >= 0.0,
    )
