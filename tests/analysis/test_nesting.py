"""The alpha rule belongs to the dependent variable."""

import numpy as np
import pytest

from smcm.analysis.eight_models import ModelResult
from smcm.analysis.nesting import Nesting, dependent_variables, describe_nesting
from smcm.design.study_file import shipped_study
from smcm.stats.icc import IntraclassCorrelation
from smcm.stats.terms import Term

RULE = shipped_study().alpha


def test_cutoff_itself_keeps_the_usual_level():
    assert RULE.for_icc(RULE.icc) == RULE.level
    assert RULE.for_icc(np.nextafter(RULE.icc, 1.0)) == RULE.strict
    assert RULE.for_icc(-0.2) == RULE.level


def test_levels_are_those_the_article_prints(published):
    assert published.number("icc.cut") == RULE.icc
    assert published.number("alpha.std") == RULE.level
    assert published.number("alpha.adj") == RULE.strict


def test_ten_dependent_variables(study):
    names = dependent_variables(study.design)
    assert set(study.nesting.icc) == set(names)
    assert len(names) == len(set(names)) == 10


def test_strict_list_is_the_published_one(study, published):
    stems = {"QOLI-20": "qoli20", "PGI": "pgi", "MCAS": "mcas", "RPRS": "rprs"}
    printed = {
        f"{stems[entry.scale]}_{entry.month}"
        for entry in published.of_kind("pattern")
        if entry.key.startswith("icc.hi.")
    }
    assert set(study.nesting.strict) == printed


def test_level_of_an_equation_is_that_of_its_dependent_variable(study):
    for result in study.models:
        spec = result.mediation.spec
        assert result.alpha_mediator == study.nesting.alpha(spec.m)
        assert result.alpha_outcome == study.nesting.alpha(spec.y)


def test_one_model_may_have_two_levels(study):
    """Hope at 18 months: strict towards the alliance, usual towards hope."""
    hope = study.model("ths_18")
    assert (hope.alpha_mediator, hope.alpha_outcome) == (RULE.strict, RULE.level)


class Fake:
    """A mediation with chosen p values."""

    def __init__(self, p_a, p_b, *, excludes):
        ends = (0.1, 0.2) if excludes else (-0.1, 0.2)
        self._p = {"a": p_a, "b": p_b, "direct": 0.5, "indirect": np.nan}
        self._ends = {"ci_low": ends[0], "ci_high": ends[1]}

    def term(self, name):
        return Term(estimate=0.15, p=self._p[name], **self._ends)


@pytest.mark.parametrize(
    ("p_a", "p_b", "excludes", "mediated"),
    [
        (0.009, 0.04, True, True),
        (0.02, 0.04, True, False),  # a misses the strict level
        (0.009, 0.06, True, False),
        (0.009, 0.04, False, False),
        (0.01, 0.04, True, False),  # a level is kept below it, not at it
        (0.009, 0.05, True, False),
    ],
)
def test_mediation_needs_both_paths_at_their_levels(p_a, p_b, excludes, mediated):
    result = ModelResult(None, 180, Fake(p_a, p_b, excludes=excludes), 0.01, 0.05)
    assert result.mediated == mediated


def test_a_path_that_misses_its_level_takes_the_indirect_effect_with_it(study):
    """Quality of life at 18 months: the interval alone would call it mediated."""
    result = study.model("qoli20_18")
    assert result.mediation.excludes_zero
    assert result.interval_excludes_zero  # its old name
    assert not result.b_significant
    assert not result.mediated


@pytest.mark.parametrize("cluster", ["team", "site"])
def test_other_clusters_can_be_asked_for(frame, cluster):
    found = describe_nesting(frame, shipped_study(), cluster)
    assert found.cluster == cluster
    sizes = {icc.n_clusters for icc in found.icc.values()}
    assert sizes == {frame[cluster].nunique()}


def test_strict_lists_in_order():
    icc = {
        name: IntraclassCorrelation(1.0 + value, 1.0 - value, 2, 2.0, 4)
        for name, value in (("p", 0.2), ("q", 0.01), ("r", 0.06))
    }
    assert Nesting("team", icc, shipped_study().alpha).strict == ("p", "r")
