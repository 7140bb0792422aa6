"""Figures of the chapter."""

from smcm.chapters.confounding.figures.rho import rho_curves
from smcm.chapters.confounding.figures.robustness import robustness_dots

__all__ = [
    "rho_curves",
    "robustness_dots",
]
