"""Item responses become scale scores, by rules that are declared."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smcm.design.study import Instrument, StudyDesign

Array = NDArray[np.float64]


def score(instrument: Instrument, answers: Array) -> Array:
    """Score one questionnaire.

    Parameters
    ----------
    instrument : Instrument
    answers : ndarray, shape (..., number of columns)
        In the order of ``instrument.columns``; NaN where unanswered.

    Returns
    -------
    ndarray, shape (...)
        Points of the scale; NaN where too little was answered. Sum scales need the
        share ``instrument.answered`` of their items and then take the person's mean
        for the others. The index needs a rating for every area that holds points.
    """
    if instrument.rule == "weighted":
        areas = instrument.n_items
        return _weighted(answers[..., :areas], answers[..., areas:])
    answered = np.isfinite(answers).sum(axis=-1)
    total = np.nansum(answers, axis=-1)
    mean = np.full(total.shape, np.nan)
    enough = answered >= instrument.answered * instrument.n_items
    np.divide(total, answered, out=mean, where=enough)
    if instrument.rule == "percent":
        stretch = (instrument.maximum - instrument.minimum) / (
            instrument.high - instrument.low
        )
        return instrument.minimum + stretch * (mean - instrument.low)
    return mean * instrument.n_items


def _weighted(rating: Array, points: Array) -> Array:
    """Ratings 0-10 weighted by shares of points, times 10 (Ruta et al. 1994)."""
    given = np.nansum(points, axis=-1)
    lacking = ((points > 0) & np.isnan(rating)).any(axis=-1) | np.isnan(points).any(
        axis=-1
    )
    weighted = np.nansum(rating * points, axis=-1)
    index = np.full(given.shape, np.nan)
    np.divide(10.0 * weighted, given, out=index, where=~lacking & (given > 0))
    return index


def turned(instrument: Instrument, table: pd.DataFrame) -> pd.DataFrame:
    """Turn the reversed items of a questionnaire, so that higher answers mean more.

    Parameters
    ----------
    instrument : Instrument
    table : DataFrame
        Its answers; left as it is.
    """
    ends = instrument.low + instrument.high
    return table.assign(
        **{item: ends - table[item] for item in instrument.reversed_columns}
    )


def scale_scores(
    items: Mapping[str, pd.DataFrame], clients: Sequence[str], design: StudyDesign
) -> pd.DataFrame:
    """Score every questionnaire at every interview that carries it.

    Parameters
    ----------
    items : mapping of DataFrame
        By instrument key: columns client_id, month and the items.
    clients : sequence of str
        Rows of the result, in this order.
    design : StudyDesign
        Whose questionnaires they are.

    Returns
    -------
    DataFrame
        Index client_id; a column a score, in the order of
        ``design.score_columns``; NaN where missing.
    """
    scores = {}
    for instrument in design.instruments:
        table = items[instrument.key]
        values = score(
            instrument, table[list(instrument.columns)].to_numpy(dtype=np.float64)
        )
        by_client = pd.Series(values, index=[table["client_id"], table["month"]])
        for month in instrument.months:
            wanted = pd.MultiIndex.from_product([list(clients), [month]])
            column = by_client.reindex(wanted).to_numpy()
            scores[instrument.score_column(month)] = column
    frame = pd.DataFrame(scores, index=pd.Index(list(clients), name="client_id"))
    return frame[list(design.score_columns)]
