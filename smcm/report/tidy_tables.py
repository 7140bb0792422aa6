"""Every analysis of a study as one tidy table, nothing rounded."""

import math
from collections.abc import Iterator

import pandas as pd

from smcm.analysis.change import ThreeOccasions, TwoOccasions
from smcm.analysis.participants import describe_flow, flow_rows
from smcm.analysis.study import Study
from smcm.article.comparison import compare
from smcm.article.levels import stem_of_line
from smcm.cohort.frame import blank_covariates
from smcm.published import Published

DESCRIPTIONS = {
    "models": "The eight models with every window: a row per term, unrounded",
    "characteristics": "Clients at entry: counts, percentages, means and SDs",
    "change": "Means at each interview and tests of change",
    "nesting": "Intraclass correlations and the level that follows from each",
    "reciprocity": "Earlier outcomes as predictors of the later alliance",
    "missing": "Missing scale scores before imputation",
    "participants": "From the clients in the data to those in the models",
    "comparison": "Printed numbers and findings beside the regenerated ones",
}


def tidy_tables(study: Study) -> dict[str, pd.DataFrame]:
    """Lay out every analysis; none has a row for each client.

    Returns
    -------
    dict of str to DataFrame
        By the names of `DESCRIPTIONS`; in ``models`` the columns of
        `MediationResult.tidy` come first.
    """
    return {
        "models": _models(study),
        "characteristics": _characteristics(study),
        "change": _change(study),
        "nesting": _nesting(study),
        "reciprocity": _reciprocity(study),
        "missing": _missing(study),
        "participants": _counts(
            pd.DataFrame(flow_rows(describe_flow(study))), "clients"
        ),
        "comparison": _comparison(study),
    }


def rows_of_clients(study: Study) -> pd.DataFrame:
    """Give the scored file that the models ran on, a row for each client.

    It is blank where something is known of no client.
    """
    return study.frame.assign(**dict.fromkeys(blank_covariates(study.cohort), math.nan))


def _models(study: Study) -> pd.DataFrame:
    rows: list[dict[str, object]] = []
    for days, results in sorted(study.windows.items()):
        for result in results:
            level = {
                "a": result.alpha_mediator,
                "b": result.alpha_outcome,
                "direct": result.alpha_outcome,
                "total": result.alpha_outcome,
            }
            rows += [
                {
                    **row,
                    "window_days": days,
                    "n": result.mediation.n,
                    "alpha": level.get(str(row["term"]), math.nan),
                }
                for row in result.mediation.rows()
            ]
    return pd.DataFrame(rows)


def _characteristics(study: Study) -> pd.DataFrame:
    table = study.characteristics
    counted = [
        {
            "characteristic": line.block.column,
            "level": stem_of_line(line),
            "n": line.n,
            "percent": line.percent,
            "percent_of_listed": line.percent_of_listed,
        }
        for line in (*table.counts, *table.sites)
    ]
    counted += [
        {
            "characteristic": line.block.column,
            "level": "not listed or blank" if len(line.block.levels) > 1 else "blank",
            "n": line.n,
            "percent": line.percent,
        }
        for line in table.unlisted
    ]
    measured = [
        {
            "characteristic": moments.column,
            "level": "",
            "n": moments.n,
            "mean": moments.mean,
            "sd": moments.sd,
        }
        for moments in table.measured
    ]
    return _counts(pd.DataFrame([*counted, *measured]), "n")


def _change(study: Study) -> pd.DataFrame:
    change = study.change
    rows = [*_two(change.fidelity), *_two(change.alliance)]
    for outcome in change.outcomes:
        rows += _three(outcome)
    return pd.DataFrame(rows)


def _means(
    key: str, measure: TwoOccasions | ThreeOccasions
) -> Iterator[dict[str, object]]:
    for found in measure.occasions:
        yield {
            "measure": key,
            "row": "occasion",
            "month": found.month,
            "mean": found.mean,
            "sd": found.sd,
        }


def _two(measure: TwoOccasions) -> Iterator[dict[str, object]]:
    yield from _means(measure.key, measure)
    tested = measure.change
    yield {
        "measure": measure.key,
        "row": "paired_t",
        "difference": tested.difference,
        "statistic": tested.t,
        "df1": tested.df,
        "p": tested.p,
        "d": tested.d,
    }


def _three(measure: ThreeOccasions) -> Iterator[dict[str, object]]:
    key, anova = measure.instrument.key, measure.anova
    yield from _means(key, measure)
    yield {
        "measure": key,
        "row": "anova",
        "statistic": anova.f,
        "df1": anova.df1,
        "df2": anova.df2,
        "p": anova.p,
        "eta_squared": anova.eta_squared,
        "epsilon": anova.epsilon,
        "p_corrected": anova.p_corrected,
    }
    for found in measure.post_hoc:
        yield {
            "measure": key,
            "row": "post_hoc",
            "month": found.month,
            "difference": found.change.difference,
            "statistic": found.change.t,
            "df1": found.change.df,
            "p": found.p,
            "d": found.change.d,
        }


def _nesting(study: Study) -> pd.DataFrame:
    nesting = study.nesting
    return pd.DataFrame(
        {
            "variable": column,
            "cluster": nesting.cluster,
            "icc": found.value,
            "n_clusters": found.n_clusters,
            "mean_size": found.mean_size,
            "alpha": nesting.alpha(column),
        }
        for column, found in nesting.icc.items()
    )


def _reciprocity(study: Study) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "outcome": model.outcome.key,
            "r2_covariates": model.r2_covariates,
            "r2": model.r2,
            "r2_change": model.r2_change,
            "f": model.f,
            "df1": model.df1,
            "df2": model.df2,
            "p": model.p,
        }
        for model in study.reciprocity
    )


def _missing(study: Study) -> pd.DataFrame:
    rows = pd.DataFrame(
        {"score": score, "missing": count, "clients": study.missing.n}
        for score, count in study.missing.by_score.items()
    )
    return _counts(rows, "missing")


def _counts(table: pd.DataFrame, column: str) -> pd.DataFrame:
    """Keep counts whole beside those that are withheld, which are blank."""
    if not table[column].isna().any():
        return table
    return table.astype({column: "Int64"})


def _comparison(study: Study) -> pd.DataFrame:
    rows = compare(study, Published.read())
    return pd.DataFrame(
        {
            "key": [row.printed.key for row in rows],
            "place": [row.printed.place for row in rows],
            "meaning": [row.printed.meaning for row in rows],
            "printed": [row.printed.text for row in rows],
            "regenerated": [row.regenerated for row in rows],
            "value": [row.value for row in rows],
            "status": [row.status for row in rows],
            "reason": [row.reason for row in rows],
        }
    )
