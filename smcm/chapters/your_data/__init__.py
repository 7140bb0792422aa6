"""Using your own data: what a folder must hold for the book to be built from it."""

from collections.abc import Mapping
from typing import Any

from smcm.chapters.your_data import tutorial
from smcm.chapters.your_data.facts import folder_facts
from smcm.cohort.loading import load_cohort
from smcm.cohort.tables import Cohort
from smcm.facts import leave
from smcm.report.facts.edition import data_facts

__all__ = ["folder_facts", "prepare", "tutorial"]


def prepare(given: Mapping[str, Any]) -> Cohort:
    """Leave the facts: whose data the edition rests on, and what a folder must hold."""
    cohort = load_cohort(given["data"])
    leave(data=data_facts(cohort), folder=folder_facts(cohort))
    return cohort
