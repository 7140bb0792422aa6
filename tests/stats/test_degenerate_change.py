"""ICC and tests of change on ill-conditioned input: the exact answer, or a sentence."""

from fractions import Fraction
from math import sqrt

import numpy as np
import pytest

from smcm.errors import DegenerateDataError
from smcm.stats.change import paired_change, repeated_measures
from smcm.stats.icc import icc_anova
from smcm.stats.ols import fit_linear
from tests.stats.exact import OFFSETS, exact_icc, sample

EXACT = 1e-10  # relative; of 16 digits, six are left to the conditioning of the data


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e200, 1e-200])
@pytest.mark.parametrize("whole", [True, False], ids=["all", "one"])
def test_values_that_cannot_be_computed_with_are_refused(value, whole):
    x, _, y, _ = sample()
    bad = np.full(len(x), value) if whole else np.where(np.arange(len(x)), x, value)
    if not whole and abs(value) < 1:
        bad = x * value
    design, team = np.column_stack([np.ones(len(x)), x]), np.arange(len(x)) // 4
    calls = (
        lambda: fit_linear(np.column_stack([np.ones(len(x)), bad]), y),
        lambda: fit_linear(design, bad),
        lambda: icc_anova(bad, team),
        lambda: paired_change(x, bad),
        lambda: paired_change(bad, x),
        lambda: repeated_measures(np.column_stack([bad, bad])),
    )
    for call in calls:
        with pytest.raises(DegenerateDataError, match=r"missing or infinite|unit"):
            call()


@pytest.mark.parametrize("unit", [1e50, 1e-50])
def test_very_large_and_small_units_lose_nothing(unit):
    x, m, y, _ = sample()
    team = np.arange(len(x)) // 4
    design = np.column_stack([np.ones(len(x)), unit * x])
    t = fit_linear(np.column_stack([np.ones(len(x)), x]), y).t
    np.testing.assert_allclose(fit_linear(design, unit * y).t, t, rtol=EXACT)
    icc = icc_anova(y, team).value
    assert icc_anova(unit * y, team).value == pytest.approx(icc, rel=EXACT)
    t = paired_change(x, y).t
    assert paired_change(unit * x, unit * y).t == pytest.approx(t, rel=EXACT)
    values = np.column_stack([x, m, y])
    here, there = repeated_measures(values), repeated_measures(unit * values)
    assert there.f == pytest.approx(here.f, rel=EXACT)
    assert there.epsilon == pytest.approx(here.epsilon, rel=EXACT)


@pytest.mark.parametrize("offset", OFFSETS)
def test_the_icc_beside_a_large_offset_is_exact(offset):
    _, _, y, _ = sample()
    cluster = np.sort(np.random.default_rng(1).integers(0, 8, size=len(y)))
    found = icc_anova(y + offset, cluster).value
    assert found == pytest.approx(exact_icc(y + offset, cluster), rel=EXACT)


@pytest.mark.parametrize(
    ("cluster", "said"),
    [
        (np.zeros(40, dtype=int), "two clusters or more"),
        (np.arange(40), "more cases than clusters"),
        (np.arange(40) // 4 - 1, "cluster of every case"),
        (np.arange(39) // 4, "cluster of every case"),
    ],
    ids=["one", "all alone", "without a cluster", "too short"],
)
def test_clusters_that_carry_no_icc(cluster, said):
    with pytest.raises(DegenerateDataError, match=said):
        icc_anova(sample()[2], cluster)


@pytest.mark.parametrize("offset", OFFSETS)
def test_tests_of_change_beside_a_large_offset_are_exact(offset):
    x, m, y, _ = (values + offset for values in sample())
    first, second = ([Fraction(v) for v in values] for values in (x, y))
    n, d = len(x), [u - v for u, v in zip(first, second, strict=True)]
    mean = sum(d) / n
    variance = sum((u - mean) ** 2 for u in d) / (n - 1)
    t = float(mean) / sqrt(variance / n)
    assert paired_change(x, y).t == pytest.approx(t, rel=EXACT)
    values = np.column_stack([x, m, y])
    rows = [[Fraction(v) for v in row] for row in values]
    grand = sum(map(sum, rows)) / (3 * n)
    times = [sum(row[k] for row in rows) / n for k in range(3)]
    between = n * sum((u - grand) ** 2 for u in times) / 2
    error = sum(
        (row[k] - sum(row) / 3 - times[k] + grand) ** 2
        for row in rows
        for k in range(3)
    ) / (2 * (n - 1))
    assert repeated_measures(values).f == pytest.approx(
        float(between / error), rel=EXACT
    )


@pytest.mark.parametrize("size", [0, 1])
def test_too_few_cases_for_a_change_are_refused(size):
    values = np.arange(float(size))
    with pytest.raises(DegenerateDataError, match="two cases"):
        paired_change(values, values)
    with pytest.raises(DegenerateDataError, match="two cases"):
        repeated_measures(np.ones((size, 3)))


def test_measurements_of_other_cases_are_refused():
    with pytest.raises(DegenerateDataError, match="there are 1 and 5"):
        paired_change(np.ones(1), np.arange(5.0))
