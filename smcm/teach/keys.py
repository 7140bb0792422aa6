"""Questions about a file, their answers, and the numbers that usual slips lead to.

A number is evidence of the right analysis only if no slip leads to it. So a file on
which one does is passed over, and another is drawn for that student.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot, sqrt

import numpy as np
import pandas as pd

from smcm.analysis.mediate import mediate
from smcm.errors import DegenerateDataError
from smcm.teach.worlds import COVARIATES, M, World, X, Y, draw, seed_of, world_for

DECIMALS = 3  # of every answer
EXACT = 1.1 * 10.0**-DECIMALS  # rounded or cut, with a little to spare
ASKED, TAKEN = 5_000, 20_000  # resamples of a student at least, and of the key
ERRORS = 4  # Monte Carlo errors that a limit may be off
ROUNDING = 0.6 * 10.0**-DECIMALS
ATTEMPTS = 50
OMITTED = "the covariates were left out"
ALONE = "fidelity was left out of the equation of hope"
STANDARDIZED = "this is the standardized number"


@dataclass(frozen=True, slots=True)
class Slip:
    """A number that a usual mistake leads to, and which mistake."""

    value: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One number that is asked for.

    Attributes
    ----------
    name : str
        As in the file of answers.
    text : str
    answer, tolerance : float
        In points; an answer counts that is no farther off.
    slips : tuple of Slip
    """

    name: str
    text: str
    answer: float
    tolerance: float = EXACT
    slips: tuple[Slip, ...] = ()

    def right(self, given: float) -> bool:
        """Whether an answer counts."""
        return abs(given - self.answer) <= self.tolerance

    def slip(self, given: float) -> Slip | None:
        """Find the slip that an answer points to; None where it is near none."""
        near = [s for s in self.slips if abs(given - s.value) <= self.tolerance]
        return min(near, key=lambda s: abs(given - s.value), default=None)

    @property
    def telling(self) -> bool:
        """Whether no slip is taken for right, nor near it."""
        return all(abs(s.value - self.answer) > 2 * self.tolerance for s in self.slips)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """What one student gets, and what the instructor keeps.

    Attributes
    ----------
    student : str
    frame : DataFrame
        See `draw`.
    truth : World
    questions : tuple of Question
    passed_over : int
        Files that were drawn before it.
    """

    student: str
    frame: pd.DataFrame
    truth: World
    questions: tuple[Question, ...]
    passed_over: int


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
    for attempt in range(ATTEMPTS):
        frame, own = draw(asked, seed_of(secret, homework, student, attempt))
        exact = tuple(path_questions(frame))
        if all(question.telling for question in exact):
            return Assignment(
                student=student,
                frame=frame,
                truth=own,
                questions=(*exact, *limit_questions(frame)),
                passed_over=attempt,
            )
    raise DegenerateDataError(
        f"None of {ATTEMPTS} files tells right numbers from wrong ones; take a world "
        "with larger effects."
    )


def path_questions(frame: pd.DataFrame) -> Iterator[Question]:
    """Ask for paths and effects, which no chance is part of."""
    fit = mediate(frame, x=X, m=M, y=Y, covariates=COVARIATES, n_boot=100)
    bare, both = _slopes(frame, M, X), _slopes(frame, Y, M, X)
    alone = _slopes(frame, Y, M, *COVARIATES)[M]
    turned = _slopes(frame, X, M, *COVARIATES)[M]
    yield Question(
        name="a",
        text="Path a, from fidelity to the alliance",
        answer=fit.a,
        slips=(
            Slip(bare[X], OMITTED),
            Slip(turned, "fidelity was regressed on the alliance"),
            Slip(fit.a_standardized, STANDARDIZED),
        ),
    )
    yield Question(
        name="b",
        text="Path b, from the alliance to hope at equal fidelity",
        answer=fit.b,
        slips=(
            Slip(alone, ALONE),
            Slip(both[M], OMITTED),
            Slip(fit.b_standardized, STANDARDIZED),
        ),
    )
    yield Question(
        name="direct",
        text="Direct effect c'",
        answer=fit.direct,
        slips=(
            Slip(fit.total, "this is the total effect c"),
            Slip(both[X], OMITTED),
            Slip(fit.direct_standardized, STANDARDIZED),
        ),
    )
    yield Question(
        name="indirect",
        text="Indirect effect ab",
        answer=fit.indirect,
        slips=(
            Slip(fit.a + fit.b, "the paths were added, not multiplied"),
            Slip(bare[X] * both[M], OMITTED),
            Slip(fit.a * alone, ALONE),
            Slip(fit.indirect_cs, STANDARDIZED),
        ),
    )


def limit_questions(frame: pd.DataFrame) -> Iterator[Question]:
    """Ask for the limits of the 95% percentile interval of ab.

    The tolerance covers what chance does to `ASKED` resamples. It cannot tell a
    percentile interval from a normal one, whose limits are often as near: these
    questions see whether there is a bootstrap, and not which.
    """
    fit = mediate(frame, x=X, m=M, y=Y, covariates=COVARIATES, n_boot=TAKEN)
    draws = np.asarray(fit.indirect_draws)
    normal = 1.96 * hypot(fit.a * fit.term("b").se, fit.b * fit.term("a").se)
    for name, tail, wider, sign in (
        ("lower", 0.025, 0.05, -1),
        ("upper", 0.975, 0.95, 1),
    ):
        error = quantile_error(draws, tail, ASKED)
        yield Question(
            name=name,
            text=f"{name.capitalize()} limit of ab, 95% percentile bootstrap",
            answer=float(np.quantile(draws, tail)),
            tolerance=ERRORS * error + ROUNDING,
            slips=(
                Slip(fit.indirect + sign * normal, "this is the normal (Sobel) limit"),
                Slip(
                    float(np.quantile(draws, wider)), "this limit is of a 90% interval"
                ),
            ),
        )


def quantile_error(draws: np.ndarray, tail: float, n: int) -> float:
    """Monte Carlo error of a quantile of n draws: sqrt(p (1 - p) / n) / density.

    The density at the quantile is estimated from the draws within half a percent on
    either side (Serfling 1980, section 2.3.3).
    """
    reach = 0.005
    low, high = np.quantile(draws, [tail - reach, tail + reach])
    return float(sqrt(tail * (1 - tail) / n) * (high - low) / (2 * reach))


def _slopes(frame: pd.DataFrame, y: str, *columns: str) -> dict[str, float]:
    """Slopes of a least-squares regression by column."""
    design = np.column_stack([np.ones(len(frame)), frame[list(columns)]])
    found = np.linalg.lstsq(design, frame[y].to_numpy(float), rcond=None)[0]
    return dict(zip(columns, map(float, found[1:]), strict=True))
