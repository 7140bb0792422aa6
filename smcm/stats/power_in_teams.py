"""Power of an indirect effect where x is constant within teams, few teams included.

The test of a is the test on the means of J teams, with normal residuals and therefore
J - 2 degrees of freedom; x has one value per team. It is exact for teams of equal size.
The test of b uses all clients and a cluster-robust standard error; its t ratio is
approximated by a noncentral t on J - 2 degrees of freedom. Both depend on the variation
between teams of the residuals of m, and are independent given that variation. With one
client per team, this is the power without teams. The power is approximate because of b,
and because team sizes are rarely equal; see `tests/reference/power_teams.R`.
"""

import numpy as np
from scipy import special

from smcm.stats.ols import Array
from smcm.stats.power_exact import Nodes, both_tails, lengths, require_alpha
from smcm.stats.power_paths import PathSizes, require_paths
from smcm.stats.power_teams import Teams

STEPS = 80  # in the ratio of a; four times as many change no power by 5e-4
EVEN = np.linspace(-9.0, 9.0, STEPS)  # logits of the share that b is left


def joint_power_in_teams(sizes: PathSizes, teams: Teams, alpha: float = 0.05) -> float:
    """Power of joint significance: a and b are both significant.

    Parameters
    ----------
    sizes : PathSizes
    teams : Teams
    alpha : float
        Level of each of the two t tests.

    Raises
    ------
    OutOfRangeError
        A path over 1,000 or an alpha that is no share.
    """
    require_paths(sizes.a, sizes.b)
    require_alpha(alpha)
    between, critical = lengths(teams.df), _critical(teams.df, np.array([alpha / 2.0]))
    first = _beyond(sizes, teams, between, critical)[:, 0]
    second = _found_b(sizes, teams, between, critical)[:, 0]
    return min(float(between.weight @ (first * second)), 1.0)


def monte_carlo_power_in_teams(
    sizes: PathSizes, teams: Teams, alpha: float = 0.05
) -> float:
    """Power of the Monte Carlo interval of ab with draws from t distributions.

    Normal draws would do with many teams; with few, their interval is too short. Here
    a and b are drawn from t distributions on the degrees of freedom of the teams.

    Parameters
    ----------
    sizes : PathSizes
    teams : Teams
    alpha : float
        1 less the coverage of the interval.

    Raises
    ------
    OutOfRangeError
        A path over 1,000 or an alpha that is no share.
    """
    require_paths(sizes.a, sizes.b)
    require_alpha(alpha)
    between = lengths(teams.df)
    left = alpha / 2.0 * special.expit(EVEN)  # what a leaves of alpha / 2
    tail = alpha / 2.0 * special.expit(-EVEN)  # share of draws of a beyond zero
    beyond = _beyond(sizes, teams, between, _critical(teams.df, tail))
    share = left / np.maximum(1.0 - 2.0 * tail, 1e-9)
    found = _found_b(sizes, teams, between, _critical(teams.df, np.minimum(share, 0.5)))
    steps = (beyond[:, :-1] - beyond[:, 1:]) * (found[:, :-1] + found[:, 1:]) / 2.0
    power = steps.sum(axis=1) + beyond[:, -1] * found[:, -1]
    return min(float(between.weight @ power), 1.0)


def _critical(df: int, tail: Array) -> Array:
    """Ratios beyond which lie shares of a t distribution."""
    ratio: Array = -np.asarray(special.stdtrit(df, tail))
    return ratio


def _beyond(sizes: PathSizes, teams: Teams, between: Nodes, ratios: Array) -> Array:
    """Probability that |t| of a exceeds ratios, shape (between, ratios)."""
    x = lengths(teams.df + 1)
    scale = between.value / np.sqrt(teams.df)
    mean = teams.path_a(sizes) * x.value
    limit = (scale[:, None] * ratios[None, :])[..., None]
    found: Array = both_tails(mean, limit) @ x.weight
    return found


def _found_b(sizes: PathSizes, teams: Teams, between: Nodes, ratios: Array) -> Array:
    """Probability that |t| of b exceeds ratios, shape (between, ratios)."""
    error = lengths(teams.df)
    mean = teams.noncentrality_b(sizes, between.value)[:, None, None]
    limit = ratios[None, :, None] * error.value / np.sqrt(teams.df)
    found: Array = both_tails(mean, limit) @ error.weight
    return found
