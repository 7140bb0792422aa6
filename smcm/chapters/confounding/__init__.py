"""Unmeasured confounding: how strong a confounder would have to be."""

from smcm.chapters.confounding.facts import confounding_facts

__all__ = ["confounding_facts"]
