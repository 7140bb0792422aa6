"""The multiverse: the indirect effects under every combination of choices."""

from smcm.chapters.multiverse.exposure_facts import exposure_facts
from smcm.chapters.multiverse.facts import multiverse_facts

__all__ = ["exposure_facts", "multiverse_facts"]
