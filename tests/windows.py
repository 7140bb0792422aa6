"""Windows of the shipped study, in days, the shortest first."""

from smcm.design.study_file import shipped_study

WINDOWS_DAYS = tuple(sorted(shipped_study().exposure.windows))
