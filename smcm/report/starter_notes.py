"""Order in which an author fills in the tables, and notes on each."""

from smcm.design.study import StudyDesign

FIRST = ("teams", "clients", "fidelity", "interviews")
NOTES = {
    "teams": (
        "Start here: every other file refers to these codes. Sites are numbered from "
        "1. A team that left the study early is included, with 1 under `dropped_out`."
    ),
    "clients": (
        "Everyone who was enrolled, including those lost to follow-up. Leave unknown "
        "characteristics blank; the analysis imputes them."
    ),
    "fidelity": (
        "One row per *item*: an assessment has as many rows as the scale has items, "
        "all with the same date. Each team needs at least two assessments, one before "
        "and one after most of its interviews; its score is interpolated linearly "
        "between them and undefined outside. An item that was not rated has a row with "
        "a blank score."
    ),
    "interviews": (
        "Five rows for every client, whether the interviews were held or not. An "
        "interview that was not held has its due date, 0 under `held`, and no language."
    ),
}
ITEMS = (
    "Only interviews at which something was answered. A skipped item is blank. "
    "Higher numbers always mean more; reverse-code negatively worded items first."
)
WEIGHTED = (
    "Ratings and points of the areas that the client named. An area that was not "
    "named has a blank rating and 0 points. The points sum to {points}."
)


def order(design: StudyDesign) -> tuple[str, ...]:
    """Name the tables in the order in which to fill them in."""
    return (*FIRST, *(scale.key for scale in design.instruments))


def notes(design: StudyDesign) -> dict[str, str]:
    """Give the notes by table; of questionnaires on the first and on every index."""
    weighted = {
        scale.key: WEIGHTED.format(points=scale.points)
        for scale in design.instruments
        if scale.rule == "weighted"
    }
    return {**NOTES, design.mediator.key: ITEMS, **weighted}
