"""Missing data: the indirect effects pooled over imputed sets."""

from smcm.chapters.missing.facts import missing_facts

__all__ = ["missing_facts"]
