"""GRIM, GRIMMER and DEBIT against every sample of whole numbers there is."""

import math
from itertools import combinations_with_replacement

import numpy as np
import pytest

from smcm.stats.audit.granular import (
    Whole,
    debit,
    grim,
    grimmer,
    informative,
    sd_bounds,
)
from smcm.stats.audit.rounding import read_printed

FREE = {"low": -math.inf, "high": math.inf}


def box(value, decimals=2):
    return read_printed(f"{value:.{decimals}f}").interval


# From the example in the documentation of the R package scrutiny, and from the paper.
@pytest.mark.parametrize(
    ("mean", "n", "holds"),
    [
        ("7.22", 32, True),
        ("4.74", 25, False),
        ("5.23", 29, False),
        ("2.57", 24, False),
        ("5.19", 28, False),
    ],
)
def test_grim_of_published_examples(mean, n, holds):
    assert bool(grim(read_printed(mean).interval, Whole(n=n))) is holds


@pytest.mark.parametrize("n", range(2, 60))
def test_grim_leaves_what_counting_leaves(n):
    possible = {k / (2 * n) for k in range(4 * n + 1)}
    for hundredths in range(201):
        mean = box(hundredths / 100)
        real = any(value in mean for value in possible)
        assert bool(grim(mean, Whole(n=n, items=2))) == real


@pytest.mark.parametrize(("n", "top"), [(2, 6), (3, 6), (5, 5), (7, 3)])
@pytest.mark.parametrize("decimals", [1, 2])
def test_no_sample_of_whole_numbers_is_ever_excluded(n, top, decimals):
    real = set()
    for sample in combinations_with_replacement(range(top + 1), n):
        mean, sd = np.mean(sample), np.std(sample, ddof=1)
        real.add((round(mean, decimals), round(sd, decimals)))
        for whole in (Whole(n=n), Whole(n=n, low=0, high=top)):
            assert grimmer(box(mean, decimals), box(sd, decimals), whole), sample
        assert sd in sd_bounds(box(mean), Whole(n=n, low=0, high=top))
    bounded = Whole(n=n, low=0, high=top)
    unit = 10**decimals
    pairs = [
        (m / unit, s / unit)
        for m in range(0, top * unit + 1, 3)
        for s in range(0, top * unit + 1, 7)
    ]
    fails = {
        pair
        for pair in pairs
        if not grimmer(box(pair[0], decimals), box(pair[1], decimals), bounded)
    }
    assert fails
    assert not fails & real


@pytest.mark.parametrize("items", [2, 3])
def test_means_of_items_are_never_excluded(items):
    rng = np.random.default_rng(items)
    for _ in range(300):
        answers = rng.integers(1, 6, size=(int(rng.integers(2, 30)), items))
        scores = answers.mean(axis=1)
        whole = Whole(n=len(scores), items=items, low=1, high=5)
        assert grimmer(box(scores.mean()), box(scores.std(ddof=1)), whole)


def test_grimmer_is_the_three_tests_of_the_analytic_version():
    """Restated without shortcuts, over all means and SDs of two decimals."""
    n = 9
    for m in range(100, 200, 3):
        for s in range(20, 200, 7):
            mean, sd = box(m / 100), box(s / 100)
            real = any(
                (squares + total) % 2 == 0
                and squares >= total**2 / n
                and math.sqrt(max(squares - total**2 / n, 0) / (n - 1)) in sd
                for total in range(3 * n)
                if total / n in mean
                for squares in range(400)
            )
            assert grimmer(mean, sd, Whole(n=n)) == real


@pytest.mark.parametrize("n", [2, 5, 11, 20, 23])
def test_debit_leaves_what_zeros_and_ones_leave(n):
    samples = [np.r_[np.ones(k), np.zeros(n - k)] for k in range(n + 1)]
    real = [(s.mean(), s.std(ddof=1)) for s in samples]
    for m in range(101):
        for s in range(0, 72):
            mean, sd = box(m / 100), box(s / 100)
            expected = any(a in mean and b in sd for a, b in real)
            assert debit(mean, sd, n) == expected


def test_debit_of_the_example_in_scrutiny():
    assert not debit(box(0.35), box(0.18), 20)


def test_a_planted_sd_is_caught():
    whole = Whole(n=20, low=1, high=5)
    assert grimmer(box(3.0), box(2.05), whole)
    assert not grimmer(box(3.0), box(2.10), whole)
    assert 2.1 not in sd_bounds(box(3.0), whole)


@pytest.mark.parametrize(("n", "decimals", "can"), [(99, 2, True), (311, 1, False)])
def test_large_samples_say_nothing(n, decimals, can):
    assert informative(box(3.0, decimals), Whole(n=n)) is can


def test_a_mean_outside_the_scale_is_none():
    assert not grim(box(5.2), Whole(n=10, low=1, high=5))
    assert sd_bounds(box(5.2), Whole(n=10, low=1, high=5)).empty


def test_one_person_has_no_sd():
    assert not grimmer(box(3.0), box(0.0), Whole(n=1))
    assert not debit(box(1.0), box(0.0), 1)
