"""Power of a regression coefficient."""

import numpy as np
from scipy import special

from smcm.errors import OutOfRangeError


def coefficient_power(
    effect: float, n: int, predictors: int, alpha: float = 0.05
) -> float:
    """Power of the F test of one coefficient among several.

    The noncentrality is lambda = f^2 N, as G*Power has it; other programs take
    f^2 (u + v + 1).

    Parameters
    ----------
    effect : float
        Cohen's f^2 of the coefficient.
    n : int
        Cases.
    predictors : int
        Columns beside the constant, the tested one included.
    alpha : float

    Raises
    ------
    OutOfRangeError
        No residual degree of freedom, an effect below zero, or an alpha that is no
        share.

    References
    ----------
    Faul F, Erdfelder E, Buchner A, Lang A-G (2009). Behavior Research Methods
    41:1149-1160.
    """
    if not 0.0 <= effect < np.inf:
        raise OutOfRangeError.for_number("effect", effect, "a number from 0")
    if not 0.0 < alpha < 1.0:
        raise OutOfRangeError.for_number("alpha", alpha, "a share between 0 and 1")
    if predictors < 1:
        raise OutOfRangeError.for_number("predictors", predictors, "at least 1")
    df = n - predictors - 1
    if df < 1:
        rule = f"at least {predictors + 2} cases for {predictors} predictors"
        raise OutOfRangeError.for_number("n", n, rule)
    critical = float(special.fdtri(1, df, 1.0 - alpha))
    return float(1.0 - special.ncfdtr(1, df, effect * n, critical))
