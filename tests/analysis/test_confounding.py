"""Sensitivity of the eight models: its parts fit the models and the imputed sets."""

from dataclasses import replace

import numpy as np
import pytest

from smcm.analysis.confounding import describe_confounding
from smcm.analysis.pooled import pool_study
from smcm.design.models import EIGHT_MODELS, SHARED_COVARIATES
from smcm.stats.ols import fit_linear


@pytest.fixture(scope="module")
def found(study):
    return describe_confounding(study)


def test_the_curve_starts_from_the_effect_as_published(found):
    assert [one.model for one in found.models] == list(EIGHT_MODELS)
    for one in found.models:
        at = int(np.flatnonzero(np.abs(one.rho) < 1e-12)[0])
        mediation = one.completed.mediation
        assert one.curve[at] == pytest.approx(mediation.indirect, rel=1e-9)
        low, high = one.band
        assert (low[at], high[at]) == pytest.approx(mediation.limits(), abs=1e-9)
        assert (one.held_until > 0.0) == mediation.interval_excludes_zero
        assert one.limits[0] < one.vanishing < one.limits[1]


def test_draws_are_those_of_the_published_intervals(found):
    for one in found.models:
        draws = one.completed.mediation.draws
        np.testing.assert_allclose(one.draws.a, draws.a, rtol=1e-8, atol=1e-10)
        np.testing.assert_allclose(one.draws.b, draws.b, rtol=1e-8, atol=1e-10)


def test_strengths_of_covariates_are_those_of_refits(study, found):
    one = found.models[5]
    spec = one.completed.mediation.spec
    frame = study.frame

    def sse(outcome, columns):
        design = np.column_stack([np.ones(len(frame)), frame[list(columns)]])
        return fit_linear(design, frame[outcome].to_numpy(float)).sse

    sides = {"a": (spec.x, spec.m, ()), "b": (spec.m, spec.y, (spec.x,))}
    for path, (treatment, outcome, also) in sides.items():
        for benchmark in one.paths[path].benchmarks:
            rest = [c for c in spec.covariates if c != benchmark.covariate]
            for found_r2, y, columns in (
                (benchmark.measured.treatment, treatment, also),
                (benchmark.measured.outcome, outcome, (treatment, *also)),
            ):
                with_it = sse(y, (*columns, *spec.covariates))
                without = sse(y, (*columns, *rest))
                assert found_r2 == pytest.approx(1.0 - with_it / without, rel=1e-8)


def test_the_strongest_other_covariate_is_not_the_outcome_at_entry(found):
    for one in found.models:
        for own in one.paths.values():
            assert len(own.benchmarks) == len(SHARED_COVARIATES) + 1
            assert own.strongest_other.covariate in SHARED_COVARIATES
            assert own.strongest_other.bound.even <= own.strongest.bound.even
            assert own.stands() <= own.stands(baseline=False)
        assert one.stands == all(own.stands() for own in one.paths.values())


def test_a_weak_path_stands_under_no_confounder(found):
    own = found.models[0].paths["b"]
    weak = replace(own, coefficient=replace(own.coefficient, se=10.0))
    assert not weak.stands(baseline=False)
    flipped = own.benchmarks[0]
    turned = replace(flipped, adjusted=replace(flipped.adjusted, estimate=-9.0, se=0.1))
    assert not turned.stands(own.coefficient)
    assert not replace(flipped, adjusted=None).stands(own.coefficient)


def test_pooled_paths_are_those_of_the_pooled_models(study, found):
    pooled = pool_study(study, ("rubin_mc",), m=found.m)
    for one, other in zip(found.models, pooled.models, strict=True):
        for path in ("a", "b"):
            ours, term = one.paths[path].pooled, other.main.term(path)
            assert ours.estimate == pytest.approx(term.estimate, rel=1e-9)
            assert ours.se * ours.inflation == pytest.approx(term.se, rel=1e-9)
            assert ours.t_df == pytest.approx(term.df, rel=1e-9)
            assert ours.limits() == pytest.approx((term.ci_low, term.ci_high), rel=1e-8)
            assert ours.significant(0.05) == (term.p < 0.05)
            assert (ours.robustness(alpha=0.05) > 0.0) <= (term.p < 0.06)


def test_the_pooled_curve_is_zero_near_the_pooled_correlation(found):
    for one in found.models:
        pooled = one.pooled
        crossing = np.interp(0.0, -pooled.curve, one.rho)
        assert crossing == pytest.approx(pooled.vanishing, abs=0.01)
        assert np.all(pooled.low < pooled.curve)
        assert np.all(pooled.curve < pooled.high)
        low, high = pooled.limits()
        assert low < pooled.vanishing < high
        z = pooled.z
        assert z.within[0] == pytest.approx(1.0 / (one.completed.mediation.n - 10 - 3))
