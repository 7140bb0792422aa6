"""Figures as files that say what they show and what data they rest on."""

from collections.abc import Iterator
from typing import Literal

from smcm.analysis.study import Study
from smcm.report.figures.bootstrap import bootstrap_distribution
from smcm.report.figures.diagram import mediation_diagram
from smcm.report.figures.fidelity import fidelity_over_time
from smcm.report.figures.forest import indirect_effects
from smcm.report.figures.missing import missingness_map
from smcm.report.figures.outcomes import outcomes_over_time
from smcm.report.figures.paths import path_diagrams
from smcm.report.show import Plate

Kind = Literal["png", "svg"]
KINDS: tuple[Kind, ...] = ("png", "svg")


def figure_files(study: Study) -> Iterator[tuple[str, bytes]]:
    """Draw the main figures, each as PNG and as SVG.

    Yields
    ------
    (str, bytes)
        Name of the file and its content.
    """
    for plate in plates(study):
        for kind in KINDS:
            content = plate.to_bytes(kind, study.cohort.statement)
            yield f"{plate.name}.{kind}", content


def plates(study: Study) -> Iterator[Plate]:
    """Draw the figures that a study carries on its own."""
    yield mediation_diagram(study)
    for horizon in sorted({result.model.horizon for result in study.models}):
        yield path_diagrams(study, horizon)
    yield fidelity_over_time(study)
    yield missingness_map(study)
    yield outcomes_over_time(study)
    yield bootstrap_distribution(study)
    yield indirect_effects(study)
