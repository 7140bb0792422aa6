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
# resamples of a student at least, of the key, and of a first look at a file
ASKED, TAKEN, LOOKED = 10_000, 20_000, 4_000
ERRORS = 2.9  # Monte Carlo errors of both that a limit may be off: 99.6% are within
ROUNDING = 0.6 * 10.0**-DECIMALS
ATTEMPTS = 100
TAILS = {"lower": 0.025, "upper": 0.975}
OTHER_LEVELS = {90: 0.05, 99: 0.005}  # and their lower tail
OMITTED = "the covariates were left out"
ALONE = "fidelity was left out of the equation of hope"
STANDARDIZED = "this is the standardized number"
SIGN = "the sign is wrong"


@dataclass(frozen=True, slots=True)
class Slip:
    """A number that a usual mistake leads to, which mistake, and how near it leads."""

    value: float
    why: str
    reach: float = EXACT


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
        near = [s for s in self.slips if abs(given - s.value) <= s.reach]
        return min(near, key=lambda s: abs(given - s.value), default=None)

    @property
    def telling(self) -> bool:
        """Whether no slip, as near as it leads, is taken for right."""
        return all(
            abs(s.value - self.answer) > self.tolerance + s.reach for s in self.slips
        )


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
        if questions := telling_questions(frame):
            return Assignment(
                student=student,
                frame=frame,
                truth=own,
                questions=questions,
                passed_over=attempt,
            )
    raise DegenerateDataError(
        f"None of {ATTEMPTS} files tells right numbers from wrong ones; take a world "
        "with larger effects."
    )


def telling_questions(frame: pd.DataFrame) -> tuple[Question, ...]:
    """Ask about a file; nothing where a slip would be taken for right.

    A few resamples find most of such files before many are drawn.
    """
    found = exact = tuple(path_questions(frame))
    for taken in (LOOKED, TAKEN):
        if not all(question.telling for question in found):
            return ()
        found = (*exact, *limit_questions(frame, taken))
    return found if all(question.telling for question in found) else ()


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
            Slip(-fit.a, SIGN),
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
            Slip(-fit.b, SIGN),
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
            Slip(-fit.direct, SIGN),
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
            Slip(-fit.indirect, SIGN),
        ),
    )


def limit_questions(frame: pd.DataFrame, taken: int = TAKEN) -> Iterator[Question]:
    """Ask for the limits of the 95% percentile interval of ab.

    The tolerance covers what chance does to `ASKED` resamples of a student and `TAKEN`
    of the key.

    Parameters
    ----------
    frame : DataFrame
    taken : int
        Resamples.
    """
    fit = mediate(frame, x=X, m=M, y=Y, covariates=COVARIATES, n_boot=taken)
    bare = mediate(frame, x=X, m=M, y=Y, n_boot=taken // 4)
    draws, omitted = np.asarray(fit.indirect_draws), np.asarray(bare.indirect_draws)
    scale = fit.indirect_cs / fit.indirect
    normal = 1.96 * hypot(fit.a * fit.term("b").se, fit.b * fit.term("a").se)
    for name, tail in TAILS.items():
        answer, reach = _limit(draws, tail)
        other, far = _limit(draws, 1 - tail)
        sobel = fit.indirect + (normal if tail > 0.5 else -normal)
        slips = [
            Slip(sobel, "this is the normal (Sobel) limit"),
            Slip(other, "the two limits are swapped", far),
            Slip(-answer, SIGN, reach),
            Slip(scale * answer, STANDARDIZED, max(EXACT, abs(scale) * reach)),
        ]
        for level, low in OTHER_LEVELS.items():
            value, near = _limit(draws, 1 - low if tail > 0.5 else low)
            slips.append(Slip(value, f"this limit is of a {level}% interval", near))
        value, near = _limit(omitted, tail)
        yield Question(
            name=name,
            text=f"{name.capitalize()} limit of ab, 95% percentile bootstrap",
            answer=answer,
            tolerance=reach,
            slips=(*slips, Slip(value, OMITTED, near)),
        )


def _limit(draws: np.ndarray, tail: float) -> tuple[float, float]:
    """Give a limit, and how far off it an honest one may be."""
    error = hypot(*(quantile_error(draws, tail, n) for n in (ASKED, TAKEN)))
    return float(np.quantile(draws, tail)), ERRORS * error + ROUNDING


def quantile_error(draws: np.ndarray, tail: float, n: int) -> float:
    """Monte Carlo error of a quantile of n draws: sqrt(p (1 - p) / n) / density.

    The density at the quantile is estimated from the draws within half a percent on
    either side, less in the farthest tails (Serfling 1980, section 2.3.3).
    """
    reach = min(0.005, tail / 2, (1 - tail) / 2)
    low, high = np.quantile(draws, [tail - reach, tail + reach])
    return float(sqrt(tail * (1 - tail) / n) * (high - low) / (2 * reach))


def _slopes(frame: pd.DataFrame, y: str, *columns: str) -> dict[str, float]:
    """Slopes of a least-squares regression by column."""
    design = np.column_stack([np.ones(len(frame)), frame[list(columns)]])
    found = np.linalg.lstsq(design, frame[y].to_numpy(float), rcond=None)[0]
    return dict(zip(columns, map(float, found[1:]), strict=True))
