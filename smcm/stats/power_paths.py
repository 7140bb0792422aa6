"""Sizes of the two paths of an indirect effect, on the scale that power depends on."""

from dataclasses import dataclass
from math import sqrt
from typing import Self

from smcm.errors import OutOfRangeError


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

    def in_teams(self, icc: float, size: float) -> Self:
        """Shrink the paths by what clustering adds to the variance of each.

        See `team_effects`; n stays the number of clients.

        Raises
        ------
        OutOfRangeError
            An intraclass correlation that is no share, or teams of less than one.
        """
        of_a, of_b = team_effects(icc, size)
        return type(self)(a=self.a / sqrt(of_a), b=self.b / sqrt(of_b))


def design_effect(size: float, icc_predictor: float, icc_residual: float) -> float:
    """Factor by which clusters raise the variance of a slope.

    It is 1 + (size - 1) icc_predictor icc_residual: a predictor that is the same for
    a whole cluster pays in full, one that varies within clusters in part.

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


def team_effects(icc: float, size: float) -> tuple[float, float]:
    """Design effects of a and b where x belongs to teams and m and y to clients.

    x has an intraclass correlation of 1, m and y the one given: a pays
    1 + (size - 1) icc and b pays 1 + (size - 1) icc^2.

    Raises
    ------
    OutOfRangeError
    """
    if not 0.0 <= icc <= 1.0:
        raise OutOfRangeError.for_number("icc", icc, "a share from 0 to 1")
    if not 1.0 <= size < float("inf"):
        raise OutOfRangeError.for_number("team_size", size, "at least 1")
    return design_effect(size, 1.0, icc), design_effect(size, icc, icc)
