"""Nesting, models with other windows, and the reverse direction."""

from dataclasses import dataclass

from smcm.analysis.nesting import share_between
from smcm.analysis.study import Study
from smcm.article.findings import conclusions
from smcm.report import format as fmt
from smcm.report.words import titles


@dataclass(frozen=True, slots=True, kw_only=True)
class NestingFacts:
    """Intraclass correlations by case manager.

    Attributes
    ----------
    least, most : str
        Written with as many decimals as show their side of the cutoff.
    cutoff : float
    strict : tuple of str
        Dependent variables with the stricter level.
    between : tuple of float
        Shares of the variance of the exposures that lie between teams, 0 to 1; empty
        where there is one team.
    """

    least: str
    most: str
    cutoff: float
    strict: tuple[str, ...]
    between: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refit:
    """A model with another length of the window.

    Attributes
    ----------
    title : str
    days : int
    conclusion_changes : bool
        Whether a conclusion differs from that of the run's own window.
    a_p : float
    """

    title: str
    days: int
    conclusion_changes: bool
    a_p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reverse:
    """The later alliance on an earlier outcome."""

    outcome: str
    r2_change: float
    f: float
    df1: float
    df2: float
    p: float
    significant: bool
    negative: bool


def nesting_facts(study: Study) -> NestingFacts:
    """Gather the intraclass correlations and what they lead to."""
    nesting, cutoff = study.nesting, study.design.alpha.icc
    named = titles(study.design)
    values = [found.value for found in nesting.icc.values()]
    columns = dict.fromkeys(result.mediation.spec.x for result in study.models)
    several = study.frame["team"].nunique() > 1
    return NestingFacts(
        least=fmt.without_zero(fmt.beside(min(values), [cutoff])),
        most=fmt.without_zero(fmt.beside(max(values), [cutoff])),
        cutoff=cutoff,
        strict=tuple(named[column] for column in nesting.strict),
        between=tuple(
            share_between(study.frame, column) for column in columns if several
        ),
    )


def refit_facts(study: Study) -> tuple[Refit, ...]:
    """Gather the models with other windows."""
    own = conclusions(study.models)
    return tuple(
        Refit(
            title=result.model.title,
            days=days,
            conclusion_changes=before != now,
            a_p=result.mediation.p("a"),
        )
        for days, results in study.other_windows.items()
        for result, before, now in zip(results, own, conclusions(results), strict=True)
    )


def reverse_alpha(study: Study) -> float:
    """Level of the regressions of the later alliance."""
    design = study.design
    return study.alpha(design.mediator.score_column(design.waves.mediator[1]))


def reverse_facts(study: Study) -> tuple[Reverse, ...]:
    """Gather the regressions of the later alliance on earlier outcomes."""
    alpha = reverse_alpha(study)
    return tuple(
        Reverse(
            outcome=found.outcome.short,
            r2_change=found.r2_change,
            f=found.f,
            df1=found.df1,
            df2=found.df2,
            p=found.p,
            significant=found.p < alpha,
            negative=found.slope < 0.0,
        )
        for found in study.reciprocity
    )
