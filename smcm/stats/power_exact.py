"""Power of an indirect effect by formula: joint significance and Monte Carlo.

Both tests look at the ratios t of the two paths only, whose distribution is known
where x and the residuals are normal; so their power is an integral and needs no
simulation. With s the length of x about its mean, a chi on n - 1 degrees of freedom,
and r that of the residuals of m, a chi on n - 2, the ratio of a is
(a s + z) / (r / sqrt(n - 2)) with z standard normal, and that of b is noncentral t on
n - 3 degrees of freedom about b r: the variance inflation of m by x is in r.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy import special

from smcm.errors import OutOfRangeError
from smcm.stats.ols import Array
from smcm.stats.power_paths import require_paths

LEAST_CASES = 20  # of fewer, some resamples hold two cases only and have no ab
NODES = 40  # for each length; doubling them changes nothing at the twelfth digit
FEW_DF = 18  # from where on a length is far from zero, and `NODES` suffice
NODES_BEYOND = 80  # for the ratio of a, whose integrand begins steeply
REACH = 6.5  # SDs of a length to each side, about: nine of its own
CERTAIN = 10.0  # a ratio beyond which a path adds no doubt
MOST = 1e3  # squared noncentrality beyond which power is one


def joint_power(a: float, b: float, n: int, alpha: float = 0.05) -> float:
    """Power of joint significance: a and b are both significant.

    Parameters
    ----------
    a, b : float
        Paths where x and both residuals have variance 1.
    n : int
        Cases.
    alpha : float
        Level of each of the two t tests.

    Raises
    ------
    OutOfRangeError
        Fewer than 20 cases, a path over 1,000, or an alpha that is no share.

    References
    ----------
    MacKinnon DP, Lockwood CM, Hoffman JM, West SG, Sheets V (2002). Psychological
    Methods 7:83-104.
    """
    require_possible(a, b, n, alpha)
    x, m = lengths(n - 1), lengths(n - 2)
    critical = -float(special.stdtrit(n - 2, alpha / 2.0))
    beyond = critical * m.value / np.sqrt(n - 2)
    first = x.weight @ both_tails(a * x.value[:, None], beyond)
    second = _power_of_t(
        b * m.value, n - 3, -float(special.stdtrit(n - 3, alpha / 2.0))
    )
    return min(float(m.weight @ (first * second)), 1.0)


def monte_carlo_power(a: float, b: float, n: int, alpha: float = 0.05) -> float:
    """Power of the Monte Carlo interval of ab, for infinitely many draws.

    The interval holds the middle of the products of normal draws about a and b, with
    the standard errors as spreads. It excludes zero where fewer than alpha / 2 of
    the products lie beyond; see `needed_of_other`.

    Parameters
    ----------
    a, b : float
        Paths where x and both residuals have variance 1.
    n : int
        Cases.
    alpha : float
        1 less the coverage of the interval.

    Raises
    ------
    OutOfRangeError
        Fewer than 20 cases, a path over 1,000, or an alpha that is no share.

    References
    ----------
    MacKinnon DP, Lockwood CM, Williams J (2004). Multivariate Behavioral Research
    39:99-128.
    """
    require_possible(a, b, n, alpha)
    least = -float(special.ndtri(alpha / 2.0))
    x, m = lengths(n - 1), lengths(n - 2)
    scale = m.value / np.sqrt(n - 2)
    ratio = _legendre(0.0, 1.0, NODES_BEYOND)
    span = CERTAIN - least
    at = least + span * ratio.value**3  # close together where the integrand is steep
    step = 3.0 * span * ratio.value**2 * ratio.weight
    density = scale[:, None] * _density(a, x, scale[:, None] * at)
    b_found = _power_of_t(
        b * m.value[:, None], n - 3, needed_of_other(at, alpha)[None, :]
    )
    middle = (density * b_found) @ step
    beyond = x.weight @ both_tails(a * x.value[:, None], scale * CERTAIN)
    certain = beyond * _power_of_t(b * m.value, n - 3, least)
    return min(float(m.weight @ (middle + certain)), 1.0)


def needed_of_other(ratio: Array, alpha: float) -> Array:
    """Least |t| of one path at which the Monte Carlo interval excludes zero.

    Of products of normal draws about two ratios, with p and q the shares of each that
    have the other sign than their mean, p (1 - q) + q (1 - p) have another sign than
    the product of the means. That has to be under alpha / 2.

    Parameters
    ----------
    ratio : ndarray
        |t| of the other path.
    alpha : float

    Returns
    -------
    ndarray, the same shape
        Infinite where nothing would do.
    """
    p = special.ndtr(-np.abs(ratio))
    room = alpha / 2.0 - p
    share = np.where(room > 0.0, room / (1.0 - 2.0 * np.minimum(p, 0.49)), 0.0)
    needed: Array = -special.ndtri(share)
    return needed


def require_possible(a: float, b: float, n: int, alpha: float) -> None:
    """Refuse arguments for which no power can be computed.

    Raises
    ------
    OutOfRangeError
    """
    if n < LEAST_CASES:
        raise OutOfRangeError.for_number("n", n, f"at least {LEAST_CASES}")
    require_paths(a, b)
    require_alpha(alpha)


def require_alpha(alpha: float) -> None:
    """Refuse a level that is not between 0 and 1.

    Raises
    ------
    OutOfRangeError
    """
    if not 0.0 < alpha < 1.0:
        raise OutOfRangeError.for_number("alpha", alpha, "a share between 0 and 1")


@dataclass(frozen=True, slots=True)
class Nodes:
    """Places and weights of a quadrature, each of shape (nodes,)."""

    value: Array
    weight: Array


_unit_nodes = cache(np.polynomial.legendre.leggauss)  # between -1 and 1


def _legendre(low: float, high: float, count: int) -> Nodes:
    at, weight = _unit_nodes(count)
    half = (high - low) / 2.0
    return Nodes(low + half * (at + 1.0), half * weight)


def lengths(df: int) -> Nodes:
    """Nodes for the expectation over a chi variable; the weights sum to 1.

    With few degrees of freedom they lie close together near zero, where a ratio that
    is divided by the length is steep.
    """
    nodes = _near_zero(df) if df < FEW_DF else _about(df)
    s = nodes.value
    log_density = (
        (df - 1.0) * np.log(s)
        - s**2 / 2.0
        - (df / 2.0 - 1.0) * np.log(2.0)
        - special.gammaln(df / 2.0)
    )
    return Nodes(s, nodes.weight * np.exp(log_density))


def _about(df: int) -> Nodes:
    middle = np.sqrt(df)
    return _legendre(max(middle - REACH, 0.0), middle + REACH, NODES)


def _near_zero(df: int) -> Nodes:
    even, top = _legendre(0.0, 1.0, 2 * NODES), np.sqrt(df) + REACH
    return Nodes(top * even.value**2, 2.0 * top * even.value * even.weight)


def both_tails(mean: Array, beyond: Array) -> Array:
    """Probability that a normal variable with variance 1 exceeds a size."""
    tails: Array = special.ndtr(mean - beyond) + special.ndtr(-mean - beyond)
    return tails


def _density(a: float, x: Nodes, size: Array) -> Array:
    """Density of |a s + z| with s the length of x, at given sizes."""
    mean = a * x.value
    near = np.exp(-((size[..., None] - mean) ** 2) / 2.0)
    far = np.exp(-((size[..., None] + mean) ** 2) / 2.0)
    density: Array = (near + far) @ x.weight / np.sqrt(2.0 * np.pi)
    return density


def _power_of_t(noncentrality: Array, df: int, critical: float | Array) -> Array:
    """Probability that a noncentral t exceeds a size in either direction."""
    squared = np.minimum(noncentrality**2, MOST)
    within = special.ncfdtr(1.0, df, squared, np.minimum(np.square(critical), 1e4))
    power: Array = np.where(np.isinf(critical), 0.0, 1.0 - within)
    return power
