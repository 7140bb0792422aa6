"""Whether earlier outcomes predict the later alliance."""

import pandas as pd

from smcm.analysis.study import Study
from smcm.design.study import label
from smcm.report import format as fmt
from smcm.report.analysis_words import words_of
from smcm.report.show import Table


def reciprocity(study: Study) -> Table:
    """Lay out the four hierarchical models."""
    waves = study.design.waves
    earlier, later = waves.outcome[1], waves.mediator[1]
    rows = [
        {
            "Outcome entered": f"{model.outcome.short} at {label(earlier)} months",
            "R², covariates": fmt.bare(model.r2_covariates),
            "R², with outcome": fmt.bare(model.r2),
            "Change": fmt.percent(100.0 * model.r2_change, 1),
            "F": fmt.number(model.f),
            "df": f"{model.df1}, {fmt.degrees(model.df2)}",
            "p": fmt.p_value(model.p),
        }
        for model in study.reciprocity
    ]
    return Table(
        pd.DataFrame(rows),
        name="tab-reciprocity",
        caption=(
            f"Alliance at {label(later)} months regressed on covariates and "
            "one earlier outcome"
        ),
        notes=(
            "Each model enters the shared covariates and the outcome's own baseline "
            "score first, then the outcome.",
            *words_of(study).reciprocity,
        ),
    )
