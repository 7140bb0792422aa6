"""Which number of a client stands in which column, and on which grid scores lie."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.shipped import (
    ALLIANCE_MONTHS,
    BY_KEY,
    EIGHT_MODELS,
    MAIN_WINDOW,
    OTHER_WINDOWS,
    PGI_POINTS,
    SCORE_COLUMNS,
    SHARED_COVARIATES,
)
from smcm.design.instruments import Instrument, label

Array = NDArray[np.float64]
Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]

WINDOWS = (MAIN_WINDOW, *OTHER_WINDOWS)
EXPOSURES = tuple(
    f"fid{days}_{label(month)}" for days in WINDOWS for month in ALLIANCE_MONTHS
)
BACKGROUND = (*SHARED_COVARIATES, *EXPOSURES)  # fixed before any score is drawn
COLUMNS = (*BACKGROUND, *SCORE_COLUMNS)
PLACE = {name: k for k, name in enumerate(COLUMNS)}
N_BACKGROUND = len(BACKGROUND)
N_SCORES = len(SCORE_COLUMNS)
PREDICTORS = len(SHARED_COVARIATES) + len(ALLIANCE_MONTHS)  # covariates, main windows
COVARIATE_PLACES = tuple(PLACE[name] for name in SHARED_COVARIATES)


def instrument_of(column: str) -> Instrument:
    """Questionnaire of a score column such as ``"rprs_4.5"``."""
    return BY_KEY[column.rpartition("_")[0]]


def month_of(column: str) -> float:
    """Month of a score column such as ``"rprs_4.5"``."""
    return float(column.rpartition("_")[2])


def _step(instrument: Instrument) -> float:
    if instrument.rule == "percent":
        return 100.0 / (instrument.n_items * (instrument.high - instrument.low))
    if instrument.rule == "weighted":
        return 100.0 / (PGI_POINTS * instrument.high)
    return 1.0


@dataclass(frozen=True, slots=True)
class Grid:
    """Values that the score columns can take: ``low + whole number * step``.

    Attributes
    ----------
    low, high, step : ndarray, shape (n_scores,)
        In points of the score.
    """

    low: Array
    high: Array
    step: Array

    def clip(self, scores: Array) -> Array:
        """Move scores beyond the ends to the ends."""
        clipped: Array = np.clip(scores, self.low, self.high)
        return clipped

    def steps(self, scores: Array) -> Whole:
        """Scores as whole steps above the lowest, shape of `scores`."""
        return np.round((scores - self.low) / self.step).astype(np.int64)


_INSTRUMENTS = [instrument_of(column) for column in SCORE_COLUMNS]
GRID = Grid(
    low=np.array([float(i.minimum) for i in _INSTRUMENTS]),
    high=np.array([float(i.maximum) for i in _INSTRUMENTS]),
    step=np.array([_step(i) for i in _INSTRUMENTS]),
)
MODEL_KEYS = tuple(model.key for model in EIGHT_MODELS)
