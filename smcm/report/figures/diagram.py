"""Figure 1: the mediation model as a diagram."""

from textwrap import wrap

from matplotlib.axes import Axes

from smcm.analysis.category_columns import category_of
from smcm.analysis.study import Study
from smcm.design.study import StudyDesign, label
from smcm.report.figures.boxes import Box, draw_arrow, draw_box, lay_sheet
from smcm.report.format import listed, spelled
from smcm.report.palette import (
    COLUMN,
    INK,
    QUIET,
    SMALL,
    TEXT,
    finished,
    new_panels,
)
from smcm.report.show import Plate
from smcm.report.words import covariate_names

HEIGHT = 4.1
LETTERS = 48  # in a line of covariates


def mediation_diagram(study: Study) -> Plate:
    """Show which variable acts on which in each of the eight models."""
    figure, axes = new_panels(1, 1, (COLUMN, HEIGHT), (0.0,) * 4)
    draw_mediation_diagram(study, axes[0, 0, 0])
    names, design = entered_covariates(study), study.design
    alt = (
        "Diagram of the mediation model. An arrow a leads from fidelity to SMCM (team, "
        f"{study.run.window_days}-day mean) to the working alliance "
        f"({design.mediator.short}), an arrow b from the alliance to the "
        "outcome, and an arrow c′ from fidelity straight to the outcome. The indirect "
        "effect is a times b. "
        f"{spelled(len(names)).capitalize()} covariates enter both equations: "
        f"{listed(names)}. Fidelity and alliance are taken at month "
        f"{_months(design, first=True)}, the outcome at month "
        f"{_months(design, first=False)}."
    )
    return finished(figure, alt, "fig-model")


def draw_mediation_diagram(study: Study, ax: Axes) -> None:
    """Draw the three variables, the three paths and the covariates."""
    lay_sheet(ax, COLUMN, HEIGHT)
    fidelity = Box(
        0.86,
        1.8,
        1.66,
        0.85,
        f"Fidelity to SMCM\n(team,\n{study.run.window_days}-day mean)",
    )
    alliance = Box(
        2.15, 3.5, 1.66, 0.6, f"Working alliance\n({study.design.mediator.short})"
    )
    measures = (
        listed([o.short for o in study.design.outcomes])
        .replace(", and ", " or ")
        .replace(", ", ",\n", 1)
    )
    outcome = Box(3.44, 1.8, 1.66, 0.85, f"Outcome\n({measures})")
    for box in (fidelity, alliance, outcome):
        draw_box(ax, box)
    draw_arrow(ax, (0.87, 2.225), alliance.left)
    draw_arrow(ax, alliance.right, (3.44, 2.225))
    draw_arrow(ax, fidelity.right, outcome.left, color=INK)
    for x, y, letter in ((0.82, 2.8, "a"), (3.5, 2.8, "b"), (2.15, 1.9, "c′")):
        ax.text(x, y, letter, fontsize=15, style="italic", ha="center", color=INK)
    ax.text(2.15, 2.55, "indirect\neffect ab", fontsize=TEXT, ha="center", color=QUIET)
    _draw_covariates(ax, entered_covariates(study))
    _draw_months(ax, study.design)


def entered_covariates(study: Study) -> list[str]:
    """Name the covariates that were kept; a lone site, for example, is constant."""
    columns = study.models[0].mediation.spec.covariates
    names = covariate_names(study.design)
    coded = study.design.coded
    kept = {category_of(column, names, coded) for column in columns}
    shared = [name for column, name in names.items() if column in kept]
    baseline = study.models[0].model.baseline
    return [*shared, "the outcome at baseline"] if baseline in kept else shared


def _draw_covariates(ax: Axes, names: list[str]) -> None:
    lines = "\n".join(wrap(", ".join(names), LETTERS))
    text = f"{spelled(len(names)).capitalize()} covariates in both equations:\n{lines}"
    height = 0.2 + 0.17 * len(text.splitlines())
    box = Box(COLUMN / 2, 0.03 + height / 2, COLUMN - 0.04, height, text)
    draw_box(ax, box, size=SMALL, firm=False)


def _draw_months(ax: Axes, design: StudyDesign) -> None:
    for x, y, first in ((0.87, 1.17, True), (2.15, 3.9, True), (3.44, 1.17, False)):
        text = f"month {_months(design, first=first)}"
        ax.text(x, y, text, fontsize=SMALL, ha="center", color=QUIET)


def _months(design: StudyDesign, *, first: bool) -> str:
    waves = (one.mediator if first else one.outcome for one in design.horizons)
    return " or ".join(map(label, waves))
