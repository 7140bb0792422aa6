"""Lesson: printed numbers have to fit each other."""

from dataclasses import dataclass

from smcm.chapters.lessons.fits import Estimates, estimates, fitted
from smcm.chapters.lessons.pictures import Cards, Picture
from smcm.chapters.lessons.plans import MINUTES
from smcm.chapters.lessons.samples import World, sample
from smcm.facts import leave
from smcm.report import format as fmt

HALF = 0.005  # of the last digit printed
SLIP, WRONG_P = 0.1, 0.03  # what was changed in the rows that cannot be


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a number may be that was computed before others were rounded."""

    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedFacts:
    """Printed numbers, and what they leave for others.

    Attributes
    ----------
    found : Estimates
    product, ratio, difference : Limits
        Of ab from a and b, of t from b and its error, and of c less c′.
    wrong : float
        An ab that does not fit c and c′.
    minutes : int
    """

    found: Estimates
    product: Limits
    ratio: Limits
    difference: Limits
    wrong: float
    minutes: int


def prepare() -> Picture:
    """Round a true report, and leave what its numbers allow."""
    found = estimates(fitted(sample(World())))
    leave(lesson=printed_facts(found))
    return picture(found)


def printed_facts(found: Estimates) -> PrintedFacts:
    """Compute limits from the nearest and the farthest values that print alike."""
    a, b, se_b = _around(found.a), _around(found.b), _around(found.se_b)
    total, direct = _around(found.total), _around(found.direct)
    return PrintedFacts(
        found=found,
        product=Limits(low=a.low * b.low, high=a.high * b.high),
        ratio=Limits(low=b.low / se_b.high, high=b.high / se_b.low),
        difference=Limits(low=total.low - direct.high, high=total.high - direct.low),
        wrong=found.indirect - SLIP / 2,
        minutes=MINUTES["printed"],
    )


def _around(value: float) -> Limits:
    """Give what prints as a positive number does, with two decimals."""
    printed = round(value, 2)
    return Limits(low=printed - HALF, high=printed + HALF)


def picture(found: Estimates) -> Picture:
    """Show three rows of a table, of which one is possible."""
    a, b = f"a = {fmt.number(found.a)}", f"b = {fmt.bare(found.b)}"
    true, slipped = (fmt.bare(found.indirect + slip) for slip in (0, SLIP))
    rows = {
        "Row 1": (a, b, f"ab = {slipped}"),
        "Row 2": (b, f"SE = {fmt.bare(found.se_b)}", f"t = {fmt.number(found.z_b)}"),
        "Row 3": (a, f"SE = {fmt.bare(found.se_a)}", f"p = {fmt.bare(WRONG_P)}"),
    }
    possible = (False, True, False)
    backs = (
        f"Cannot hold: the product is about {true}.",
        "Can hold: rounding of b and of its error explains the rest.",
        f"Cannot hold: t is about {fmt.number(found.z_a, 0)}, and p far smaller.",
    )
    return Picture(
        kind="cards",
        question="Three rows of printed tables. How many of them cannot be right?",
        replies={
            "None": "You expected none.",
            "One": "You expected one.",
            "Two": "You expected two; so it is.",
        },
        prompt="Take a pencil. Guess each row; then turn the cards.",
        end="Two of the three rows cannot hold, whatever the data were.",
        content=Cards(
            list(rows.items()),
            ["can hold", "cannot hold"],
            [0 if holds else 1 for holds in possible],
            backs,
            [f"Right: {fmt.spelled(count)} of three." for count in range(4)],
        ),
    )
