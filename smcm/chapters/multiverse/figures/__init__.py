"""Figures of the chapter."""

from smcm.chapters.multiverse.figures.curve import multiverse_curve
from smcm.chapters.multiverse.figures.exposures import domain_effects, dose_curves
from smcm.chapters.multiverse.figures.sites import multiverse_sites

__all__ = [
    "domain_effects",
    "dose_curves",
    "multiverse_curve",
    "multiverse_sites",
]
