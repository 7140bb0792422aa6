"""Lesson: tests of a, of b and of ab ask different questions."""

from dataclasses import dataclass

from smcm.chapters.lessons import drawing
from smcm.chapters.lessons.drawing import Axis, Shape
from smcm.chapters.lessons.fits import CRITICAL, Estimates, estimates, fitted
from smcm.chapters.lessons.pictures import Picture, Views
from smcm.chapters.lessons.plans import MINUTES
from smcm.chapters.lessons.samples import LARGE, SMALL, World, as_filed, sample
from smcm.chapters.lessons.tabs import CodeTabs
from smcm.facts import leave
from smcm.report import format as fmt

ACROSS, UP = Axis(0, 6, 40, 340), Axis(0, 6, 300, 30)
STRONG_DIRECT = World(direct=0.3)
SHOWN = {
    "P": (World(), SMALL),
    "Q": (World(), LARGE),
    "R": (World(a=0.4, b=0.3), SMALL),
}
RULES = (
    "b is significant",
    "Sobel’s test of ab is significant",
    "a and b are both significant",
)
STEPS = 40  # of the curved edge of a region

PYTHON = """\
m = smf.ols("alliance ~ fidelity", data).fit()
y = smf.ols("hope ~ alliance + fidelity", data).fit()
z_a, z_b = m.tvalues["fidelity"], y.tvalues["alliance"]
sobel = z_a * z_b / (z_a**2 + z_b**2) ** 0.5
print(f"z of a {z_a:.3f}, of b {z_b:.3f}, Sobel {sobel:.3f}")
print(f"p of c' {y.pvalues['fidelity']:.3f}")
"""
R = """\
a <- summary(lm(alliance ~ fidelity, data))$coefficients["fidelity", ]
y <- summary(lm(hope ~ alliance + fidelity, data))$coefficients
b <- y["alliance", ]
sobel <- a[3] * b[3] / sqrt(a[3]^2 + b[3]^2)
cat(sprintf("z of a %.3f, of b %.3f, Sobel %.3f\\np of c' %.3f\\n",
            a[3], b[3], sobel, y["fidelity", 4]))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesFacts:
    """One set of paths in a small and in a large sample.

    Attributes
    ----------
    critical : float
        What a z has to exceed.
    small, large : Estimates
    minutes : int
    """

    critical: float
    small: Estimates
    large: Estimates
    minutes: int


def prepare() -> tuple[Picture, CodeTabs]:
    """Fit both samples, and leave the facts."""
    files = {
        "small-direct": as_filed(sample(STRONG_DIRECT, SMALL)),
        "large-direct": as_filed(sample(STRONG_DIRECT, LARGE)),
    }
    small, large = (estimates(fitted(frame)) for frame in files.values())
    leave(
        lesson=RulesFacts(
            critical=CRITICAL, small=small, large=large, minutes=MINUTES["rules"]
        )
    )
    return picture(), CodeTabs(files=files, python=PYTHON, r=R)


def picture() -> Picture:
    """Shade where each rule finds mediation, over the z values of a and of b."""
    studies = {
        name: estimates(fitted(sample(world, n))) for name, (world, n) in SHOWN.items()
    }
    base: list[Shape] = [
        *drawing.scale_below(ACROSS, 300, (0, 2, 4, 6), "z of path a", 0),
        *drawing.scale_left(UP, 40, (0, 2, 4, 6), "z of path b", 0),
    ]
    for name, one in studies.items():
        x, y = ACROSS.at(one.z_a), UP.at(one.z_b)
        base += [
            drawing.dot("other", x, y),
            drawing.words("start strong", x + 6, y + 4, name),
        ]
    found = [
        [one.z_b > CRITICAL for one in studies.values()],
        [one.z_sobel > CRITICAL for one in studies.values()],
        [min(one.z_a, one.z_b) > CRITICAL for one in studies.values()],
    ]
    names = [
        fmt.listed(name for name, hit in zip(studies, hits, strict=True) if hit)
        for hits in found
    ]
    return Picture(
        kind="grid",
        question="Is it mediation where b is significant, where Sobel’s test is, or "
        "where a and b both are? Which rule finds it in the fewest of P, Q and R?",
        replies={
            "None, all find the same": "You expected one answer; there are three.",
            "Sobel’s test": "Sobel’s test finds fewest.",
            "a and b both significant": "Sobel’s test finds fewer still.",
        },
        prompt="Choose each rule in turn. Shaded: where the rule finds mediation.",
        end=" ".join(
            f"Where {rule}: {of_rule}."
            for rule, of_rule in zip(RULES, names, strict=True)
        ),
        height=344,
        base=base,
        content=Views(
            {"Rule": RULES},
            [[drawing.area("", corners)] for corners in _regions()],
            [f"By this rule, mediation is found in {of_rule}." for of_rule in names],
            [len(RULES) - 1],
            [0],
        ),
    )


def _regions() -> list[list[tuple[float, float]]]:
    """Give the corners of the region of each rule."""
    z, right, top = CRITICAL, ACROSS.end, UP.end
    left, floor = ACROSS.start, UP.at(z)
    edge = []
    for step in range(STEPS + 1):
        a = z + 0.13 + (ACROSS.high - z - 0.13) * step / STEPS
        edge.append((ACROSS.at(a), UP.at((1 / z**2 - 1 / a**2) ** -0.5)))
    return [
        [(left, floor), (right, floor), (right, top), (left, top)],
        [*edge, (right, top)],
        [(ACROSS.at(z), floor), (right, floor), (right, top), (ACROSS.at(z), top)],
    ]
