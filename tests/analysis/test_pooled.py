"""The eight models under four schemes, and what the tests become together."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from generator.shipped import EIGHT_MODELS
from smcm import mediate_pooled, pool_study
from smcm.analysis.pooled import MAIN, MOST_SETS
from smcm.analysis.pooled_result import METHODS
from smcm.cohort.imputation import impute_cohort
from smcm.cohort.imputed_frames import imputed_frames
from smcm.errors import OutOfRangeError
from smcm.stats.multiplicity import benjamini_hochberg, holm

EXACT = 1e-10


def test_every_model_stands_under_every_scheme(pooled, study):
    assert [one.model for one in pooled.models] == list(EIGHT_MODELS)
    assert pooled.schemes == METHODS
    assert study.run.n_imputations <= pooled.m <= MOST_SETS
    for one in pooled.models:
        assert one.main is one.results[MAIN]
        assert one.completed is study.model(one.model.key)
        assert {result.n for result in one.results.values()} == {study.n}


def test_a_model_is_what_mediate_pooled_makes_of_the_sets(pooled, study):
    imputed = impute_cohort(study.cohort, n_imputations=pooled.m, seed=study.run.seed)
    frames = imputed_frames(imputed, study.run.window_days)
    one = pooled.models[5]
    spec = one.model.spec(study.run.window_days)
    alone = mediate_pooled(
        frames, x=spec.x, m=spec.m, y=spec.y, covariates=spec.covariates
    )
    for name, theirs in alone.terms.items():
        assert one.main.term(name).estimate == pytest.approx(theirs.estimate, rel=EXACT)
        assert one.main.term(name).ci_low == pytest.approx(theirs.ci_low, rel=1e-8)


def test_schemes_estimate_the_same_thing(pooled):
    """Their estimates lie well within an error of one another."""
    for one in pooled.models:
        terms = [one.results[name].term("indirect") for name in METHODS[1:]]
        estimates = [term.estimate for term in terms]
        assert np.ptp(estimates) < min(term.se for term in terms)


def test_tests_need_no_draws_and_are_adjusted_together(pooled):
    p = []
    for one in pooled.models:
        a, b = (one.main.term(name) for name in ("a", "b"))
        below = [stats.norm.cdf(-term.estimate / term.se) for term in (a, b)]
        tail = below[0] * (1.0 - below[1]) + below[1] * (1.0 - below[0])
        p.append(2.0 * min(tail, 1.0 - tail))
    p = np.array(p)
    tests = pooled.tests
    np.testing.assert_allclose([test.p for test in tests], p, rtol=1e-9)
    np.testing.assert_allclose([test.p_holm for test in tests], holm(p), rtol=1e-9)
    bh = benjamini_hochberg(p)
    np.testing.assert_allclose([test.p_bh for test in tests], bh, rtol=1e-9)
    for one, test in zip(pooled.models, tests, strict=True):
        assert test.excludes_zero == one.main.excludes_zero
        draws = one.main.draws
        below = min((draws < 0.0).mean(), (draws > 0.0).mean())
        error = np.sqrt(max(below, 1e-3) / draws.size)
        assert test.p == pytest.approx(2.0 * below, abs=8.0 * error)


def test_the_seed_of_the_draws_changes_no_p(pooled):
    one = pooled.models[3].main
    drawn_anew = replace(one, draws=one.draws[::-1] + 1.0, seed=one.seed + 1)
    assert drawn_anew.indirect_p == one.indirect_p
    assert np.isnan(pooled.models[3].results["mi_boot"].indirect_p)


def test_the_rule_asks_for_both_paths_and_the_interval(pooled):
    one = next(found for found in pooled.models if found.mediated)
    strict = replace(one, completed=replace(one.completed, alpha_mediator=1e-9))
    assert not strict.mediated
    strict = replace(one, completed=replace(one.completed, alpha_outcome=1e-9))
    assert not strict.mediated


def test_the_advice_is_that_of_the_worst_term(pooled):
    assert pooled.advised_m == max(one.main.advised_m for one in pooled.models)


def test_as_many_sets_are_taken_as_the_first_ask_for(pooled, study):
    first = pool_study(study, ("rubin_mc",), m=study.run.n_imputations)
    assert first.advised_m > first.m
    assert pooled.m == min(first.advised_m, MOST_SETS)


def test_a_given_number_of_sets_is_kept_and_clients_stay_left_out(second_study):
    part = replace(second_study, frame=second_study.frame.iloc[:-7])
    found = pool_study(part, ("single", "rubin_mc"), m=2)
    assert found.m == 2
    assert found.schemes == ("single", "rubin_mc")
    assert found.models[0].main.n == second_study.n - 7


def test_schemes_without_the_main_one_are_refused(second_study):
    with pytest.raises(OutOfRangeError, match="schemes with 'rubin_mc'"):
        pool_study(second_study, ("single",))


def test_change_is_pooled_from_the_frames_of_the_sets(pooled, study):
    imputed = impute_cohort(study.cohort, n_imputations=pooled.m, seed=study.run.seed)
    frames = imputed_frames(imputed, study.run.window_days)
    fidelity, alliance, first, *_ = pooled.change
    means = [frame["qoli20_18"].mean() for frame in frames]
    assert first.moments.mean.estimate[2] == pytest.approx(np.mean(means), rel=EXACT)
    changes = [(f["rprs_13.5"] - f["rprs_4.5"]).mean() for f in frames]
    assert alliance.changes[0].estimate == pytest.approx(np.mean(changes), rel=1e-8)
    own = study.change.fidelity.change
    assert fidelity.changes[0].statistic == pytest.approx(-own.t, rel=1e-8)
    assert fidelity.changes[0].mc_error == pytest.approx(0.0, abs=1e-12)
    pairs = [min(1.0, 3.0 * change.p) for change in first.changes]
    assert first.adjusted_p == pytest.approx(pairs)
    assert fidelity.anova is None
