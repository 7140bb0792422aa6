"""Unmeasured confounding: how strong a confounder would have to be."""

from collections.abc import Mapping
from typing import Any

from smcm.chapters.confounding import figures, tables
from smcm.chapters.confounding.confounding import Confounding, describe_confounding
from smcm.chapters.confounding.facts import confounding_facts
from smcm.report.opening import leave, published

__all__ = ["confounding_facts", "figures", "prepare", "tables"]


def prepare(given: Mapping[str, Any]) -> Confounding:
    """Ask how strong a confounder would have to be, and leave the facts."""
    study, run = published(given)
    found = describe_confounding(study)
    leave(study, run, confounding=confounding_facts(found))
    return found
