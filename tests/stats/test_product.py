"""P and interval of a product against integrals and draws, and in the limit."""

import numpy as np
import pytest
from scipy import integrate, stats

from smcm.stats.draw_limits import percentile_limits
from smcm.stats.product import Estimates, product_limits, product_p, student_products

DRAWS, SEED = 4000, 9
LONG = 200_000  # takes seconds the first time; later draws of one seed are at hand


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
    a = estimates(0.5, 0.2, 6.0)
    low, high = product_limits(a, estimates(2.0, 0.0, np.inf), n_draws=LONG, seed=1)
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


def below_zero(a, b):
    """P(ab < 0) by integrating over the density of a; a, b are frozen by SciPy."""
    reach = (a.ppf(1e-12), a.ppf(1.0 - 1e-12))
    points = [0.0] if reach[0] < 0.0 < reach[1] else None
    share, _ = integrate.quad(
        lambda t: a.pdf(t) * (b.cdf(0.0) if t > 0.0 else b.sf(0.0)),
        *reach,
        points=points,
        limit=500,
    )
    return share


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (stats.norm(0.5, 0.2), stats.norm(0.3, 0.1)),
        (stats.norm(-0.5, 0.2), stats.norm(0.3, 0.15)),
        (stats.t(4.4, 0.5, 0.2), stats.t(11.0, 0.3, 0.1)),
        (stats.t(3.2, -0.1, 0.2), stats.norm(-0.3, 0.1)),
        (stats.t(7.0, 0.01, 0.2), stats.t(7.0, 0.02, 0.1)),
    ],
)
def test_p_is_that_of_an_integral(a, b, compare):
    ends = []
    for one in (a, b):
        df, value, se = one.args if len(one.args) == 3 else (np.inf, *one.args)
        ends.append(estimates(value, se, df))
    below = below_zero(a, b)
    theirs = 2.0 * min(below, 1.0 - below)
    compare(product_p(*ends), theirs, source="scipy", what="p of a product", abs=1e-9)


def test_p_is_that_of_the_draws_it_stands_for():
    a, b = estimates(0.4, 0.2, 5.0), estimates(0.3, 0.12, 40.0)
    draws = student_products(a, b, n_draws=LONG, seed=1)[0]
    below = (draws < 0.0).mean()
    error = 2.0 * np.sqrt(below * (1.0 - below) / draws.size)
    assert product_p(a, b)[0] == pytest.approx(2.0 * below, abs=4.0 * error)


def test_p_knows_no_sign_and_keeps_its_digits_far_out():
    a, b = estimates(0.4, 0.2, np.inf), estimates(6.0, 0.2, np.inf)
    turned = estimates(-0.4, 0.2, np.inf)
    assert product_p(a, b) == product_p(turned, b) == product_p(b, a)
    far = estimates(4.0, 0.2, np.inf)
    theirs = 2.0 * (stats.norm.sf(20.0) + stats.norm.sf(30.0))
    assert product_p(far, b)[0] == pytest.approx(theirs, rel=1e-12)
    assert product_p(a, b)[0] == pytest.approx(2.0 * stats.norm.sf(2.0), rel=1e-9)


def test_p_at_the_edges():
    zero, sure = estimates(0.0, 0.2, 9.0), estimates(1.0, 0.0, np.inf)
    assert product_p(zero, sure)[0] == 1.0
    assert product_p(estimates(0.0, 0.0, 9.0), sure)[0] == 1.0
    assert product_p(sure, sure)[0] == 0.0
    few = product_p(estimates(0.4, 0.2, 0.5), sure)
    assert few == product_p(estimates(0.4, 0.2, 2.0), sure)
