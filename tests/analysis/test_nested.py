"""The study's models with their teams: against lme4, and against what is published."""

from dataclasses import replace

import numpy as np
import pytest

from generator.shipped import EIGHT_MODELS
from smcm.analysis.study import run_study
from smcm.chapters.nesting.clustered import METHODS
from smcm.chapters.nesting.nested import describe_nested
from smcm.parameters import RunParameters
from smcm.stats.resample import ResamplingPlan

SAMPLES = 200


@pytest.fixture(scope="module")
def nested(study):
    return describe_nested(study, SAMPLES)


def test_estimates_are_those_of_the_published_models(nested):
    for found, result in zip(nested.models, nested.study.models, strict=True):
        mediation = result.mediation
        for test, term in ((found.a, "a"), (found.total, "total")):
            row = mediation.row(term)
            assert test.estimate == pytest.approx(row["estimate"], rel=1e-9)
            assert test.p("ols") == pytest.approx(row["p"], rel=1e-7)
        assert found.a.significant("ols") == result.a_significant


def test_splits_are_those_of_lme4(nested, oracle, compare):
    kept = oracle("mixed").set_index(["model", "equation", "term"])
    assert len(nested.splits) == len(EIGHT_MODELS)
    for split in nested.splits:
        key = split.result.model.key
        for part, end in ((split.between, "mean"), (split.within, "own")):
            a = kept.loc[(key, "split_to_mediator", f"x_{end}")]
            b = kept.loc[(key, "split_to_outcome", f"m_{end}")]
            compare(
                [part.a, part.a_se, part.b, part.b_se],
                [a["estimate"], a["se"], b["estimate"], b["se"]],
                source="lme4",
                script="mixed",
                what="paths between and within teams, and their errors",
                abs=1e-5,
            )
            assert part.low < part.indirect < part.high


def test_true_means_allow_for_what_observed_ones_do_not(nested):
    """The less reliable the means, the farther the slope moves and its limits reach."""
    for split in nested.splits:
        true, observed, within = split.true_means, split.between, split.within
        first, low, high = true.reliability
        assert 0.0 <= low <= first <= high < 1.0
        assert true.a == observed.a
        assert true.low < true.indirect < true.high
        # with teams of one size, alike in covariates: the closed form of the correction
        closed = within.b + (observed.b - within.b) / first
        assert true.b == pytest.approx(closed, abs=0.7 * observed.b_se / first)
        assert true.b_high - true.b_low > 3.92 * observed.b_se


def test_methods_that_know_of_teams_are_held_to_the_usual_level(nested):
    strict = replace(nested.models[0].a, alpha=1e-9)
    assert not strict.significant("ols")
    for method in METHODS[1:]:
        assert strict.significant(method) == (strict.p(method) < 0.05)


def test_draws_of_teams_are_those_of_refits(nested):
    """The first samples of one model, the rows of whole teams taken."""
    study, found = nested.study, nested.models[1]
    spec = found.result.mediation.spec
    teams = [part.index.to_numpy() for _, part in study.frame.groupby("team")]
    plan = ResamplingPlan(len(teams), study.run.n_boot, study.run.seed)
    _, counts = next(plan.chunks())
    for k in range(5):
        drawn = zip(teams, counts[k].astype(int), strict=True)
        rows = np.concatenate([np.tile(own, times) for own, times in drawn])
        taken = study.frame.iloc[rows]
        rest = taken[[spec.x, *spec.covariates]].to_numpy()
        one = np.ones(len(taken))
        without = np.column_stack([one, rest])
        through = np.column_stack([one, taken[spec.m], rest])
        a = np.linalg.lstsq(without, taken[spec.m], rcond=None)[0][1]
        b = np.linalg.lstsq(through, taken[spec.y], rcond=None)[0][1]
        assert found.drawn.indirect[k] == pytest.approx(a * b, rel=1e-7, abs=1e-9)


def test_two_teams_carry_nothing_and_three_something(cohort):
    for site, n_teams in (("only-5", 2), ("only-7", 3)):
        study = run_study(cohort, RunParameters(site=site, n_boot=100))
        found = describe_nested(study, SAMPLES)
        assert found.n_teams == n_teams
        several = n_teams > 2
        assert bool(found.models) == bool(found.splits) == bool(found.alarms) == several
        likeness = found.likeness["site", "pgi_9"]
        assert likeness.anova is likeness.reml is None
