"""Tables of observed and imputed scores, and of the bias of imputation."""

from collections.abc import Sequence
from math import isnan
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smcm.analysis.study import Study
from smcm.chapters.missing.imputation_bias import (
    CASES,
    COMPLETE,
    IMPUTED,
    MAR,
    MCAR,
    TEAMS,
    Bias,
    bias_models,
    bias_months,
    read_bias,
)
from smcm.cohort.imputed_sets import Imputations
from smcm.paths import VALIDATION
from smcm.report import format as fmt
from smcm.report.analysis_words import words_of
from smcm.report.show import Table
from smcm.report.words import short_title, titles
from smcm.stats.small_counts import Count, as_shown

NOTHING = "—"


def imputed(study: Study, imputations: Imputations) -> Table:
    """Lay out mean and SD of every score: observed, analysed and imputed.

    Parameters
    ----------
    study : Study
    imputations : Imputations
        Imputed sets of the same cohort.
    """
    rows = [
        {
            "Score": titles(study.design)[name],
            "Missing": fmt.whole(study.missing.by_score[name]),
            "Observed": _moments(
                study.observed[name].dropna().to_numpy(), study.missing.by_score[name]
            ),
            "Analysed": _moments(study.frame[name].to_numpy(), 0),
            "Imputed": _pooled(imputations, k),
            "Between sets": fmt.number(
                float(imputations.scores[:, :, k].mean(axis=1).std(ddof=1)), 2
            ),
        }
        for k, name in enumerate(study.design.score_columns)
    ]
    m = fmt.whole(imputations.n_imputations)
    return Table(
        pd.DataFrame(rows),
        name="tab-imputed",
        caption="Observed, analysed and imputed scores, mean ± SD",
        notes=(
            f"Observed: clients with this score. Analysed: {words_of(study).analysed}. "
            f"Imputed: mean over {m} imputed sets, clients of all sites. Between sets: "
            "SD of the means of the sets, the part of the uncertainty that a single "
            "completed data set does not show.",
        ),
    )


def _moments(values: NDArray[np.float64], missing: Count) -> str:
    found = float(values.mean()), float(np.std(values, ddof=1))
    return fmt.with_sd(*(as_shown(value, missing) for value in found))


def _pooled(imputations: Imputations, k: int) -> str:
    values = imputations.scores[:, :, k]
    spread = float(values.std(axis=1, ddof=1).mean())
    return fmt.with_sd(float(values.mean()), spread)


def imputation_bias(folder: Path = VALIDATION) -> Table:
    """Lay out bias and coverage of every path under MCAR and MAR."""
    kept = {(b.gaps, b.way, b.model, b.path): b for b in read_bias(folder)}
    rows = [
        _row(short_title(model), path, kept, model.key)
        for model in bias_models()
        for path in ("a", "b")
    ]
    rows += [
        _row(f"All four at {month} months", path, kept, month)
        for month in bias_months()
        for path in ("a", "b")
    ]
    return Table(
        pd.DataFrame(rows),
        name="tab-imputation-bias",
        caption="Bias of paths after imputation, in percent, in simulated cohorts",
        notes=_notes(tuple(kept.values())),
        align=("left", "center", *("right",) * 4),
        wide=True,
    )


def _row(
    title: str, path: str, kept: dict[tuple[str, str, str, str], Bias], model: str
) -> dict[str, str]:
    cells = {"Outcome": title, "Path": path}
    for gaps in (MCAR, MAR):
        found = kept.get((gaps, IMPUTED, model, path))
        cells[f"Bias, {gaps} (95% CI)"] = NOTHING if found is None else _bias(found)
        covers = NOTHING if found is None else fmt.bare(found.coverage)
        cells[f"Coverage, {gaps}"] = covers
    return cells


def _bias(found: Bias) -> str:
    low, high = found.limits
    return fmt.with_limits(found.bias, low, high, 1)


def _notes(kept: Sequence[Bias]) -> tuple[str, ...]:
    imputed = [one for one in kept if one.way == IMPUTED]
    if not imputed:
        return ()
    one = imputed[0]
    teams = [b for b in imputed if b.path == TEAMS]
    covers = {
        way: [b.coverage for b in kept if b.way == way and not isnan(b.coverage)]
        for way in (COMPLETE, CASES, IMPUTED)
    }
    averages = "; ".join(f"{way} {_mean(values)}" for way, values in covers.items())
    between = fmt.listed(
        f"{fmt.number(100.0 * (b.value * (1.0 + b.bias / 100.0)), 1)}% rather than "
        f"{fmt.number(100.0 * b.value, 1)}% ({b.gaps}, alliance at "
        f"{b.model.split('_')[1]} months)"
        for b in teams
    )
    return (
        f"{fmt.whole(one.cohorts)} simulated cohorts for each mechanism, "
        f"{fmt.whole(one.sets)} imputed sets of each cohort, measured on {one.date}. "
        "Bias: mean difference between the pooled path and the path in the same cohort "
        "before values were deleted, in percent of the path. Coverage: share of pooled "
        "95% intervals that include the true path. MCAR: values missing completely at "
        "random. MAR: more often missing for clients with low fidelity and low scores "
        "at entry. All four: mean of the four paths, each in standard deviations of "
        "its estimate.",
        f"Mean coverage: {averages}.",
        f"Share of variance between teams in imputed cohorts: {between}.",
    )


def _mean(values: Sequence[float]) -> str:
    return fmt.bare(sum(values) / len(values), 3) if values else NOTHING
