"""Tables, figure and sentences of the pooled models."""

from dataclasses import replace

import pytest

from smcm.analysis.pooled import PooledModel
from smcm.chapters.missing import figures as missing_figures
from smcm.chapters.missing import missing_facts
from smcm.chapters.missing import tables as missing_tables
from smcm.report import format as fmt
from smcm.report.words import SCHEMES
from tests.filled import about, filled

BOTH = {"rubin_mc": True, "mi_boot": True, "single": True, "boot_mi": True}


def chapter(pooled):
    """Fill in the chapter."""
    return filled("missing", **about(pooled.study), missing=missing_facts(pooled))


def passage(pooled, first, last):
    """The text of the chapter from some words to others."""
    return chapter(pooled).partition(first)[2].partition(last)[0]


def with_intervals(pooled, excludes):
    """The same study, intervals of the indirect effects moved off zero or onto it."""

    def moved(result, *, away):
        term = result.terms["indirect"]
        low, high = (0.1, 0.4) if away else (-0.1, 0.4)
        terms = result.terms | {"indirect": replace(term, ci_low=low, ci_high=high)}
        return replace(result, terms=terms)

    models = tuple(
        PooledModel(
            completed=one.completed,
            results={
                name: moved(result, away=excludes[name])
                for name, result in one.results.items()
            },
        )
        for one in pooled.models
    )
    return replace(pooled, models=models)


def test_tables_have_a_row_for_every_number(pooled):
    body = missing_tables.pooled(pooled).body
    assert len(body) == 4 * len(pooled.models)
    assert set(body["Term"]) == {"a", "b", "c′", "ab"}
    one = pooled.models[3].main.term("b")
    row = body.iloc[3 * 4 + 1]
    assert row["p"] == fmt.p_value(one.p)
    assert row["FMI"] == fmt.bare(one.fmi)
    assert row["df"] == fmt.whole(one.df)
    assert (body.loc[body["Term"] == "ab", "p"] == "").all()


def test_an_interval_that_excludes_zero_is_bold(pooled):
    body = missing_tables.schemes(pooled).body
    assert list(body.columns[2:]) == list(SCHEMES.values())
    for one, (_, row) in zip(pooled.models, body.iterrows(), strict=True):
        for scheme, heading in SCHEMES.items():
            assert row[heading].startswith("**") == one.excludes_zero(scheme)


def test_adjusted_p_values_are_shown_beside_the_unadjusted_result(pooled):
    body = missing_tables.multiplicity(pooled).body
    for test, (_, row) in zip(pooled.tests, body.iterrows(), strict=True):
        assert row["p (Holm)"] == fmt.p_value(test.p_holm)
        assert row["p (BH)"] == fmt.p_value(test.p_bh)
        assert (row["Interval"] == "excludes zero") == test.excludes_zero


def test_the_figure_says_what_it_shows(pooled):
    plate = missing_figures.pooled_effects(pooled)
    assert plate.name == "fig-pooled"
    for one in pooled.models:
        assert f"{one.model.title}: as published" in plate.alt
    marks = [line for line in plate.figure.axes[0].lines if line.get_marker() != "None"]
    assert len(marks) == 5 * len(pooled.models)
    filled = sum(line.get_markerfacecolor() != "#ffffff" for line in marks)
    by_scheme = sum(
        one.results[name].term("indirect_cs").excludes_zero
        for one in pooled.models
        for name in SCHEMES
    )
    limits = [one.completed.mediation.limits("indirect_cs") for one in pooled.models]
    assert filled == by_scheme + sum(low > 0 or high < 0 for low, high in limits)


@pytest.mark.parametrize(
    ("excludes", "said", "unsaid"),
    [
        (BOTH, "intervals of all indirect effects exclude zero", "depends on"),
        (
            dict.fromkeys(BOTH, False),
            "intervals of all indirect effects include zero",
            "depends on",
        ),
        (BOTH | {"boot_mi": False}, "the result depends on the scheme", "includes"),
    ],
)
def test_the_result_follows_the_intervals(pooled, excludes, said, unsaid):
    text = passage(
        with_intervals(pooled, excludes), "{admonition} Result", "The rule of the study"
    )
    assert said in text
    assert unsaid not in text


@pytest.mark.parametrize(
    ("lost", "gained", "said"),
    [
        ((), (), "every model gives the same result"),
        ((0,), (), "no longer found for {0}, compared with"),
        ((), (1,), "newly found for {1}, compared with"),
        ((0,), (1,), "no longer found for {0}, and is newly found for {1}, compared"),
    ],
)
def test_results_that_pooling_changes_are_named(pooled, lost, gained, said):
    missing = missing_facts(pooled)
    models = tuple(
        replace(one, lost=k in lost, gained=k in gained)
        for k, one in enumerate(missing.models)
    )
    changed = replace(missing, models=models)
    text = filled("missing", **about(pooled.study), missing=changed)
    assert said.format(*(one.title for one in models)) in text


def test_significant_effects_are_named(pooled):
    text = passage(pooled, "tested one at a time", "Adjusted by")
    for test in pooled.tests:
        assert (test.model.title in text) == (test.p < 0.05)


def test_conclusions_that_other_sets_might_change_are_named(pooled):
    def said(error):
        models = tuple(
            replace(
                one,
                results=one.results
                | {
                    "rubin_mc": replace(
                        one.main,
                        terms=one.main.terms
                        | {
                            "indirect": replace(
                                one.main.term("indirect"), p_error=error
                            )
                        },
                    )
                },
            )
            for one in pooled.models
        )
        return chapter(replace(pooled, models=models))

    assert "Other imputed sets might" not in said(0.0)
    assert "Other imputed sets might" not in said(float("nan"))
    assert "of the level: unadjusted, for" in said(0.3)


def test_the_chapter_says_whether_there_are_enough_sets(pooled):
    enough = chapter(replace(pooled, m=pooled.advised_m))
    assert "this satisfies the rule" in enough
    few = chapter(replace(pooled, m=2))
    assert f"the rule asks for {pooled.advised_m}." in few
    assert "satisfies the rule" not in few


def test_change_is_laid_out_with_its_pooled_tests(pooled):
    body = missing_tables.pooled_change(pooled).body.set_index("Measure")
    assert len(body) == len(pooled.change) == 6
    outcome = pooled.change[3]
    shown = body.loc[outcome.name]
    assert fmt.number(outcome.anova.d1.f) in shown["Test"]
    assert shown["p (D2)"] == fmt.p_value(outcome.anova.d2.p)
    assert shown["FMI"] == fmt.bare(outcome.changes[-1].fmi)
    assert shown["Post hoc p"].startswith(fmt.p_value(outcome.adjusted_p[0]))


def test_a_changed_conclusion_on_change_over_time_is_named(pooled):
    alliance = pooled.change[1]

    def with_p(p):
        changes = (replace(alliance.changes[0], p=p),)
        measures = list(pooled.change)
        measures[1] = replace(alliance, changes=changes)
        return chapter(replace(pooled, change=tuple(measures)))

    before = pooled.study.change.alliance.change.p
    turned = with_p(0.9 if before < 0.05 else 0.001)
    in_one = f"{alliance.name} ({fmt.p_phrase(before)} in the completed data set"
    assert in_one in turned
    assert "is that of the one completed data set for every measure" in with_p(before)


def test_r_squared_is_shown_with_its_interval(pooled):
    body = missing_tables.pooled_r2(pooled).body
    term = pooled.models[2].main.term("r2_outcome")
    cell = body["R² of the outcome (95% CI)"].iloc[2]
    assert cell.startswith(fmt.bare(term.estimate))
    assert fmt.bare(term.ci_high) in cell
