"""Figures of the chapter."""

from smcm.chapters.power.figures.curves import power_curves
from smcm.chapters.power.figures.trade import power_trade

__all__ = [
    "power_curves",
    "power_trade",
]
