"""What the scores look like where the printed numbers leave it open."""

import numpy as np

from generator.layout import N_SCORES, PREDICTORS, Array
from generator.shipped import (
    ALLIANCE_MONTHS,
    MCAS,
    OUTCOME_MONTHS,
    PGI,
    QOLI20,
    SCORE_COLUMNS,
    SHARED_COVARIATES,
    THS,
)

# Between occasions of one scale: first with second, first with third, last two.
STABILITY = {
    QOLI20.key: (0.55, 0.55, 0.80),
    PGI.key: (0.41, 0.33, 0.35),
    THS.key: (0.54, 0.46, 0.52),
    MCAS.key: (0.48, 0.50, 0.50),
}
ALLIANCE_STABILITY = 0.48
ALLIANCE_WITH_OUTCOME = 0.15
BETWEEN_SCALES = {
    frozenset((QOLI20.key, PGI.key)): 0.35,
    frozenset((QOLI20.key, THS.key)): 0.45,
    frozenset((QOLI20.key, MCAS.key)): 0.35,
    frozenset((PGI.key, THS.key)): 0.30,
    frozenset((PGI.key, MCAS.key)): 0.20,
    frozenset((THS.key, MCAS.key)): 0.25,
}
LATER = 0.65  # share of a correlation between scales left at another occasion
ALLIANCE_ON_FIDELITY = 0.16  # standardized


def _correlation(first: str, second: str) -> float:
    """Plausible correlation of two score columns."""
    (scale, _, month), (other, _, later) = first.rpartition("_"), second.rpartition("_")
    if first == second:
        return 1.0
    if "rprs" in (scale, other):
        return ALLIANCE_STABILITY if scale == other else ALLIANCE_WITH_OUTCOME
    if scale != other:
        between = BETWEEN_SCALES[frozenset((scale, other))]
        return between * (1.0 if month == later else LATER)
    occasions = {OUTCOME_MONTHS.index(float(month)), OUTCOME_MONTHS.index(float(later))}
    pairs = ({0, 1}, {0, 2}, {1, 2})
    return STABILITY[scale][pairs.index(occasions)]


def plausible_correlation() -> Array:
    """Correlations among the scores, shape (n_scores, n_scores)."""
    rows = [[_correlation(i, j) for j in SCORE_COLUMNS] for i in SCORE_COLUMNS]
    return np.array(rows)


def plausible_slopes(rng: np.random.Generator) -> Array:
    """Standardized slopes on covariates and windows, shape (n_scores, PREDICTORS).

    Small and of either sign for the covariates; fidelity moves the alliance alone.
    """
    slopes = np.zeros((N_SCORES, PREDICTORS))
    n_covariates = len(SHARED_COVARIATES)
    slopes[:, :n_covariates] = rng.normal(0, 0.07, (N_SCORES, n_covariates))
    slopes[:, SHARED_COVARIATES.index("site")] /= 2
    for k in range(len(ALLIANCE_MONTHS)):
        slopes[k, n_covariates + k] = ALLIANCE_ON_FIDELITY
    return slopes
