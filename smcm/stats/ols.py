"""Ordinary least squares on plain arrays, by QR."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import special

from smcm.errors import DegenerateDataError, UnknownValueError

Array = NDArray[np.float64]
StandardError = Literal["classical", "hc0", "hc1", "hc2", "hc3", "hc4"]
STANDARD_ERRORS = ("classical", "hc0", "hc1", "hc2", "hc3", "hc4")
COLLINEAR = 1e-7  # a column is dependent when this little of its length is its own
ALONE = 1e-10  # 1 - leverage of a case that a column of its own fits exactly


@dataclass(frozen=True, slots=True)
class LinearFit:
    """One outcome regressed on one design whose first column is the constant.

    Attributes
    ----------
    slope : ndarray, shape (k,)
        Units of the outcome per unit of the column.
    covariance : ndarray, shape (k, k)
        Of the slopes; classical or heteroscedasticity-consistent.
    n, df : int
        Cases, and residual degrees of freedom n - k.
    sse : float
        Residual sum of squares, squared units of the outcome.
    sst : float
        Sum of squares of the outcome about its mean.
    se_kind : str
        One of `STANDARD_ERRORS`.
    """

    slope: Array
    covariance: Array
    n: int
    df: int
    sse: float
    sst: float
    se_kind: str = "classical"

    @property
    def se(self) -> Array:
        """Standard errors, shape (k,)."""
        errors: Array = np.sqrt(np.diag(self.covariance))
        return errors

    @property
    def t(self) -> Array:
        """Ratio of slope to standard error, shape (k,)."""
        ratio: Array = self.slope / self.se
        return ratio

    @property
    def p(self) -> Array:
        """Two-sided p values from Student's t, shape (k,)."""
        tail: Array = 2.0 * special.stdtr(self.df, -np.abs(self.t))
        return tail

    def limits(self, level: float = 0.95) -> tuple[Array, Array]:
        """Confidence limits from Student's t, each of shape (k,)."""
        reach = special.stdtrit(self.df, 0.5 + level / 2.0) * self.se
        return self.slope - reach, self.slope + reach

    @property
    def r2(self) -> float:
        """Share of the outcome's variance explained, 0 to 1."""
        return 1.0 - self.sse / self.sst

    @property
    def mse(self) -> float:
        """Residual variance, SSE / df."""
        return self.sse / self.df

    @property
    def f(self) -> float:
        """Wald F of all slopes but the constant; the usual F when classical."""
        slopes = self.slope[1:]
        if slopes.size == 0:
            return float("nan")
        wald = slopes @ np.linalg.solve(self.covariance[1:, 1:], slopes)
        return float(wald / slopes.size)

    @property
    def f_p(self) -> float:
        """P value of `f` on (k - 1, df) degrees of freedom."""
        return float(special.fdtrc(self.slope.size - 1, self.df, self.f))


def independent_columns(design: Array) -> NDArray[np.intp]:
    """Keep each column that the columns before it do not determine.

    The first of a set of dependent columns stays and the later ones go, which is
    what R's `lm` does.

    Parameters
    ----------
    design : ndarray, shape (n, k)

    Returns
    -------
    ndarray of int, shape (number kept,)
    """
    length = np.linalg.norm(design, axis=0)
    kept: list[int] = []
    basis = np.empty(design.shape, order="F")
    for column in range(design.shape[1]):
        rest = design[:, column].copy()
        found = basis[:, : len(kept)]
        for _ in range(2):  # a second pass removes what rounding left of the first
            rest -= found @ (found.T @ rest)
        own = np.linalg.norm(rest)
        if own > COLLINEAR * length[column] and length[column] > 0.0:
            basis[:, len(kept)] = rest / own
            kept.append(column)
    return np.array(kept, dtype=np.intp)


def fit_linear(
    design: Array, outcome: Array, se: StandardError = "classical"
) -> LinearFit:
    """Fit by QR of the design.

    Parameters
    ----------
    design : ndarray, shape (n, k)
        First column is the constant; full column rank.
    outcome : ndarray, shape (n,)
    se : str
        ``"classical"`` or ``"hc0"`` to ``"hc4"``.

    Raises
    ------
    DegenerateDataError
        No more cases than columns, or dependent columns.
    UnknownValueError
        `se` is none of the kinds.

    References
    ----------
    Long JS, Ervin LH (2000). The American Statistician 54:217-224 (HC0 to HC3);
    Cribari-Neto F (2004). Computational Statistics & Data Analysis 45:215-233 (HC4).
    """
    n, k = design.shape
    if n <= k:
        raise DegenerateDataError(
            f"{n} cases cannot carry a regression with {k} coefficients; "
            "use more cases or fewer covariates."
        )
    if independent_columns(design).size < k:
        raise DegenerateDataError(
            "The columns of the regression determine one another; leave out those "
            "that are constant or repeat another."
        )
    q, r = np.linalg.qr(design)
    slope = np.linalg.solve(r, q.T @ outcome)
    residual = outcome - design @ slope
    sse = float(residual @ residual)
    centred = outcome - outcome.mean()
    bread = np.linalg.inv(r)
    return LinearFit(
        slope=slope,
        covariance=_covariance(q, bread, residual, se),
        n=n,
        df=n - k,
        sse=sse,
        sst=float(centred @ centred),
        se_kind=se,
    )


def _covariance(q: Array, bread: Array, residual: Array, se: str) -> Array:
    """Covariance of the slopes; `bread` is the inverse of R, `q` the Q of the QR."""
    n, k = q.shape
    if se == "classical":
        classical: Array = (residual @ residual / (n - k)) * (bread @ bread.T)
        return classical
    leverage = np.einsum("ij,ij->i", q, q)
    scores = q * (residual * np.sqrt(_weights(se, leverage, k)))[:, None]
    sandwich: Array = bread @ (scores.T @ scores) @ bread.T
    return sandwich


def _weights(se: str, leverage: Array, k: int) -> Array:
    """Weight of each squared residual in a heteroscedasticity-consistent covariance.

    A case with a leverage of 1, say the only one of its site, has no residual and
    counts for nothing; the quotient of two rounding errors must not stand for it.
    """
    n, room = leverage.size, 1.0 - leverage
    room = np.where(room > ALONE, room, np.inf)
    weights: dict[str, Array] = {
        "hc0": np.ones(n),
        "hc1": np.full(n, n / (n - k)),
        "hc2": 1.0 / room,
        "hc3": 1.0 / room**2,
        "hc4": np.power(room, -np.minimum(4.0, n * leverage / k)),
    }
    if se not in weights:
        raise UnknownValueError.for_choice("se", se, STANDARD_ERRORS)
    return weights[se]
