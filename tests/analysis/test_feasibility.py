"""Runs that the data cannot carry are refused before anything is computed."""

import inspect

import numpy as np
import pytest

import smcm.analysis.study
from smcm.analysis.feasibility import coefficients, selected_clients, site_of_clients
from smcm.analysis.study import run_study
from smcm.errors import ImpossibleRunError, UnknownValueError
from smcm.parameters import RunParameters
from smcm.stats.bootstrap import CASES_PER_COEFFICIENT


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
    least = CASES_PER_COEFFICIENT * coefficients(1)
    small = {code: n for code, n in sizes(cohort).items() if n < least}
    assert small
    for code, n in small.items():
        with pytest.raises(ImpossibleRunError) as refused:
            run_study(cohort, RunParameters(site=f"only-{code}"))
        said = str(refused.value)
        for part in (f"only-{code}", f"{n} clients", f"{coefficients(1)}", f"{least}"):
            assert part in said
        assert "without-K" in said


def test_sites_large_enough_are_kept(cohort):
    least = CASES_PER_COEFFICIENT * coefficients(1)
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
    assert coefficients(1) == coefficients(7) - 1
