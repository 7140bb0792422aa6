"""Missing data: the indirect effects pooled over imputed sets."""

from collections.abc import Mapping
from typing import Any

from smcm.analysis.pooled import PooledStudy, pool_study
from smcm.chapters.missing import figures, tables
from smcm.chapters.missing.conclusions import conclusions
from smcm.chapters.missing.facts import missing_facts
from smcm.report.opening import leave, published

__all__ = ["figures", "missing_facts", "prepare", "tables"]


def prepare(given: Mapping[str, Any]) -> PooledStudy:
    """Pool the models over imputed data sets, and leave the facts."""
    study, run = published(given)
    pooled = pool_study(study)
    leave(
        study,
        run,
        missing=missing_facts(pooled),
        conclusions=conclusions(pooled),
    )
    return pooled
