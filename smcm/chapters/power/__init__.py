"""Power and sample size: what another study needs, and what power this one had."""

from collections.abc import Mapping
from typing import Any

from smcm.chapters.power import figures, tables
from smcm.chapters.power.facts import power_facts
from smcm.chapters.power.plan import PowerPlan, plan_power
from smcm.report.opening import leave, published

__all__ = ["figures", "power_facts", "prepare", "tables"]


def prepare(given: Mapping[str, Any]) -> PowerPlan:
    """Plan a study of the same effects, and leave the facts."""
    study, run = published(given)
    plan = plan_power(study)
    leave(study, run, power=power_facts(study, plan))
    return plan
