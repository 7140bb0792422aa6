"""Window means of fidelity as linear functions of the assessment totals.

A team's daily score lies on the line between two assessments, so a mean of daily
scores is a weighted sum of the totals. The weights depend on days alone: they are
computed once, before any total is chosen.
"""

import numpy as np

from generator.calendar import Calendar
from generator.layout import WINDOWS, Array, Whole
from generator.shipped import ALLIANCE_MONTHS, INTERVIEW_MONTHS
from smcm.design.instruments import label

Weights = dict[str, Array]


def window_weights(calendar: Calendar) -> Weights:
    """Weights of all assessments in every client's window means.

    Returns
    -------
    dict of str to ndarray, shape (n_clients, n_assessments)
        By exposure column, for example ``"fid180_4.5"``; rows sum to 1. Assessments
        stand team after team.
    """
    return {
        f"fid{days}_{label(month)}": _weights(
            calendar, calendar.interview[:, INTERVIEW_MONTHS.index(month)], days
        )
        for days in WINDOWS
        for month in ALLIANCE_MONTHS
    }


def _weights(calendar: Calendar, end: Whole, length: int) -> Array:
    counts = [days.size for days in calendar.assessment]
    weights = np.zeros((end.size, sum(counts)))
    first = 0
    for team, days in enumerate(calendar.assessment):
        clients = np.flatnonzero(calendar.team == team)
        columns = slice(first, first + days.size)
        weights[clients, columns] = _mean_weights(days, end[clients], length)
        first += days.size
    return weights


def _mean_weights(assessed: Whole, end: Whole, length: int) -> Array:
    """Weights of one team's assessments, shape (n_clients, n_assessments).

    A window is the `length` days before `end`; days before the first assessment
    carry no score and do not count.
    """
    if end.max() > assessed[-1] + 1:
        raise ValueError("A window reaches past the team's last assessment.")
    daily = np.arange(assessed[0], assessed[-1] + 1)
    shares = np.column_stack(
        [np.interp(daily, assessed, row) for row in np.eye(assessed.size)]
    )
    summed = np.vstack([np.zeros(assessed.size), np.cumsum(shares, axis=0)])
    start = np.maximum(end - length, assessed[0]) - assessed[0]
    stop = end - assessed[0]
    means: Array = (summed[stop] - summed[start]) / (stop - start)[:, None]
    return means
