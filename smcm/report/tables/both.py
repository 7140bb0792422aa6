"""The published and the defensible analysis of the same clients, side by side."""

import math
from collections.abc import Callable, Mapping

import pandas as pd

from smcm.analysis.pooled_result import PooledResult
from smcm.analysis.readings import FOUND, Readings
from smcm.analysis.verdicts import ModelResult
from smcm.design.nesting import USUAL_ALPHA
from smcm.design.schedule import label
from smcm.parameters import DEFENSIBLE, PUBLISHED
from smcm.report import format as fmt
from smcm.report.analysis_words import BELOW, too_few
from smcm.report.show import Align, Table

SYMBOLS = {"a": "a", "b": "b", "direct": "c′", "indirect": "ab"}
NOTHING = "–"  # where a method has no such number
Pair = Mapping[str, ModelResult]  # results of one model by the analysis


def both(found: Readings, horizon: float) -> Table:
    """Lay out the paths and the indirect effect of every model of a horizon.

    Parameters
    ----------
    found : Readings
        Without a defensible analysis, the columns of the published one alone.
    horizon : float
        Month of the outcomes, 9 or 18.
    """
    pairs = [p for p in _pairs(found) if p[PUBLISHED].model.horizon == horizon]
    rows = [_row(pair, term) for pair in pairs for term in SYMBOLS]
    align: tuple[Align, ...] = ("left", "left", *("right",) * (len(rows[0]) - 2))
    analyses = "Published and defensible" if found.defensible else "Published"
    return Table(
        pd.DataFrame(rows),
        name=f"tab-both-{label(horizon)}",
        caption=(
            f"{analyses} analysis, outcomes at {label(horizon)} months: paths and "
            "indirect effects"
        ),
        notes=(_meaning(found), *_pooled(found)),
        align=align,
        wide=True,
    )


def _pairs(found: Readings) -> list[Pair]:
    """Put the two results of each model together; one where there is one analysis."""
    other = {result.model.key: result for result in found.defensible}
    return [
        {PUBLISHED: result}
        | ({DEFENSIBLE: other[result.model.key]} if found.defensible else {})
        for result in found.published
    ]


def _row(pair: Pair, term: str) -> dict[str, str]:
    outcome = pair[PUBLISHED].model.outcome.short
    found = [name for name, one in pair.items() if getattr(one, FOUND[term])]
    row = {
        "Path": f"{outcome}: {SYMBOLS[term]}".replace(" ", "\N{NO-BREAK SPACE}"),
        "Found by": "both" if len(found) > 1 else "".join(found) or "neither",
    }
    for analysis, result in pair.items():
        row |= _cells(result, term, analysis)
    return row


def _cells(result: ModelResult, term: str, analysis: str) -> dict[str, str]:
    given, p = result.term(term), _p(result, term)
    tested = term != "indirect"
    mark = BELOW if tested and p < USUAL_ALPHA and not result.significant(term) else ""
    shown = fmt.with_limits(given.estimate, *given.limits)
    return {
        f"{analysis.capitalize()} (95% CI)": shown,
        f"p, {analysis}": _written(p, fmt.p_value) + mark,
        f"df, {analysis}": _written(given.df, fmt.degrees),
    }


def _p(result: ModelResult, term: str) -> float:
    """Give the p of a path, or of a product that was pooled; else NaN."""
    if term == "indirect" and isinstance(result.mediation, PooledResult):
        return result.mediation.indirect_p
    return result.term(term).p


def _written(value: float, write: Callable[[float], str]) -> str:
    return NOTHING if math.isnan(value) else write(value)


def _meaning(found: Readings) -> str:
    stricter = (
        f" {BELOW} p<{fmt.bare(USUAL_ALPHA)}, but not significant at the stricter "
        "level that the alpha rule sets for this dependent variable."
    )
    marked = any(
        one.term(term).p < USUAL_ALPHA and not one.significant(term)
        for one in found.published
        for term in ("a", "b", "direct")
    )
    return (
        "a: fidelity to alliance; b: alliance to outcome, fidelity held constant; c′: "
        "direct effect; ab: indirect effect. Unstandardized. Found: a path is "
        "significant at the level that applies; for ab, there is mediation, with a and "
        "b significant and an interval of ab that excludes zero. The bootstrap of the "
        f"published analysis gives ab an interval and no p. {fmt.NEAR_ZERO}"
        f"{stricter if marked else ''}"
    )


def _pooled(found: Readings) -> tuple[str, ...]:
    """Say how the defensible analysis differs, and what its numbers of ab are."""
    if not found.defensible:
        return ()
    return (
        "Defensible: site and education as categories, "
        f"{fmt.whole(found.n_sets)} completed data sets pooled by Rubin's rules, "
        "standard errors clustered by team (CR2) with their degrees of freedom, no "
        "alpha rule. Its p of ab is that of the product of a and b, each with its own "
        "t distribution; its df of ab are those of the first-order variance."
        f"{too_few(found.defensible)}",
    )
