"""Reciprocal effects: alliance and outcomes, each on the earlier of the other."""

from collections.abc import Mapping
from typing import Any

from smcm.analysis.study import Study
from smcm.chapters.reciprocity import figures, tables
from smcm.chapters.reciprocity.cross_lagged import CrossLag, cross_lagged
from smcm.chapters.reciprocity.facts import reciprocity_facts
from smcm.report.opening import leave, published

__all__ = ["figures", "prepare", "reciprocity_facts", "tables"]


def prepare(given: Mapping[str, Any]) -> tuple[Study, tuple[CrossLag, ...]]:
    """Regress alliance and outcomes on their earlier selves, and leave the facts."""
    study, run = published(given)
    paths = cross_lagged(study.frame, study.design)
    without = cross_lagged(study.frame, study.design, ())
    leave(study, run, reciprocity=reciprocity_facts(study, paths, without))
    return study, paths
