"""Stage 10: interviews missed, questionnaires refused, single items skipped.

Who is missed depends on what is known before: covariates, baseline scores and earlier
attendance, never on the answers that are lost. The number of missing scale scores is
exact. Single items are skipped at random and never so many that a score is lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import special

from generator.design import CohortDesign
from generator.layout import PLACE, Array, Mask, month_of
from generator.shipped import INTERVIEW_MONTHS, SCORE_COLUMNS
from smcm.design.instruments import ANSWERED_SHARE, Instrument

# Standardized reasons, all known at the first interview.
REASONS = {
    "hospitalized": 0.25,
    "age": -0.25,
    "housed": -0.20,
    "qoli20_0": -0.20,
    "mcas_0": -0.15,
}
MISSED_BEFORE = 1.2  # more likely, on the logit scale, after an earlier miss
AT_BASELINE = 0.003  # share of each scale refused at the first interview


@dataclass(frozen=True, slots=True)
class Gaps:
    """What is not there.

    Attributes
    ----------
    held : ndarray of bool, shape (n_clients, n_interviews)
    answered : ndarray of bool, shape (n_clients, n_scores)
        Whether the questionnaire was answered at that interview.
    """

    held: Mask
    answered: Mask


def make_gaps(design: CohortDesign, data: Array) -> Gaps:
    """Choose which interviews and which questionnaires are missing.

    Parameters
    ----------
    data : ndarray, shape (n_clients, n_columns)
        Columns as in `layout.COLUMNS`.
    """
    rng = design.rng("gaps")
    held = _held(rng, data, design.missed)
    at = [INTERVIEW_MONTHS.index(month_of(column)) for column in SCORE_COLUMNS]
    answered = held[:, at]
    to_refuse = design.missing_scores - int((~answered).sum())
    for place, count in enumerate(_refusals(to_refuse, answered)):
        present = np.flatnonzero(answered[:, place])
        answered[rng.choice(present, count, replace=False), place] = False
    return Gaps(held, answered)


def _held(rng: np.random.Generator, data: Array, missed: Mapping[float, float]) -> Mask:
    """Whether each client came to each interview."""
    n = data.shape[0]
    held = np.ones((n, len(INTERVIEW_MONTHS)), dtype=bool)
    columns = data[:, [PLACE[name] for name in REASONS]]
    standard = (columns - columns.mean(axis=0)) / columns.std(axis=0)
    pull = standard @ np.array(list(REASONS.values()))
    for k, month in enumerate(INTERVIEW_MONTHS):
        if month in missed:
            before = (~held).any(axis=1)
            drawn = special.logit(rng.random(n))
            rank = np.argsort(-(pull + MISSED_BEFORE * before + drawn))
            held[rank[: round(missed[month] * n)], k] = False
    return held


def _refusals(total: int, answered: Mask) -> list[int]:
    """How many more of each score are missing; they sum to `total`.

    A few at the first interview, the rest in proportion to what is missing already.

    Raises
    ------
    ValueError
        More scores are missing with the interviews than in all.
    """
    if total < 0:
        raise ValueError("The missed interviews alone lose too many scores.")
    missing = (~answered).sum(axis=0).astype(np.float64)
    share = np.where(missing > 0, missing, 0.0)
    first = np.where(missing > 0, 0.0, AT_BASELINE * answered.shape[0])
    wanted = first + (total - first.sum()) * share / share.sum()
    counts = np.floor(wanted).astype(np.int64)
    order = np.argsort(counts - wanted, kind="stable")
    counts[order[: total - int(counts.sum())]] += 1
    return [int(count) for count in counts]


def skipped_items(
    design: CohortDesign, instrument: Instrument, n_clients: int, part: int
) -> Mask:
    """Single items skipped, shape (n_clients, n_items).

    No client skips more than leave the score computable; of the index, whose areas
    each need a rating, nothing is skipped.
    """
    rng = design.rng("gaps", part)
    skipped = rng.random((n_clients, instrument.n_items)) < design.skipped_items
    if instrument.rule == "weighted":
        return np.zeros_like(skipped)
    most = int((1 - ANSWERED_SHARE) * instrument.n_items + 1e-9)
    skipped[skipped.sum(axis=1) > most] = False
    return skipped
