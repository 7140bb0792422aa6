"""Validation: what the results were compared with, and which faults were tried."""

from smcm.chapters.validation import tables
from smcm.chapters.validation.facts import validation_facts
from smcm.facts import leave

__all__ = ["prepare", "tables", "validation_facts"]


def prepare() -> None:
    """Leave the facts."""
    leave(validation=validation_facts())
