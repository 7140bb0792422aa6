"""What chapters conclude, against loops and against the results that it is read off."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from generator.shipped import EIGHT_MODELS
from smcm.analysis.pooled import pool_study
from smcm.article.comparison import compare
from smcm.chapters.coding.coding import describe_coding
from smcm.chapters.coding.conclusions import conclusions as of_coding
from smcm.chapters.compare.conclusions import conclusions as of_runs
from smcm.chapters.missing.conclusions import conclusions as of_missing
from smcm.chapters.multiverse.conclusions import conclusions as of_universes
from smcm.chapters.nesting.conclusions import conclusions as of_teams
from smcm.chapters.nesting.nested import Nested
from smcm.chapters.printed.conclusions import conclusions as of_print
from smcm.chapters.results import conclusions as of_both
from smcm.chapters.results.both import BothAnalyses
from smcm.errors import MissingRunsError
from smcm.facts import facts_of, plain
from smcm.published import Published
from smcm.report.conclusions import (
    FILE,
    PART,
    Agreement,
    Conclusions,
    counted,
    judged,
    shared,
)
from smcm.report.kept_conclusions import read_conclusions
from smcm.rerun.conclusions import write_conclusions
from tests.by_team import cr2
from tests.report.conftest import replace_run

KEYS = [model.key for model in EIGHT_MODELS]
DRAWS = 200_000


def extents(found, name):
    """Extents of one analysis, in the order of the models."""
    (one,) = [analysis for analysis in found.analyses if analysis.name == name]
    assert [conclusion.model for conclusion in one.models] in ([], KEYS)
    return [conclusion.extent for conclusion in one.models]


def nested(study):
    """The study with its teams, without simulations."""
    return Nested(study=study, n_teams=0, models=(), splits=(), alarms=(), likeness={})


def test_a_model_is_judged_by_the_rule_or_by_its_interval_alone():
    assert judged(True, interval=True) == "yes"
    assert judged(False, interval=True) == "part"
    assert judged(False, interval=False) == "no"


@pytest.mark.parametrize(
    ("found", "extent"),
    [([True, True], "yes"), ([True, False], "part"), ([False], "no")],
)
def test_several_analyses_count_in_part_between_none_and_all(found, extent):
    one = counted("pgi_9", found)
    assert (one.extent, one.count, one.among) == (extent, sum(found), len(found))


@pytest.mark.parametrize(
    ("share", "extent"), [(0.0, "no"), (1e-6, "part"), (1 - 1e-6, "part"), (1.0, "yes")]
)
def test_a_share_counts_in_part_between_none_and_all(share, extent):
    assert shared("pgi_9", share).extent == extent


def test_teams_are_both_paths_by_cr2_and_the_product_of_draws(study):
    """Against textbook matrices and draws of numpy."""
    rng = np.random.default_rng(7)
    team = study.frame["team"].to_numpy()
    told = extents(of_teams(nested(study)), "teams")
    for result, extent in zip(study.models, told, strict=True):
        spec, frame = result.mediation.spec, study.frame
        products, found = 1.0, True
        for y, focal in ((spec.m, [spec.x]), (spec.y, [spec.m, spec.x])):
            columns = frame[[*focal, *spec.covariates]].to_numpy(float)
            design = np.column_stack([np.ones(len(frame)), columns])
            value, variance, df = cr2(design, frame[y].to_numpy(float), team, 1)
            error = variance**0.5
            found &= 2 * stats.t.sf(abs(value / error), df) < 0.05
            products = products * (value + error * rng.standard_t(df, DRAWS))
        low, high = np.percentile(products, (2.5, 97.5))
        assert extent == judged(found and low * high > 0, interval=low * high > 0)
    assert len(set(told)) > 1


def test_teams_that_are_too_few_conclude_nothing(study):
    few = study.frame.assign(team="one")
    assert extents(of_teams(nested(replace(study, frame=few))), "teams") == []


def test_the_published_analysis_and_the_paths_are_those_of_the_models(study):
    both = BothAnalyses(
        published=study.models, defensible=(), level=study.design.alpha.level, n_sets=2
    )
    found = of_both(study, both)
    told = extents(found, "published")
    assert told.count("yes") == sum(r.mediated for r in study.models)
    assert extents(found, "defensible") == []
    for path in ("a", "b", "direct"):
        over, p = getattr(found.main, path), [r.term(path) for r in study.models]
        held = [getattr(r.mediation, f"{path}_standardized") for r in study.models]
        assert (over.low, over.high, over.among) == (min(held), max(held), len(p))
        levels = [r.alpha(path) for r in study.models]
        assert over.significant == sum(t.p < a for t, a in zip(p, levels, strict=True))


def test_categories_are_judged_model_by_model(study):
    coding = describe_coding(replace(study, run=replace(study.run, n_boot=200)))
    told = extents(of_coding(coding), "categories")
    assert told.count("yes") == sum(r.mediated for r in coding.categories)
    assert extents(of_coding(replace(coding, categories=())), "categories") == []


def test_pooled_models_are_judged_by_the_rule_and_adjusted_by_holm(study):
    pooled = pool_study(study, ("rubin_mc",), m=5)
    found = of_missing(pooled)
    for one, extent in zip(pooled.models, extents(found, "pooled"), strict=True):
        assert (extent == "yes") == one.mediated
        assert (extent == "no") == (not one.mediated and not one.main.excludes_zero)
    p = np.array([one.main.indirect_p for one in pooled.models])
    order = np.argsort(p)
    steps = (len(p) - np.arange(len(p))) * p[order]
    holm = np.empty_like(p)
    holm[order] = np.minimum(1.0, np.maximum.accumulate(steps))
    (adjusted,) = (one for one in found.analyses if one.name == "adjusted")
    np.testing.assert_allclose([one.p for one in adjusted.models], holm)
    assert [one.extent == "yes" for one in adjusted.models] == list(holm < 0.05)


def test_printed_numbers_that_agree_are_counted(study):
    rows = compare(study, Published.read())
    equal = sum(row.status == "equal" for row in rows)
    assert of_print(study).agreement == Agreement(n=len(rows), equal=equal)


def test_the_multiverse_leaves_shares_without_those_of_left_out_sites(study, universes):
    found = of_universes(study, universes)
    again = of_universes(study, replace(universes, without_site={}))
    assert found == again
    for k, one in enumerate(found.analyses[0].models):
        above, below = universes.low[k] > 0.0, universes.high[k] < 0.0
        assert one.share == pytest.approx((above | below).mean())


def test_runs_count_that_differ_from_the_edition_in_one_thing(runs):
    own = runs[0].run
    mediated = replace_run(runs[0], window_days=270)
    mediated = replace(
        mediated, models=tuple(replace(m, mediated=True) for m in mediated.models)
    )
    other = replace_run(runs[0], seed=1), replace_run(runs[0], reading="defensible")
    found = of_runs([*runs, mediated, *other], own)
    windows, sites = found.analyses
    here = [r for r in runs if r.run.window_days == own.window_days][1:]
    for model, one, left_out in zip(
        EIGHT_MODELS, windows.models, sites.models, strict=True
    ):
        at_180 = runs[3].model(model.key).mediated
        assert (one.count, one.among) == (1 + at_180, 2)
        assert left_out.among == len(here)
        assert left_out.count == sum(r.model(model.key).mediated for r in here)


def test_without_runs_that_apply_there_is_no_such_column(runs):
    found = of_runs(runs, replace(runs[0].run, seed=5))
    assert [one.models for one in found.analyses] == [(), ()]


def test_what_is_left_is_read_back(study, tmp_path, monkeypatch):
    both = BothAnalyses(
        published=study.models,
        defensible=study.models,
        level=study.design.alpha.level,
        n_sets=2,
    )
    found = of_both(study, both)
    cell = {
        "outputs": [{"data": {"application/vnd.smcm.facts+json": plain_part(found)}}]
    }
    left = facts_of({"cells": [cell]})
    digest = write_conclusions(tmp_path, study.run, {"results": left, "other": {}})
    monkeypatch.setenv("SMCM_RUNS", str(tmp_path))
    back = read_conclusions(study.run)
    assert plain(back) == {"results": plain(found)}
    assert write_conclusions(tmp_path, study.run, {"results": left}) == digest
    assert write_conclusions(tmp_path, study.run, {}) != digest


def plain_part(found):
    assert isinstance(found, Conclusions)
    return {PART: plain(found)}


@pytest.mark.parametrize("text", [None, "{", "[]", '{"missing": {}}'])
def test_a_file_without_conclusions_is_refused(study, tmp_path, monkeypatch, text):
    monkeypatch.setenv("SMCM_RUNS", str(tmp_path))
    path = tmp_path / study.run.slug / FILE
    if text is not None:
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
    with pytest.raises(MissingRunsError, match="conclusions"):
        read_conclusions(study.run)
