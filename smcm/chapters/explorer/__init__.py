"""The explorer: one run and one model at a time."""

from collections.abc import Mapping
from typing import Any

from smcm.chapters.explorer.facts import explorer_facts
from smcm.chapters.explorer.view import Explorer, view
from smcm.cohort.declared import load_design
from smcm.facts import leave
from smcm.parameters import RunParameters
from smcm.report.runs import read_runs

__all__ = ["explorer_facts", "prepare"]


def prepare(given: Mapping[str, Any]) -> Explorer:
    """Read all runs, leave the facts, and give the view that begins with this run."""
    run = RunParameters.among(given)
    runs = read_runs(load_design(run.data))
    leave(explorer=explorer_facts(runs))
    return view(runs, run)
