"""The figures of the book, each a `Plate` that shows itself."""

from smcm.report.figures.audit import audit_intervals
from smcm.report.figures.bootstrap import bootstrap_distribution
from smcm.report.figures.confounding import rho_curves
from smcm.report.figures.cross_lagged import cross_lagged
from smcm.report.figures.densities import imputation_densities
from smcm.report.figures.diagram import mediation_diagram
from smcm.report.figures.exposures import domain_effects, dose_curves
from smcm.report.figures.false_alarms import false_alarms
from smcm.report.figures.fidelity import fidelity_over_time
from smcm.report.figures.forest import indirect_effects
from smcm.report.figures.left_out import left_out_effects
from smcm.report.figures.missing import missingness_map
from smcm.report.figures.model_checks import all_model_checks, model_checks
from smcm.report.figures.multiverse import multiverse_curve
from smcm.report.figures.multiverse_sites import multiverse_sites
from smcm.report.figures.outcomes import outcomes_over_time
from smcm.report.figures.paths import path_diagrams
from smcm.report.figures.pooled import pooled_effects
from smcm.report.figures.power import power_curves
from smcm.report.figures.power_trade import power_trade
from smcm.report.figures.robustness import robustness_dots
from smcm.report.figures.specification import specification_curve
from smcm.report.figures.traces import imputation_traces

__all__ = [
    "all_model_checks",
    "audit_intervals",
    "bootstrap_distribution",
    "cross_lagged",
    "domain_effects",
    "dose_curves",
    "false_alarms",
    "fidelity_over_time",
    "imputation_densities",
    "imputation_traces",
    "indirect_effects",
    "left_out_effects",
    "mediation_diagram",
    "missingness_map",
    "model_checks",
    "multiverse_curve",
    "multiverse_sites",
    "outcomes_over_time",
    "path_diagrams",
    "pooled_effects",
    "power_curves",
    "power_trade",
    "rho_curves",
    "robustness_dots",
    "specification_curve",
]
