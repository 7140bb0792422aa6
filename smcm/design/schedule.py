"""When what was measured, and how long a fidelity window is."""

from smcm.design.study import label
from smcm.design.study_file import shipped_study

__all__ = [
    "ALLIANCE_BEFORE",
    "ALLIANCE_MONTHS",
    "BASELINE",
    "HORIZONS",
    "INTERVIEW_MONTHS",
    "MAIN_WINDOW",
    "OTHER_WINDOWS",
    "OUTCOME_MONTHS",
    "SHORTEST_WINDOW",
    "label",
]

_STUDY = shipped_study()

INTERVIEW_MONTHS = _STUDY.waves.all
OUTCOME_MONTHS = _STUDY.waves.outcome  # in person
ALLIANCE_MONTHS = _STUDY.waves.mediator  # by telephone
BASELINE = OUTCOME_MONTHS[0]
HORIZONS = tuple(one.outcome for one in _STUDY.horizons)  # of the eight models
ALLIANCE_BEFORE = {one.outcome: one.mediator for one in _STUDY.horizons}

MAIN_WINDOW, *_OTHERS = _STUDY.exposure.windows  # days
OTHER_WINDOWS = tuple(_OTHERS)  # days, the sensitivity analyses
SHORTEST_WINDOW = min(MAIN_WINDOW, *OTHER_WINDOWS)
