"""The chapter on unmeasured confounding shows what was computed, in any edition."""

import re
from dataclasses import replace

import numpy as np
import pytest

from generator.shipped import EIGHT_MODELS
from smcm.analysis.study import run_study
from smcm.chapters.confounding import confounding_facts
from smcm.chapters.confounding import figures as confounding_figures
from smcm.chapters.confounding import tables as confounding_tables
from smcm.chapters.confounding.confounding import describe_confounding
from smcm.parameters import RunParameters
from smcm.report import format as fmt
from smcm.report.format import bare
from tests.filled import about, filled
from tests.report.states import noise, only
from tests.report.test_figures import require_legible


@pytest.fixture(scope="module")
def found(study):
    return describe_confounding(study)


@pytest.fixture(scope="module")
def of_one_site(cohort):
    run = RunParameters(site="only-5", n_boot=100, window_days=90, n_imputations=2)
    return describe_confounding(run_study(cohort, run))


@pytest.fixture(scope="module")
def of_second(second_study):
    return describe_confounding(second_study)


def text_of(found):
    return filled(
        "confounding", **about(found.study), confounding=confounding_facts(found)
    )


def unfinished(text):
    return re.search(r"\bnan\b|\binf\b|(?<!\w)-\d|\.\.| \.(?!\d)|not for none", text)


def forced(found, factor):
    """The same with the errors of every path, and of its adjusted ones, changed."""
    models = []
    for one in found.models:
        paths = {
            name: replace(
                own,
                coefficient=replace(own.coefficient, se=own.coefficient.se * factor),
                benchmarks=tuple(
                    replace(b, adjusted=replace(own.coefficient, se=factor * 1e-3))
                    for b in own.benchmarks
                ),
            )
            for name, own in one.paths.items()
        }
        models.append(replace(one, paths=paths))
    return replace(found, models=tuple(models))


def test_tables_show_what_was_computed(found):
    body = confounding_tables.vanishing(found).body
    assert len(body) == len(EIGHT_MODELS)
    for row, one in zip(body.to_dict("records"), found.models, strict=True):
        assert row["ρ̃ (95% CI)"].startswith(f"{bare(one.vanishing)} (")
    rows = confounding_tables.robustness(found).body.to_dict("records")
    assert len(rows) == 2 * len(EIGHT_MODELS)
    own = [own for one in found.models for own in one.paths.values()]
    for row, path in zip(rows, own, strict=True):
        shown = float(row["RV"].rstrip("%")) / 100.0
        assert shown == pytest.approx(path.coefficient.robustness(), abs=0.00051)


def test_the_conclusion_follows_the_paths(found):
    strong, weak = (text_of(forced(found, factor)) for factor in (1e-3, 1e6))
    assert "**Every finding of mediation in the published analysis would" in strong
    assert "**No finding of mediation in the published analysis would" in weak
    assert len(re.findall("Path [ab] withstands .*? in all four models", strong)) == 3
    assert len(re.findall("Path [ab] withstands .*? in none of the four", weak)) == 3


def test_the_headline_names_what_is_no_benchmark_for_path_a(found):
    said = text_of(found)
    assert "**No finding of mediation in the published analysis would" in said
    assert (
        "Path a withstands a confounder as strong as site in none of the four" in said
    )
    assert "as strong as any single covariate of clients in all four models" in said
    assert "no benchmark for fidelity, however, which is a property of teams" in said
    most = max(
        benchmark.measured.treatment
        for one in found.models
        for benchmark in one.paths["a"].of_clients
    )
    assert f"more than {100 * most:.1f}%" in said
    assert "of which the sites use 6:" in said
    assert "46%" in said


def test_without_a_covariate_of_teams_path_a_has_no_benchmark(found):
    models = [
        replace(
            one,
            paths={
                name: replace(own, benchmarks=own.of_clients)
                for name, own in one.paths.items()
            },
        )
        for one in found.models
    ]
    said = text_of(replace(found, models=tuple(models)))
    assert "there is no benchmark for a confounder of path a" in said
    assert "as strong as site" not in said
    assert "None of the covariates here is a property of teams" in said


def test_the_table_names_the_categories_of_a_covariate(found):
    rows = confounding_tables.robustness(found).body.to_dict("records")
    for row, one in zip(rows[::2], found.models, strict=True):
        assert row["Strongest covariate"] == "site, 7 categories"
        site = one.paths["a"].of_teams[0]
        assert row["With confounder (95% CI)"].startswith(
            fmt.with_limits(site.adjusted.estimate, *site.adjusted.limits())
        )


def test_without_mediation_there_is_nothing_to_explain_away(found):
    none = replace(
        found,
        models=tuple(
            replace(one, completed=replace(one.completed, alpha_mediator=0.0))
            for one in found.models
        ),
    )
    said = text_of(none)
    assert "**The published analysis finds no mediation in this edition" in said
    assert not unfinished(said)


@pytest.mark.parametrize("make", [lambda study: only(study, "pgi_18"), noise])
def test_one_or_no_mediated_model_is_written_in_the_singular_or_not_at_all(study, make):
    found = describe_confounding(make(study))
    said = text_of(found)
    one = len(found.mediated) == 1
    assert ("finds mediation for PGI at 18 months. A path withstands" in said) == one
    assert ("to zero in the mediated model." in said) == one
    assert ("finds no mediation" in said) == (not found.mediated)
    assert " in the one " not in said
    assert not unfinished(said)


@pytest.mark.parametrize("which", ["found", "of_one_site", "of_second"])
def test_text_tables_and_figures_are_finished(which, request):
    shown = request.getfixturevalue(which)
    assert not unfinished(text_of(shown))
    for lay_out in (confounding_tables.vanishing, confounding_tables.robustness):
        assert not re.search(r"\bnan\b|\binf\b", lay_out(shown)._repr_markdown_())
    for draw in (confounding_figures.rho_curves, confounding_figures.robustness_dots):
        plate = draw(shown)
        assert "nan" not in plate.alt
        require_legible(plate)


def test_every_curve_and_dot_is_drawn(found):
    panels = confounding_figures.rho_curves(found).figure.axes
    assert len(panels) == len(EIGHT_MODELS)
    drawn = [
        (float(line.get_xdata()[0]), 0.0)
        for ax in panels
        for line in ax.lines
        if len(line.get_xdata()) == 1 and line.get_ydata()[0] == 0.0
    ]
    assert sorted(x for x, _ in drawn) == sorted(o.vanishing for o in found.models)
    for ax, path in zip(
        confounding_figures.robustness_dots(found).figure.axes, ("a", "b"), strict=True
    ):
        dots = np.array(
            [line.get_xdata()[0] for line in ax.lines if line.get_marker() == "o"]
        )
        expected = [
            own.robustness(alpha=alpha)
            for own in (one.paths[path].coefficient for one in found.models)
            for alpha in (0.05, None)
        ]
        np.testing.assert_allclose(np.sort(dots), np.sort(expected))
