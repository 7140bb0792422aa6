"""Intraclass correlations and the resulting significance levels."""

import pandas as pd

from smcm.analysis.study import Study
from smcm.design.nesting import ICC_CUTOFF, USUAL_ALPHA
from smcm.report import format as fmt
from smcm.report.show import Table
from smcm.report.words import TITLES


def nesting(study: Study) -> Table:
    """Lay out the ICC and the level of every dependent variable."""
    result = study.nesting
    rows = [
        {
            "Dependent variable": TITLES[column],
            "ICC": fmt.without_zero(fmt.beside(found.value, (ICC_CUTOFF,), 3)),
            "Level": fmt.bare(result.alpha(column), 2),
        }
        for column, found in result.icc.items()
    ]
    first = next(iter(result.icc.values()))
    return Table(
        pd.DataFrame(rows),
        name="tab-nesting",
        caption="Intraclass correlations and the resulting significance levels",
        notes=(
            f"ICC(1) by case manager ({fmt.whole(first.n_clusters)} case managers), "
            "from the mean squares of a one-way analysis of variance. Above "
            f"{fmt.bare(ICC_CUTOFF, 2)} the stricter level applies.",
            *_not_applied(study),
        ),
    )


def _not_applied(study: Study) -> tuple[str, ...]:
    if not study.defensible:
        return ()
    return (
        "Computed in the first completed data set. This edition does not apply the "
        "rule: its standard errors allow for clustering by team, and every path is "
        f"tested at {fmt.bare(USUAL_ALPHA, 2)}.",
    )
