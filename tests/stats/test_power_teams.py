"""Power with few teams, against regressions in R, integrals of scipy and limits."""

from functools import partial

import numpy as np
import pytest
from scipy import integrate, stats

from smcm.errors import OutOfRangeError
from smcm.stats.ols import fit_linear
from smcm.stats.power_exact import joint_power, monte_carlo_power
from smcm.stats.power_in_teams import joint_power_in_teams, monte_carlo_power_in_teams
from smcm.stats.power_methods import METHODS, Simulation, power_at
from smcm.stats.power_paths import PathSizes
from smcm.stats.power_teams import Clustering

BOTH = (joint_power_in_teams, monte_carlo_power_in_teams)
ERRORS = 3.0  # Monte Carlo standard errors
OF_B = 0.04  # absolute; the ratio of b is taken for noncentral t
OF_JOINT = 0.075  # absolute; that, three Monte Carlo errors, and teams unequal in size
CERTAIN = 900.0  # a path that is found in every sample


def teams_of(count, size, icc, **options):
    alike = Clustering(size=size, icc_m=icc, icc_y=icc, **options)
    return alike.teams(alike.cases(count))


def error_of(share, row):
    return np.sqrt(share * (1.0 - share) / row.replications)


def test_joint_power_is_that_of_regressions(oracle, compare):
    for row in oracle("power_teams").itertuples():
        teams = teams_of(row.teams, row.n / row.teams, row.icc)
        ours = joint_power_in_teams(PathSizes(a=row.a, b=row.b), teams)
        compare(
            ours,
            row.joint,
            source="clubSandwich",
            script="power_teams",
            what="power of joint significance in teams (plain loops)",
            method=OF_JOINT,
        )


def test_power_of_a_alone_is_exact_in_equal_teams(oracle, compare):
    for row in oracle("power_teams").itertuples():
        if row.smallest != row.largest:
            continue
        teams = teams_of(row.teams, row.n / row.teams, row.icc)
        ours = joint_power_in_teams(PathSizes(a=row.a, b=CERTAIN), teams)
        what = "power of path a in teams (plain loops)"
        how = {"source": "R", "script": "power_teams", "what": what}
        error = error_of(row.of_a, row)
        compare(ours, row.of_a, errors=error, within=ERRORS, **how)
        joint = joint_power_in_teams(PathSizes(a=row.a, b=row.b), teams)
        assert joint <= ours + 1e-9


@pytest.mark.parametrize("count", [3, 4, 8, 14, 31])
@pytest.mark.parametrize("icc", [0.0, 0.05, 0.2, 0.9])
def test_power_of_a_alone_is_a_mean_of_noncentral_t(count, icc):
    """A team's mean has variance icc + (1 - icc) / size about a x."""
    size, a = 25, 0.4
    df = count - 2
    critical = stats.t.isf(0.025, df)
    scale = a / np.sqrt(icc + (1 - icc) / size)

    def given(s):
        far = scale * s
        found = stats.ncf.sf(critical**2, 1, df, far**2)
        return found * stats.chi.pdf(s, count - 1)

    expected = integrate.quad(given, 0, np.sqrt(count) + 8, epsabs=1e-9)[0]
    teams = teams_of(count, size, icc)
    ours = joint_power_in_teams(PathSizes(a=a, b=CERTAIN), teams)
    assert ours == pytest.approx(expected, abs=2e-5)
    monte_carlo = monte_carlo_power_in_teams(PathSizes(a=a, b=CERTAIN), teams)
    assert monte_carlo == pytest.approx(expected, abs=2e-3)


def looped(sizes, icc, paths, samples):
    """Share of samples in which b is significant, and both paths are, by CR2."""
    rng = np.random.default_rng(3)
    count, team = len(sizes), np.repeat(np.arange(len(sizes)), sizes)
    found = []
    for _ in range(samples):
        x = rng.standard_normal(count)
        noise = [
            np.sqrt(icc) * rng.standard_normal(count)[team]
            + np.sqrt(1 - icc) * rng.standard_normal(team.size)
            for _ in "my"
        ]
        m = paths.a * x[team] + noise[0]
        y = paths.b * m + noise[1]
        means = np.bincount(team, m) / np.array(sizes)
        first = stats.linregress(x, means).pvalue < 0.05
        design = np.column_stack([np.ones(team.size), x[team], m])
        second = fit_linear(design, y, "cr2", team).p[2] < 0.05
        found.append((second, first and second))
    return np.mean(found, axis=0)


@pytest.mark.parametrize(
    ("sizes", "icc", "a", "b"),
    [
        ((20,) * 6, 0.1, 0.6, 0.35),
        ((20,) * 8, 0.05, 0.5, 0.25),
        ((25,) * 8, 0.2, 0.6, 0.25),
        ((6,) * 20, 0.3, 0.4, 0.3),
        ((12, 16, 20, 24, 28, 32) * 2, 0.1, 0.3, 0.18),
    ],
    ids=str,
)
def test_power_is_near_that_of_regressions_here(sizes, icc, a, b):
    """More designs than the reference in R has, with our own CR2, tested elsewhere."""
    paths = PathSizes(a=a, b=b)
    teams = teams_of(len(sizes), np.mean(sizes), icc)
    alone = joint_power_in_teams(PathSizes(a=CERTAIN, b=b), teams)
    both = joint_power_in_teams(paths, teams)
    for ours, theirs in zip(
        (alone, both), looped(sizes, icc, paths, 1000), strict=True
    ):
        error = np.sqrt(theirs * (1 - theirs) / 1000)
        assert ours == pytest.approx(theirs, abs=OF_B + ERRORS * error)


@pytest.mark.parametrize("count", [3, 4])
def test_power_of_fewer_teams_is_rather_too_low_than_too_high(count):
    """Satterthwaite leaves b a few more degrees of freedom than teams less two."""
    paths = PathSizes(a=1.5, b=0.6)
    ours = joint_power_in_teams(paths, teams_of(count, 12.0, 0.1))
    theirs = looped((12,) * count, 0.1, paths, 1000)[1]
    error = np.sqrt(theirs * (1 - theirs) / 1000)
    assert theirs - 0.25 < ours < theirs + ERRORS * error


@pytest.mark.parametrize("alone", [joint_power, monte_carlo_power])
def test_teams_of_one_client_are_no_teams(alone):
    in_teams = BOTH[alone is monte_carlo_power]
    for n in (60, 558):
        for icc in (0.0, 0.4):
            found = in_teams(PathSizes(a=0.2, b=-0.3), teams_of(n, 1.0, icc))
            assert found == pytest.approx(alone(0.2, -0.3, n), abs=0.02)


def test_many_teams_have_the_power_of_design_effects():
    size, icc = 10.0, 0.1
    teams = teams_of(500, size, icc)
    shrunk = 0.1 / np.sqrt(teams.effect_a), 0.06 / np.sqrt(teams.effect_b)
    assert (teams.effect_a, teams.effect_b) == pytest.approx((1.9, 1.09))
    expected = joint_power(*shrunk, teams.n)
    found = joint_power_in_teams(PathSizes(a=0.1, b=0.06), teams)
    assert found == pytest.approx(expected, abs=0.005)


@pytest.mark.parametrize("power", BOTH)
def test_power_rises_with_teams_clients_and_paths_and_falls_with_icc(power):
    base = power(PathSizes(a=0.4, b=0.3), teams_of(10, 20.0, 0.1))
    assert power(PathSizes(a=0.5, b=0.3), teams_of(10, 20.0, 0.1)) > base
    assert power(PathSizes(a=0.4, b=0.4), teams_of(10, 20.0, 0.1)) > base
    assert power(PathSizes(a=-0.4, b=0.3), teams_of(10, 20.0, 0.1)) == pytest.approx(
        base
    )
    assert power(PathSizes(a=0.4, b=0.3), teams_of(11, 20.0, 0.1)) > base
    assert power(PathSizes(a=0.4, b=0.3), teams_of(10, 25.0, 0.1)) > base
    assert power(PathSizes(a=0.4, b=0.3), teams_of(10, 20.0, 0.2)) < base
    fewer = teams_of(10, 20.0, 0.1, covariates=2)
    assert power(PathSizes(a=0.4, b=0.3), fewer) < base


@pytest.mark.parametrize("power", BOTH)
@pytest.mark.parametrize("count", [3, 5, 14, 200])
def test_without_one_path_the_power_is_not_above_the_level(power, count):
    for alpha in (0.01, 0.05, 0.2):
        teams = teams_of(count, 20.0, 0.1)
        for sizes in (PathSizes(a=0.0, b=CERTAIN), PathSizes(a=CERTAIN, b=0.0)):
            assert power(sizes, teams, alpha) == pytest.approx(alpha, abs=2e-3)
        assert power(PathSizes(a=0.0, b=0.0), teams, alpha) < alpha


def test_monte_carlo_power_is_that_of_intervals_of_t_draws():
    """Samples by the distribution of the ratios; each interval by quantiles of t."""
    count, size, icc, samples = 10, 20.0, 0.1, 4000
    sizes, teams = PathSizes(a=0.5, b=0.3), teams_of(count, size, icc)
    rng = np.random.default_rng(5)
    between = np.sqrt(rng.chisquare(count - 2, samples))
    x = np.sqrt(rng.chisquare(count - 1, samples))
    numerator = teams.path_a(sizes) * x + rng.standard_normal(samples)
    t_a = numerator * np.sqrt(count - 2) / between
    own = np.sqrt(rng.chisquare(count - 2, samples) / (count - 2))
    t_b = (teams.noncentrality_b(sizes, between) + rng.standard_normal(samples)) / own
    even = stats.t.ppf((np.arange(300) + 0.5) / 300, count - 2)
    other = [
        ((a + even)[:, None] * (b + even) * np.sign(a * b) <= 0).mean()
        for a, b in zip(t_a, t_b, strict=True)
    ]
    share = np.mean(np.array(other) < 0.025)
    error = np.sqrt(share * (1 - share) / samples)
    found = monte_carlo_power_in_teams(sizes, teams)
    assert found == pytest.approx(share, abs=ERRORS * error + 0.005)


@pytest.mark.parametrize("power", BOTH)
@pytest.mark.parametrize("path", [0.0, 1e-9, 3.0, -30.0, 1000.0])
@pytest.mark.parametrize("count", [3, 100_000])
def test_power_of_extremes_stays_a_share(power, path, count):
    for alpha in (1e-6, 0.05, 0.9):
        for icc in (0.0, 0.3, 1.0):
            for other in (0.3, -1000.0):
                sizes = PathSizes(a=path, b=other)
                assert 0.0 <= power(sizes, teams_of(count, 1.5, icc), alpha) <= 1.0


@pytest.mark.parametrize(
    ("n", "size", "teams"),
    [(200, 25.0, 8), (210, 25.0, 8), (224, 25.0, 8), (225, 25.0, 9), (90, 22.5, 4)],
)
def test_clients_beyond_whole_teams_are_spread_over_them(n, size, teams):
    found = Clustering(size=size, icc_m=0.1, icc_y=0.1).teams(n)
    assert (found.count, found.n, found.size) == (teams, n, n / teams)


@pytest.mark.parametrize("size", [1.01, 1.5, 7.3, 22.5, 25.0])
def test_cases_of_teams_are_those_teams(size):
    alike = Clustering(size=size, icc_m=0.1, icc_y=0.1)
    for count in range(3, 400):
        assert alike.count(alike.cases(count)) == count


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("n", "covariates", "said"),
    [
        (50, 0, "n is 50; expected at least 75, which is 3 teams of 25"),
        (74, 0, "74 clients are 2 whole teams"),
        (26, 0, "26 clients are 1 whole team[.]"),
        (124, 2, "expected at least 125, which is 5 teams"),
    ],
)
def test_too_few_teams_are_refused(method, n, covariates, said):
    alike = Clustering(size=25.0, icc_m=0.1, icc_y=0.1, covariates=covariates)
    how = Simulation(method=method, n_replications=10, n_boot=100)
    with pytest.raises(OutOfRangeError, match=said):
        power_at(PathSizes(a=0.4, b=0.4), n, how, alike)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"icc_m": -0.1}, "icc_m is -0.1"),
        ({"icc_y": 1.1}, "icc_y is 1.1"),
        ({"icc_x": float("nan")}, "icc_x is nan"),
        ({"size": 0.5}, "team_size is 0.5"),
        ({"size": float("inf")}, "team_size is inf"),
        ({"covariates": -1}, "team_covariates is -1"),
    ],
)
def test_teams_that_cannot_be_are_refused(change, said):
    make = partial(Clustering, **{"size": 10.0, "icc_m": 0.1, "icc_y": 0.1} | change)
    with pytest.raises(OutOfRangeError, match=said):
        make()
