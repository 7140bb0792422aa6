"""p from test statistics: tables, scipy's distributions, statcheck's own cases."""

import numpy as np
import pytest
from scipy import stats

from smcm.stats.audit.interval import Interval
from smcm.stats.audit.recompute import (
    StatisticKind,
    decides_otherwise,
    p_value,
    recomputed,
    statistic_and_p,
)
from smcm.stats.audit.rounding import read_printed

# Cases that the tests of statcheck (Nuijten and Epskamp) hold to be errors, errors of
# decision, or none: statistic, df, its text, the text of p.
ERRORS = [
    ("t", (28,), "2.20", ".03"),
    ("F", (2, 28), "2.20", ".15"),
    ("r", (28,), ".22", ".26"),
    ("chi2", (28,), "22.20", ".79"),
    ("z", (), "2.20", ".04"),
    ("t", (28,), "-2.20", ".03"),
    ("t", (28,), "2.20", ">.05"),
]
DECISIONS = [
    ("t", (28,), "2.20", ".06"),
    ("t", (28,), "1.20", ".03"),
    ("F", (2, 28), "22.20", ".06"),
    ("F", (2, 28), "2.20", ".03"),
    ("r", (28,), ".22", ".03"),
    ("r", (28,), ".52", ".06"),
    ("chi2", (28,), "2.20", ".03"),
    ("chi2", (28,), "52.20", ".06"),
    ("z", (), "1.20", ".03"),
    ("z", (), "2.20", ".06"),
]
SOUND = [
    ("z", (), "-2.42", "0.016"),
    ("t", (28,), "2.0", "<.05"),
    ("t", (28,), "2.20", ".036"),
]


def read(statistic, df, text, p):
    boxes = (read_printed(text).interval, read_printed(p).interval)
    return *boxes, StatisticKind(statistic=statistic, df=df)


@pytest.mark.parametrize("case", ERRORS + DECISIONS)
def test_what_statcheck_calls_an_error_cannot_hold(case):
    statistic, p, kind = read(*case)
    assert not statistic_and_p(statistic, p, kind).possible


@pytest.mark.parametrize("case", SOUND)
def test_what_statcheck_calls_sound_can_hold(case):
    statistic, p, kind = read(*case)
    assert statistic_and_p(statistic, p, kind).possible
    assert not decides_otherwise(statistic, p, kind)


@pytest.mark.parametrize("case", DECISIONS)
def test_errors_of_decision_are_those_of_statcheck(case):
    assert decides_otherwise(*read(*case))


@pytest.mark.parametrize("case", [*ERRORS[:2], ERRORS[4]])
def test_an_error_need_not_change_the_decision(case):
    assert not decides_otherwise(*read(*case))


@pytest.mark.parametrize(
    ("kind", "size", "expected"),
    [
        (StatisticKind(statistic="t", df=(10,)), 2.228139, 0.05),
        (StatisticKind(statistic="t", df=(10,), tails=1), 1.812461, 0.05),
        (StatisticKind(statistic="F", df=(2, 20)), 3.492828, 0.05),
        (StatisticKind(statistic="z"), 1.959964, 0.05),
        (StatisticKind(statistic="chi2", df=(3,)), 7.814728, 0.05),
        (StatisticKind(statistic="r", df=(18,)), 0.443763, 0.05),
        (StatisticKind(statistic="z", comparisons=3), 1.959964, 0.15),
        (StatisticKind(statistic="z", comparisons=30), 1.959964, 1.0),
        (StatisticKind(statistic="r", df=(18,)), 1.0, 0.0),
    ],
)
def test_tables_of_critical_values(kind, size, expected):
    assert p_value(size, kind) == pytest.approx(expected, abs=1e-6)


def test_correlations_have_the_p_of_pearsonr():
    rng = np.random.default_rng(1)
    x, y = rng.normal(size=(2, 15))
    found = stats.pearsonr(x, y)
    kind = StatisticKind(statistic="r", df=(13,))
    assert p_value(abs(found.statistic), kind) == pytest.approx(found.pvalue)


@pytest.mark.parametrize("seed", range(12))
def test_a_true_test_is_always_left(printed, seed):
    rng = np.random.default_rng(seed)
    for _ in range(40):
        name = rng.choice(["t", "F", "z", "chi2", "r"])
        df = {"F": tuple(rng.integers(1, 90, 2)), "z": ()}.get(
            name, (rng.integers(2, 90),)
        )
        kind = StatisticKind(
            statistic=name,
            df=df,
            tails=rng.choice([1, 2]),
            comparisons=rng.choice([1, 3]),
        )
        value = rng.uniform(-1, 1) if name == "r" else rng.normal() * 2
        value = abs(value) if name in ("F", "chi2") else value
        p = p_value(abs(value), kind)
        places = rng.integers(1, 4)
        up = rng.random() < 0.5
        found = statistic_and_p(printed(value, places, up), printed(p, 3, up), kind)
        assert abs(value) in found.ranges["statistic"]
        assert p in found.ranges["p"]
        assert p in recomputed(printed(value, places, up), kind)


def test_one_sided_p_is_told_from_two_sided():
    statistic, p = read_printed("1.80").interval, read_printed(".040").interval
    two = StatisticKind(statistic="t", df=(40,))
    one = StatisticKind(statistic="t", df=(40,), tails=1)
    assert not statistic_and_p(statistic, p, two).possible
    assert statistic_and_p(statistic, p, one).possible


def test_p_equal_to_alpha_counts_as_below():
    kind = StatisticKind(statistic="z")
    assert decides_otherwise(Interval(1.0, 1.1), Interval.at(0.05), kind)
