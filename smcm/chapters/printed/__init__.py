"""Printed and regenerated: what the printed numbers say of each other."""

from collections.abc import Mapping
from typing import Any

from smcm.analysis.study import Study
from smcm.chapters.printed import tables
from smcm.chapters.printed.conclusions import conclusions
from smcm.chapters.printed.facts import printed_facts
from smcm.report.facts.comparison import comparison_facts
from smcm.report.facts.study import study_facts
from smcm.report.opening import prepare as prepare_study

__all__ = ["prepare", "printed_facts", "tables"]


def prepare(given: Mapping[str, Any]) -> Study:
    """Compare with print, and leave the facts."""
    return prepare_study(
        given,
        study=study_facts,
        comparison=comparison_facts,
        details=printed_facts,
        conclusions=conclusions,
    )
