"""Intraclass correlations and the resulting significance levels."""

import pandas as pd

from smcm.analysis.study import Study
from smcm.report import format as fmt
from smcm.report.analysis_words import words_of
from smcm.report.show import Table
from smcm.report.words import titles


def nesting(study: Study) -> Table:
    """Lay out the ICC and the level of every dependent variable."""
    result, cutoff = study.nesting, study.design.alpha.icc
    named = titles(study.design)
    rows = [
        {
            "Dependent variable": named[column],
            "ICC": _icc(found.value, cutoff),
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
            f"{fmt.bare(cutoff, 2)} the stricter level applies.",
            *words_of(study).nesting,
        ),
    )


def _icc(value: float, cutoff: float) -> fmt.Rounded:
    """Write an ICC so that it shows on which side of the cutoff it lies."""
    text = fmt.without_zero(fmt.beside(value, (cutoff,), 3))
    return fmt.Rounded(text, estimate=value)
