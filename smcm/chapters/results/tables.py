"""The published and the defensible analysis of the same clients, side by side."""

from collections.abc import Mapping
from math import isnan

import pandas as pd

from smcm.analysis.eight_models import ModelResult
from smcm.analysis.pooled_result import PooledResult
from smcm.chapters.results.both import FOUND, BothAnalyses
from smcm.design.study import label
from smcm.parameters import DEFENSIBLE, PUBLISHED
from smcm.report import format as fmt
from smcm.report.analysis_words import stricter, too_few
from smcm.report.show import Align, Table
from smcm.report.tables.models import path_p

SYMBOLS = {"a": "a", "b": "b", "direct": "c′", "indirect": "ab"}
NOTHING = "–"  # where a method has no such number
MEANING = (
    "a: fidelity to alliance; b: alliance to outcome, fidelity held constant; c′: "
    "direct effect; ab: indirect effect. Unstandardized. Found: a path is significant "
    "at the level that applies; for ab, there is mediation, with a and b significant "
    "and an interval of ab that excludes zero. The bootstrap of the published analysis "
    f"gives ab an interval and no p. {fmt.NEAR_ZERO}"
)
Pair = Mapping[str, ModelResult]  # results of one model by the analysis


def both(found: BothAnalyses, horizon: float) -> Table:
    """Lay out the paths and the indirect effect of every model of a horizon.

    Parameters
    ----------
    found : BothAnalyses
        Without a defensible analysis, the columns of the published one alone.
    horizon : float
        Month of the outcomes, 9 or 18.
    """
    pairs = [p for p in _pairs(found) if p[PUBLISHED].model.horizon == horizon]
    rows = [_row(pair, term, found.level) for pair in pairs for term in SYMBOLS]
    numbers: list[Align] = ["right"] * (len(rows[0]) - 2)
    analyses = "Published and defensible" if found.defensible else "Published"
    return Table(
        pd.DataFrame(rows),
        name=f"tab-both-{label(horizon)}",
        caption=(
            f"{analyses} analysis, outcomes at {label(horizon)} months: paths and "
            "indirect effects"
        ),
        notes=(MEANING, stricter(found.level), *_pooled(found)),
        align=("left", "left", *numbers),
        wide=True,
    )


def _pairs(found: BothAnalyses) -> list[Pair]:
    """Put the two results of each model together; one where there is one analysis."""
    other = {result.model.key: result for result in found.defensible}
    return [
        {PUBLISHED: result}
        | ({DEFENSIBLE: other[result.model.key]} if found.defensible else {})
        for result in found.published
    ]


def _row(pair: Pair, term: str, level: float) -> dict[str, str]:
    outcome = pair[PUBLISHED].model.outcome.short
    found = [name for name, one in pair.items() if getattr(one, FOUND[term])]
    row = {
        "Path": f"{outcome}: {SYMBOLS[term]}".replace(" ", "\N{NO-BREAK SPACE}"),
        "Found by": "both" if len(found) > 1 else "".join(found) or "neither",
    }
    for head, write in COLUMNS.items():  # what is compared stands side by side
        for analysis, result in pair.items():
            row[head.format(analysis, analysis.capitalize())] = write(
                result, term, level
            )
    return row


def _estimate(result: ModelResult, term: str, _level: float) -> str:
    given = result.term(term)
    return fmt.with_limits(given.estimate, *given.limits)


def _p(result: ModelResult, term: str, level: float) -> str:
    """Write the p of a path, or that of a product which was pooled."""
    if term != "indirect":
        return path_p(result, term, level)
    if isinstance(result.mediation, PooledResult):
        return fmt.p_value(result.mediation.indirect_p)
    return NOTHING


def _df(result: ModelResult, term: str, _level: float) -> str:
    df = result.term(term).df
    return NOTHING if isnan(df) else fmt.degrees(df)


COLUMNS = {"{1} (95% CI)": _estimate, "p, {0}": _p, "df, {0}": _df}


def _pooled(found: BothAnalyses) -> tuple[str, ...]:
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
