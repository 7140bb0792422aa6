"""The facts about degrees of freedom where teams are few."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from smcm.analysis.pooled_df import RULES, ModelDf
from smcm.chapters.missing.effect_facts import Span
from smcm.design.nesting import USUAL_ALPHA
from smcm.stats.terms import Term

MANY = 100.0  # from here on degrees of freedom are written without decimals


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFacts:
    """One rule for the degrees of freedom.

    Attributes
    ----------
    df : Span
        Of path a, over the models.
    many : bool
        Whether the most of them are a hundred or more.
    a, indirect : int
        Models with a significant path a and with a significant indirect effect.
    """

    df: Span
    many: bool
    a: int
    indirect: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FewTeamsFacts:
    """The models with cluster-robust standard errors, by rule.

    Attributes
    ----------
    n_models : int
    fmi : Span
        Fraction of missing information of path a, over the models.
    rules : mapping of str to RuleFacts
        By ``"barnard_rubin"``, ``"complete"`` (a completed data set) and ``"rubin"``.
    same : bool
        Whether all rules find as many significant paths and indirect effects.
    """

    n_models: int
    fmi: Span
    rules: Mapping[str, RuleFacts]
    same: bool


def few_teams_facts(models: tuple[ModelDf, ...]) -> FewTeamsFacts | None:
    """Gather them; None where there are too few teams."""
    if not models:
        return None
    rules = {rule: _rule(models, rule) for rule in RULES}
    return FewTeamsFacts(
        n_models=len(models),
        fmi=Span.of(one.fmi for one in models),
        rules=rules,
        same=len({(found.a, found.indirect) for found in rules.values()}) == 1,
    )


def _rule(models: tuple[ModelDf, ...], rule: str) -> RuleFacts:
    df = Span.of(one.a[rule].df for one in models)
    return RuleFacts(
        df=df,
        many=df.high >= MANY,
        a=_significant(one.a[rule] for one in models),
        indirect=_significant(one.indirect[rule] for one in models),
    )


def _significant(found: Iterable[Term]) -> int:
    return sum(one.p < USUAL_ALPHA for one in found)
