"""The number of cases needed: reached there and not before, whatever the test."""

import numpy as np
import pytest

from smcm.errors import OutOfRangeError, UnknownValueError
from smcm.stats.power import indirect_power
from smcm.stats.power_methods import METHODS, Simulation, power_at
from smcm.stats.power_paths import PathSizes, design_effect
from smcm.stats.power_search import cases_needed
from smcm.stats.power_teams import Clustering

MEDIUM = PathSizes(a=0.39, b=0.39)
QUICK = {"n_replications": 300, "n_boot": 300}


@pytest.mark.parametrize("method", ["montecarlo", "joint"])
@pytest.mark.parametrize("target", [0.3, 0.8, 0.99])
def test_exact_powers_reach_the_target_there_and_not_before(method, target):
    for sizes in (MEDIUM, PathSizes(a=0.05, b=-0.4)):
        how = Simulation(method=method)
        found = cases_needed(sizes, target, how)
        assert found.low == found.n == found.high
        assert found.standard_error == found.at.standard_error == 0.0
        assert found.at == power_at(sizes, found.n, how)
        assert found.at.power >= target > power_at(sizes, found.n - 1, how).power


def test_simulated_search_ends_within_its_own_error():
    how = Simulation(n_replications=2000, n_boot=500, seed=3)
    found = cases_needed(MEDIUM, 0.8, how)
    assert found.low <= found.n <= found.high
    assert abs(found.at.n - found.n) <= max(found.standard_error, 1.0)
    assert found == cases_needed(MEDIUM, 0.8, how)
    again = cases_needed(
        MEDIUM, 0.8, Simulation(n_replications=4000, n_boot=500, seed=4)
    )
    apart = np.hypot(found.standard_error, again.standard_error)
    assert abs(found.n - again.n) <= 4 * apart + 1
    assert again.standard_error < found.standard_error


def test_numbers_of_fritz_and_mackinnon_come_out(published):
    """Within simulation error, theirs included: their table rests on 1,000 samples."""
    for key in ("small", "mid"):
        path = published.number(f"fm.b.{key}")
        theirs = published.number(f"fm.n.{key}")
        target = published.number("fm.pow1")
        sizes = PathSizes(a=path, b=path)
        how = Simulation(n_replications=2000, n_boot=1000, seed=20141009)
        found = cases_needed(sizes, target, how)
        rise = power_at(sizes, found.n + 9, Simulation(method="montecarlo")).power
        rise -= power_at(sizes, found.n - 9, Simulation(method="montecarlo")).power
        their_error = np.sqrt(target * (1 - target) / 1000) / (rise / 18)
        error = np.hypot(their_error, found.standard_error)
        assert found.n == pytest.approx(theirs, abs=2 * error)
        assert their_error < 0.05 * theirs


def test_strong_paths_need_no_more_than_can_be_analysed():
    strong = PathSizes(a=5.0, b=5.0)
    for method in METHODS:
        how = Simulation(method=method, **QUICK)
        found = cases_needed(strong, 0.8, how)
        assert (found.n, found.at_floor) == (20, True)
        assert not cases_needed(MEDIUM, 0.8, how).at_floor


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("size", [4.0, 22.0, 22.5])
def test_teams_found_reach_the_target_there_and_not_before(method, size):
    alike = Clustering(size=size, icc_m=0.05, icc_y=0.05)
    how = Simulation(method=method, n_replications=1000, n_boot=400, seed=2)
    sizes = PathSizes(a=0.2, b=0.2)
    found = cases_needed(sizes, 0.8, how, alike)
    assert found.n == alike.cases(found.teams)
    assert found.low <= found.n <= found.high
    if method == "bootstrap":
        assert found.at.power == pytest.approx(0.8, abs=0.04)
        return
    assert found.at.teams == found.teams
    before = power_at(sizes, alike.cases(found.teams - 1), how, alike)
    assert found.at.power >= 0.8 > before.power


@pytest.mark.parametrize(("method", "teams"), [*zip(METHODS, (20, 4, 4), strict=True)])
def test_a_search_for_teams_says_that_it_ends_where_it_begins(method, teams):
    alike = Clustering(size=25.0, icc_m=0.2, icc_y=0.2)
    how = Simulation(method=method, **QUICK)
    found = cases_needed(PathSizes(a=5.0, b=5.0), 0.8, how, alike)
    assert (found.teams, found.n) == (teams, 25 * teams)
    assert found.at_floor == (method == "bootstrap")
    found = cases_needed(PathSizes(a=50.0, b=50.0), 0.8, how, alike)
    assert found.at_floor
    assert found.teams == (20 if method == "bootstrap" else 3)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("sizes", "target", "said"),
    [
        (MEDIUM, 0.05, "power is 0.05; expected a share above alpha, 0.05"),
        (MEDIUM, 1.0, "below 1"),
        (PathSizes(a=0.0, b=0.3), 0.8, "a is 0.0; expected a path other than 0"),
        (PathSizes(a=0.3, b=2e3), 0.8, "b is 2000.0"),
        (PathSizes(a=1e-4, b=0.3), 0.8, "cases"),
    ],
)
def test_a_target_out_of_reach_is_refused(method, sizes, target, said):
    with pytest.raises(OutOfRangeError, match=said):
        cases_needed(sizes, target, Simulation(method=method, **QUICK))


def test_a_method_that_is_not_there_is_refused():
    with pytest.raises(UnknownValueError, match="bootstrap, montecarlo, joint"):
        Simulation(method="sobel")


def test_more_cases_than_can_be_simulated_are_refused():
    with pytest.raises(OutOfRangeError, match="montecarlo and joint"):
        power_at(MEDIUM, 20_001, Simulation(**QUICK))
    assert power_at(MEDIUM, 20_001, Simulation(method="joint")).power > 0.999


def sample(sizes, direct, n, rng):
    x, e, u = rng.standard_normal((3, n))
    m = sizes.a * x + e
    return x, m, sizes.b * m + direct * x + u


def test_standardized_paths_become_those_of_unit_residuals():
    """Of a population with variances 1, each residual is set to 1."""
    a, b, direct = 0.3, 0.4, -0.2
    found = PathSizes.from_standardized(a, b, direct)
    covariance = np.array(
        [
            [1.0, a, a * b + direct],
            [a, 1.0, b + a * direct],
            [a * b + direct, b + a * direct, 1.0],
        ]
    )
    rest_m = 1.0 - covariance[0, 1] ** 2
    slopes = np.linalg.solve(covariance[:2, :2], covariance[:2, 2])
    rest_y = 1.0 - slopes @ covariance[:2, 2]
    assert slopes == pytest.approx([direct, b])
    assert found.a == pytest.approx(a / np.sqrt(rest_m))
    assert found.b == pytest.approx(b * np.sqrt(rest_m) / np.sqrt(rest_y))


def test_ratios_of_a_large_sample_give_its_paths():
    rng = np.random.default_rng(2)
    x, m, y = sample(MEDIUM, 0.5, 400_000, rng)
    one = np.ones_like(x)
    ratios = []
    for design, outcome in (([one, x], m), ([one, m, x], y)):
        columns = np.column_stack(design)
        slope, sse, *_ = np.linalg.lstsq(columns, outcome, rcond=None)
        df = len(x) - columns.shape[1]
        bread = np.linalg.inv(columns.T @ columns)
        ratios.append((slope[1] / np.sqrt(sse[0] / df * bread[1, 1]), df))
    found = PathSizes.from_ratios(*ratios)
    assert found.a == pytest.approx(MEDIUM.a, abs=0.01)
    assert found.b == pytest.approx(MEDIUM.b, abs=0.01)


def test_a_direct_effect_moves_no_draw_of_the_indirect_one():
    rng = np.random.default_rng(5)
    x, e, u = rng.standard_normal((3, 40))
    m = 0.4 * x + e
    products = []
    for direct in (0.0, 0.7):
        y = 0.4 * m + direct * x + u
        rows = np.random.default_rng(6).integers(40, size=(30, 40))
        products.append([product(x[r], m[r], y[r]) for r in rows])
    assert products[0] == pytest.approx(products[1], abs=1e-12)


def product(x, m, y):
    one = np.ones_like(x)
    a = np.linalg.lstsq(np.column_stack([one, x]), m, rcond=None)[0][1]
    return a * np.linalg.lstsq(np.column_stack([one, m, x]), y, rcond=None)[0][1]


def test_design_effect_is_what_clusters_do_to_the_variance_of_a_slope():
    """Many samples in teams: the slopes spread as the formula says."""
    rng = np.random.default_rng(8)
    teams, size, icc, samples = 40, 10, 0.3, 3000
    team = rng.standard_normal((samples, teams, 1))
    x = np.broadcast_to(team, (samples, teams, size)).reshape(samples, -1)
    shared = np.sqrt(icc) * rng.standard_normal((samples, teams, 1))
    own = np.sqrt(1 - icc) * rng.standard_normal((samples, teams, size))
    y = (shared + own).reshape(samples, -1)
    x, y = (v - v.mean(axis=1, keepdims=True) for v in (x, y))
    slope = (x * y).sum(axis=1) / (x**2).sum(axis=1)
    naive = 1.0 / (x**2).sum(axis=1)
    factor = slope.var() / naive.mean()
    assert design_effect(size, 1.0, icc) == pytest.approx(factor, rel=0.12)
    assert design_effect(1.0, 1.0, 0.5) == 1.0
    assert design_effect(10.0, 0.0, 0.5) == 1.0


@pytest.mark.parametrize(
    ("given", "said"),
    [((1.0, 0.3), "a is 1.0"), ((0.3, 1.0), "b is 1.0"), ((0.5, 0.8, 0.5), "b is 0.8")],
)
def test_standardized_paths_that_leave_nothing_are_refused(given, said):
    with pytest.raises(OutOfRangeError, match=said):
        PathSizes.from_standardized(*given)


def test_more_cases_repeat_the_first_ones():
    """Neighbouring numbers of cases share their chance, so powers differ by little."""
    options = {"n_replications": 600, "n_boot": 200, "seed": 9}
    shares = [indirect_power(0.3, 0.3, n, **options).share for n in (100, 101, 102)]
    alone = np.sqrt(2 * 0.5 * 0.5 / 600)
    assert np.abs(np.diff(shares)).max() < 1.5 * alone
