"""Questions about the interval of ab, whose limits differ by chance."""

from collections.abc import Iterator
from functools import cache
from math import hypot, sqrt

import numpy as np

from smcm.parameters import RunParameters
from smcm.stats.bootstrap import bootstrap_paths
from smcm.stats.crossproducts import ModelColumns
from smcm.stats.kept_plan import KeptPlan
from smcm.stats.mediation import FOCAL, Paths
from smcm.stats.ols import Array
from smcm.teach.questions import (
    BARE,
    DECIMALS,
    EXACT,
    MODEL,
    OMITTED,
    SIGN,
    STANDARDIZED,
    Question,
    Slip,
)
from smcm.teach.worlds import N

ASKED, TAKEN = 10_000, 20_000  # resamples of a student at least, and of the key
ERRORS = 2.9  # Monte Carlo errors of both that a limit may be off: 99.6% are within
ROUNDING = 0.6 * 10.0**-DECIMALS
TAILS = {"lower": 0.025, "upper": 0.975}
OTHER_LEVELS = {90: 0.05, 99: 0.005}  # and their lower tail


def limit_questions(values: Array, fit: Paths, taken: int) -> Iterator[Question]:
    """Ask for the limits of the 95% percentile interval of ab.

    The tolerance covers what chance does to `ASKED` resamples of a student and `TAKEN`
    of the key.

    Parameters
    ----------
    values : ndarray, shape (N, 5)
        A file's `smcm.teach.questions.COLUMNS`.
    fit : Paths
        Of `MODEL`.
    taken : int
        Resamples.
    """
    draws, omitted = _draws(values, MODEL, taken), _draws(values, BARE, taken // 4)
    scale = fit.indirect_cs / fit.indirect
    se_a, se_b = fit.to_mediator.se[FOCAL], fit.to_outcome.se[FOCAL]
    normal = 1.96 * hypot(fit.a * se_b, fit.b * se_a)
    for name, tail in TAILS.items():
        answer, reach = _limit(draws, tail)
        other, far = _limit(draws, 1 - tail)
        sobel = fit.indirect + (normal if tail > 0.5 else -normal)
        slips = [
            Slip(sobel, "this is the normal (Sobel) limit"),
            Slip(other, "the two limits are swapped", far),
            Slip(-answer, SIGN, reach),
            Slip(scale * answer, STANDARDIZED, max(EXACT, abs(scale) * reach)),
        ]
        for level, low in OTHER_LEVELS.items():
            value, near = _limit(draws, 1 - low if tail > 0.5 else low)
            slips.append(Slip(value, f"this limit is of a {level}% interval", near))
        value, near = _limit(omitted, tail)
        yield Question(
            name=name,
            text=f"{name.capitalize()} limit of ab, 95% percentile bootstrap",
            answer=answer,
            tolerance=reach,
            slips=(*slips, Slip(value, OMITTED, near)),
        )


def _draws(values: Array, model: ModelColumns, taken: int) -> Array:
    """Draw indirect effects, shape (taken,)."""
    return bootstrap_paths(values, (model,), _plan(taken))[0].indirect


@cache
def _plan(taken: int) -> KeptPlan:
    """Draw the resamples of `smcm.mediate` once for all files, which are of `N`."""
    return KeptPlan(N, taken, RunParameters().seed)


def _limit(draws: np.ndarray, tail: float) -> tuple[float, float]:
    """Give a limit, and how far off it an honest one may be."""
    error = hypot(*(quantile_error(draws, tail, n) for n in (ASKED, TAKEN)))
    return float(np.quantile(draws, tail)), ERRORS * error + ROUNDING


def quantile_error(draws: np.ndarray, tail: float, n: int) -> float:
    """Monte Carlo error of a quantile of n draws: sqrt(p (1 - p) / n) / density.

    The density at the quantile is estimated from the draws within half a percent on
    either side, less in the farthest tails (Serfling 1980, section 2.3.3).
    """
    reach = min(0.005, tail / 2, (1 - tail) / 2)
    low, high = np.quantile(draws, [tail - reach, tail + reach])
    return float(sqrt(tail * (1 - tail) / n) * (high - low) / (2 * reach))
