"""Reciprocal effects: alliance and outcomes, each on the earlier of the other."""

from smcm.chapters.reciprocity.facts import reciprocity_facts

__all__ = ["reciprocity_facts"]
