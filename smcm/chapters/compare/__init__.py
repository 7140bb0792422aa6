"""Compare: the runs of a grid side by side."""

from smcm.chapters.compare.facts import compare_facts

__all__ = ["compare_facts"]
