"""A file for each student on which no usual mistake leads to a right number.

A number is evidence of the right analysis only if no slip leads to it. So a file on
which one does is passed over, and another is drawn for that student.
"""

from dataclasses import dataclass

import pandas as pd
from threadpoolctl import threadpool_limits

from smcm.errors import DegenerateDataError
from smcm.stats.mediation import fit_model
from smcm.teach.limits import TAKEN, limit_questions
from smcm.teach.questions import COLUMNS, MODEL, Question, path_questions
from smcm.teach.worlds import World, draw, seed_of, world_for

LOOKED = 4_000  # resamples of a first look at a file
ATTEMPTS = 100


@dataclass(frozen=True, slots=True)
class Assignment:
    """What one student gets, and what the instructor keeps.

    Attributes
    ----------
    student : str
    frame : DataFrame
        See `draw`.
    truth : World
    questions : tuple of Question
    """

    student: str
    frame: pd.DataFrame
    truth: World
    questions: tuple[Question, ...]


def assign(world: str, secret: bytes, homework: str, student: str) -> Assignment:
    """Draw a student's file, the first that tells every slip from the right number.

    Raises
    ------
    UnknownValueError
        A world that there is not.
    DegenerateDataError
        No such file among `ATTEMPTS`; it takes paths that are nearly nothing.
    """
    asked = world_for(world, secret, homework, student)
    with threadpool_limits(1, user_api="blas"):  # more would wait for each other
        for attempt in range(ATTEMPTS):
            frame, own = draw(asked, seed_of(secret, homework, student, attempt))
            if questions := telling_questions(frame):
                return Assignment(student, frame, own, questions)
    raise DegenerateDataError(
        f"None of {ATTEMPTS} files tells right numbers from wrong ones; take a world "
        "with larger effects."
    )


def telling_questions(frame: pd.DataFrame) -> tuple[Question, ...]:
    """Ask about a file; nothing where a slip would be taken for right.

    A few resamples find most of such files before many are drawn.
    """
    values = frame[list(COLUMNS)].to_numpy(float)
    (paths,) = fit_model(values[None], MODEL)
    found = exact = tuple(path_questions(values, paths))
    for taken in (LOOKED, TAKEN):
        if not all(question.telling for question in found):
            return ()
        found = (*exact, *limit_questions(values, paths, taken))
    return found if all(question.telling for question in found) else ()
