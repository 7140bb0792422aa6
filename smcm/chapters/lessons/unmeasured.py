"""Lesson: how strong an unmeasured common cause would have to be."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from smcm.chapters.lessons import drawing
from smcm.chapters.lessons.drawing import Axis
from smcm.chapters.lessons.fits import Estimates, estimates, fitted, slope
from smcm.chapters.lessons.pictures import Picture, Views
from smcm.chapters.lessons.plans import MINUTES
from smcm.chapters.lessons.samples import World, as_filed, sample
from smcm.chapters.lessons.tabs import CodeTabs
from smcm.facts import leave
from smcm.report import format as fmt
from smcm.stats.confounding import ErrorMoments
from smcm.teach.worlds import Array, M, X, Y

RHO = (-0.2, -0.1, 0.0, 0.1, 0.2, 0.3, 0.4, 0.5)
FIRST, ASKED = 2, 0.15
ACROSS, UP = Axis(-0.2, 0.5, 44, 340), Axis(-0.2, 0.4, 220, 24)
STEPS = 36

PYTHON = """\
rest_m = smf.ols("alliance ~ fidelity", data).fit().resid
rest_y = smf.ols("hope ~ fidelity", data).fit().resid
a = smf.ols("alliance ~ fidelity", data).fit().params["fidelity"]
r = np.corrcoef(rest_m, rest_y)[0, 1]
ratio = rest_y.std() / rest_m.std()
for rho in (0, 0.15):
    b = ratio * (r - rho * np.sqrt((1 - r**2) / (1 - rho**2)))
    print(f"r {r:.3f}, rho {rho}: ab {a * b:.3f}")
"""
R = """\
m <- lm(alliance ~ fidelity, data)
rest_m <- resid(m); rest_y <- resid(lm(hope ~ fidelity, data))
r <- cor(rest_m, rest_y); ratio <- sd(rest_y) / sd(rest_m)
for (rho in c(0, 0.15)) {
  b <- ratio * (r - rho * sqrt((1 - r^2) / (1 - rho^2)))
  cat(sprintf("r %.3f, rho %s: ab %.3f\\n", r, rho, coef(m)["fidelity"] * b))
}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmeasuredFacts:
    """The sample of the exercise.

    Attributes
    ----------
    found : Estimates
    vanishing : float
        Correlation of the errors at which the indirect effect is zero.
    asked, there : float
        A correlation, and the indirect effect if the errors correlate so.
    minutes : int
    """

    found: Estimates
    vanishing: float
    asked: float
    there: float
    minutes: int


def prepare() -> tuple[Picture, CodeTabs]:
    """Make the sample of the exercise, and leave the facts."""
    exercise = as_filed(sample(World(a=1.5, b=0.14)))
    found = moments(exercise)
    leave(
        lesson=UnmeasuredFacts(
            found=estimates(fitted(exercise)),
            vanishing=float(found.vanishing),
            asked=ASKED,
            there=float(found.indirect(np.array([ASKED]))[0]),
            minutes=MINUTES["unmeasured"],
        )
    )
    code = CodeTabs(files={"unmeasured": exercise}, python=PYTHON, r=R)
    return picture(sample(World())), code


def moments(frame: pd.DataFrame) -> ErrorMoments:
    """Compute what determines the curve of ab over the correlation of the errors."""
    x, m, y = (frame[name].to_numpy() for name in (X, M, Y))
    rest_m, rest_y = (_rest(score, x) for score in (m, y))
    return ErrorMoments(
        a=np.array(slope(m, x)),
        ratio=np.array(rest_y.std() / rest_m.std()),
        vanishing=np.array(np.corrcoef(rest_m, rest_y)[0, 1]),
    )


def _rest(score: Array, x: Array) -> Array:
    rest: Array = score - score.mean() - slope(score, x) * (x - x.mean())
    return rest


def picture(frame: pd.DataFrame) -> Picture:
    """Draw ab over the correlation of the errors."""
    found = moments(frame)
    grid = np.linspace(ACROSS.low, ACROSS.high, STEPS + 1)
    curve = [
        (ACROSS.at(float(rho)), UP.at(float(ab)))
        for rho, ab in zip(grid, found.indirect(grid), strict=True)
    ]
    effects = [float(ab) for ab in found.indirect(np.array(RHO))]
    beyond = next(k for k, ab in enumerate(effects) if ab < 0)
    return Picture(
        kind="grid",
        question="Suppose something unmeasured makes the errors of alliance and of "
        "hope correlate by .3. The indirect effect is then",
        replies={
            "still positive": "You expected it to stay positive; it does not.",
            "zero or negative": "You expected zero or less; so it is.",
            "impossible to compute": "For any correlation that one supposes, it "
            "can be computed.",
        },
        prompt="Choose correlations, beginning with small ones.",
        end="The indirect effect is "
        f"{fmt.bare(effects[FIRST])} if the errors do not correlate, and negative from "
        f"a correlation of {fmt.bare(RHO[beyond], 1)} on. It is zero where the "
        "correlation is that of the residuals of both, each regressed on fidelity.",
        height=264,
        base=[
            *drawing.scale_below(
                ACROSS, 220, (-0.2, 0, 0.2, 0.4), "Correlation of the errors"
            ),
            *drawing.scale_left(UP, 44, (-0.2, 0, 0.2, 0.4), "Indirect effect"),
            drawing.line("zero", ACROSS.start, UP.at(0), ACROSS.end, UP.at(0)),
            *(drawing.line("mark", *start, *end) for start, end in pairwise(curve)),
        ],
        content=Views(
            {"Correlation": [fmt.bare(rho, 1) for rho in RHO]},
            [
                [
                    drawing.line(
                        "dashed", ACROSS.at(rho), UP.at(0), ACROSS.at(rho), UP.at(ab)
                    ),
                    drawing.dot("other", ACROSS.at(rho), UP.at(ab)),
                ]
                for rho, ab in zip(RHO, effects, strict=True)
            ],
            [
                f"Correlation {fmt.bare(rho, 1)}: indirect effect {fmt.bare(ab)}."
                for rho, ab in zip(RHO, effects, strict=True)
            ],
            [*range(beyond, len(RHO))],
            [FIRST],
        ),
    )
