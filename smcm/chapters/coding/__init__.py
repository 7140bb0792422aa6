"""Covariates and model checks: other codings, covariates left out, each equation."""

from collections.abc import Mapping
from typing import Any

from smcm.analysis.study import Study
from smcm.chapters.coding import figures, tables
from smcm.chapters.coding.coding import Coding, describe_coding
from smcm.chapters.coding.conclusions import conclusions
from smcm.chapters.coding.equation_facts import check_facts
from smcm.chapters.coding.facts import coding_facts
from smcm.chapters.coding.model_checks import CheckedEquation, check_details
from smcm.report.opening import leave, published

__all__ = ["check_facts", "coding_facts", "figures", "prepare", "tables"]


def prepare(
    given: Mapping[str, Any],
) -> tuple[Study, Coding, tuple[CheckedEquation, ...]]:
    """Code the covariates otherwise, check each equation, and leave the facts."""
    study, run = published(given)
    coding, checks = describe_coding(study), check_details(study)
    leave(
        study,
        run,
        coding=coding_facts(coding),
        checks=check_facts(checks),
        conclusions=conclusions(coding),
    )
    return study, coding, checks
