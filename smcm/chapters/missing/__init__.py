"""Missing data: the indirect effects pooled over imputed sets."""

from collections.abc import Mapping
from typing import Any

from smcm.analysis.pooled import PooledStudy, pool_study
from smcm.chapters.missing import figures, tables
from smcm.chapters.missing.facts import missing_facts
from smcm.cohort.imputation import impute_cohort
from smcm.cohort.imputed_sets import Imputations
from smcm.report.opening import leave, published

__all__ = ["figures", "imputed_sets", "missing_facts", "prepare", "tables"]


def prepare(given: Mapping[str, Any]) -> PooledStudy:
    """Pool the models over imputed data sets, and leave the facts."""
    study, run = published(given)
    pooled = pool_study(study)
    leave(study, run, missing=missing_facts(pooled))
    return pooled


def imputed_sets(found: PooledStudy) -> Imputations:
    """Give the sets that were pooled, with the clients of all sites."""
    study = found.study
    return impute_cohort(study.cohort, n_imputations=found.m, seed=study.run.seed)
