"""Lesson: path b is a slope at equal x, not the slope of y on m."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from smcm.chapters.lessons import drawing
from smcm.chapters.lessons.drawing import Axis, Shape
from smcm.chapters.lessons.fits import slope
from smcm.chapters.lessons.pictures import Picture, Views
from smcm.chapters.lessons.plans import MINUTES
from smcm.chapters.lessons.samples import World, as_filed, sample
from smcm.chapters.lessons.tabs import CodeTabs
from smcm.facts import leave
from smcm.report import format as fmt
from smcm.teach.worlds import M, X, Y

SHOWN = World(a=3.0, b=0.08, direct=1.2)
EXERCISE = World(a=3.0, b=-0.1, direct=1.2)
ACROSS, UP = Axis(25, 100, 36, 350), Axis(20, 64, 250, 24)
SEED = 46  # the slopes of its thirds are much alike
THIRDS = ("lowest", "middle", "highest")

PYTHON = """\
simple = smf.ols("hope ~ alliance", data).fit().params["alliance"]
b = smf.ols("hope ~ alliance + fidelity", data).fit().params["alliance"]
data["rest"] = smf.ols("alliance ~ fidelity", data).fit().resid
rest = smf.ols("hope ~ rest", data).fit().params["rest"]
print(f"simple {simple:.3f}, b {b:.3f}, on what is left of the alliance {rest:.3f}")
"""
R = """\
simple <- coef(lm(hope ~ alliance, data))["alliance"]
b <- coef(lm(hope ~ alliance + fidelity, data))["alliance"]
data$rest <- resid(lm(alliance ~ fidelity, data))
rest <- coef(lm(hope ~ rest, data))["rest"]
cat(sprintf("simple %.3f, b %.3f, on what is left of the alliance %.3f\\n",
            simple, b, rest))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slopes:
    """Two slopes of hope on the alliance, in points per point.

    Attributes
    ----------
    simple : float
        Of all clients.
    b : float
        At equal fidelity.
    """

    simple: float
    b: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustedFacts:
    """The sample of the picture and that of the exercise."""

    shown: Slopes
    exercise: Slopes
    minutes: int


def prepare() -> tuple[Picture, CodeTabs]:
    """Make both samples, and leave the facts."""
    shown, exercise = sample(SHOWN, seed=SEED), as_filed(sample(EXERCISE))
    of_both = {"shown": _slopes(shown), "exercise": _slopes(exercise)}
    leave(lesson=AdjustedFacts(**of_both, minutes=MINUTES["adjusted"]))
    code = CodeTabs(files={"at-equal-fidelity": exercise}, python=PYTHON, r=R)
    return picture(shown), code


def picture(frame: pd.DataFrame) -> Picture:
    """Draw hope against the alliance, for all clients and in thirds of fidelity."""
    thirds = np.array_split(np.argsort(frame[X].to_numpy()), len(THIRDS))
    parts = [frame.iloc[rows] for rows in thirds]
    labels = [f"{one} third".capitalize() for one in THIRDS]
    found = [slope(part[Y].to_numpy(), part[M].to_numpy()) for part in parts]
    slopes = _slopes(frame)
    simple, b = (fmt.bare(value, 2) for value in (slopes.simple, slopes.b))
    of_thirds = fmt.listed(fmt.bare(value, 2) for value in found)
    return Picture(
        kind="scatter",
        question="The slope through all clients is positive. Among clients whose "
        "teams have about the same fidelity, the slope will be",
        replies={
            "the same": "You expected the same slope; it is smaller.",
            "smaller": "You expected a smaller slope; so it is.",
            "larger": "You expected a larger slope; it is smaller.",
        },
        prompt="Look at each third of fidelity, then at all thirds at once.",
        end=f"All clients together: slope {simple}. Within the thirds of fidelity: "
        f"{of_thirds}. At equal fidelity: b = {b}.",
        height=296,
        base=[
            *drawing.scale_below(ACROSS, 252, (30, 50, 70, 90), "Alliance", 0),
            *drawing.scale_left(UP, 36, (20, 40, 60), "Hope", 0),
            *_dots("faint", frame),
        ],
        content=Views(
            {"Clients": ["All", *labels, "Thirds at once"]},
            [
                [_line("mark", frame)],
                *([*_dots("other", part), _line("other", part)] for part in parts),
                [_line("other", part) for part in parts],
            ],
            [
                f"All clients: slope {simple}.",
                *(
                    f"The {one} third of fidelity: slope {fmt.bare(value, 2)}."
                    for one, value in zip(THIRDS, found, strict=True)
                ),
                "Each third has a line of its own.",
            ],
            [len(THIRDS) + 1],
            [0],
        ),
    )


def _slopes(frame: pd.DataFrame) -> Slopes:
    x, m, y = (frame[name].to_numpy() for name in (X, M, Y))
    return Slopes(simple=slope(y, m), b=slope(y, m, x))


def _dots(kind: str, frame: pd.DataFrame) -> list[Shape]:
    return [
        drawing.dot(kind, ACROSS.at(m), UP.at(y))
        for m, y in zip(frame[M], frame[Y], strict=True)
    ]


def _line(kind: str, frame: pd.DataFrame) -> Shape:
    m, y = frame[M].to_numpy(), frame[Y].to_numpy()
    steep = slope(y, m)
    ends = [(end, y.mean() + steep * (end - m.mean())) for end in (m.min(), m.max())]
    (x1, y1), (x2, y2) = ((ACROSS.at(float(u)), UP.at(float(v))) for u, v in ends)
    return drawing.line(kind, x1, y1, x2, y2)
