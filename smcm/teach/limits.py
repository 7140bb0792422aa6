"""Questions about the interval of ab, whose limits differ by chance."""

from collections.abc import Iterator
from math import hypot, sqrt

import numpy as np
import pandas as pd

from smcm.analysis.mediate import mediate
from smcm.teach.questions import (
    DECIMALS,
    EXACT,
    OMITTED,
    SIGN,
    STANDARDIZED,
    Question,
    Slip,
)
from smcm.teach.worlds import COVARIATES, M, X, Y

ASKED, TAKEN = 10_000, 20_000  # resamples of a student at least, and of the key
ERRORS = 2.9  # Monte Carlo errors of both that a limit may be off: 99.6% are within
ROUNDING = 0.6 * 10.0**-DECIMALS
TAILS = {"lower": 0.025, "upper": 0.975}
OTHER_LEVELS = {90: 0.05, 99: 0.005}  # and their lower tail


def limit_questions(frame: pd.DataFrame, taken: int = TAKEN) -> Iterator[Question]:
    """Ask for the limits of the 95% percentile interval of ab.

    The tolerance covers what chance does to `ASKED` resamples of a student and `TAKEN`
    of the key.

    Parameters
    ----------
    frame : DataFrame
    taken : int
        Resamples.
    """
    fit = mediate(frame, x=X, m=M, y=Y, covariates=COVARIATES, n_boot=taken)
    bare = mediate(frame, x=X, m=M, y=Y, n_boot=taken // 4)
    draws, omitted = np.asarray(fit.indirect_draws), np.asarray(bare.indirect_draws)
    scale = fit.indirect_cs / fit.indirect
    normal = 1.96 * hypot(fit.a * fit.term("b").se, fit.b * fit.term("a").se)
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
