"""Tables of the chapter."""

from smcm.chapters.validation.tables.speed import speed, speed_growth
from smcm.chapters.validation.tables.validation import faults, nist, outside, reproduced

__all__ = [
    "faults",
    "nist",
    "outside",
    "reproduced",
    "speed",
    "speed_growth",
]
