"""The multiverse: the indirect effects under every combination of choices."""

from collections.abc import Mapping
from typing import Any

from smcm.chapters.multiverse import figures, tables
from smcm.chapters.multiverse.exposure_facts import exposure_facts
from smcm.chapters.multiverse.exposures import Exposures, other_exposures
from smcm.chapters.multiverse.facts import multiverse_facts
from smcm.chapters.multiverse.multiverse import Multiverse, explore
from smcm.report.facts.windows import window_facts
from smcm.report.opening import leave, published

__all__ = ["exposure_facts", "figures", "multiverse_facts", "prepare", "tables"]


def prepare(given: Mapping[str, Any]) -> tuple[Exposures, Multiverse]:
    """Run every combination of choices, and leave the facts."""
    study, run = published(given)
    exposures, universes = other_exposures(study), explore(study.cohort, run)
    leave(
        study,
        run,
        windows=window_facts(study),
        multiverse=multiverse_facts(universes),
        exposures=exposure_facts(exposures),
    )
    return exposures, universes
