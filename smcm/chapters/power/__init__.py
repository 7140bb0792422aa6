"""Power and sample size: what another study needs, and what power this one had."""

from smcm.chapters.power.facts import power_facts

__all__ = ["power_facts"]
