"""Runs that the data cannot carry are refused before anything is computed."""

import inspect
import re
from dataclasses import replace

import numpy as np
import pytest

import smcm.analysis.study
from smcm.analysis.characteristics import describe_clients
from smcm.analysis.feasibility import (
    coefficients,
    selected_clients,
    site_of_clients,
    small_sites,
)
from smcm.analysis.study import run_study
from smcm.design.study_file import shipped_study
from smcm.errors import ImpossibleRunError, UnknownValueError
from smcm.parameters import RunParameters
from smcm.rerun.grid import default_grid
from smcm.rerun.preflight import checked_runs
from smcm.stats.bootstrap import CASES_PER_COEFFICIENT
from tests.disclosed import some_clients
from tests.windows import WINDOWS_DAYS


@pytest.fixture
def no_computing(monkeypatch):
    """Fail if the run goes past the check."""

    def computed(*_args, **_kwargs):
        raise AssertionError("computed before it was refused")

    for name, value in list(vars(smcm.analysis.study).items()):
        if inspect.isfunction(value) and name not in {"run_study", "selected_clients"}:
            monkeypatch.setattr(smcm.analysis.study, name, computed)


def sizes(cohort):
    return site_of_clients(cohort).value_counts()


@pytest.mark.fault("data or choices that carry no analysis")
@pytest.mark.usefixtures("no_computing")
def test_a_site_too_small_is_refused_with_the_numbers(cohort):
    least = CASES_PER_COEFFICIENT * coefficients(shipped_study(), 1)
    small = {code: n for code, n in sizes(cohort).items() if n < least}
    assert small
    for code, n in small.items():
        with pytest.raises(ImpossibleRunError) as refused:
            run_study(cohort, RunParameters(site=f"only-{code}"))
        said = str(refused.value)
        needed = coefficients(shipped_study(), 1)
        for part in (f"only-{code}", f"{n} clients", f"{needed}", f"{least}"):
            assert part in said
        assert "without-K" in said


def test_sites_large_enough_are_kept(cohort):
    least = CASES_PER_COEFFICIENT * coefficients(shipped_study(), 1)
    for code, n in sizes(cohort).items():
        if n >= least:
            run = RunParameters(site=f"only-{code}")
            assert selected_clients(cohort, run).size == n


def test_without_a_site_the_others_stay(cohort):
    of_client = site_of_clients(cohort)
    for code, n in sizes(cohort).items():
        kept = selected_clients(cohort, RunParameters(site=f"without-{code}"))
        assert kept.size == cohort.n - n
        assert code not in set(of_client[kept])


def test_all_keeps_everyone_in_order(cohort):
    kept = selected_clients(cohort, RunParameters())
    np.testing.assert_array_equal(kept, cohort.clients["client_id"])


@pytest.mark.usefixtures("no_computing")
@pytest.mark.parametrize(
    ("site", "nearest"),
    [("without-33", "without-3"), ("only-66", "only-6"), ("only-0", "only-")],
)
def test_an_unknown_site_offers_the_nearest(cohort, site, nearest):
    with pytest.raises(UnknownValueError, match=f"Did you mean '{nearest}") as refused:
        run_study(cohort, RunParameters(site=site))
    assert repr(site) in str(refused.value)


@pytest.mark.fault("data or choices that carry no analysis")
@pytest.mark.usefixtures("no_computing")
def test_a_reading_by_team_of_two_teams_is_refused(cohort):
    run = RunParameters(reading="defensible", site="only-5")
    with pytest.raises(
        ImpossibleRunError, match=r"of 2 teams.*at least 3.*'published'"
    ):
        run_study(cohort, run)


def test_one_site_has_a_coefficient_less():
    assert coefficients(shipped_study(), 1) == coefficients(shipped_study(), 7) - 1


# site 2 would follow from the other sites' numbers: site 1 is hidden with it
WITH_SMALL = {1: 20, 2: 4, 4: 70, 7: 50}
SMALL = {1, 2}


@pytest.fixture(scope="module")
def with_small_sites(cohort):
    return some_clients(cohort, WITH_SMALL)


def test_small_sites_are_those_that_table_1_shows_as_one(with_small_sites):
    assert small_sites(with_small_sites) == SMALL
    everyone = with_small_sites.clients["client_id"]
    table = describe_clients(with_small_sites, everyone)
    shown = {line.level.value: line.n for line in table.sites}
    assert shown == {4: 70, 7: 50, "others": 20 + 4}


def test_two_sites_below_the_threshold_hide_no_third(cohort):
    assert small_sites(some_clients(cohort, {1: 9, 2: 4, 4: 30})) == {1, 2}


@pytest.mark.usefixtures("no_computing")
@pytest.mark.parametrize("code", sorted(SMALL))
@pytest.mark.parametrize("part", ["only", "without"])
def test_a_small_site_of_real_data_has_no_edition(with_small_sites, part, code):
    with pytest.raises(ImpossibleRunError, match="give away how many") as refused:
        run_study(with_small_sites, RunParameters(site=f"{part}-{code}"))
    said = str(refused.value)
    assert f"'{part}-{code}'" in said
    assert "Use 'all'" in said
    assert f" {WITH_SMALL[code]} " not in said


def test_a_raised_threshold_hides_more_sites(with_small_sites):
    raised = replace(with_small_sites, fewest_clients=65)
    assert small_sites(raised) == {1, 2, 7}


def test_the_models_of_all_sites_keep_the_small_ones(with_small_sites):
    kept = selected_clients(with_small_sites, RunParameters())
    assert kept.size == sum(WITH_SMALL.values())


def test_invented_clients_hide_no_site(with_small_sites):
    invented = replace(with_small_sites, synthetic=True)
    assert small_sites(invented) == set()
    kept = selected_clients(invented, RunParameters(site="without-2"))
    assert kept.size == sum(WITH_SMALL.values()) - WITH_SMALL[2]


def test_a_book_of_real_data_leaves_out_the_editions_of_small_sites(with_small_sites):
    grid = default_grid(RunParameters(), WINDOWS_DAYS)
    runs, left_out = checked_runs(grid, with_small_sites, "own")
    assert {run.site for run in runs} == {"all", "without-4", "without-7"}
    told = [line for line in left_out if "give away" in line]
    assert {code for code in SMALL if any(f"-{code}'" in x for x in told)} == SMALL


@pytest.mark.parametrize("days", [1, 89, 91, 120, 179, 269, 271, 365])
def test_every_declared_window_is_named_where_one_is_not(cohort, days):
    with pytest.raises(UnknownValueError) as refused:
        selected_clients(cohort, RunParameters(window_days=days))
    numbers = [int(text) for text in re.findall(r"\d+", str(refused.value))]
    assert numbers == [days, *WINDOWS_DAYS]
