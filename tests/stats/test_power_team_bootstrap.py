"""The bootstrap of whole teams against a loop over clients and regressions."""

import numpy as np
import pytest

from smcm.errors import OutOfRangeError
from smcm.stats.power_methods import Simulation, power_at
from smcm.stats.power_paths import PathSizes
from smcm.stats.power_team_bootstrap import TeamBootstrap, team_bootstrap_power
from smcm.stats.power_teams import Clustering

SIZES = PathSizes(a=0.35, b=0.3)
ALIKE = Clustering(size=4.0, icc_m=0.1, icc_y=0.2)


def how(**options):
    usual = {"n_replications": 2000, "n_boot": 400, "seed": 7, "alpha": 0.05}
    return TeamBootstrap(**usual | options)


def product(x, m, y):
    one = np.ones_like(x)
    a = np.linalg.lstsq(np.column_stack([one, x]), m, rcond=None)[0][1]
    return a * np.linalg.lstsq(np.column_stack([one, m, x]), y, rcond=None)[0][1]


def looped(members, samples, resamples):
    """Share of samples whose interval excludes zero, clients drawn one by one."""
    rng = np.random.default_rng(1)
    count, team = len(members), np.repeat(np.arange(len(members)), members)
    rows = [np.flatnonzero(team == k) for k in range(count)]
    found = 0
    for _ in range(samples):
        x = rng.standard_normal(count)[team]
        noise = [
            np.sqrt(icc) * rng.standard_normal(count)[team]
            + np.sqrt(1 - icc) * rng.standard_normal(team.size)
            for icc in (ALIKE.icc_m, ALIKE.icc_y)
        ]
        m = SIZES.a * x + noise[0]
        y = SIZES.b * m + noise[1]
        draws = []
        for _ in range(resamples):
            at = np.concatenate([rows[k] for k in rng.integers(count, size=count)])
            draws.append(product(x[at], m[at], y[at]))
        ordered = np.sort(draws)
        low, high = round(resamples * 0.025) - 1, int(resamples * 0.975)
        found += ordered[low] > 0 or ordered[high] < 0
    return found / samples


def test_power_is_that_of_a_loop_over_clients():
    teams = ALIKE.teams(104)
    assert teams.count == 26
    theirs = looped([4] * 26, 250, 200)
    ours, error = team_bootstrap_power(SIZES, teams, how(n_boot=200))
    both = np.hypot(error, np.sqrt(theirs * (1 - theirs) / 250))
    assert ours == pytest.approx(theirs, abs=3 * both)


def test_teams_of_one_client_are_cases():
    """The bootstrap of teams is then that of clients, which is tested elsewhere."""
    alike = Clustering(size=1.0, icc_m=0.0, icc_y=0.0)
    ours, error = team_bootstrap_power(SIZES, alike.teams(60), how())
    options = Simulation(n_replications=2000, n_boot=400, seed=3)
    other = power_at(SIZES, 60, options)
    apart = np.hypot(error, other.standard_error)
    assert ours == pytest.approx(other.power, abs=3 * apart)


def test_too_short_an_interval_is_what_few_teams_have():
    """About 8% of 20 teams and close to 5% of 200, where a is not there."""
    shares = []
    for count in (20, 200):
        alike = Clustering(size=25.0, icc_m=0.2, icc_y=0.2)
        teams = alike.teams(alike.cases(count))
        sizes = PathSizes(a=0.0, b=0.9)
        shares.append(team_bootstrap_power(sizes, teams, how(n_replications=4000))[0])
    assert shares[0] == pytest.approx(0.08, abs=0.015)
    assert shares[1] == pytest.approx(0.055, abs=0.012)


def test_error_of_the_simulation_is_never_zero():
    alike = Clustering(size=25.0, icc_m=0.2, icc_y=0.2)
    sizes = PathSizes(a=9.0, b=9.0)
    power, error = team_bootstrap_power(sizes, alike.teams(500), how())
    assert power == 1.0
    assert 0.0 < error < 0.002
    power, error = team_bootstrap_power(SIZES, ALIKE.teams(104), how())
    assert error == pytest.approx(np.sqrt(power * (1 - power) / 2000), rel=0.01)


def test_odd_numbers_of_clients_and_covariates_have_a_power():
    for n in (104, 105, 107):
        power, _ = team_bootstrap_power(SIZES, ALIKE.teams(n), how())
        assert 0.2 < power < 0.7
    covariate = Clustering(size=4.0, icc_m=0.1, icc_y=0.2, covariates=4)
    fewer, _ = team_bootstrap_power(SIZES, covariate.teams(104), how())
    assert fewer < power


@pytest.mark.parametrize(("n", "covariates"), [(79, 0), (83, 1)])
def test_fewer_than_twenty_teams_are_refused(n, covariates):
    alike = Clustering(size=4.0, icc_m=0.1, icc_y=0.1, covariates=covariates)
    said = f"{20 + covariates} teams of 4.*joint and montecarlo"
    with pytest.raises(OutOfRangeError, match=said):
        team_bootstrap_power(SIZES, alike.teams(n), how())
