"""Figures as files that say what they show and what data they rest on."""

from collections.abc import Iterator
from typing import Literal

from smcm.analysis.study import Study
from smcm.report import figures
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
    yield figures.mediation_diagram(study)
    for horizon in sorted({result.model.horizon for result in study.models}):
        yield figures.path_diagrams(study, horizon)
    yield figures.fidelity_over_time(study)
    yield figures.missingness_map(study)
    yield figures.outcomes_over_time(study)
    yield figures.bootstrap_distribution(study)
    yield figures.indirect_effects(study)
