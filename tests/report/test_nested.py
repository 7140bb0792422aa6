"""The chapter on teams: what it shows is what was computed, with any teams."""

import re
from dataclasses import replace

import numpy as np
import pytest

from generator.shipped import EIGHT_MODELS
from smcm.analysis.study import run_study
from smcm.chapters.nesting import figures as nesting_figures
from smcm.chapters.nesting import nesting_facts
from smcm.chapters.nesting import tables as nesting_tables
from smcm.chapters.nesting.nested import alike_by, describe_nested, simulate_alarms
from smcm.chapters.nesting.settings import SIMULATED_ICCS
from smcm.parameters import RunParameters
from smcm.report import format as fmt
from tests.filled import about, filled
from tests.report.test_figures import require_legible

SAMPLES = 200
ALL = (
    nesting_tables.nested_alliance,
    nesting_tables.nested_total,
    nesting_tables.nested_indirect,
    nesting_tables.nested_between,
    nesting_tables.nested_within,
    nesting_tables.nested_likeness,
)


@pytest.fixture(scope="module")
def nested(study):
    return describe_nested(study, SAMPLES)


@pytest.fixture(scope="module", params=["only-5", "only-7", "without-4"])
def edition(request, cohort):
    run = RunParameters(site=request.param, n_boot=100, window_days=90)
    return describe_nested(run_study(cohort, run), SAMPLES)


def text_of(nested):
    return filled("nesting", **about(nested.study), nesting=nesting_facts(nested))


def forced(nested, p):
    """The same, with every wild bootstrap deciding alike."""
    draws = np.full(100, 0.0 if p < 0.05 else np.inf)
    models = tuple(
        replace(m, a=replace(m.a, wild=replace(m.a.wild, draws=draws)))
        for m in nested.models
    )
    return replace(nested, models=models)


def test_tables_show_what_was_computed(nested):
    body = nesting_tables.nested_alliance(nested).body
    assert len(body) == len(EIGHT_MODELS)
    for row, model in zip(body.to_dict("records"), nested.models, strict=True):
        assert float(row["df"]) == pytest.approx(model.a.cr2.t_df[1], abs=0.051)
        assert float(row["SE (CR2)"]) == pytest.approx(model.a.cr2.se[1], abs=0.0051)
        assert float(f"0{row['p (CR2)']}") == pytest.approx(
            model.a.p("cr2"), abs=0.00051
        )
    assert len(nesting_tables.nested_likeness(nested).body) == 10


def test_the_conclusion_follows_the_wild_bootstrap(nested):
    kept = sum(m.a.significant("ols") and m.a.significant("cr2") for m in nested.models)
    assert 0 < kept < len(nested.models)
    yes, no = (text_of(forced(nested, p)) for p in (0.0, 1.0))
    lead = "The finding that fidelity predicts the alliance"
    assert f"{lead} holds only in part when" in yes
    assert f"{lead} does not hold when" in no


def test_the_text_is_finished_whatever_the_teams(edition):
    text = text_of(edition)
    assert not re.search(r"\bnan\b|\binf\b|\.\.(?!/)| [.,;)](?=\s)", text)
    assert ("cannot be taken into account" in text) == (edition.n_teams < 3)
    assert bool(edition.models) == (edition.n_teams > 2)


def test_tables_and_figure_stand_whatever_the_teams(edition):
    for lay_out in ALL:
        text = re.sub(r'href="[^"]*"', "", lay_out(edition)._repr_markdown_())
        assert not re.search(r"\bnan\b|\binf\b", text)  # but in its CSV
    assert nesting_figures.false_alarms(edition).alt


def test_the_figure_is_legible_and_has_a_mark_for_every_share(nested):
    plate = nesting_figures.false_alarms(nested)
    require_legible(plate)
    by_whom = alike_by(nested.study.design)
    panels = [(by, level) for by in by_whom for level in (0.05, 0.01)]
    for ax, (by, level) in zip(plate.figure.axes, panels, strict=True):
        drawn = {
            (x, y)
            for line in ax.lines
            if len(line.get_xdata()) == len(SIMULATED_ICCS)
            for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
        }
        expected = {
            (r.icc, r.rate)
            for found in nested.alarms
            for r in found.rejections
            if r.level == level and found.level == by
        }
        assert expected <= drawn
        feet = {
            x for line in ax.lines if line.get_marker() == "^" for x in line.get_xdata()
        }
        assert feet == {f.observed for f in nested.alarms if f.level == by}


def test_both_levels_of_clustering_are_said(nested):
    said = text_of(nested)
    assert "between case managers" in said
    assert "between teams" in said
    assert "ICCs of .02 to .12" in said


def test_case_managers_alike_raise_few_false_alarms(study):
    """By case manager about 5 to 9% and 1 to 2.5%; by team up to a quarter."""
    rates = {
        (found.level, r.level, r.icc): r.rate
        for found in simulate_alarms(study, 4000)
        for r in found.rejections
        if r.test == "classical"
    }
    for level, low, high in ((0.05, 0.045, 0.095), (0.01, 0.007, 0.028)):
        own = [rates["case_manager", level, icc] for icc in (0.02, 0.05, 0.08, 0.12)]
        assert low < min(own) < max(own) < high
    assert rates["team", 0.05, 0.12] > 0.2


def test_the_table_of_teams_means_shows_what_is_open(nested):
    body = nesting_tables.nested_between(nested).body
    for row, split in zip(body.to_dict("records"), nested.splits, strict=True):
        shown, true = row["b, true means (95% CI)"], split.true_means
        assert ("∞" in shown) == (not true.bounded)
        assert shown.startswith("–") == np.isnan(true.b)
    text = text_of(nested).partition("the interval of b between teams has no end")[0]
    text = text[-300:]
    for split in nested.splits:
        assert (split.result.model.title in text) == (not split.true_means.bounded)


def test_bounded_slopes_are_not_called_open(nested):
    closed = tuple(
        replace(s, true_means=replace(s.true_means, b_low=0.1, b_high=0.4, low=0.1))
        for s in nested.splits
    )
    found = replace(nested, splits=closed)
    assert "has no end on at least one side" in text_of(nested)
    assert "has no end on at least one side" not in text_of(found)


def test_where_true_means_cannot_be_had_it_is_said(nested):
    none = tuple(replace(s, true_means=None) for s in nested.splits)
    found = replace(nested, splits=none)
    said = "The interval of the indirect effect excludes zero"
    assert said in text_of(nested)
    assert said not in text_of(found)
    assert (nesting_tables.nested_between(found).body["ab (95% CI)"] == "–").all()


def test_reliability_is_that_of_the_mean_squares(nested):
    text = text_of(nested)
    for column in ("rprs_4.5", "rprs_13.5"):
        anova = nested.likeness["team", column].anova
        assert fmt.bare(1.0 - anova.within / anova.between) in text
