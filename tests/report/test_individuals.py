"""The figures that show single clients are those that the page for authors lists."""

import ast
import re

import numpy as np
import pytest
from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D

from smcm.audit import figures as audit_figures
from smcm.chapters.coding import figures as coding_figures
from smcm.chapters.coding.coding import describe_coding
from smcm.chapters.confounding import figures as confounding_figures
from smcm.chapters.confounding.confounding import describe_confounding
from smcm.chapters.missing import figures as missing_figures
from smcm.chapters.multiverse import figures as multiverse_figures
from smcm.chapters.multiverse.exposures import other_exposures
from smcm.chapters.nesting import figures as nesting_figures
from smcm.chapters.nesting.nested import describe_nested
from smcm.chapters.power import figures as power_figures
from smcm.chapters.reciprocity import figures as reciprocity_figures
from smcm.chapters.reciprocity.cross_lagged import cross_lagged
from smcm.chapters.your_data import tutorial
from smcm.cohort.imputation import impute_cohort
from smcm.design.checks import EQUATIONS
from smcm.paths import ROOT
from smcm.report.figure_files import plates
from smcm.report.format import spelled

# By name of the figure; the page of one's own data names them for those who pass it on.
A_MARK_EACH = ("fig-missing", *(f"fig-checks-{key}" for key in EQUATIONS))
ONE_CLIENT = ("fig-fidelity",)


def marks(figure):
    """The most marks of one kind, or rows of an image or a map, that a figure draws."""
    counts = [0]
    for ax in figure.axes:
        counts += [len(image.get_array()) for image in ax.images]
        if ax.containers and ax.yaxis_inverted():  # bars in rows from the top
            counts.append(round(abs(np.diff(ax.get_ylim())[0])))
        for artist in ax.get_children():
            if isinstance(artist, PathCollection):
                counts.append(len(artist.get_offsets()))
            if isinstance(artist, Line2D) and artist.get_marker() not in ("None", ""):
                counts.append(len(artist.get_xdata()))
    return max(counts)


@pytest.fixture(scope="module")
def drawn(study, plan, pooled, universes):
    imputed = impute_cohort(study.cohort, n_imputations=2, iterations=2)
    confounding, exposures = (
        describe_confounding(study),
        other_exposures(study, windows=(30, 180)),
    )
    return {
        plate.name: plate
        for plate in (
            *plates(study),
            *(coding_figures.model_checks(study, key) for key in EQUATIONS),
            audit_figures.audit_intervals(),
            reciprocity_figures.cross_lagged(cross_lagged(study.frame)),
            multiverse_figures.domain_effects(exposures),
            multiverse_figures.dose_curves(exposures),
            nesting_figures.false_alarms(describe_nested(study, 200)),
            missing_figures.imputation_densities(imputed),
            missing_figures.imputation_traces(imputed),
            coding_figures.left_out_effects(describe_coding(study)),
            *(multiverse_figures.multiverse_curve(universes, h) for h in (9, 18)),
            missing_figures.pooled_effects(pooled),
            multiverse_figures.multiverse_sites(universes),
            power_figures.power_curves(plan),
            power_figures.power_trade(plan.traded),
            confounding_figures.rho_curves(confounding),
            confounding_figures.robustness_dots(confounding),
        )
    }


def test_the_listed_figures_and_no_others_have_a_mark_for_each_client(study, drawn):
    found = {name for name, plate in drawn.items() if marks(plate.figure) >= study.n}
    assert found == set(A_MARK_EACH)
    assert set(ONE_CLIENT) <= drawn.keys()


def calls_that_draw():
    """Names of all functions of the package that give a figure."""
    return {
        node.name
        for path in (ROOT / "smcm").rglob("*.py")
        if "figures" in path.relative_to(ROOT).with_suffix("").parts
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and node.returns is not None
        and ast.unparse(node.returns) == "Plate"
    }


def test_every_figure_of_the_package_was_looked_at(drawn):
    elsewhere = {"specification_curve", "effect_curve"}  # of runs, without clients
    assert elsewhere & calls_that_draw()
    assert len(calls_that_draw() - elsewhere) == len(
        {
            re.sub(r"(fig-checks|fig-paths|fig-multiverse(?=-\d)).*", r"\1", name)
            for name in drawn
        }
    )


def test_the_page_lists_them():
    body = tutorial.figures_of_clients().body
    text = " ".join(body["Figure"])
    for name in (*A_MARK_EACH, *ONE_CLIENT):
        assert name in text or name.startswith("fig-checks")
    assert text.count("model checks") == 1
    assert f"{spelled(len(EQUATIONS)).capitalize()} figures of model checks" in text
