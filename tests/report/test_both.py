"""What is said of both analyses follows what each of them finds."""

import re
from dataclasses import replace

import pytest

from smcm.chapters.results.both import FOUND, BothAnalyses, both_analyses
from smcm.chapters.results.facts import facts_of_both
from smcm.report.facts.study import study_facts
from tests.filled import about, filled

N = 8


@pytest.fixture(scope="module")
def facts(study):
    return {**about(study), "study": study_facts(study)}


def found_in(study, first, last):
    """The models, with every path significant from the first of some to the last."""
    levels = [1.0 if first <= k < last else 0.0 for k in range(N)]
    return tuple(
        replace(r, alpha_mediator=level, alpha_outcome=level)
        for r, level in zip(study.models, levels, strict=True)
    )


def both(study, published, defensible):
    return facts_of_both(
        BothAnalyses(
            published=found_in(study, *published),
            defensible=found_in(study, *defensible) if defensible else (),
            level=study.design.alpha.level,
            n_sets=3,
        )
    )


def told(facts, found):
    """The discussion's paragraph on both analyses."""
    text = filled("discussion", **facts, both=found)
    start = text.index("horizons. " if "both horizons. " in text else "at either")
    return text[start : text.index("## What it may mean")].partition(". ")[2]


def test_models_are_found_kept_and_new(study):
    found = both(study, (0, 3), (2, 4)).b
    titles = [r.model.title for r in study.models]
    assert found.published == tuple(titles[:3])
    assert found.defensible == tuple(titles[2:4])
    assert found.kept == (titles[2],)
    assert found.new == (titles[3],)


def test_facts_are_those_of_both_fitted_analyses(study):
    few = replace(study.run, n_boot=200, n_imputations=2)
    found = facts_of_both(both_analyses(replace(study, run=few)))
    assert (found.found, found.n_sets, len(found.models)) == (True, 2, N)
    for term, name in FOUND.items():
        own = {r.model.title for r in study.models if getattr(r, name)}
        ours = getattr(found, term)
        if term != "indirect":  # its interval has fewer samples here
            assert set(ours.published) == own
        assert set(ours.defensible) == {*ours.kept, *ours.new}


@pytest.mark.parametrize(
    ("published", "defensible", "words"),
    [
        ((0, 0), (0, 0), "mediation is found in no model, as in the published"),
        (
            (0, 0),
            (4, 5),
            "found for QOLI-20 at 18 months, and in the published analysis",
        ),
        ((4, 5), (4, 5), "is also found for QOLI-20 at 18 months, the one model in"),
        ((4, 5), (0, 0), "is not found for QOLI-20 at 18 months, the one model in"),
        (
            (4, 5),
            (5, 6),
            "the one model in which .* finds it, but for PGI at 18 months",
        ),
        (
            (0, 8),
            (0, 0),
            "no mediation is found in the .* models in which the published",
        ),
        ((0, 8), (0, 8), "is found in all .* models in which the published analysis"),
        (
            (0, 8),
            (4, 5),
            "in one of the .* analysis finds it .QOLI-20 at 18 months.. P",
        ),
        (
            (0, 5),
            (4, 6),
            "finds it .QOLI-20 at 18 months., and also for PGI at 18 mont",
        ),
    ],
)
def test_mediation_in_both_is_told_first(study, facts, published, defensible, words):
    said = told(facts, both(study, published, defensible))
    assert re.search(words, said.partition("ath a is then")[0])


@pytest.mark.parametrize(
    ("published", "defensible", "words"),
    [
        ((0, 0), (0, 0), "none of the eight models (none of the eight in the pub"),
        ((0, 8), (0, 0), "none of the eight models (all eight in the published"),
        (
            (0, 3),
            (0, 2),
            "path b in two (three in the published one), and",
        ),
        (
            (0, 3),
            (2, 4),
            "two (three in the published one; one in both), and",
        ),
        (
            (0, 0),
            (0, 1),
            "path b in one (none in the published one), and",
        ),
        (
            (0, 1),
            (1, 2),
            "in both), path b in one (one in the published one; ",
        ),
    ],
)
def test_paths_of_both_are_counted(study, facts, published, defensible, words):
    assert words in told(facts, both(study, published, defensible))


@pytest.mark.parametrize(
    ("published", "defensible", "words"),
    [
        ((0, 0), (0, 0), "Neither the published nor the defensible analysis finds an"),
        (
            (0, 8),
            (4, 5),
            "and not for others. In the defensible analysis, it is found for Q",
        ),
        (
            (4, 5),
            (0, 0),
            "for QOLI-20 at 18 months alone. In the defensible analysis, it is fou",
        ),
        ((0, 8), None, "for some outcomes at some times and not for others. Whether"),
        ((0, 0), None, "is found for no outcome. Whether"),
    ],
)
def test_the_conclusion_names_the_analysis(study, facts, published, defensible, words):
    found = both(study, published, defensible)
    text = filled("discussion", **facts, both=found).partition("## Conclusion")[2]
    assert words in text
    assert ("the defensible analysis" in text) == found.found


def test_too_few_teams_for_the_defensible_analysis_are_said_to_be_too_few(study, facts):
    said = told(facts, both(study, (0, 8), None))
    assert said.endswith("cannot be examined here: too few teams are left. ")
    assert "path a" not in said
