"""Scores from a linear model whose coefficients are known: no calibration.

Entry scores hang on the covariates; the alliance on covariates and fidelity; a later
outcome on covariates, fidelity, the alliance before it and the outcome at entry. What
is left of each score has parts of the team, of the case manager and of the client.
Each score is put on its questionnaire's grid before anything hangs on it, so that the
coefficients are those between the scores as they can be written down.
"""

import numpy as np

from generator.calendar import Calendar
from generator.effects import Effects
from generator.layout import GRID, N_SCORES, PLACE, Array
from generator.shipped import (
    ALLIANCE_BEFORE,
    ALLIANCE_MONTHS,
    BASELINE,
    EIGHT_MODELS,
    HORIZONS,
    MAIN_WINDOW,
    MCAS,
    OUTCOME_MONTHS,
    OUTCOMES,
    PGI,
    QOLI20,
    RPRS,
    SCORE_COLUMNS,
    SHARED_COVARIATES,
    THS,
)
from smcm.design.instruments import Instrument, label

# Mean at each interview, and SD of what the model leaves, in points of the score.
MEANS = {
    RPRS.key: (62.0, 63.0),
    QOLI20.key: (82.0, 86.0, 88.0),
    PGI.key: (45.0, 49.0, 50.0),
    THS.key: (40.0, 41.0, 42.0),
    MCAS.key: (60.0, 60.0, 58.0),
}
SPREADS = {RPRS.key: 15.0, QOLI20.key: 14.0, PGI.key: 15.0, THS.key: 7.0, MCAS.key: 7.0}
FIDELITY = 28.0  # at which the means above hold
STABILITY = 0.5  # points of a later outcome per point at entry
COVARIATE_SPREAD = 0.08  # SD of the slopes on covariates, both standardized
TEAM_SHARE, MANAGER_SHARE = 0.02, 0.05  # of the variance that the model leaves
OCCASION_SHARE, LASTING_SHARE = 0.3, 0.2  # of the client's part: interview, scale


def draw_scores(
    effects: Effects, background: Array, calendar: Calendar, rng: np.random.Generator
) -> Array:
    """Draw all scores.

    Parameters
    ----------
    effects : Effects
        Put in exactly; chance alone parts them from the estimates.
    background : ndarray, shape (n_clients, n_background)
        As in `layout.BACKGROUND`.

    Returns
    -------
    ndarray, shape (n_clients, n_scores)
        On the grid; columns `generator.shipped.SCORE_COLUMNS`.
    """
    start = _levels() + _of_covariates(background, rng) + _residuals(calendar, rng)
    scores = np.zeros_like(start)

    def place(instrument: Instrument, month: float) -> int:
        return SCORE_COLUMNS.index(instrument.score_column(month))

    def put(at: int, more: Array | float) -> None:
        scores[:, at] = _on_grid(start[:, at] + more, at)

    for outcome in OUTCOMES:
        put(place(outcome, BASELINE), 0.0)
    for horizon in HORIZONS:
        month = ALLIANCE_BEFORE[horizon]
        x = background[:, PLACE[f"fid{MAIN_WINDOW}_{label(month)}"]] - FIDELITY
        alliance = place(RPRS, month)
        put(alliance, effects.a[label(month)] * x)
        m = scores[:, alliance] - _levels()[alliance]
        for model in EIGHT_MODELS:
            if model.horizon == horizon:
                entry = place(model.outcome, BASELINE)
                true, before = effects.of(model), scores[:, entry] - _levels()[entry]
                more = true["direct"] * x + true["b"] * m + STABILITY * before
                put(place(model.outcome, horizon), more)
    return scores


def _levels() -> Array:
    """Mean of each score, shape (n_scores,)."""
    of = {
        instrument.score_column(month): mean
        for instrument in (RPRS, *OUTCOMES)
        for month, mean in zip(instrument.months, MEANS[instrument.key], strict=True)
    }
    return np.array([of[column] for column in SCORE_COLUMNS])


def _spreads() -> Array:
    """Residual SD of each score, shape (n_scores,)."""
    return np.array([SPREADS[c.rpartition("_")[0]] for c in SCORE_COLUMNS])


def _of_covariates(background: Array, rng: np.random.Generator) -> Array:
    """Parts that hang on the covariates, shape (n_clients, n_scores)."""
    shared = background[:, : len(SHARED_COVARIATES)]
    spread = shared.std(axis=0)
    centred = shared - shared.mean(axis=0)
    standard = centred / np.where(spread > 0, spread, 1.0)  # a single site: all 0
    slopes = rng.normal(0, COVARIATE_SPREAD, (shared.shape[1], N_SCORES))
    parts: Array = (standard @ slopes) * _spreads()
    return parts


def _residuals(calendar: Calendar, rng: np.random.Generator) -> Array:
    """Parts of team, case manager and client, shape (n_clients, n_scores)."""
    n, n_teams = calendar.team.size, calendar.team_site.size
    months = [float(column.rpartition("_")[2]) for column in SCORE_COLUMNS]
    scales = [column.rpartition("_")[0] for column in SCORE_COLUMNS]
    occasions = sorted({*OUTCOME_MONTHS, *ALLIANCE_MONTHS})
    occasion = rng.normal(size=(n, len(occasions)))
    lasting = rng.normal(size=(n, len(SPREADS)))
    own = 1 - OCCASION_SHARE - LASTING_SHARE
    client = (
        np.sqrt(OCCASION_SHARE) * occasion[:, [occasions.index(m) for m in months]]
        + np.sqrt(LASTING_SHARE) * lasting[:, [list(SPREADS).index(s) for s in scales]]
        + np.sqrt(own) * rng.normal(size=(n, N_SCORES))
    )
    # What lasts comes into a later outcome through the outcome at entry already.
    entry = [month == BASELINE for month in months]
    client[:, entry] = rng.normal(size=(n, sum(entry)))
    team = rng.normal(size=(n_teams, N_SCORES))[calendar.team]
    manager = rng.normal(size=(calendar.n_managers, N_SCORES))[calendar.manager]
    parts: Array = _spreads() * (
        np.sqrt(TEAM_SHARE) * team
        + np.sqrt(MANAGER_SHARE) * manager
        + np.sqrt(1 - TEAM_SHARE - MANAGER_SHARE) * client
    )
    return parts


def _on_grid(values: Array, place: int) -> Array:
    low, high, step = GRID.low[place], GRID.high[place], GRID.step[place]
    on_grid: Array = low + step * np.round((np.clip(values, low, high) - low) / step)
    return on_grid
