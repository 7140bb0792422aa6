"""Refuse a run that the data cannot carry, before anything is computed."""

import pandas as pd

from smcm.cohort.tables import Cohort
from smcm.design.models import SHARED_COVARIATES
from smcm.errors import ImpossibleRunError, UnknownValueError
from smcm.parameters import ALL_SITES, DEFENSIBLE, PUBLISHED, RunParameters
from smcm.stats.bootstrap import CASES_PER_COEFFICIENT
from smcm.stats.cluster_robust import FEWEST_CLUSTERS


def site_of_clients(cohort: Cohort) -> pd.Series:
    """Site code of every client, indexed by client_id."""
    site = cohort.teams.set_index("team")["site"]
    return cohort.clients.set_index("client_id")["team"].map(site)


def selected_clients(cohort: Cohort, run: RunParameters) -> pd.Index:
    """Clients that the run's site rule keeps.

    Raises
    ------
    UnknownValueError
        A site that the data do not have.
    ImpossibleRunError
        Too few clients are left for the models, or too few teams for errors by team.
    """
    sites = site_of_clients(cohort)
    rule, code = run.site_rule
    if rule == ALL_SITES:
        kept = pd.Series(data=True, index=sites.index)
    else:
        codes = sorted(int(value) for value in sites.unique())
        if code not in codes:
            choices = [f"{rule}-{value}" for value in codes]
            raise UnknownValueError.for_choice("site", run.site, choices)
        kept = (sites == code) if rule == "only" else (sites != code)
    clients = sites.index[kept]
    _require_enough(clients.size, sites[kept].nunique(), run)
    if run.reading == DEFENSIBLE:
        teams = cohort.clients.set_index("client_id")["team"]
        _require_teams(teams[kept].nunique(), run)
    return clients


def coefficients(n_sites: int) -> int:
    """Coefficients of the outcome equation: with one site, its code drops out."""
    covariates = len(SHARED_COVARIATES) + 1  # and the outcome's own baseline
    return 3 + covariates - (1 if n_sites < 2 else 0)  # constant, m and x


def _require_teams(n_teams: int, run: RunParameters) -> None:
    if n_teams < FEWEST_CLUSTERS:
        raise ImpossibleRunError(
            f"site {run.site!r} leaves clients of {n_teams} teams; the reading "
            f"{DEFENSIBLE!r} takes its errors from the differences between teams, of "
            f"which it needs at least {FEWEST_CLUSTERS}. Use reading {PUBLISHED!r}, or "
            "site 'all', 'without-K' or one with more teams."
        )


def _require_enough(n: int, n_sites: int, run: RunParameters) -> None:
    least = CASES_PER_COEFFICIENT * coefficients(n_sites)
    if n < least:
        raise ImpossibleRunError(
            f"site {run.site!r} leaves {n} clients for models with "
            f"{coefficients(n_sites)} coefficients; a bootstrap interval needs at "
            f"least {least} clients, {CASES_PER_COEFFICIENT} for each coefficient. "
            "Use 'all', 'without-K' or a larger site."
        )
