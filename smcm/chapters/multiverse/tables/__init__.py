"""Tables of the chapter."""

from smcm.chapters.multiverse.tables.exposures import from_entry
from smcm.chapters.multiverse.tables.multiverse import (
    multiverse,
    multiverse_choices,
    multiverse_sites,
)

__all__ = [
    "from_entry",
    "multiverse",
    "multiverse_choices",
    "multiverse_sites",
]
