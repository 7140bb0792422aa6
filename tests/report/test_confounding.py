"""The chapter on hidden causes shows what was computed, in any edition."""

import re
from dataclasses import replace

import numpy as np
import pytest

from smcm.analysis.confounding import describe_confounding
from smcm.analysis.study import run_study
from smcm.design.models import EIGHT_MODELS
from smcm.parameters import RunParameters
from smcm.report import figures, prose, tables
from smcm.report import format as fmt
from smcm.report.format import bare
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


def finished(text):
    return text == text.strip() != "" and not re.search(
        r"\bnan\b|\binf\b|(?<!\w)-\d|  |\.\.", text
    )


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
    body = tables.vanishing(found).body
    assert len(body) == len(EIGHT_MODELS)
    for row, one in zip(body.to_dict("records"), found.models, strict=True):
        assert row["ρ̃ (95% CI)"].startswith(f"{bare(one.vanishing)} (")
    rows = tables.robustness(found).body.to_dict("records")
    assert len(rows) == 2 * len(EIGHT_MODELS)
    own = [own for one in found.models for own in one.paths.values()]
    for row, path in zip(rows, own, strict=True):
        shown = float(row["RV"].rstrip("%")) / 100.0
        assert shown == pytest.approx(path.coefficient.robustness(), abs=0.00051)


def test_the_verdict_follows_the_paths(found):
    ends = {
        factor: prose.confounding_phrases(forced(found, factor))["conf_verdict"]
        for factor in (1e-3, 1e6)
    }
    assert ends[1e-3].endswith("holds.")
    assert ends[1e6].endswith("does not hold.")


def test_the_headline_names_what_is_no_benchmark_for_path_a(found):
    said = prose.confounding_phrases(found)
    assert said["conf_verdict"].endswith("mediation does not hold.")
    detail = said["conf_verdict_detail"]
    assert "With a cause like site, path a" in detail
    assert "in none of the four. With a cause like any covariate of clients" in detail
    assert "no benchmark for fidelity, which belongs to a team" in detail
    most = max(
        benchmark.measured.treatment
        for one in found.models
        for benchmark in one.paths["a"].of_clients
    )
    assert f"more than {100 * most:.1f}%" in said["conf_team_level"]
    assert "6 of them" in said["conf_team_level"]
    assert "46%" in said["conf_team_level"]


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
    said = prose.confounding_phrases(replace(found, models=tuple(models)))
    assert said["conf_verdict"].startswith("These data have no benchmark")
    assert "cause like site" not in said["conf_verdict_detail"]
    assert "No covariate of teams" in said["conf_team_level"]


def test_the_table_names_the_categories_of_a_covariate(found):
    rows = tables.robustness(found).body.to_dict("records")
    for row, one in zip(rows[::2], found.models, strict=True):
        assert row["Strongest covariate"] == "site, 7 categories"
        site = one.paths["a"].of_teams[0]
        assert row["With its like (95% CI)"].startswith(
            fmt.with_limits(site.adjusted.estimate, *site.adjusted.limits())
        )


def test_without_mediation_there_is_nothing_to_undo(found):
    none = replace(
        found,
        models=tuple(
            replace(one, completed=replace(one.completed, alpha_mediator=0.0))
            for one in found.models
        ),
    )
    phrases = prose.confounding_phrases(none)
    assert "no mediation" in phrases["conf_verdict"]
    assert all(finished(text) for text in phrases.values())


@pytest.mark.parametrize("which", ["found", "of_one_site", "of_second"])
def test_phrases_tables_and_figures_are_finished(which, request):
    shown = request.getfixturevalue(which)
    for name, text in prose.confounding_phrases(shown).items():
        assert finished(text), (name, text)
    for lay_out in (tables.vanishing, tables.robustness):
        assert not re.search(r"\bnan\b|\binf\b", lay_out(shown)._repr_markdown_())
    for draw in (figures.rho_curves, figures.robustness_dots):
        plate = draw(shown)
        assert "nan" not in plate.alt
        require_legible(plate)


def test_every_curve_and_dot_is_drawn(found):
    panels = figures.rho_curves(found).figure.axes
    assert len(panels) == len(EIGHT_MODELS)
    drawn = [
        (float(line.get_xdata()[0]), 0.0)
        for ax in panels
        for line in ax.lines
        if len(line.get_xdata()) == 1 and line.get_ydata()[0] == 0.0
    ]
    assert sorted(x for x, _ in drawn) == sorted(o.vanishing for o in found.models)
    for ax, path in zip(
        figures.robustness_dots(found).figure.axes, ("a", "b"), strict=True
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
