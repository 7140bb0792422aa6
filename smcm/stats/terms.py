"""One estimate with its interval and its test, whatever method it comes from."""

from dataclasses import dataclass
from typing import overload

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
LEAST_DF = 2.0  # of fewer, draws have no variance; they are drawn as if of these


@overload
def excludes_zero(low: float, high: float) -> bool: ...
@overload
def excludes_zero(low: Array, high: Array) -> NDArray[np.bool_]: ...
def excludes_zero(low: float | Array, high: float | Array) -> bool | NDArray[np.bool_]:
    """Whether an interval, or each of many, lies on one side of zero."""
    return (low > 0.0) | (high < 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One estimated quantity; NaN where a method has no such number.

    Attributes
    ----------
    estimate, se : float
        In the quantity's own units.
    statistic, df, p : float
        Of Student's t.
    ci_low, ci_high : float
        Limits of the interval, in the units of the estimate.
    """

    estimate: float
    se: float = np.nan
    statistic: float = np.nan
    df: float = np.nan
    p: float = np.nan
    ci_low: float
    ci_high: float

    @property
    def limits(self) -> tuple[float, float]:
        """Both limits of the interval."""
        return self.ci_low, self.ci_high

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval excludes zero."""
        return excludes_zero(self.ci_low, self.ci_high)
