"""Lesson: the total effect is a sum, and its parts may have opposite signs."""

from dataclasses import dataclass
from itertools import product

from smcm.chapters.lessons import drawing
from smcm.chapters.lessons.drawing import Axis, Shape
from smcm.chapters.lessons.fits import Estimates, estimates, fitted
from smcm.chapters.lessons.pictures import Picture, Views
from smcm.chapters.lessons.plans import MINUTES
from smcm.chapters.lessons.samples import World, as_filed, sample
from smcm.chapters.lessons.tabs import CodeTabs
from smcm.facts import leave
from smcm.report import format as fmt

A, B = (-1.0, 0.0, 1.0, 2.0), (-0.2, 0.0, 0.2)
DIRECT = (-0.4, -0.2, 0.0, 0.2, 0.4)
FIRST = (2, 2, 3)  # places of the first values shown
AXIS = Axis(-0.8, 0.8, 40, 340)
ROWS, THICK = {"c′": 26, "ab": 66, "c": 106}, 22


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsFacts:
    """Two samples: parts of one sign, and parts that cancel.

    Attributes
    ----------
    plain, opposed : Estimates
    minutes : int
    """

    plain: Estimates
    opposed: Estimates
    minutes: int


def prepare() -> tuple[Picture, CodeTabs]:
    """Fit both samples, and leave the facts."""
    world = World()
    files = {
        "clients": as_filed(sample(world)),
        "opposed": as_filed(sample(World(direct=-world.indirect))),
    }
    plain, opposed = (estimates(fitted(frame)) for frame in files.values())
    leave(lesson=PartsFacts(plain=plain, opposed=opposed, minutes=MINUTES["parts"]))
    return picture(), CodeTabs(files=files)


def picture() -> Picture:
    """Draw the sum for every choice of three paths."""
    chosen = list(product(A, B, DIRECT))
    return Picture(
        kind="grid",
        question="The total effect c of a study is zero. Can there be an indirect "
        "effect?",
        replies={
            "No, there is nothing to mediate": "You expected none; there can be one.",
            "Yes": "You expected that there can be one; so it is.",
        },
        prompt="Find paths whose total effect is zero although ab is not.",
        end="Where c′ and ab are equal and opposite, the total effect is zero, and the "
        "indirect effect is not.",
        height=190,
        base=[
            drawing.line("axis zero", AXIS.at(0), 14, AXIS.at(0), 136),
            *drawing.scale_below(
                AXIS, 136, (-0.8, -0.4, 0.0, 0.4, 0.8), "Points of hope"
            ),
            *(drawing.words("start strong", 4, y + 16, k) for k, y in ROWS.items()),
        ],
        content=Views(
            {
                "Path a": [fmt.number(value, 1) for value in A],
                "Path b": [fmt.number(value, 1) for value in B],
                "Direct effect c′": [fmt.number(value, 1) for value in DIRECT],
            },
            [_shapes(a * b, direct) for a, b, direct in chosen],
            [_says(a * b, direct) for a, b, direct in chosen],
            [
                place
                for place, (a, b, direct) in enumerate(chosen)
                if a * b and abs(direct + a * b) < THICK / 1e6
            ],
            FIRST,
        ),
    )


def _shapes(indirect: float, direct: float) -> list[Shape]:
    ends = {
        "c′": (0.0, direct, ""),
        "ab": (direct, direct + indirect, "other"),
        "c": (0.0, direct + indirect, ""),
    }
    return [
        drawing.bar(kind, AXIS.at(start), ROWS[name], AXIS.at(end), THICK)
        for name, (start, end, kind) in ends.items()
    ]


def _says(indirect: float, direct: float) -> str:
    terms = (direct, indirect, direct + indirect)
    values = [fmt.number(value, 1) for value in terms]
    return f"c′ = {values[0]}, ab = {values[1]}, so c = {values[2]}."
