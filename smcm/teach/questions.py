"""Questions about a file: paths and effects, and what usual mistakes make of them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smcm.analysis.mediate import mediate
from smcm.teach.worlds import COVARIATES, M, X, Y

DECIMALS = 3  # of every answer
EXACT = 1.1 * 10.0**-DECIMALS  # rounded or cut, with a little to spare
OMITTED = "the covariates were left out"
ALONE = "fidelity was left out of the equation of hope"
STANDARDIZED = "this is the standardized number"
SIGN = "the sign is wrong"
COARSE = f"too few decimals: give {DECIMALS}"


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

    def coarse(self) -> tuple[float, ...]:
        """Give what right answers become with fewer decimals, where it is not right.

        What lies between the two ends of the tolerance, once rounded, is right.
        """
        ends = (self.answer - self.tolerance, self.answer + self.tolerance)
        found = {round(one, k) for one in ends for k in range(1, DECIMALS)}
        return tuple(sorted(one for one in found if not self.right(one)))

    @property
    def telling(self) -> bool:
        """Whether no slip, as near as it leads, is taken for right."""
        return all(
            abs(s.value - self.answer) > self.tolerance + s.reach for s in self.slips
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


def _slopes(frame: pd.DataFrame, y: str, *columns: str) -> dict[str, float]:
    """Slopes of a least-squares regression by column."""
    design = np.column_stack([np.ones(len(frame)), frame[list(columns)]])
    found = np.linalg.lstsq(design, frame[y].to_numpy(float), rcond=None)[0]
    return dict(zip(columns, map(float, found[1:]), strict=True))
