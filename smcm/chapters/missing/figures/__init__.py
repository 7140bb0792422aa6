"""Figures of the chapter."""

from smcm.chapters.missing.figures.densities import imputation_densities
from smcm.chapters.missing.figures.effects import pooled_effects
from smcm.chapters.missing.figures.traces import imputation_traces

__all__ = ["imputation_densities", "imputation_traces", "pooled_effects"]
