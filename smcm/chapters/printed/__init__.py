"""Printed and regenerated: what the printed numbers say of each other."""

from smcm.chapters.printed.facts import PrintedFacts, printed_facts

__all__ = ["PrintedFacts", "printed_facts"]
