"""Sensitivity of the eight models: its parts fit the models and the imputed sets."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from generator.shipped import EIGHT_MODELS, SHARED_COVARIATES
from smcm.analysis.pooled import pool_study
from smcm.chapters.confounding.benchmarks import path_sensitivity
from smcm.chapters.confounding.confounding import describe_confounding
from smcm.cohort.descriptors import read_schema
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
        assert (one.includes_zero_from > 0.0) == mediation.excludes_zero
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

    def sse(outcome, columns, category=None):
        design = np.column_stack([np.ones(len(frame)), frame[list(columns)]])
        if category:
            dummies = pd.get_dummies(frame[category], drop_first=True)
            design = np.column_stack([design, dummies.to_numpy(float)])
        return fit_linear(design, frame[outcome].to_numpy(float)).sse

    sides = {"a": (spec.x, spec.m, ()), "b": (spec.m, spec.y, (spec.x,))}
    for path, (treatment, outcome, also) in sides.items():
        for benchmark in one.paths[path].benchmarks:
            name = benchmark.covariate
            rest = [c for c in spec.covariates if c != name]
            category = name if name in ("site", "education") else None
            single = () if category else (name,)
            for found_r2, y, columns in (
                (benchmark.measured.treatment, treatment, also),
                (benchmark.measured.outcome, outcome, (treatment, *also)),
            ):
                with_it = sse(y, (*columns, *rest, *single), category)
                without = sse(y, (*columns, *rest))
                assert found_r2 == pytest.approx(1.0 - with_it / without, rel=1e-8)


def test_categories_as_blocks_are_those_of_r(found, oracle, compare):
    """Wald's F of the group, and the path beside a confounder that was made."""
    rows = oracle("confounding_blocks", "confounding").to_dict("records")
    models = {one.model.key: one for one in found.models}
    assert len(rows) == 2 * 2 * len(EIGHT_MODELS)
    for row in rows:
        own = models[row["model"]].paths[row["path"]]
        (one,) = (b for b in own.benchmarks if b.covariate == row["covariate"])
        assert one.columns == row["columns"]
        compare(
            [one.measured.treatment, one.measured.outcome, one.before.estimate],
            [row["d"], row["y"], row["before"]],
            source="R",
            script="confounding",
            abs=1e-9,
            what="partial R squared of a covariate's categories as a group (Wald F)",
        )
        compare(
            [one.adjusted.estimate, one.adjusted.se],
            [row["estimate"], row["se"]],
            source="R",
            script="confounding",
            abs=1e-9,
            what="paths beside a confounder as strong as a covariate's categories",
        )


def test_every_covariate_of_several_categories_is_compared_as_a_group(found, study):
    several = {
        column.name
        for column in read_schema().table("clients").columns
        if len(column.codes) > 2 and column.name in SHARED_COVARIATES
    }
    for one in found.models:
        for own in one.paths.values():
            for benchmark in own.benchmarks:
                name = benchmark.covariate
                levels = study.frame[name].nunique()
                group = levels - 1 if name in several | {"site"} else 1
                assert benchmark.columns == group, name


def test_no_path_a_withstands_a_confounder_as_strong_as_site(found):
    assert len(found.mediated) == 4
    for one in found.mediated:
        own = one.paths["a"]
        (site,) = own.of_teams
        assert own.strongest is site
        assert site.adjusted.estimate < 0.0 < site.before.estimate
        assert not own.withstands(own.of_teams)
        assert own.withstands(own.of_clients)
        assert max(b.measured.treatment for b in own.of_clients) < 0.01
        assert not one.withstands


def test_categories_are_one_number_where_clients_are_too_few(study):
    result = study.models[0]
    few = study.frame.groupby("site").head(3).reset_index(drop=True)
    own = path_sensitivity(few, result, "a", None, study.design)
    assert {b.covariate: b.columns for b in own.benchmarks}["site"] == 6
    fewer = study.frame.groupby("site").head(2).reset_index(drop=True)
    own = path_sensitivity(fewer, result, "a", None, study.design)
    assert {b.covariate: b.columns for b in own.benchmarks}["site"] == 1


def test_a_category_that_determines_the_predictor_is_no_benchmark(study):
    result = study.models[0]
    frame = study.frame.copy()
    frame[result.mediation.spec.x] = frame["site"] ** 2
    own = path_sensitivity(frame, result, "a", None, study.design)
    (site,) = own.of_teams
    assert (site.measured, site.bound, site.adjusted) == (None, None, None)
    assert site.even == 1.0
    assert not site.leaves_significant(own.coefficient, own.alpha)


def test_the_strongest_other_covariate_is_not_the_outcome_at_entry(found):
    for one in found.models:
        for own in one.paths.values():
            assert len(own.benchmarks) == len(SHARED_COVARIATES) + 1
            assert own.strongest_other.covariate in SHARED_COVARIATES
            assert own.strongest_other.bound.even <= own.strongest.bound.even
            assert own.withstands() <= own.withstands(own.others)
        assert one.withstands == all(own.withstands() for own in one.paths.values())


def test_a_weak_path_withstands_no_confounder(found):
    own = found.models[0].paths["b"]
    weak = replace(own, coefficient=replace(own.coefficient, se=10.0))
    assert not weak.withstands(weak.others)
    flipped = own.benchmarks[0]
    turned = replace(flipped, adjusted=replace(flipped.adjusted, estimate=-9.0, se=0.1))
    assert not turned.leaves_significant(own.coefficient, 0.05)
    assert not replace(flipped, adjusted=None).leaves_significant(own.coefficient, 0.05)


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
