"""The facts about the comparison with print, of which the chapter's text is written."""

from dataclasses import dataclass

from smcm.analysis.comparison import compare, counts
from smcm.analysis.regenerated import A_SHOWN_FROM
from smcm.analysis.study import Study
from smcm.design.instruments import PGI, QOLI20
from smcm.design.schedule import HORIZONS
from smcm.published import Printed, Published
from smcm.report.printed_marks import keeps_settings
from smcm.stats.audit.coefficient import centre
from smcm.stats.audit.interval import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Where a number can lie that follows from rounded ones."""

    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonFacts:
    """The comparison of an edition with print.

    Attributes
    ----------
    compared : int
        Printed numbers and findings.
    equal, by_rule, cannot_hold, differs, absent : int
        Those with each status.
    keeps_settings : bool
        Whether the edition has the settings and the data behind the printed numbers.
    b_centre : Span
        Centre of the printed interval of path b to the QOLI-20 at the later horizon.
    b_qoli20 : float
        That path in this edition.
    ab_product : Span
        Product of the printed paths of the PGI at the later horizon.
    a_pgi, a_shown : float
        Path a at the later horizon, in the model of the PGI and in the one whose path
        the article prints for all.
    """

    compared: int
    equal: int
    by_rule: int
    cannot_hold: int
    differs: int
    absent: int
    keeps_settings: bool
    b_centre: Span
    b_qoli20: float
    ab_product: Span
    a_pgi: float
    a_shown: float


def comparison_facts(study: Study) -> ComparisonFacts:
    """Compare and gather what printed numbers leave open."""
    published = Published.read()
    rows = compare(study, published)
    number = counts(rows)
    later = {
        measure.key: study.model(measure.score_column(HORIZONS[-1])).mediation
        for measure in (PGI, QOLI20, A_SHOWN_FROM)
    }
    return ComparisonFacts(
        compared=len(rows),
        equal=number["equal"],
        by_rule=number["by_rule"],
        cannot_hold=number["cannot_hold"],
        differs=number["differs"],
        absent=number["missing"],
        keeps_settings=keeps_settings(study.run),
        b_centre=_centre(published, "b.QOLI-20.18"),
        b_qoli20=later[QOLI20.key].b,
        ab_product=_product(published["a.13.5.a"], published["b.PGI.18.b"]),
        a_pgi=later[PGI.key].a,
        a_shown=later[A_SHOWN_FROM.key].a,
    )


def _centre(published: Published, stem: str) -> Span:
    middle = centre(*(_interval(published[f"{stem}.{end}"]) for end in ("lo", "hi")))
    return Span(low=middle.low, high=middle.high)


def _product(one: Printed, other: Printed) -> Span:
    found = _interval(one) * _interval(other)
    return Span(low=found.low, high=found.high)


def _interval(entry: Printed) -> Interval:
    return Interval(*map(float, entry.interval))
