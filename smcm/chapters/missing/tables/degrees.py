"""Table of the pooled, cluster-robust models by rule for the df."""

from math import isnan

import pandas as pd

from smcm.analysis.pooled import PooledStudy
from smcm.analysis.pooled_df import ModelDf
from smcm.report import format as fmt
from smcm.report.show import Table
from smcm.report.words import short_title
from smcm.stats.terms import Term

RULE_NAMES = {
    "complete": "completed data set",
    "barnard_rubin": "Barnard–Rubin",
    "rubin": "Rubin",
}
MANY = 1e6  # df beyond which Student's t is the normal in every digit shown
BOUNDED = ("complete", "barnard_rubin")


def pooled_df(found: PooledStudy) -> Table:
    """Lay out df, p and limits of a and ab by each rule."""
    rows = [row for one in found.by_team for row in _rows(one)]
    return Table(
        pd.DataFrame(rows or [{"Outcome": "too few teams", "Term": "–"}]),
        name="tab-pooled-df",
        caption="Pooled models with cluster-robust standard errors, by rule for the df",
        notes=(
            "Standard errors: CR2 by team, pooled by Rubin's rules. FMI: of path a. "
            "Completed data set: Satterthwaite's df, mean over the sets. Barnard–"
            "Rubin: these df, reduced for missing information and for small samples. "
            "Rubin: from the variances and the number of sets alone. ab: p of the "
            "product of two paths, each with Student's t on its df; limits are "
            f"percentiles of {fmt.whole(found.study.run.n_boot)} draws.",
        ),
        wide=True,
    )


def _rows(one: ModelDf) -> list[dict[str, str]]:
    return [
        {
            "Outcome": short_title(one.model),
            "Term": term,
            "FMI": fmt.bare(one.fmi) if term == "a" else "",
            **{f"df, {name}": _df(by_rule[r]) for r, name in RULE_NAMES.items()},
            **{
                f"p, {name}": fmt.p_value(by_rule[r].p)
                for r, name in RULE_NAMES.items()
            },
            **{
                f"95% CI, {RULE_NAMES[r]}": fmt.limits(*by_rule[r].limits)
                for r in BOUNDED
            },
        }
        for term, by_rule in (("a", one.a), ("ab", one.indirect))
    ]


def _df(found: Term) -> str:
    if isnan(found.df):
        return ""
    if found.df > MANY:
        return fmt.degrees(float("inf"))
    return fmt.number(found.df, 1 if found.df < 100.0 else 0)
