"""The book's tables, each one call on a study."""

from smcm.report.tables.change import change
from smcm.report.tables.characteristics import characteristics
from smcm.report.tables.checks import checks
from smcm.report.tables.imputed import imputed
from smcm.report.tables.measures import measures, missing
from smcm.report.tables.models import indirect_effects, paths, sensitivity
from smcm.report.tables.nesting import nesting
from smcm.report.tables.participants import participants
from smcm.report.tables.power import power
from smcm.report.tables.reciprocity import reciprocity

__all__ = [
    "change",
    "characteristics",
    "checks",
    "imputed",
    "indirect_effects",
    "measures",
    "missing",
    "nesting",
    "participants",
    "paths",
    "power",
    "reciprocity",
    "sensitivity",
]
