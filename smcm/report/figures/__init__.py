"""The figures of the book, each a `Plate` that shows itself."""

from smcm.report.figures.bootstrap import bootstrap_distribution
from smcm.report.figures.densities import imputation_densities
from smcm.report.figures.diagram import mediation_diagram
from smcm.report.figures.fidelity import fidelity_over_time
from smcm.report.figures.forest import indirect_effects
from smcm.report.figures.missing import missingness_map
from smcm.report.figures.outcomes import outcomes_over_time
from smcm.report.figures.paths import path_diagrams
from smcm.report.figures.traces import imputation_traces

__all__ = [
    "bootstrap_distribution",
    "fidelity_over_time",
    "imputation_densities",
    "imputation_traces",
    "indirect_effects",
    "mediation_diagram",
    "missingness_map",
    "outcomes_over_time",
    "path_diagrams",
]
