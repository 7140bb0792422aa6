"""The bootstrap of a mediation model, whatever the data."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smcm.analysis.mediate import mediate
from smcm.analysis.mediation import mediate_all
from smcm.analysis.mediation_result import TERMS
from smcm.design.models import MediationSpec
from smcm.stats.draw_limits import limits, percentile_limits
from smcm.stats.resample import ResamplingPlan, draw_counts
from tests.properties.strategies import (
    levels,
    numbers,
    samples,
    scales,
    seeds,
    with_orders,
)

# Two values of y or m, and few draws for a level, are among what is tried.
pytestmark = pytest.mark.filterwarnings("ignore::smcm.errors.ModelWarning")
N_BOOT = 100
DIGITS = {"rtol": 1e-7, "atol": 1e-8}  # a resample may be much worse conditioned
CLOSE = {"rtol": 1e-9, "atol": 1e-11}
draws_of_one = st.lists(numbers, min_size=100, max_size=300).map(np.array)


def fit(sample, seed, covariates=None, **options):
    names = sample.covariates if covariates is None else covariates
    options = {"x": "x", "m": "m", "y": "y", "n_boot": N_BOOT} | options
    return mediate(sample.frame, covariates=names, seed=seed, **options)


def table(result):
    return np.array([list(result.row(term).values()) for term in TERMS])


def slopes(outcome, *columns):
    design = np.column_stack([np.ones(len(outcome)), *columns])
    return np.linalg.lstsq(design, outcome, rcond=None)[0][1:]


@given(samples(), seeds, st.integers(0, N_BOOT - 1))
def test_a_draw_is_the_regression_of_its_resample(sample, seed, number):
    draws = fit(sample, seed).draws
    (_, counts), *_ = ResamplingPlan(len(sample), N_BOOT, seed).chunks()
    drawn = sample.take(np.repeat(np.arange(len(sample)), counts[number].astype(int)))
    x, m, y, c = drawn.parts
    expected = [slopes(m, x, c)[0], *slopes(y, m, x, c)[:2], slopes(y, x, c)[0]]
    found = [getattr(draws, name)[number] for name in ("a", "b", "direct", "total")]
    np.testing.assert_allclose(found, expected, **DIGITS)


@given(samples(), seeds, levels)
def test_limits_are_two_of_the_draws(sample, seed, level):
    result = fit(sample, seed, level=level)
    low, high = result.limits()
    draws = result.draws.indirect
    assert low in draws
    assert high in draws
    assert low <= np.median(draws) <= high


@given(samples(), seeds, scales, scales, scales)
def test_units_of_the_variables_carry_over(sample, seed, of_x, of_m, of_y):
    x, m, y, _ = sample.parts
    here = fit(sample, seed).draws
    there = fit(sample.but(x=of_x * x, m=of_m * m, y=of_y * y), seed).draws
    np.testing.assert_allclose(there.indirect * of_x / of_y, here.indirect, **DIGITS)
    sign = np.sign(of_x * of_y)
    np.testing.assert_allclose(there.indirect_cs * sign, here.indirect_cs, **DIGITS)


@given(samples(), seeds, st.permutations(["x", "m", "y", "c0", "c1", "c2"]))
def test_names_and_order_of_the_columns_change_nothing(sample, seed, order):
    frame = sample.frame
    renamed = frame.rename(columns=lambda name: f"{name} of it")
    renamed = renamed[[f"{name} of it" for name in order if name in frame]]
    names = [f"{name} of it" for name in ("x", "m", "y", *sample.covariates)]
    there = mediate(
        renamed,
        x=names[0],
        m=names[1],
        y=names[2],
        covariates=names[3:],
        n_boot=N_BOOT,
        seed=seed,
    )
    np.testing.assert_array_equal(table(there), table(fit(sample, seed)))


@given(samples(), seeds)
def test_other_columns_and_the_index_change_nothing(sample, seed):
    frame = sample.frame.assign(note="words", gap=np.nan)
    frame.index = frame.index[::-1] * 7
    names = {"x": "x", "m": "m", "y": "y", "covariates": sample.covariates}
    there = mediate(frame, n_boot=N_BOOT, seed=seed, **names)
    np.testing.assert_array_equal(table(there), table(fit(sample, seed)))


@given(samples(least=24), seeds, st.sets(st.integers(0, 23), max_size=3))
def test_a_row_with_a_gap_is_as_if_it_were_not_there(sample, seed, gone):
    frame = sample.frame
    frame.loc[list(gone), "m"] = np.nan
    names = {"x": "x", "m": "m", "y": "y", "covariates": sample.covariates}
    here = mediate(frame, n_boot=N_BOOT, seed=seed, **names)
    there = mediate(frame.dropna(), n_boot=N_BOOT, seed=seed, **names)
    np.testing.assert_array_equal(table(here), table(there))
    assert here.dropped_rows == len(gone)


@given(samples(), seeds)
def test_models_beside_it_and_their_order_change_nothing(sample, seed):
    specs = [
        MediationSpec(x=x, m=m, y=y, covariates=sample.covariates)
        for x, m, y in (("x", "m", "y"), ("y", "m", "x"), ("m", "x", "y"))
    ]
    options = {"n_boot": N_BOOT, "seed": seed}
    three = mediate_all(sample.frame, specs, **options)
    turned = mediate_all(sample.frame, specs[::-1], **options)[::-1]
    for k, spec in enumerate(specs):
        (alone,) = mediate_all(sample.frame, [spec], **options)
        for found in (three[k], turned[k]):
            np.testing.assert_allclose(table(found), table(alone), **DIGITS)


@given(draws_of_one, levels)
def test_share_between_the_limits_is_the_level_as_near_as_draws_allow(draws, level):
    low, high = percentile_limits(draws, level)
    inside = ((draws >= low) & (draws <= high)).sum()
    strictly = ((draws > low) & (draws < high)).sum()
    assert inside >= level * draws.size
    assert strictly <= level * draws.size


@given(with_orders(draws_of_one), levels, st.sampled_from(["percentile", "bc"]))
def test_order_of_the_draws_changes_no_limit(drawn, level, kind):
    draws, order = drawn
    estimate = float(np.median(draws))
    here = limits(draws, estimate, level, kind)
    assert limits(draws[order], estimate, level, kind) == here


@given(
    draws_of_one,
    levels,
    st.sampled_from([0.25, 2.0, 1024.0]),  # powers of two: nothing is rounded
    st.sampled_from(["percentile", "bc"]),
)
def test_limits_have_the_unit_of_the_draws(draws, level, unit, kind):
    estimate = float(np.median(draws))
    low, high = limits(draws, estimate, level, kind)
    scaled = limits(unit * draws, unit * estimate, level, kind)
    assert scaled == (unit * low, unit * high)


@given(draws_of_one, numbers, levels)
def test_limits_of_either_kind_lie_inside_the_draws(draws, estimate, level):
    for kind in ("percentile", "bc"):
        low, high = limits(draws, estimate, level, kind)
        assert draws.min() <= low <= high <= draws.max()
        assert {low, high} <= set(draws.tolist())


@given(draws_of_one, st.sampled_from(["percentile", "bc"]))
def test_more_coverage_never_narrows_the_limits(draws, kind):
    estimate = float(np.median(draws))
    found = [limits(draws, estimate, level, kind) for level in (0.5, 0.8, 0.95, 0.99)]
    for (low, high), (wide_low, wide_high) in pairwise(found):
        assert wide_low <= low
        assert high <= wide_high


@given(seeds, st.integers(1, 50), st.integers(1, 30))
def test_every_resample_has_as_many_cases(seed, n_samples, n_cases):
    counts = draw_counts(np.random.default_rng(seed), n_samples, n_cases)
    assert counts.shape == (n_samples, n_cases)
    assert (counts.sum(axis=1) == n_cases).all()
    assert (counts >= 0).all()
