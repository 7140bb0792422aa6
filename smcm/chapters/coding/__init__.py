"""Covariates and model checks: other codings, covariates left out, each equation."""

from smcm.chapters.coding.equation_facts import check_facts
from smcm.chapters.coding.facts import coding_facts

__all__ = ["check_facts", "coding_facts"]
