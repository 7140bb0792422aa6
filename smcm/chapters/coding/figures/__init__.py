"""Figures of the chapter."""

from smcm.chapters.coding.figures.left_out import left_out_effects
from smcm.chapters.coding.figures.model_checks import all_model_checks, model_checks

__all__ = [
    "all_model_checks",
    "left_out_effects",
    "model_checks",
]
