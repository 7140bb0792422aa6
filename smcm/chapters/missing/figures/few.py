"""Scores of which no figure shows the imputed values: too few clients lack them."""

from smcm.cohort.imputed_sets import Imputations
from smcm.design.instruments import SCORE_COLUMNS
from smcm.stats.small_counts import shown_shares


def withheld_scores(imputations: Imputations) -> frozenset[str]:
    """Give the scores of which it is not shown how many clients lack them.

    The mean of a few imputed values says how few they are, and so does a blank panel
    for the few alone: the scores are those whose counts are withheld together.
    """
    gaps = [imputations.imputed_values(name).shape[1] for name in SCORE_COLUMNS]
    cohort = imputations.cohort
    counts = shown_shares(gaps, cohort.n, cohort.fewest_shown)
    pairs = zip(SCORE_COLUMNS, counts, strict=True)
    return frozenset(name for name, count in pairs if count is None)
