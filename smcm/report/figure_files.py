"""Figures as files that say what they show and what data they rest on."""

from collections.abc import Iterator
from io import BytesIO
from typing import Literal

from matplotlib import rc_context

from smcm.analysis.study import Study
from smcm.report import figures
from smcm.report.show import DOTS_PER_INCH, Plate

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
            yield f"{plate.name}.{kind}", described(plate, kind, study)


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


def described(plate: Plate, kind: Kind, study: Study) -> bytes:
    """Draw one figure with its alt text and the data's statement as metadata."""
    text = f"{plate.alt} {study.cohort.statement}"
    fixed = {"Software": None} if kind == "png" else {"Date": None}
    metadata = {"Title": plate.name, "Description": text, **fixed}
    buffer = BytesIO()
    with rc_context({"svg.hashsalt": plate.name}):  # or its ids differ at each run
        plate.figure.savefig(buffer, format=kind, dpi=DOTS_PER_INCH, metadata=metadata)
    return buffer.getvalue()
