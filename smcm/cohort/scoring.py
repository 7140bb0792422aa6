"""Item responses become scale scores, by rules that are declared."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smcm.design.instruments import (
    ANSWERED_SHARE,
    BY_KEY,
    INSTRUMENTS,
    PGI_AREAS,
    SCORE_COLUMNS,
    Instrument,
)

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
        Points of the scale; NaN where too little was answered. Sum scales need
        `ANSWERED_SHARE` of their items and then take the person's mean for the
        others. The index needs a rating for every area that holds points.
    """
    if instrument.rule == "weighted":
        return _weighted(answers)
    answered = np.isfinite(answers).sum(axis=-1)
    total = np.nansum(answers, axis=-1)
    mean = np.full(total.shape, np.nan)
    enough = answered >= ANSWERED_SHARE * instrument.n_items
    np.divide(total, answered, out=mean, where=enough)
    if instrument.rule == "percent":
        stretch = (instrument.maximum - instrument.minimum) / (
            instrument.high - instrument.low
        )
        return instrument.minimum + stretch * (mean - instrument.low)
    return mean * instrument.n_items


def _weighted(answers: Array) -> Array:
    """Ratings 0-10 weighted by shares of points, times 10 (Ruta et al. 1994)."""
    rating, points = answers[..., :PGI_AREAS], answers[..., PGI_AREAS:]
    given = np.nansum(points, axis=-1)
    lacking = ((points > 0) & np.isnan(rating)).any(axis=-1) | np.isnan(points).any(
        axis=-1
    )
    weighted = np.nansum(rating * points, axis=-1)
    index = np.full(given.shape, np.nan)
    np.divide(10.0 * weighted, given, out=index, where=~lacking & (given > 0))
    return index


def turned(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """Turn the reversed items of a table, so that higher answers mean more.

    Parameters
    ----------
    name : str
        Of the table; one of no questionnaire stays as it is.
    table : DataFrame
        Left as it is.
    """
    instrument = BY_KEY.get(name)
    if instrument is None or not instrument.reversed:
        return table
    ends = instrument.low + instrument.high
    return table.assign(
        **{item: ends - table[item] for item in instrument.reversed_columns}
    )


def scale_scores(
    items: Mapping[str, pd.DataFrame], clients: Sequence[str]
) -> pd.DataFrame:
    """Score every questionnaire at every interview that carries it.

    Parameters
    ----------
    items : mapping of DataFrame
        By instrument key: columns client_id, month and the items.
    clients : sequence of str
        Rows of the result, in this order.

    Returns
    -------
    DataFrame
        Index client_id; a column a score, in the order of
        `smcm.design.instruments.SCORE_COLUMNS`; NaN where missing.
    """
    scores = {}
    for instrument in INSTRUMENTS:
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
    return frame[list(SCORE_COLUMNS)]
