"""When what was measured, and how long a fidelity window is."""

DAYS_PER_MONTH = 365.25 / 12

INTERVIEW_MONTHS = (0.0, 4.5, 9.0, 13.5, 18.0)
OUTCOME_MONTHS = (0.0, 9.0, 18.0)  # in person
ALLIANCE_MONTHS = (4.5, 13.5)  # by telephone
BASELINE = 0.0
HORIZONS = (9.0, 18.0)  # outcome months of the eight models
ALLIANCE_BEFORE = {9.0: 4.5, 18.0: 13.5}  # outcome month -> interview before it

FROM_ENTRY = "entry"  # a window of all days since the client entered
MAIN_WINDOW = 180  # days
OTHER_WINDOWS = (90, 270)  # days, the sensitivity analyses
SHORTEST_WINDOW = min(MAIN_WINDOW, *OTHER_WINDOWS)
LEAST_ASSESSMENTS = 2  # a line between two points is what gives a score to a day
ASSESSMENT_MONTHS = (0, 6, 12, 18, 24, 36)


def label(month: float) -> str:
    """Write a month as column names and headings do: 4.5 -> "4.5", 9.0 -> "9"."""
    return f"{month:g}"
