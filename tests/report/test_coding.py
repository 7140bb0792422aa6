"""The chapter on covariates and checks shows what was computed, in any edition."""

import re
from dataclasses import replace

import numpy as np
import pytest
from statsmodels.api import OLS, add_constant

from smcm.analysis.cases import complete_cases
from smcm.analysis.study import run_study
from smcm.chapters.coding import check_facts, coding_facts
from smcm.chapters.coding import figures as coding_figures
from smcm.chapters.coding import tables as coding_tables
from smcm.chapters.coding.coding import describe_coding
from smcm.chapters.coding.model_checks import check_details, dependent_variables
from smcm.parameters import RunParameters
from smcm.report.format import number, p_value
from tests.filled import about, filled
from tests.report.test_figures import require_legible


@pytest.fixture(scope="module")
def of_one_site(cohort):
    return run_study(cohort, RunParameters(site="only-5", n_boot=100, window_days=90))


def text_of(coding, checks):
    return filled(
        "coding",
        **about(coding.study),
        coding=coding_facts(coding),
        checks=check_facts(checks),
    )


def unfinished(text):
    return re.search(r"\bnan\b|\binf\b|(?<!\w)-\d|\.\.| \.(?!\d)", text)


@pytest.mark.parametrize("which", ["study", "second_study", "of_one_site"])
def test_text_tables_and_figures_are_finished(which, request):
    shown = request.getfixturevalue(which)
    coding, checks = describe_coding(shown), check_details(shown)
    assert not unfinished(text_of(coding, checks))
    for table in (
        coding_tables.codings(coding),
        coding_tables.covariates(coding),
        coding_tables.equations(checks),
    ):
        assert not re.search(r"\bnan\b|\binf\b", table._repr_markdown_())
    plates = [
        coding_figures.left_out_effects(coding),
        coding_figures.model_checks(shown, "ths_9"),
    ]
    for plate in plates:
        assert "nan" not in plate.alt
        require_legible(plate)


def test_the_conclusion_follows_the_categories(study):
    coding, checks = describe_coding(study), check_details(study)
    assert any(one.mediated for one in study.models)
    none_kept = tuple(replace(one, alpha_mediator=0.0) for one in study.models)
    conclusions = {
        "all four findings of mediation of the published analysis remain.**": (
            study.models
        ),
        "no finding of mediation of the published analysis remains.**": none_kept,
        "one of the four findings of mediation of the published analysis remains.**": (
            *study.models[:1],
            *none_kept[1:],
        ),
    }
    for conclusion, categories in conclusions.items():
        found = replace(coding, categories=categories)
        assert conclusion in text_of(found, checks)
    few = replace(coding, categories=())
    said = text_of(few, checks)
    assert "**This edition has too few clients" in said
    assert len(coding_tables.codings(few).body) == len(study.models)
    assert not unfinished(said)
    none = replace(
        study,
        windows={
            days: tuple(replace(one, alpha_mediator=0.0) for one in found)
            for days, found in study.windows.items()
        },
    )
    gained = replace(coding, study=none, categories=study.models)
    assert "no mediation is found; with categories, it is found for" in text_of(
        gained, checks
    )
    neither = replace(gained, categories=none_kept)
    assert "**No mediation is found in this edition" in text_of(neither, checks)


def test_the_table_of_equations_shows_the_largest(study):
    checks = check_details(study)
    rows = coding_tables.equations(checks).body.to_dict("records")
    for row, one in zip(rows, checks, strict=True):
        largest = np.abs(one.detail.influence.dfbetas).max()
        assert row["DFBETAS"] == number(largest)
        assert int(row["Decisive"]) == one.detail.decisive
        assert row["p (HC3)"] == p_value(one.tests.p_robust)


def test_robust_errors_change_what_statsmodels_says(study):
    """Against its HC3 errors, with a level that some paths pass and others fail."""
    checks = check_details(study)
    found, changed = check_facts(checks).equations, []
    for result, path in ((r, path) for r in study.models for path in ("a", "b")):
        spec = result.mediation.spec
        focal = [spec.x] if path == "a" else [spec.m, spec.x]
        frame = complete_cases(study.frame, spec)
        design = add_constant(frame[[*focal, *spec.covariates]].to_numpy(float))
        fit = OLS(frame[spec.m if path == "a" else spec.y].to_numpy(float), design)
        kinds = ("nonrobust", "HC3")
        p = [fit.fit(use_t=True, cov_type=kind).pvalues[1] for kind in kinds]
        changed.append((p[0] < result.alpha(path)) != (p[1] < result.alpha(path)))
    assert [one.robust_changes for one in found] == changed
    least = min(checks, key=lambda one: one.tests.p_robust)
    between = (least.detail.p + least.tests.p_robust) / 2.0
    turned = replace(least, detail=replace(least.detail, alpha=between))
    assert check_facts([turned]).equations[0].robust_changes


def test_tabs_hold_a_figure_with_words_for_every_equation(study):
    n = len(dependent_variables(study))
    text = coding_figures.all_model_checks(study)._repr_markdown_()
    assert text.count("{tab-item}") == n
    assert text.count('<div class="smcm-plate"') == n
    assert text.count('aria-label="Four panels') == n
    assert text.count("data:image/png;base64,iVBOR") == 4 * n  # the dots


def test_every_client_is_a_point_of_every_panel(study):
    plate = coding_figures.model_checks(study, "pgi_18")
    assert len(plate.figure.axes) == 4
    for ax in plate.figure.axes:
        assert len(ax.collections[0].get_offsets()) == study.n
