"""Lesson: three samples with one output and three causes."""

from dataclasses import dataclass

from smcm.analysis.mediation_result import MediationResult
from smcm.chapters.lessons.fits import Estimates, estimates, fitted
from smcm.chapters.lessons.pictures import Cards, Picture
from smcm.chapters.lessons.plans import MINUTES
from smcm.chapters.lessons.samples import THREE, World, as_filed, sample
from smcm.chapters.lessons.tabs import CodeTabs
from smcm.facts import leave
from smcm.report import format as fmt
from smcm.teach.worlds import Cause

SHOWN = ("A", "C", "B")  # letters of the cards in the order of `THREE`
TERMS = {"a": "a", "b": "b", "direct": "c′", "total": "c", "indirect": "ab"}


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldsFacts:
    """What regression finds in all three samples, and what is true of each.

    Attributes
    ----------
    found : Estimates
        The same in all three, but for the limits.
    true_mediated : float
        Effect of a point of fidelity on hope through the alliance.
    minutes : int
    """

    found: Estimates
    true_mediated: float
    minutes: int


def prepare() -> tuple[Picture, CodeTabs]:
    """Fit the model to the three samples, and leave the facts."""
    files = {
        f"world-{letter}": as_filed(sample(world))
        for letter, world in sorted(zip(SHOWN, THREE, strict=True))
    }
    fits = [fitted(frame) for frame in files.values()]
    leave(
        lesson=WorldsFacts(
            found=estimates(fits[0]),
            true_mediated=THREE[0].true_indirect(),
            minutes=MINUTES["worlds"],
        )
    )
    return picture(fits), CodeTabs(files=files)


def picture(fits: list[MediationResult]) -> Picture:
    """Show the output of each sample; its cause is behind the card."""
    by_letter = dict(sorted(zip(SHOWN, THREE, strict=True)))
    fronts = [
        (f"World {letter}", [_row(fit, term) for term in TERMS])
        for letter, fit in zip(by_letter, fits, strict=True)
    ]
    causes = list(Cause)
    n = fmt.spelled(len(THREE))
    truths = fmt.listed(
        f"{fmt.bare(world.true_indirect(), 3)} in world {letter}"
        for letter, world in by_letter.items()
    )
    return Picture(
        kind="cards",
        question="Three samples, three causes. Will the output tell them apart?",
        replies={
            "Yes, path b will differ": "You expected b to differ; it does not.",
            "Yes, the direct effect will differ": "You expected c′ to differ; it "
            "does not.",
            "No": "You expected the same output; so it is.",
        },
        prompt="Say for each world what causes path b. Then turn the cards.",
        end=f"All {n} outputs are the same. The true indirect effects are {truths}.",
        content=Cards(
            fronts,
            [cause.value for cause in causes],
            [causes.index(world.cause) for world in by_letter.values()],
            [_back(world) for world in by_letter.values()],
            [f"Right: {fmt.spelled(count)} of {n}." for count in range(len(THREE) + 1)],
        ),
    )


def _row(fit: MediationResult, term: str) -> str:
    return f"{TERMS[term]} = {fmt.bare(getattr(fit, term), 3)}"


def _back(world: World) -> str:
    true = fmt.bare(world.true_indirect(), 3)
    return f"Here {world.cause.value}. True indirect effect: {true}."
