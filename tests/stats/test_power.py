"""Power against R's pf and pwr, and the simulation against a slow loop."""

import numpy as np
import pytest

from generator.shipped import EIGHT_MODELS
from smcm.analysis.study import ASSUMED_EFFECT
from smcm.chapters.power.cited import simulate_sizes
from smcm.chapters.power.settings import REPLICATIONS
from smcm.stats.draw_limits import percentile_limits
from smcm.stats.power import indirect_power
from smcm.stats.power_coefficient import coefficient_power
from smcm.stats.resample import ResamplingPlan

KEPT = 1e-8  # absolute; two programs' noncentral F distributions
LARGE_SAMPLE_OF_SIMULATIONS = 4000


def test_power_of_a_coefficient_is_that_of_r(oracle, compare):
    for row in oracle("power").itertuples():
        ours = coefficient_power(row.effect, row.n, row.predictors, row.alpha)
        what = "power of one coefficient (pf)"
        compare(ours, row.power, source="R", script="power", what=what, abs=KEPT)
        what = "power of one coefficient (pwr.f2.test)"
        compare(ours, row.pwr, source="pwr", script="power", what=what, abs=KEPT)


def test_no_effect_is_found_as_often_as_the_level_says():
    assert coefficient_power(0.0, 100, 5, 0.03) == pytest.approx(0.03, abs=1e-10)


def test_power_rises_with_effect_cases_and_level():
    base = coefficient_power(0.03, 200, 10)
    assert coefficient_power(0.04, 200, 10) > base
    assert coefficient_power(0.03, 220, 10) > base
    assert coefficient_power(0.03, 200, 10, 0.1) > base
    assert coefficient_power(0.03, 200, 20) < base


def test_assumed_effect_prints_the_published_power(published, study):
    predictors = 1 + len(EIGHT_MODELS[0].spec().covariates)
    ours = coefficient_power(ASSUMED_EFFECT, int(published.number("pow.n")), predictors)
    assert published["pow.power"].agrees(ours)
    assert study.power == ours


def slow_power(a, b, n, *, n_replications, n_boot, seed):
    """Rows taken, regressions refitted, limits read: one resample at a time."""
    plan = ResamplingPlan(n, n_boot, seed)
    counts = np.concatenate([part for _, part in plan.chunks()]).astype(int)
    streams = (np.random.default_rng([seed, 0, k]) for k in range(3))
    noise = [rng.standard_normal((n, n_replications)).T for rng in streams]
    detected = 0
    for x, noise_m, noise_y in zip(*noise, strict=True):
        m = a * x + noise_m
        y = b * m + noise_y
        draws = []
        for row in counts:
            rows = np.repeat(np.arange(n), row)
            one, xs, ms = np.ones(n), x[rows], m[rows]
            to_m = np.linalg.lstsq(np.column_stack([one, xs]), ms, rcond=None)[0]
            design = np.column_stack([one, ms, xs])
            to_y = np.linalg.lstsq(design, y[rows], rcond=None)[0]
            draws.append(to_m[1] * to_y[1])
        low, high = percentile_limits(np.array(draws))
        detected += low > 0 or high < 0
    return detected / n_replications


@pytest.mark.parametrize("n_boot", [100, 140])
def test_simulated_power_equals_a_slow_loop(n_boot):
    options = {"n_replications": 60, "n_boot": n_boot, "seed": 5}
    found = indirect_power(0.4, 0.4, 60, **options)
    assert found.share == slow_power(0.4, 0.4, 60, **options)
    assert 0.3 < found.share < 0.99


def test_more_replications_than_a_batch_are_all_simulated():
    found = indirect_power(0.0, 0.0, 30, n_replications=250, n_boot=100, seed=1)
    assert found.power < 0.05  # the percentile interval is timid where both are null
    assert found.share * 250 == pytest.approx(round(found.share * 250))


def test_what_is_known_exactly_takes_chance_out_of_the_share():
    """Over many seeds the corrected power spreads less about the same value."""
    options = {"n_replications": 200, "n_boot": 200}
    found = [indirect_power(0.4, 0.4, 60, seed=s, **options) for s in range(30)]
    powers, shares = ([getattr(f, name) for f in found] for name in ("power", "share"))
    assert np.std(powers) < 0.75 * np.std(shares)
    error = np.std(shares) / np.sqrt(30)
    assert np.mean(powers) == pytest.approx(np.mean(shares), abs=4 * error)
    stated = np.mean([f.standard_error for f in found])
    assert np.std(powers) == pytest.approx(stated, rel=0.4)


def test_same_seed_same_power():
    options = {"n_replications": 100, "n_boot": 100}
    first = indirect_power(0.3, 0.3, 50, seed=1, **options)
    assert first == indirect_power(0.3, 0.3, 50, seed=1, **options)


def test_sign_of_both_paths_does_not_matter():
    options = {"n_replications": 200, "n_boot": 200, "seed": 3}
    plus = indirect_power(0.4, 0.4, 60, **options)
    minus = indirect_power(-0.4, 0.4, 60, **options)
    error = np.hypot(plus.standard_error, minus.standard_error)
    assert plus.power == pytest.approx(minus.power, abs=4 * error)


def test_sizes_of_fritz_and_mackinnon_have_the_power_they_print(published):
    """Within Monte Carlo error, theirs included: their table rests on 1,000 samples."""
    for size in ("small", "mid"):
        path = published.number(f"fm.b.{size}")
        n = int(published.number(f"fm.n.{size}"))
        wanted = published.number("fm.pow1")
        found = indirect_power(
            path,
            path,
            n,
            n_replications=LARGE_SAMPLE_OF_SIMULATIONS,
            n_boot=500,
            seed=7,
        )
        theirs = np.sqrt(wanted * (1 - wanted) / 1000)
        error = np.hypot(found.standard_error, theirs)
        assert found.power == pytest.approx(wanted, abs=3 * error)


def test_the_study_s_own_sizes_are_simulated(published):
    cases = int(published.number("pow.n"))
    found = simulate_sizes(cases, 20141009)
    assert [one.size.key for one in found] == ["small", "mid"]
    for needed, own in ((one.published, one.own) for one in found):
        assert needed.n_replications == own.n_replications == REPLICATIONS
        assert needed.power == pytest.approx(published.number("fm.pow1"), abs=0.06)
        assert own.n == cases
        assert (own.power > needed.power) == (own.n > needed.n)
