"""The explorer: one run and one model at a time."""

from smcm.chapters.explorer.facts import explorer_facts

__all__ = ["explorer_facts"]
