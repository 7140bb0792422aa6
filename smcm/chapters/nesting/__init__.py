"""Clustering by team: what becomes of the paths when clients of a team are alike."""

from collections.abc import Mapping
from typing import Any

from smcm.chapters.nesting import figures, tables
from smcm.chapters.nesting.conclusions import conclusions
from smcm.chapters.nesting.facts import nesting_facts
from smcm.chapters.nesting.nested import Nested, describe_nested
from smcm.report.opening import leave, published

__all__ = ["figures", "nesting_facts", "prepare", "tables"]


def prepare(given: Mapping[str, Any]) -> Nested:
    """Analyse the study with its teams, and leave the facts."""
    study, run = published(given)
    nested = describe_nested(study)
    leave(
        study,
        run,
        nesting=nesting_facts(nested),
        conclusions=conclusions(nested),
    )
    return nested
