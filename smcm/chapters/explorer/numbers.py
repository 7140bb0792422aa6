"""The numbers and the sentences of one model of one run, ready for print."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from smcm.report import format as fmt
from smcm.report.choices import alike, beside
from smcm.report.runs import ModelRecord, RunRecord
from smcm.stats.terms import Term

LEVEL = "95%"
NO_TEST = "–"  # beside a bootstrap interval there is neither p nor level
TERMS = {
    "a": ("a", "fidelity to alliance"),
    "b": ("b", "alliance to outcome"),
    "direct": ("c′", "direct effect"),
    "total": ("c", "total effect"),
    "indirect": ("ab", "indirect effect"),
    "indirect_cs": ("ab, std.", "in SDs per SD"),
}
TESTED = ("a", "b", "direct", "total")
ARROWS = ("a", "b", "direct")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """One term in finished strings.

    Attributes
    ----------
    estimate, interval : str
    p, level : str
        `NO_TEST` beside a bootstrap interval.
    conclusion : str
        Whether a path is significant, or an interval excludes zero.
    """

    estimate: str
    interval: str
    p: str
    level: str
    conclusion: str


def cells(found: ModelRecord, term: str) -> Cells:
    """Write one of `TERMS`."""
    row = found.terms[term]
    tested = term in TESTED
    return Cells(
        estimate=_estimate(row, term),
        interval=fmt.limits(*row.limits, 2 if tested else 3),
        p=NO_TEST if math.isnan(row.p) else fmt.p_value(row.p),
        level=fmt.bare(found.alpha(term)) if tested else NO_TEST,
        conclusion=_significance(found, term) if tested else _zero(row),
    )


def summary(record: RunRecord, found: ModelRecord) -> str:
    """Sum up a view in a sentence."""
    ab = cells(found, "indirect")
    return (
        f"{found.model.title}. {record.run.title}: ab={ab.estimate}, "
        f"{LEVEL} CI {ab.interval}."
    )


def reason(found: ModelRecord) -> str:
    """Say whether there is mediation by the rule of the study, and why."""
    if found.mediated:
        return (
            "Mediation by the rule of the study: a and b are significant at the "
            "levels that apply, and the interval of ab excludes zero."
        )
    lacking = [_not_significant(found, term) for term in ("a", "b")]
    if not found.excludes_zero:
        lacking.append("the interval of ab includes zero")
    why = fmt.listed(filter(None, lacking))
    return f"No mediation by the rule of the study: {why}."


def arrows(found: ModelRecord) -> str:
    """Describe the path diagram of a model for readers who cannot see it."""
    drawn = [
        f"{TERMS[term][0]}, {TERMS[term][1]}: {shown.estimate}, {LEVEL} CI "
        f"{shown.interval}, {'solid' if found.significant(term) else 'dashed'} arrow"
        for term in ARROWS
        for shown in (cells(found, term),)
    ]
    return f"Path diagram of {found.model.title}. {'; '.join(drawn)}."


def eight(record: RunRecord) -> str:
    """Describe the plot of all models of a run for readers who cannot see it."""
    rows = [_standardized(found) for found in record.models]
    return f"{record.run.title}. Completely standardized ab: {'; '.join(rows)}."


def across(runs: Sequence[RunRecord], key: str) -> str:
    """Sum up one model over all runs but the only one of another analysis."""
    records = alike(runs)
    among = f" of the {records[0].run.reading} analysis" if beside(runs) else ""
    found = [record.model(key) for record in records]
    count = fmt.whole(len(found))
    effects = [model.terms["indirect"].estimate for model in found]
    excluding = fmt.whole(sum(model.excludes_zero for model in found))
    mediated = fmt.whole(sum(model.mediated for model in found))
    return (
        f"Over all runs{among} (n={count}), ab of {found[0].model.title} ranges from "
        f"{fmt.number(min(effects), 3)} to {fmt.number(max(effects), 3)}. Its interval "
        f"excludes zero in {excluding} of {count}, and there is mediation by the rule "
        f"in {mediated} of {count}."
    )


def _estimate(row: Term, term: str) -> str:
    if term == "indirect_cs":
        return fmt.bare(row.estimate, 3)
    return fmt.number(row.estimate, 2 if term in TESTED else 3)


def _significance(found: ModelRecord, term: str) -> str:
    return "significant" if found.significant(term) else "not significant"


def _zero(row: Term) -> str:
    return "excludes zero" if row.excludes_zero else "includes zero"


def _not_significant(found: ModelRecord, term: str) -> str:
    if found.significant(term):
        return ""
    p, level = found.terms[term].p, fmt.bare(found.alpha(term))
    given = "" if math.isnan(p) else f" ({fmt.p_phrase(p)})"
    return f"{term} is not significant at {level}{given}"


def _standardized(found: ModelRecord) -> str:
    shown = cells(found, "indirect_cs")
    mediated = "mediated" if found.mediated else "not mediated"
    return f"{found.model.title} {shown.estimate} ({shown.interval}), {mediated}"
