"""A product of two coefficients: its p in closed form, its interval by draws."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import special

from smcm.stats.draw_limits import at_ranks, percentile_ranks
from smcm.stats.ols import Array
from smcm.stats.pooling import Pooled, t_cdf
from smcm.stats.terms import LEAST_DF

STEPS = 64  # of 1 / df in the table of quantiles
GRID = np.linspace(0.0, 1.0 / LEAST_DF, STEPS + 1)  # of 1 / df
AT_ONCE = 128  # products whose draws are held at one time


@dataclass(frozen=True, slots=True)
class Estimates:
    """Coefficients that were estimated independently of each other.

    Attributes
    ----------
    value : ndarray, shape (s,)
    se : ndarray, shape (s,)
        Standard errors, in units of the value.
    df : ndarray, shape (s,)
        Degrees of freedom of the errors; infinite for draws from the normal.
    """

    value: Array
    se: Array
    df: Array

    def part(self, at: slice) -> "Estimates":
        """Give some of them."""
        return Estimates(self.value[at], self.se[at], self.df[at])


def product_p(a: Estimates, b: Estimates) -> Array:
    """Two-sided p values of the products a b, shape (s,), without any draws.

    The distribution is the one that `student_products` draws from. A product of two
    independent draws is below zero where one of them is, so that its tail needs no
    more than the tails of both: P(ab < 0) = P(a < 0) P(b > 0) + P(b < 0) P(a > 0). The
    p is twice the smaller one of it and its complement.
    """
    (a_below, a_above), (b_below, b_above) = (_sides(one) for one in (a, b))
    below = a_below * b_above + b_below * a_above
    above = a_below * b_below + a_above * b_above
    p: Array = np.minimum(1.0, 2.0 * np.minimum(below, above))
    return p


def _sides(one: Estimates) -> tuple[Array, Array]:
    """Chances that a draw of a coefficient is below zero, and above it."""
    t = np.where(one.value == 0.0, 0.0, np.copysign(np.inf, one.value))
    np.divide(one.value, one.se, out=t, where=one.se > 0.0)
    df = np.maximum(one.df, LEAST_DF)
    return t_cdf(-t, df), t_cdf(t, df)


def student_products(a: Estimates, b: Estimates, *, n_draws: int, seed: int) -> Array:
    """Draw the products a b, shape (s, n_draws); as `product_limits` otherwise."""
    draws = np.ones((a.value.size, n_draws))
    for estimates, table in zip((a, b), _tables(n_draws, seed), strict=True):
        student = _student(table, estimates.df)
        draws *= estimates.value[:, None] + estimates.se[:, None] * student
    return draws


def product_limits(
    a: Estimates, b: Estimates, *, n_draws: int, seed: int, level: float = 0.95
) -> tuple[Array, Array]:
    """Limits of the products a b, each of shape (s,).

    The draws of a coefficient are its value plus its error times Student's t of its
    own df. All products share the uniform numbers behind, so that differences between
    them are paired. Quantiles of t are interpolated in 1 / df.

    Parameters
    ----------
    a, b : Estimates
    n_draws, seed : int
    level : float

    References
    ----------
    MacKinnon DP, Lockwood CM, Williams J (2004). Multivariate Behavioral Research
    39:99-128.
    """
    ranks = percentile_ranks(n_draws, level)
    limits = np.empty((2, a.value.size))
    for start in range(0, a.value.size, AT_ONCE):
        part = slice(start, start + AT_ONCE)
        draws = student_products(a.part(part), b.part(part), n_draws=n_draws, seed=seed)
        limits[:, part] = at_ranks(draws, ranks)
    return limits[0], limits[1]


class _Quantiles:
    """Quantiles of t at uniform numbers, a row for each place of `GRID`.

    A row is computed when first asked for; threads that ask at once write the same.
    """

    def __init__(self, uniform: Array) -> None:
        self._uniform = uniform
        self._rows = np.empty((STEPS + 1, uniform.size))
        self._known = np.zeros(STEPS + 1, dtype=bool)

    def rows(self, steps: NDArray[np.int_]) -> Array:
        """Give rows of the grid, shape (s, numbers)."""
        for step in np.unique(steps[~self._known[steps]]):
            self._rows[step] = self._row(int(step))
            self._known[step] = True
        return self._rows[steps]

    def _row(self, step: int) -> Array:
        u = self._uniform
        row: Array = special.stdtrit(1.0 / GRID[step], u) if step else special.ndtri(u)
        return row


@lru_cache(maxsize=2)
def _tables(n_draws: int, seed: int) -> tuple[_Quantiles, _Quantiles]:
    """Quantiles behind the draws of both coefficients; shared by all who ask."""
    rng = np.random.default_rng(seed)
    return _Quantiles(rng.random(n_draws)), _Quantiles(rng.random(n_draws))


def _student(table: _Quantiles, df: Array) -> Array:
    """Read draws of t off the table, shape (s, n_draws), or (1, n_draws) if normal."""
    if np.isinf(df).all():
        return table.rows(np.zeros(1, dtype=int))
    place = np.minimum(1.0 / df, 1.0 / LEAST_DF) * LEAST_DF * STEPS
    below = np.minimum(place.astype(int), STEPS - 1)
    part = (place - below)[:, None]
    drawn: Array = (1.0 - part) * table.rows(below) + part * table.rows(below + 1)
    return drawn


def product_draws(first: Pooled, second: Pooled, n_draws: int, seed: int) -> Array:
    """Draw products of two pooled estimates, each from its own normal.

    Parameters
    ----------
    first, second : Pooled, k alike
        Paths a and b; their draws are independent, as least squares leaves them.
    n_draws : int
    seed : int

    Returns
    -------
    ndarray, shape (k, n_draws)
        The k products share their normals, so that differences between them are
        paired.

    References
    ----------
    MacKinnon DP, Lockwood CM, Williams J (2004). Multivariate Behavioral Research
    39:99-128.
    """
    rng = np.random.default_rng(seed)
    normal = rng.standard_normal((2, n_draws))
    a = first.estimate[:, None] + first.se[:, None] * normal[0]
    b = second.estimate[:, None] + second.se[:, None] * normal[1]
    products: Array = a * b
    return products
