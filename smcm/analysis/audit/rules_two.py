"""Two means with their SDs, and the t or p of the test between them."""

import math

from smcm.analysis.audit.claims import Claim
from smcm.analysis.audit.pairs import (
    UNBOUNDED,
    design_of,
    of_all,
    rows_of_two,
    two_scores,
)
from smcm.analysis.audit.results import Check, Checked
from smcm.stats.audit.effects import (
    TwoScores,
    implied_correlation,
    possible_sd_of_difference,
    sd_of_difference,
    t_between,
)
from smcm.stats.audit.interval import Interval

NO_CORRELATION = "No correlation between the two measurements gives this t."
NOT_THIS_T = "Two groups of these sizes, means, and SDs give a different t."
OTHER_PEOPLE = "The means and SDs may be based on other people than the test."
OTHER_ERROR = "With so many df, the test is based on more than these people."


def two_means(claim: Claim) -> Check | None:
    """Check t, or else p, against two means and their SDs."""
    pair = two_scores(claim)
    if pair is None:
        return None
    if isinstance(pair, str):
        return Check(rule=design_of(claim), holds=None, notes=(pair,))
    if pair.t == UNBOUNDED:
        return None
    if not of_all(claim, pair) and claim.word("answered") == "some":
        return Check(rule=design_of(claim), holds=None, notes=(OTHER_PEOPLE,))
    wider = (claim.value("df") or 0.0) > pair.n1 + pair.n2 - 1
    if wider and claim.word("answered") != "all":
        return Check(rule=design_of(claim), holds=None, notes=(OTHER_ERROR,))
    return _paired(claim, pair) if pair.paired else _groups(claim, pair)


def _paired(claim: Claim, pair: TwoScores) -> Check:
    allowed = possible_sd_of_difference(pair)
    implied = sd_of_difference(pair) & allowed
    if not implied.empty:
        return Check(
            rule="paired",
            holds=True,
            numbers=tuple(Checked(row, row.interval) for row in rows_of_two(claim)),
            implied={
                "sd of the difference": implied,
                "correlation": implied_correlation(pair),
            },
        )
    n = math.sqrt(pair.n1)
    needed = Interval(
        pair.difference.low * n / allowed.high,
        pair.difference.high * n / allowed.low if allowed.low else math.inf,
    )
    return _other_t(claim, "paired", needed, NO_CORRELATION)


def _groups(claim: Claim, pair: TwoScores) -> Check:
    allowed = t_between(pair)
    if allowed.meets(pair.t):
        rows = (Checked(row, row.interval) for row in rows_of_two(claim))
        implied = {"size of t": allowed & pair.t}
        return Check(rule="groups", holds=True, numbers=tuple(rows), implied=implied)
    return _other_t(claim, "groups", allowed, NOT_THIS_T)


def _other_t(claim: Claim, rule: str, sizes: Interval, note: str) -> Check:
    """Give the range required of t; no mean or SD is solved for."""
    numbers = []
    for row in rows_of_two(claim):
        signed = -sizes if row.interval.high < 0.0 else sizes
        instead = signed if row.quantity.name == "t" else None
        numbers.append(Checked(row, None, instead))
    return Check(
        rule=rule,
        holds=False,
        numbers=tuple(numbers),
        implied={"size of t": sizes},
        notes=(note,),
    )
