"""Table of observed, analysed and imputed scores."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smcm.analysis.study import Study
from smcm.cohort.imputed_sets import Imputations
from smcm.design.instruments import SCORE_COLUMNS
from smcm.report import format as fmt
from smcm.report.analysis_words import words_of
from smcm.report.show import Table
from smcm.report.words import TITLES


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
            "Score": TITLES[name],
            "Missing": fmt.whole(study.missing.by_score[name]),
            "Observed": _moments(study.observed[name].dropna().to_numpy()),
            "Analysed": _moments(study.frame[name].to_numpy()),
            "Imputed": _pooled(imputations, k),
            "Between sets": fmt.number(
                float(imputations.scores[:, :, k].mean(axis=1).std(ddof=1)), 2
            ),
        }
        for k, name in enumerate(SCORE_COLUMNS)
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


def _moments(values: NDArray[np.float64]) -> str:
    spread = float(np.std(values, ddof=1))
    return f"{fmt.number(float(values.mean()), 1)} ± {fmt.number(spread, 1)}"


def _pooled(imputations: Imputations, k: int) -> str:
    values = imputations.scores[:, :, k]
    spread = float(values.std(axis=1, ddof=1).mean())
    return f"{fmt.number(float(values.mean()), 1)} ± {fmt.number(spread, 1)}"
