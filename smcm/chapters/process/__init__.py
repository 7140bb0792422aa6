"""Output in the format of PROCESS: one of the eight models as PROCESS prints it."""

from collections.abc import Mapping
from typing import Any

from smcm.chapters.process import listings
from smcm.chapters.process.facts import process_facts
from smcm.chapters.process.model import ShownModel, shown_model
from smcm.report.opening import leave, published

__all__ = ["listings", "prepare", "process_facts"]


def prepare(given: Mapping[str, Any]) -> ShownModel:
    """Choose a model, fit it on R's resamples, and leave the facts."""
    study, run = published(given)
    found = shown_model(study)
    leave(study, run, process=process_facts(found))
    return found
