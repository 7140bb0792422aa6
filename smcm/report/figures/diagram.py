"""Figure 1: the mediation model as a diagram."""

from matplotlib.axes import Axes

from smcm.analysis.coded import category_of
from smcm.analysis.study import Study
from smcm.design.instruments import OUTCOMES, RPRS
from smcm.design.models import SHARED_COVARIATES
from smcm.design.schedule import ALLIANCE_BEFORE, BASELINE, label
from smcm.report.figures.boxes import Box, draw_arrow, draw_box, lay_sheet
from smcm.report.format import listed, spelled
from smcm.report.palette import (
    HEADING,
    INK,
    QUIET,
    SMALL,
    WIDTH,
    finished,
    new_figure,
)
from smcm.report.show import Plate
from smcm.report.words import COVARIATE_NAMES

HEIGHT = 4.3


def mediation_diagram(study: Study) -> Plate:
    """Show which variable acts on which in each of the eight models."""
    figure = new_figure(HEIGHT)
    draw_mediation_diagram(study, figure.add_subplot())
    names = covariate_names(study)
    alt = (
        "Diagram of the mediation model. An arrow a leads from fidelity to SMCM (team, "
        f"{study.run.window_days}-day mean) to the working alliance ({RPRS.short}), an "
        "arrow b from the alliance to the outcome, and an arrow c′ from fidelity "
        "straight to the outcome. The indirect effect is a times b. "
        f"{spelled(len(names)).capitalize()} covariates enter both equations: "
        f"{listed(names)}. Fidelity and alliance are taken at month "
        f"{_months(first=True)}, the outcome at month {_months(first=False)}."
    )
    return finished(figure, alt, "fig-model")


def draw_mediation_diagram(study: Study, ax: Axes) -> None:
    """Draw the three variables, the three paths and the covariates."""
    lay_sheet(ax, WIDTH, HEIGHT)
    fidelity = Box(
        1.35,
        1.75,
        2.3,
        0.95,
        f"Fidelity to SMCM\n(team, {study.run.window_days}-day mean)",
    )
    alliance = Box(3.25, 3.55, 2.3, 0.95, f"Working alliance\n({RPRS.short})")
    measures = listed([o.short for o in OUTCOMES]).replace(", and ", "\nor ")
    outcome = Box(5.15, 1.75, 2.3, 0.95, f"Outcome\n({measures})")
    for box in (fidelity, alliance, outcome):
        draw_box(ax, box)
    draw_arrow(ax, (1.35, 2.225), alliance.left)
    draw_arrow(ax, alliance.right, (5.15, 2.225))
    draw_arrow(ax, fidelity.right, outcome.left, color=INK)
    for x, y, letter in ((1.45, 3.0, "a"), (5.05, 3.0, "b"), (3.25, 1.92, "c′")):
        ax.text(x, y, letter, fontsize=15, style="italic", ha="center", color=INK)
    ax.text(
        3.25, 2.55, "indirect effect $ab$", fontsize=HEADING, ha="center", color=QUIET
    )
    _draw_covariates(ax, covariate_names(study))
    _draw_months(ax)


def covariate_names(study: Study) -> list[str]:
    """Name the covariates that were kept; a lone site, for example, is constant."""
    columns = study.models[0].mediation.spec.covariates
    kept = {category_of(column) for column in columns}
    shared = [COVARIATE_NAMES[name] for name in SHARED_COVARIATES if name in kept]
    baseline = study.models[0].model.outcome.score_column(BASELINE)
    return [*shared, "the outcome at baseline"] if baseline in kept else shared


def _draw_covariates(ax: Axes, names: list[str]) -> None:
    breaks = [
        f"{', '.join(names[:k])},\n{', '.join(names[k:])}" for k in range(1, len(names))
    ]
    lines = min(breaks, key=lambda text: max(map(len, text.splitlines())))
    text = f"{spelled(len(names)).capitalize()} covariates in both equations:\n{lines}"
    draw_box(ax, Box(WIDTH / 2, 0.45, 6.1, 0.78, text), size=SMALL, firm=False)


def _draw_months(ax: Axes) -> None:
    for x, y, first in ((1.35, 1.0, True), (3.25, 4.1, True), (5.15, 1.0, False)):
        text = f"month {_months(first=first)}"
        ax.text(x, y, text, fontsize=SMALL, ha="center", color=QUIET)


def _months(*, first: bool) -> str:
    months = ALLIANCE_BEFORE.values() if first else ALLIANCE_BEFORE
    return " or ".join(label(month) for month in months)
