"""The facts about single printed numbers that the chapter discusses."""

from dataclasses import dataclass

from smcm.analysis.study import Study
from smcm.article.printed_marks import keeps_settings
from smcm.article.regenerated import A_SHOWN_FROM
from smcm.published import Printed, Published
from smcm.stats.audit.coefficient import centre
from smcm.stats.audit.interval import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Where a number can lie that is computed from rounded ones."""

    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedFacts:
    """Printed numbers of the later horizon that do not fit each other.

    Attributes
    ----------
    keeps_settings : bool
        Whether the edition has the settings and the data behind the printed numbers.
    b_centre : Span
        Centre of the printed interval of path b to the QOLI-20.
    b_qoli20 : float
        This path b in the edition.
    ab_product : Span
        Product of the printed paths a and b of the PGI.
    a_pgi, a_shown : float
        Path a of the edition, in the model of the PGI and in the model from which the
        article prints path a.
    """

    keeps_settings: bool
    b_centre: Span
    b_qoli20: float
    ab_product: Span
    a_pgi: float
    a_shown: float


def printed_facts(study: Study) -> PrintedFacts:
    """Gather them."""
    published, last = Published.read(), study.design.outcome_horizons[-1]
    later = {
        outcome.key: study.model(outcome.score_column(last)).mediation
        for outcome in study.design.outcomes
    }
    return PrintedFacts(
        keeps_settings=keeps_settings(study.run),
        b_centre=_centre(published, "b.QOLI-20.18"),
        b_qoli20=later["qoli20"].b,
        ab_product=_product(published["a.13.5.a"], published["b.PGI.18.b"]),
        a_pgi=later["pgi"].a,
        a_shown=later[A_SHOWN_FROM].a,
    )


def _centre(published: Published, stem: str) -> Span:
    middle = centre(*(_interval(published[f"{stem}.{end}"]) for end in ("lo", "hi")))
    return Span(low=middle.low, high=middle.high)


def _product(one: Printed, other: Printed) -> Span:
    found = _interval(one) * _interval(other)
    return Span(low=found.low, high=found.high)


def _interval(entry: Printed) -> Interval:
    return Interval(*map(float, entry.interval))
