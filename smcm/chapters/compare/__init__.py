"""Compare: the runs of a grid side by side."""

from collections.abc import Mapping
from typing import Any

from smcm.chapters.compare import figures, tables
from smcm.chapters.compare.conclusions import conclusions
from smcm.chapters.compare.facts import compare_facts
from smcm.cohort.declared import load_design
from smcm.facts import leave
from smcm.parameters import RunParameters
from smcm.report.choices import alike
from smcm.report.runs import RunRecord, read_runs

__all__ = ["alike", "compare_facts", "figures", "prepare", "tables"]


def prepare(given: Mapping[str, Any]) -> tuple[RunRecord, ...]:
    """Read all runs, and leave the facts."""
    run = RunParameters.among(given)
    runs = read_runs(load_design(run.data))
    leave(compare=compare_facts(runs), conclusions=conclusions(runs, run))
    return runs
