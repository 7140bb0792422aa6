"""Validation: what the results were compared with, and which faults were tried."""

from smcm.chapters.validation.facts import validation_facts

__all__ = ["validation_facts"]
