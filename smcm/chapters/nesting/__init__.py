"""Clustering by team: what becomes of the paths when clients of a team are alike."""

from smcm.chapters.nesting.facts import nesting_facts

__all__ = ["nesting_facts"]
