"""Which cells of a block are withheld: held against every solution, counted out."""

from itertools import combinations_with_replacement, pairwise, product

import pytest

from smcm.stats.small_counts import (
    NOT_SHOWN,
    as_shown,
    shown,
    shown_chain,
    shown_part,
    shown_shares,
)

FEWEST = 4


def greatest(cells, kept):
    """Give the greatest value of each withheld cell, trying all that fit the sum."""
    places = [k for k, n in enumerate(kept) if n is None]
    total = sum(cells[k] for k in places)
    tried = product(range(total + 1), repeat=len(places))
    return [
        max(column)
        for column in zip(*(t for t in tried if sum(t) == total), strict=True)
    ]


@pytest.mark.parametrize("cells", list(product(range(6), repeat=3)))
def test_every_cell_withheld_may_be_as_large_as_the_threshold(cells):
    kept = shown(cells, FEWEST)
    assert all(n is None or n == 0 or n >= FEWEST for n in kept)
    assert all(n in (None, true) for n, true in zip(kept, cells, strict=True))
    if None in kept and sum(cells) >= FEWEST:
        assert min(greatest(cells, kept)) >= FEWEST


@pytest.mark.parametrize("counts", list(product(range(0, 11, 2), repeat=3)))
def test_neither_those_with_nor_those_without_are_a_few(counts):
    kept = shown_shares(counts, 10, FEWEST)
    assert all(n in (None, 0, 10) or FEWEST <= n <= 10 - FEWEST for n in kept)
    assert kept.count(None) != 1


@pytest.mark.parametrize("counts", list(combinations_with_replacement(range(11), 3)))
def test_no_two_counts_of_a_chain_differ_by_a_few(counts):
    kept = [n for n in shown_chain(counts, 10, FEWEST) if n is not None]
    steps = [b - a for a, b in pairwise([0, *kept, 10])]
    assert all(step == 0 or step >= FEWEST for step in steps)
    assert set(kept) <= set(counts)
    if all(b - a == 0 or b - a >= FEWEST for a, b in pairwise([0, *counts, 10])):
        assert kept == list(counts)


def test_of_a_part_no_count_of_a_chain_is_shown():
    assert shown_chain((0, 20, 60), 60, NOT_SHOWN) == (None, None, None)
    assert shown_chain((1, 2, 3), 60, 0) == (1, 2, 3)


@pytest.mark.parametrize("n", range(10, 40))
def test_a_mean_that_is_shown_fits_any_number_of_ten_persons_and_more(n):
    """With all its digits, a mean of whole numbers fits but few numbers of persons."""
    mean = (7 * n + 3) / n
    kept = as_shown(mean, None)
    for other in range(10, 60):
        fits = {round(total / other, 1) for total in range(5 * other, 9 * other)}
        assert kept in fits
    assert as_shown(mean, n) == mean


def test_counts_of_invented_clients_are_all_shown():
    assert shown((1, 2, 0), 0) == (1, 2, 0)
    assert shown_shares((1, 2, 0), 3, 0) == (1, 2, 0)
    assert shown_part(1, 300, 0) == 1


def test_of_a_part_no_count_is_shown():
    assert shown((50, 60, 0), NOT_SHOWN) == (None, None, None)
    assert shown_part(0, 60, NOT_SHOWN) is None
