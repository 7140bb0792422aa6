"""Lesson: an interval is one draw, and half of the small studies miss the effect."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smcm.chapters.lessons import drawing
from smcm.chapters.lessons.drawing import Axis
from smcm.chapters.lessons.fits import Estimates, estimates, fitted
from smcm.chapters.lessons.pictures import Heap, Picture
from smcm.chapters.lessons.plans import MINUTES
from smcm.chapters.lessons.samples import SMALL, World, as_filed, sample
from smcm.chapters.lessons.tabs import CodeTabs
from smcm.facts import leave
from smcm.report import format as fmt
from smcm.teach.worlds import Array

Flags = NDArray[np.bool_]
SHOWN, ALL, PLANNED = 80, 2000, 20  # studies drawn, simulated, and asked for
DRAWS, SEED = 1000, 4
AXIS = Axis(-0.5, 1.0, 14, 346)
TOP, PITCH = 24, 4


@dataclass(frozen=True, slots=True)
class Studies:
    """New studies of one world.

    Attributes
    ----------
    indirect, low, high : ndarray, shape (k,)
        Estimates of ab and their 95% Monte Carlo limits.
    """

    indirect: Array
    low: Array
    high: Array

    def excludes_zero(self) -> Flags:
        """Whether each interval does, shape (k,)."""
        return (self.low > 0) | (self.high < 0)

    def includes(self, value: float) -> Flags:
        """Whether each interval includes a value, shape (k,)."""
        return (self.low <= value) & (value <= self.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalFacts:
    """What happens over many studies, and one study for the exercise.

    Attributes
    ----------
    power, coverage : float
        Shares of intervals that exclude zero, and that include the true effect.
    planned : int
        Studies that an exercise asks about.
    expected : float
        How many of them will exclude zero, on average.
    one : Estimates
        The study of the exercise.
    minutes : int
    """

    power: float
    coverage: float
    planned: int
    expected: float
    one: Estimates
    minutes: int


def prepare() -> tuple[Picture, CodeTabs]:
    """Simulate new studies, fit the exercise's, and leave the facts."""
    studies = simulate(World(), SMALL, ALL)
    exercise = as_filed(sample(World(a=0.8, b=0.12), SMALL))
    power = float(studies.excludes_zero().mean())
    leave(
        lesson=IntervalFacts(
            power=power,
            coverage=float(studies.includes(World().true_indirect()).mean()),
            planned=PLANNED,
            expected=power * PLANNED,
            one=estimates(fitted(exercise)),
            minutes=MINUTES["interval"],
        )
    )
    return picture(studies), CodeTabs(files={"one-study": exercise})


def simulate(world: World, n: int, count: int) -> Studies:
    """Draw new clients for each study, and an interval by the Monte Carlo method.

    References
    ----------
    MacKinnon DP, Lockwood CM, Williams J (2004). Confidence limits for the indirect
    effect. Multivariate Behavioral Research 39:99-128.
    """
    rng = np.random.default_rng(SEED)
    drawn = world.scores(rng.normal(size=(count * n, 4)))
    x, m, y = (
        score.reshape(count, n) - score.reshape(count, n).mean(1, keepdims=True)
        for score in drawn
    )
    (a,), (se_a,) = _fit(m, x)
    (b, _), (se_b, _) = _fit(y, m, x)
    normal = rng.normal(size=(2, DRAWS, 1))
    products = (a + normal[0] * se_a) * (b + normal[1] * se_b)
    low, high = np.percentile(products, [2.5, 97.5], axis=0)
    return Studies(a * b, low, high)


def _fit(outcome: Array, *predictors: Array) -> tuple[Array, Array]:
    """Regress in each study on centred predictors; slopes and errors, shape (p, k)."""
    design = np.stack(predictors, axis=-1)
    bread = np.linalg.inv(np.swapaxes(design, 1, 2) @ design)
    slopes = (bread @ np.swapaxes(design, 1, 2) @ outcome[..., None])[..., 0]
    rest = outcome - (design @ slopes[..., None])[..., 0]
    df = outcome.shape[1] - len(predictors) - 1
    variance = (rest**2).sum(1) / df
    errors = np.sqrt(np.einsum("kii->ki", bread) * variance[:, None])
    return slopes.T, errors.T


def picture(studies: Studies) -> Picture:
    """Draw the intervals of new studies, one beneath the other."""
    true, bottom = World().true_indirect(), TOP + PITCH * SHOWN + 6
    excludes, includes = studies.excludes_zero(), studies.includes(true)
    drops, says = [], []
    for place in range(SHOWN):
        low, high = float(studies.low[place]), float(studies.high[place])
        y = TOP + PITCH * (place + 1)
        kind = "mark" if excludes[place] else "other"
        drops.append([drawing.line(kind, AXIS.at(low), y, AXIS.at(high), y)])
        says.append(
            f"{fmt.limits(low, high)}, which "
            f"{'excludes' if excludes[place] else 'includes'} zero."
        )
    zero, missed = int((~excludes[:SHOWN]).sum()), int((~includes[:SHOWN]).sum())
    found = f"it is {fmt.whole(SHOWN - zero)} of {fmt.whole(SHOWN)}."
    return Picture(
        kind="heap",
        question=f"The true effect is {fmt.bare(true)}. Of studies with "
        f"{fmt.whole(SMALL)} clients, how many have intervals that exclude zero?",
        replies={
            "Nearly all, since there is an effect": f"You expected nearly all; {found}",
            "About half": f"You expected about half; {found}",
            "Hardly any": f"You expected hardly any; {found}",
        },
        prompt="Draw one study, then more. Each line is the interval of new clients.",
        end=f"Of {fmt.whole(SHOWN)} studies, {fmt.whole(zero)} have an interval that "
        f"includes zero, although there is an effect, and {fmt.whole(missed)} an "
        f"interval that does not include the true effect.",
        height=bottom + 44,
        base=[
            drawing.words("middle", AXIS.at(0), 14, "zero"),
            drawing.words("start", AXIS.at(true) - 4, 14, "true effect"),
            drawing.line("zero", AXIS.at(0), TOP - 4, AXIS.at(0), bottom),
            drawing.line("", AXIS.at(true), TOP - 4, AXIS.at(true), bottom),
            *drawing.scale_below(AXIS, bottom, (-0.4, 0, 0.4, 0.8), "ab, intervals"),
        ],
        content=Heap(drops, says, [], ("study", "studies")),
    )
