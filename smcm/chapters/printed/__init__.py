"""The chapter that compares printed with regenerated numbers."""

from smcm.chapters.printed.facts import ComparisonFacts, comparison_facts

__all__ = ["ComparisonFacts", "comparison_facts"]
