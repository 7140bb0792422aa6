"""Clients drawn at random: no count and no mean of theirs is aimed at print."""

import numpy as np
import pandas as pd

from generator.calendar import Calendar
from generator.covariates import ADVERSITIES, AGES, FRENCH_SPEAKING
from generator.design import CohortDesign
from generator.layout import Whole

AGE, ADVERSITY = (38.0, 12.0), (3.5, 2.6)  # mean and SD before rounding
SHARES: dict[str, dict[str | int, float]] = {
    "gender": {"female": 0.40, "male": 0.57, "another": 0.03},
    "ethnocultural": {
        "white": 0.62,
        "indigenous": 0.12,
        "black": 0.09,
        "asian": 0.08,
        "latin_american": 0.04,
        "middle_eastern": 0.02,
        "another": 0.03,
    },
    "diagnosis": {
        "schizophrenia": 0.50,
        "bipolar": 0.20,
        "borderline": 0.12,
        "other": 0.18,
    },
    "education": {1: 0.40, 2: 0.32, 3: 0.22, 4: 0.06},
    "employed": {0: 0.78, 1: 0.22},
    "housed": {0: 0.30, 1: 0.70},
    "hospitalized": {0: 0.65, 1: 0.35},
}
FRENCH = {True: 0.85, False: 0.06}  # share who choose French, by whether in Quebec


def draw_characteristics(design: CohortDesign, calendar: Calendar) -> pd.DataFrame:
    """Draw the characteristics at entry, one row per client."""
    rng, n = design.rng("covariates"), design.n_clients
    columns: dict[str, object] = {
        "age": _whole_numbers(rng, n, AGE, AGES),
        "ace": _whole_numbers(rng, n, ADVERSITY, ADVERSITIES),
    }
    for name, shares in SHARES.items():
        drawn = rng.choice(len(shares), n, p=list(shares.values()))
        columns[name] = pd.Series(list(shares)).iloc[drawn].to_numpy()
    in_quebec = np.array(design.provinces)[calendar.site - 1] == FRENCH_SPEAKING
    chance = np.where(in_quebec, FRENCH[True], FRENCH[False])
    columns["language"] = np.where(rng.random(n) < chance, "french", "english")
    return pd.DataFrame(columns)


def _whole_numbers(
    rng: np.random.Generator, n: int, shape: tuple[float, float], ends: tuple[int, int]
) -> Whole:
    drawn = np.round(rng.normal(*shape, n))
    return np.clip(drawn, *ends).astype(np.int64)
