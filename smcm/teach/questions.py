"""Questions about a file: paths and effects, and what usual mistakes make of them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from smcm.stats.crossproducts import ModelColumns
from smcm.stats.mediation import Paths
from smcm.stats.ols import Array
from smcm.teach.worlds import COVARIATES, M, X, Y

COLUMNS = (X, M, Y, *COVARIATES)  # of the values that are analysed
BARE = ModelColumns(x=0, m=1, y=2)
MODEL = replace(BARE, covariates=(3, 4))
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


def path_questions(values: Array, fit: Paths) -> Iterator[Question]:
    """Ask for paths and effects, which no chance is part of.

    Parameters
    ----------
    values : ndarray, shape (n, 5)
        A file's `COLUMNS`.
    fit : Paths
        Of `MODEL`.
    """
    x, m, y, covariates = MODEL.x, MODEL.m, MODEL.y, MODEL.covariates
    (bare_a,), (bare_b, bare_direct) = _slopes(values, m, x), _slopes(values, y, m, x)
    alone, turned = (_slopes(values, one, m, *covariates)[0] for one in (y, x))
    yield _question(
        "a",
        "Path a, from fidelity to the alliance",
        fit.a,
        fit.a_standardized,
        Slip(bare_a, OMITTED),
        Slip(turned, "fidelity was regressed on the alliance"),
    )
    yield _question(
        "b",
        "Path b, from the alliance to hope at equal fidelity",
        fit.b,
        fit.b_standardized,
        Slip(alone, ALONE),
        Slip(bare_b, OMITTED),
    )
    yield _question(
        "direct",
        "Direct effect c'",
        fit.direct,
        fit.direct_standardized,
        Slip(fit.total, "this is the total effect c"),
        Slip(bare_direct, OMITTED),
    )
    yield _question(
        "indirect",
        "Indirect effect ab",
        fit.indirect,
        fit.indirect_cs,
        Slip(fit.a + fit.b, "the paths were added, not multiplied"),
        Slip(bare_a * bare_b, OMITTED),
        Slip(fit.a * alone, ALONE),
    )


def _question(
    name: str, text: str, answer: float, standardized: float, *slips: Slip
) -> Question:
    """Ask for a number, which may also be standardized or of the wrong sign."""
    usual = (Slip(standardized, STANDARDIZED), Slip(-answer, SIGN))
    return Question(name=name, text=text, answer=answer, slips=(*slips, *usual))


def _slopes(values: Array, y: int, *columns: int) -> list[float]:
    """Slopes of a least-squares regression of one column on others, in their order."""
    design = np.column_stack([np.ones(len(values)), values[:, list(columns)]])
    found: list[float] = np.linalg.lstsq(design, values[:, y], rcond=None)[0].tolist()
    return found[1:]
