"""Which counts of persons a page withholds, so that no small one follows from it.

A page writes "not shown" for all of them: "fewer than 10" beside one and not beside the
next would say which of the two is small, and that its range ends at 9.
"""

import sys
from collections.abc import Iterable, Sequence

Count = int | None
"""A count of persons; None where it is withheld."""
FEWEST_CLIENTS = 10  # that a count, a mark or a mean of real data rests on
NOT_SHOWN = sys.maxsize  # as the smallest count to show: every count is withheld
DECIMALS = 1  # of a mean or an SD over a number of persons that is withheld


def withheld(counts: Sequence[int], fewest: int) -> frozenset[int]:
    """Choose the cells of one block, of which the sum is known, to withhold.

    Counts from 1 to below `fewest` go first. One of them alone would follow from the
    sum, and so would the bound of a few that add up to little: the next smallest go
    too, until two or more add up to `fewest`.

    Parameters
    ----------
    counts : sequence of int
        Every cell that adds up to the sum, 0 or more.
    fewest : int
        Smallest count that may be shown; 0 withholds nothing.

    Returns
    -------
    frozenset of int
        Places in `counts`; empty where every count may be shown. All cells that are
        not empty where no choice of them suffices.
    """
    if fewest == NOT_SHOWN:
        return frozenset(range(len(counts)))
    hidden = {k for k, n in enumerate(counts) if 0 < n < fewest}
    others = sorted((n, k) for k, n in enumerate(counts) if n and k not in hidden)
    while hidden and not _enough(counts, hidden, fewest):
        if not others:
            return frozenset(range(len(counts)))
        hidden.add(others.pop(0)[1])
    return frozenset(hidden)


def shown(counts: Sequence[int], fewest: int) -> tuple[Count, ...]:
    """Give the cells of one block, None for those that are `withheld`."""
    hidden = withheld(counts, fewest)
    return tuple(None if k in hidden else n for k, n in enumerate(counts))


def shown_shares(counts: Sequence[int], among: int, fewest: int) -> tuple[Count, ...]:
    """Give counts out of the same persons each, whose sum is known.

    A count says also how many are without: neither may be small.

    Parameters
    ----------
    counts : sequence of int
    among : int
        Persons that each count is out of.
    fewest : int
        Smallest count that may be shown; 0 withholds nothing.
    """
    both = (counts, [among - n for n in counts])
    hidden = {k for part in both for k in withheld(part, fewest)}
    others = sorted(
        set(range(len(counts))) - hidden, key=lambda k: min(p[k] for p in both)
    )
    while hidden and others and not all(_enough(p, hidden, fewest) for p in both):
        hidden.add(others.pop(0))
    return tuple(None if k in hidden else n for k, n in enumerate(counts))


def shown_part(n: int, among: int, fewest: int) -> Count:
    """Give how many out of some persons, unless these or the others are a few."""
    return shown((n, among - n), fewest)[0]


def shown_chain(counts: Sequence[int], among: int, fewest: int) -> tuple[Count, ...]:
    """Give counts of persons of whom each includes the one before.

    The difference of two that are shown counts persons too, as do those that the last
    one leaves out: none of these is small.

    Parameters
    ----------
    counts : sequence of int
        From the fewest to the most.
    among : int
        Persons that they are out of.
    fewest : int
        Smallest count that may be shown; 0 withholds nothing.
    """
    found: list[Count] = []
    last = 0
    for n in counts:
        apart = n - last == 0 or n - last >= fewest
        fits = fewest != NOT_SHOWN and apart and (n == among or among - n >= fewest)
        last = n if fits else last
        found.append(n if fits else None)
    return tuple(found)


def as_shown(value: float, n: Count) -> float:
    """Give a mean or an SD, rounded where `n`, the number of its persons, is withheld.

    A mean of whole numbers with all its digits is a fraction that tells how many they
    are. With one decimal, ten persons and more can have it in any number.
    """
    return round(value, DECIMALS) if n is None else value


def _enough(counts: Sequence[int], hidden: Iterable[int], fewest: int) -> bool:
    found = [counts[k] for k in hidden]
    return len(found) > 1 and sum(found) >= fewest
