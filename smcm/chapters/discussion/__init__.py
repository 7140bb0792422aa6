"""The discussion: the study in both analyses."""

from collections.abc import Mapping
from typing import Any

from smcm.analysis.both_analyses import both_analyses
from smcm.analysis.study import Study, run_study
from smcm.chapters.discussion.conclusions import conclusions
from smcm.cohort.loading import load_cohort
from smcm.parameters import RunParameters
from smcm.report.facts.both import facts_of_both
from smcm.report.facts.study import study_facts
from smcm.report.opening import leave

__all__ = ["conclusions", "prepare"]


def prepare(given: Mapping[str, Any]) -> Study:
    """Run the edition's analysis and the other one, and leave the facts."""
    run = RunParameters.among(given)
    study = run_study(load_cohort(run), run)
    found = both_analyses(study)
    leave(
        study,
        run,
        study=study_facts(study),
        both=facts_of_both(found),
        conclusions=conclusions(study, found),
    )
    return study
