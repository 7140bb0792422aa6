"""Analysis module of the living paper on strengths-model fidelity and alliance."""

from smcm.analysis.mediation import MediationResult, mediate
from smcm.analysis.study import Study, run_study
from smcm.cohort.reading import load_cohort
from smcm.parameters import RunParameters

__all__ = [
    "MediationResult",
    "RunParameters",
    "Study",
    "load_cohort",
    "mediate",
    "run_study",
]
