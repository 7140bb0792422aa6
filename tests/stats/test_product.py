"""Monte Carlo intervals of a product against draws by SciPy, and in the limit."""

import numpy as np
from scipy import stats

from smcm.stats.product import Estimates, product_limits
from smcm.stats.resample import percentile_limits

DRAWS, SEED = 4000, 9


def estimates(value, se, df):
    return Estimates(*(np.atleast_1d(np.asarray(v, float)) for v in (value, se, df)))


def by_scipy(a, b):
    """Limits from the same uniform numbers, with quantiles that SciPy computes."""
    rng = np.random.default_rng(SEED)
    first, second = rng.random(DRAWS), rng.random(DRAWS)
    limits = []
    for k in range(a.value.size):
        draws = [
            e.value[k]
            + e.se[k]
            * (stats.norm.ppf(u) if np.isinf(e.df[k]) else stats.t.ppf(u, e.df[k]))
            for e, u in ((a, first), (b, second))
        ]
        limits.append(percentile_limits(draws[0] * draws[1]))
    return np.array(limits).T


def test_limits_are_those_of_draws_from_student_and_normal():
    a = estimates([0.6, 0.2, -0.5, 0.3], [0.2, 0.1, 0.3, 0.2], [7.3, np.inf, 4.6, 300])
    b = estimates([0.1, 0.4, 0.5, 0.0], [0.06, 0.1, 0.2, 0.1], [11.4, np.inf, 55, 2.0])
    ours = product_limits(a, b, n_draws=DRAWS, seed=SEED)
    np.testing.assert_allclose(ours, by_scipy(a, b), atol=2e-4)


def test_a_certain_factor_leaves_the_interval_of_the_other():
    draws = 200_000
    a = estimates(0.5, 0.2, 6.0)
    low, high = product_limits(a, estimates(2.0, 0.0, np.inf), n_draws=draws, seed=1)
    reach = 0.2 * stats.t.ppf(0.975, 6.0)
    np.testing.assert_allclose(
        [low[0], high[0]], [1 - 2 * reach, 1 + 2 * reach], rtol=0.02
    )


def test_order_and_company_change_nothing():
    a = estimates(np.linspace(-1, 1, 300), np.full(300, 0.3), np.full(300, 9.0))
    together = product_limits(a, a, n_draws=1000, seed=2)
    alone = [
        product_limits(one, one, n_draws=1000, seed=2)
        for one in (estimates(a.value[k], 0.3, 9.0) for k in (0, 150, 299))
    ]
    for at, k in enumerate((0, 150, 299)):
        assert [together[0][k], together[1][k]] == [alone[at][0][0], alone[at][1][0]]


def test_fewer_than_two_df_are_drawn_as_two():
    a, b = estimates(0.3, 0.1, 1.2), estimates(0.3, 0.1, 2.0)
    one = estimates(1.0, 0.0, np.inf)
    assert product_limits(a, one, n_draws=500, seed=3) == product_limits(
        b, one, n_draws=500, seed=3
    )
