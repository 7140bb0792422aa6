"""Figures of the chapter."""

from smcm.chapters.compare.figures.specification import specification_curve

__all__ = [
    "specification_curve",
]
