"""Change pooled over completed data sets, against mice and formulas in R."""

import numpy as np
import pandas as pd
import pytest

from smcm.stats.change import repeated_measures
from smcm.stats.pooled_change import pool_differences, pool_moments, pool_repeated
from smcm.stats.pooled_tests import pool_d1
from tests.outside import REFERENCE

KEPT = 1e-8
MONTHS = {
    "rprs": ("4.5", "13.5"),
    **dict.fromkeys(("qoli20", "pgi", "ths", "mcas"), ("0", "9", "18")),
}
PARTS = ("estimate", "se", "df", "fmi")


@pytest.fixture(scope="module")
def sets():
    frame = pd.read_csv(REFERENCE / "pool_sets.csv")
    return [one for _, one in frame.groupby("set")]


@pytest.fixture(scope="module")
def kept(oracle):
    return oracle("pool_change").set_index(["measure", "quantity"])["value"]


def values_of(sets, measure):
    columns = [f"{measure}_{month}" for month in MONTHS[measure]]
    return np.stack([one[columns].to_numpy() for one in sets])


def theirs(kept, measure, name):
    return [kept[(measure, f"{name}_{part}")] for part in PARTS]


def ours(pooled, k):
    return [getattr(pooled, part)[k] for part in PARTS]


@pytest.mark.parametrize("measure", MONTHS)
def test_moments_and_changes_are_those_that_mice_pools(sets, kept, compare, measure):
    values = values_of(sets, measure)
    moments = pool_moments(values)
    mice = {"source": "mice", "script": "pool_change", "rel": KEPT}
    for k, month in enumerate(MONTHS[measure]):
        for name, pooled in (("mean", moments.mean), ("logsd", moments.log_sd)):
            found = theirs(kept, measure, f"{name}_{month}")
            compare(ours(pooled, k), found, **mice, what="pooled mean and log SD")
    change = pool_differences(values[:, :, 1:], values[:, :, :1])
    for k, month in enumerate(MONTHS[measure][1:]):
        found = theirs(kept, measure, f"change_{month}")
        compare(ours(change, k), found, **mice, what="pooled change over time")


@pytest.mark.parametrize("measure", list(MONTHS)[1:])
def test_pooled_f_is_that_of_the_formulas_in_r(sets, kept, compare, measure):
    found = pool_repeated(values_of(sets, measure))
    for name, test in (("d1", found.d1), ("d2", found.d2)):
        parts = [kept[(measure, f"{name}_{part}")] for part in ("f", "df2", "p")]
        compare(
            (test.f, test.df2, test.p),
            parts,
            source="R",
            script="pool_change",
            rel=KEPT,
            what="pooled F of repeated measures (D1, D2)",
        )


def test_without_gaps_f_is_that_of_one_set():
    values = np.random.default_rng(1).normal([0.0, 0.3, 0.5], size=(60, 3))
    alone = repeated_measures(values)
    found = pool_repeated(np.stack([values] * 4))
    assert found.d1.f == pytest.approx(alone.f, rel=1e-10)
    assert found.d2.f == pytest.approx(alone.f, rel=1e-10)
    assert found.eta_squared == pytest.approx(alone.eta_squared, rel=1e-10)
    assert found.d1.increase == pytest.approx(0.0, abs=1e-12)


def test_which_orthonormal_contrasts_are_taken_is_of_no_account():
    rng = np.random.default_rng(2)
    estimates = rng.normal(size=(10, 2))
    covariances = np.repeat(0.5 * np.eye(2)[None], 10, axis=0)
    turned = np.array([[0.6, -0.8], [0.8, 0.6]])
    one, other = (
        pool_d1(e, covariances, 200.0) for e in (estimates, estimates @ turned)
    )
    assert one.f == pytest.approx(other.f)
    assert one.df2 == pytest.approx(other.df2)
    few = pool_d1(estimates[:2], covariances[:2], 200.0)
    assert few.df2 > 0.0
