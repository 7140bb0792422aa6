"""Stage 9: answers to single items that add up to exactly the scores.

A client's answers lie around his or her mean answer: some items are easier than
others, a client leans to some items on every occasion, and answers waver. How much
they waver is set so that the internal consistency is that of the literature.
"""

from collections.abc import Mapping

import numpy as np

from generator.layout import GRID, Array, Whole
from generator.shipped import MCAS, QOLI20, RPRS, SCORE_COLUMNS, THS
from smcm.design.instruments import Instrument

# Cronbach's alpha as validation studies report it.
ALPHAS: Mapping[str, float] = {
    RPRS.key: 0.97,
    QOLI20.key: 0.895,
    THS.key: 0.85,
    MCAS.key: 0.88,
}
ALPHA_VARIES = 0.006  # standard deviation over occasions
EASINESS = 0.08  # standard deviation of item means, in units of the answer range
STABLE = 0.5  # share of a client's leaning to an item that lasts
BISECTIONS = 16
SHIFT_HALVINGS = 50
NOISE = (0.05, 5.0)  # smallest and largest wavering, in points of an answer


def cronbach_alpha(items: Array | Whole) -> float:
    """Measure how consistent complete answers are, shape (n_clients, n_items)."""
    k = items.shape[1]
    of_items = items.var(axis=0, ddof=1).sum()
    of_sum = items.sum(axis=1).var(ddof=1)
    return float(k / (k - 1) * (1 - of_items / of_sum))


def item_sums(scores: Array, instrument: Instrument, place: int) -> Whole:
    """Turn scores into the sums of answers that give the scores, shape (n_clients,)."""
    return GRID.steps(scores)[:, place] + instrument.n_items * instrument.low


def make_items(
    scores: Array, instrument: Instrument, rng: np.random.Generator
) -> dict[float, Whole]:
    """Make the answers to one questionnaire at each of its interviews.

    Parameters
    ----------
    scores : ndarray, shape (n_clients, n_scores)
        On the grid.

    Returns
    -------
    dict of float to ndarray, shape (n_clients, n_items)
        By month.
    """
    n, k = scores.shape[0], instrument.n_items
    easiness = rng.normal(0, EASINESS * (instrument.high - instrument.low), k)
    leaning = rng.normal(size=(n, k))
    answers = {}
    for month in instrument.months:
        place = SCORE_COLUMNS.index(instrument.score_column(month))
        sums = item_sums(scores, instrument, place)
        waver = np.sqrt(STABLE) * leaning
        waver += np.sqrt(1 - STABLE) * rng.normal(size=(n, k))
        alpha = ALPHAS[instrument.key] + rng.normal(0, ALPHA_VARIES)
        answers[month] = _with_alpha(sums, easiness, waver, instrument, alpha)
    return answers


def _with_alpha(
    sums: Whole, easiness: Array, waver: Array, instrument: Instrument, alpha: float
) -> Whole:
    """Answers with these sums that waver just enough for this alpha."""
    low, high = NOISE
    for _ in range(BISECTIONS):
        noise = (low + high) / 2
        answers = allocate(easiness + noise * waver, sums, instrument)
        if cronbach_alpha(answers) > alpha:
            low = noise
        else:
            high = noise
    return answers


def allocate(profile: Array, sums: Whole, instrument: Instrument) -> Whole:
    """Whole answers that follow each client's profile and add up to the sum.

    The profile is shifted until its values, held within the scale, have the sum; of
    the rounded-down answers those that lost most get one point back.

    Parameters
    ----------
    profile : ndarray, shape (n_clients, n_items)
    sums : ndarray of int, shape (n_clients,)

    Returns
    -------
    ndarray of int, shape (n_clients, n_items)
    """
    ends = float(instrument.low), float(instrument.high)
    low = ends[0] - profile.max(axis=1) - 1
    high = ends[1] - profile.min(axis=1) + 1
    for _ in range(SHIFT_HALVINGS):
        shift = (low + high) / 2
        short = np.clip(profile + shift[:, None], *ends).sum(axis=1) < sums
        low, high = np.where(short, shift, low), np.where(short, high, shift)
    real = np.clip(profile + high[:, None], *ends)
    whole = np.floor(real + 1e-9)
    owed = sums - whole.sum(axis=1)
    rank = np.argsort(np.argsort(whole - real, axis=1, kind="stable"), axis=1)
    answers: Whole = (whole + (rank < owed[:, None])).astype(np.int64)
    return answers
