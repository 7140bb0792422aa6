"""Sizes of the two paths of an indirect effect, on the scale that determines power."""

from dataclasses import dataclass
from math import sqrt
from typing import Self

from smcm.errors import OutOfRangeError

LARGEST_PATH = 1e3  # in SDs; of a larger one, rounding leaves too little of m beside x


@dataclass(frozen=True, slots=True, kw_only=True)
class PathSizes:
    """Paths a and b where x, and the residuals of m and of y, have variance 1.

    Each is Cohen's f of its path with the sign of the path: with n cases the ratio t
    of a lies about a sqrt(n), that of b about b sqrt(n). A direct effect has no part
    in either once the residuals are fixed.

    Attributes
    ----------
    a, b : float
    """

    a: float
    b: float

    @classmethod
    def from_standardized(cls, a: float, b: float, direct: float = 0.0) -> Self:
        """Take paths of variables that have variance 1 themselves.

        Raises
        ------
        OutOfRangeError
            Paths that leave no residual.
        """
        rest_m = 1.0 - a**2
        rest_y = 1.0 - b**2 - direct**2 - 2.0 * a * b * direct
        if not rest_m > 0.0:
            rule = "a standardized path between -1 and 1"
            raise OutOfRangeError.for_number("a", a, rule)
        if not rest_y > 0.0:
            rule = (
                f"a standardized path that with a={a:g} and a direct effect of "
                f"{direct:g} explains less than all of y"
            )
            raise OutOfRangeError.for_number("b", b, rule)
        return cls(a=a / sqrt(rest_m), b=b * sqrt(rest_m / rest_y))

    @classmethod
    def from_ratios(cls, a: tuple[float, int], b: tuple[float, int]) -> Self:
        """Take the ratios t of two fitted paths, each with its degrees of freedom.

        Covariates are accounted for: what they explain is in neither residual.
        """
        return cls(a=a[0] / sqrt(a[1]), b=b[0] / sqrt(b[1]))


def require_paths(a: float, b: float) -> None:
    """Refuse paths that are too large to compute with.

    Raises
    ------
    OutOfRangeError
    """
    for name, path in (("a", a), ("b", b)):
        if not abs(path) <= LARGEST_PATH:
            rule = f"a path from {-LARGEST_PATH:g} to {LARGEST_PATH:g}"
            raise OutOfRangeError.for_number(name, path, rule)


def design_effect(size: float, icc_predictor: float, icc_residual: float) -> float:
    """Factor by which clustering multiplies the variance of a slope.

    It is 1 + (size - 1) icc_predictor icc_residual: largest for a predictor that
    is constant within clusters, smaller for one that varies within them.

    Parameters
    ----------
    size : float
        Cases in a cluster.
    icc_predictor, icc_residual : float
        Intraclass correlations, 0 to 1.

    References
    ----------
    Scott AJ, Holt D (1982). Journal of the American Statistical Association
    77:848-854; Moulton BR (1986). Journal of Econometrics 32:385-397.
    """
    return 1.0 + (size - 1.0) * icc_predictor * icc_residual
