"""In which order an author fills in the tables, and what to mind in each."""

from smcm.design.instruments import PGI_POINTS

ORDER = (
    "teams",
    "clients",
    "fidelity",
    "interviews",
    "rprs",
    "qoli20",
    "pgi",
    "ths",
    "mcas",
)
NOTES = {
    "teams": (
        "Start here: every other file refers to these codes. Sites are numbered from "
        "1. A team that left the study early stays in, with 1 under `dropped_out`."
    ),
    "clients": (
        "Everyone who was enrolled, also those who were lost on the way. What is not "
        "known of a client stays blank; the analysis imputes it."
    ),
    "fidelity": (
        "One row per *item*, so that an assessment has as many rows as the scale has "
        "items, all with the same date. Each team needs at least two assessments, one "
        "before and one after most of its interviews: between them its score is drawn "
        "as a straight line, beyond them it has none. An item that was not rated has a "
        "row with a blank score."
    ),
    "interviews": (
        "Five rows for every client, whether the interviews were held or not. One that "
        "was not held keeps the date on which it was due, has 0 under `held` and no "
        "language."
    ),
    "rprs": (
        "Only interviews at which something was answered. A skipped item is a blank. "
        "Items are coded so that a higher number always means more; turn round the "
        "negatively worded ones before."
    ),
    "pgi": (
        "Ratings and points of the areas that the client named. An area that was not "
        f"named has a blank rating and 0 points; the points add up to {PGI_POINTS}."
    ),
}
