"""The results of the published and the defensible analysis, side by side."""

from collections.abc import Mapping
from typing import Any

from smcm.analysis.study import run_study
from smcm.chapters.results.both import BothAnalyses, both_analyses
from smcm.chapters.results.conclusions import conclusions
from smcm.chapters.results.facts import facts_of_both
from smcm.chapters.results.tables import both
from smcm.cohort.loading import load_cohort
from smcm.facts import leave
from smcm.parameters import RunParameters

__all__ = ["both", "conclusions", "prepare"]


def prepare(given: Mapping[str, Any]) -> BothAnalyses:
    """Run the edition's analysis and the other one, and leave what both find."""
    run = RunParameters.among(given)
    study = run_study(load_cohort(run), run)
    found = both_analyses(study)
    leave(both=facts_of_both(found), conclusions=conclusions(study, found))
    return found
