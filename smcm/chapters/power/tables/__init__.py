"""Tables of the chapter."""

from smcm.chapters.power.tables.cited import power_cited
from smcm.chapters.power.tables.planned import (
    power_needed,
    power_own,
    power_planned,
    power_traded,
)

__all__ = [
    "power_cited",
    "power_needed",
    "power_own",
    "power_planned",
    "power_traded",
]
