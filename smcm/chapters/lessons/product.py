"""Lesson: a product of uncertain numbers has a skewed distribution."""

from dataclasses import dataclass

from smcm.analysis.mediation_result import MediationResult
from smcm.chapters.lessons import drawing
from smcm.chapters.lessons.drawing import Axis
from smcm.chapters.lessons.fits import (
    CRITICAL,
    Estimates,
    estimates,
    fitted,
    sobel_error,
)
from smcm.chapters.lessons.pictures import Heap, Picture
from smcm.chapters.lessons.plans import MINUTES
from smcm.chapters.lessons.samples import SEED, SMALL, World, as_filed, sample
from smcm.chapters.lessons.tabs import CodeTabs
from smcm.facts import leave
from smcm.report import format as fmt

SHOWN = 250  # resamples
ACROSS, UP = Axis(-0.4, 2.8, 44, 350), Axis(-0.1, 0.5, 150, 24)
PRODUCTS = Axis(-0.2, 0.8, 20, 350)
FLOOR, DOT = 330, 5.4

PYTHON = """\
def product(d):
    one = np.ones(len(d))
    m = np.linalg.lstsq(np.c_[one, d.fidelity], d.alliance)[0]
    y = np.linalg.lstsq(np.c_[one, d.fidelity, d.alliance], d.hope)[0]
    return m[1] * y[2]

rng = np.random.default_rng(1)
drawn = [product(data.iloc[rng.integers(len(data), size=len(data))])
         for _ in range(5000)]
low, high = np.percentile(drawn, [2.5, 97.5])
m = smf.ols("alliance ~ fidelity", data).fit()
y = smf.ols("hope ~ alliance + fidelity", data).fit()
a, b = m.params["fidelity"], y.params["alliance"]
half = 1.96 * np.hypot(a * y.bse["alliance"], b * m.bse["fidelity"])
print(f"percentile {low:.3f} {high:.3f}, normal {a * b - half:.3f} {a * b + half:.3f}")
"""
R = """\
product <- function(d) {
  m <- lm.fit(cbind(1, d$fidelity), d$alliance)$coefficients
  y <- lm.fit(cbind(1, d$fidelity, d$alliance), d$hope)$coefficients
  m[2] * y[3]
}
set.seed(1)
drawn <- replicate(5000, product(data[sample(nrow(data), replace = TRUE), ]))
limits <- quantile(drawn, c(.025, .975))
a <- summary(lm(alliance ~ fidelity, data))$coefficients["fidelity", 1:2]
b <- summary(lm(hope ~ alliance + fidelity, data))$coefficients["alliance", 1:2]
ab <- a[1] * b[1]; se <- sqrt((a[1] * b[2])^2 + (b[1] * a[2])^2)
cat(sprintf("percentile %.3f %.3f, normal %.3f %.3f\\n",
            limits[1], limits[2], ab - 1.96 * se, ab + 1.96 * se))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductFacts:
    """The sample of the exercise, with both intervals of ab.

    Attributes
    ----------
    found : Estimates
    normal_low, normal_high : float
        Estimate less and plus 1.96 of Sobel's standard errors.
    below, above : float
        Distance of the percentile limits from the estimate.
    resamples : int
    critical : float
        How many standard errors the normal limits lie from the estimate.
    minutes : int
    """

    found: Estimates
    normal_low: float
    normal_high: float
    below: float
    above: float
    resamples: int
    critical: float
    minutes: int


def prepare() -> tuple[Picture, CodeTabs]:
    """Fit a small sample for the picture and another for the exercise."""
    shown = fitted(sample(World(), SMALL))
    exercise = as_filed(sample(World(), SMALL, SEED + 1))
    leave(lesson=product_facts(fitted(exercise)))
    return picture(shown), CodeTabs(files={"small": exercise}, python=PYTHON, r=R)


def product_facts(fit: MediationResult) -> ProductFacts:
    """Gather them."""
    found = estimates(fit)
    normal_low, normal_high = normal_limits(found)
    return ProductFacts(
        found=found,
        normal_low=normal_low,
        normal_high=normal_high,
        below=found.indirect - found.low,
        above=found.high - found.indirect,
        resamples=fit.draws.direct.size,
        critical=CRITICAL,
        minutes=MINUTES["product"],
    )


def normal_limits(found: Estimates) -> tuple[float, float]:
    """Give the limits that are symmetric about the estimate."""
    error = sobel_error(found.a, found.se_a, found.b, found.se_b)
    half = CRITICAL * error
    return found.indirect - half, found.indirect + half


def picture(fit: MediationResult) -> Picture:
    """Draw resamples one by one: the cloud of paths, and the heap of their products."""
    found = estimates(fit)
    pairs = [
        (float(a), float(b)) for a, b in zip(fit.draws.a, fit.draws.b, strict=True)
    ]
    pairs = pairs[:SHOWN]
    clouds = [drawing.dot("faint", ACROSS.at(a), UP.at(b)) for a, b in pairs]
    heaps = drawing.heaped([a * b for a, b in pairs], PRODUCTS, FLOOR, DOT)
    normal = normal_limits(found)
    rows = (
        ("mark", 188, (found.low, found.high), "percentile"),
        ("other", 206, normal, "normal"),
    )
    last = [
        shape
        for kind, y, (low, high), name in rows
        for shape in (
            drawing.line(kind, PRODUCTS.at(low), y, PRODUCTS.at(high), y),
            drawing.words("start", PRODUCTS.at(high) + 6, y + 4, name),
        )
    ]
    return Picture(
        kind="heap",
        question="Each resample gives a path a and a path b. The heap of their "
        "products will be",
        replies={
            "symmetric about the estimate": "You expected symmetry; the heap is "
            "skewed.",
            "longer to the left": "You expected a tail to the left; it is to the "
            "right.",
            "longer to the right": "You expected a tail to the right; so it is.",
        },
        prompt="Draw one resample, then more. Above: the paths; below: the products.",
        end=f"Percentile interval of all {fmt.whole(fit.draws.direct.size)} resamples: "
        f"{fmt.limits(found.low, found.high)}; normal interval: {fmt.limits(*normal)}. "
        f"Both are about ab = {fmt.number(found.indirect)}.",
        height=376,
        base=[
            *drawing.scale_below(ACROSS, 150, (0, 1, 2), "", 0),
            *drawing.scale_left(UP, 44, (0, 0.2, 0.4), "b (up) and a (across)"),
            *drawing.scale_below(PRODUCTS, FLOOR, (0, 0.2, 0.4, 0.6, 0.8), "ab"),
            drawing.line(
                "zero",
                PRODUCTS.at(found.indirect),
                180,
                PRODUCTS.at(found.indirect),
                FLOOR,
            ),
        ],
        content=Heap(
            [list(pair) for pair in zip(clouds, heaps, strict=True)],
            [f"{fmt.number(a)} × {fmt.bare(b)} = {fmt.bare(a * b)}." for a, b in pairs],
            last,
            ("resample", "resamples"),
        ),
    )
