"""Refuse a run that the data cannot carry, before anything is computed."""

import pandas as pd

from smcm.analysis.needs import study_faults
from smcm.cohort.exposure import fidelity_exposure
from smcm.cohort.tables import Cohort
from smcm.design.study import StudyDesign, label
from smcm.errors import DataError, ImpossibleRunError, UnknownValueError
from smcm.parameters import ALL_SITES, DEFENSIBLE, PUBLISHED, RunParameters
from smcm.shown import shown
from smcm.stats.bootstrap import CASES_PER_COEFFICIENT
from smcm.stats.cluster_robust import FEWEST_CLUSTERS
from smcm.stats.small_counts import withheld

LEAST_PAIRS = 3  # two differences leave one degree of freedom
ELSEWHERE = "'all', 'without-K' or a larger site"


def site_of_clients(cohort: Cohort) -> pd.Series:
    """Site code of every client, indexed by client_id."""
    site = cohort.teams.set_index("team")["site"]
    return cohort.clients.set_index("client_id")["team"].map(site)


def small_sites(cohort: Cohort) -> frozenset[int]:
    """Codes of the sites whose number of clients no page may give away.

    None of invented clients. On real data, those with fewer clients than
    ``cohort.fewest_clients``, and the next smallest from which they would follow:
    Table 1 shows them as one.
    """
    sizes = site_of_clients(cohort).value_counts().sort_index()
    hidden = withheld(sizes.tolist(), cohort.fewest_shown)
    return frozenset(int(sizes.index[place]) for place in hidden)


def selected_clients(cohort: Cohort, run: RunParameters) -> pd.Index:
    """Clients that the run's site rule keeps.

    Raises
    ------
    DataError
        Data that are sound file by file and carry no models; see `study_faults`.
    UnknownValueError
        A window that the study file does not declare, or a site that the data do not
        have.
    ImpossibleRunError
        Too few clients are left for the models, or too few teams for errors by team;
        or the edition's N would give away how many clients a small site has.
    """
    require_window(cohort.design, run)
    sites = site_of_clients(cohort)
    rule, code = run.site_rule
    if rule == ALL_SITES:
        kept = pd.Series(data=True, index=sites.index)
    else:
        codes = sorted(int(value) for value in sites.unique())
        if code not in codes:
            choices = [f"{rule}-{value}" for value in codes]
            raise UnknownValueError.for_choice("site", run.site, choices)
        if code in small_sites(cohort):
            raise _gives_away(cohort, run)
        kept = (sites == code) if rule == "only" else (sites != code)
    clients = sites.index[kept]
    design = cohort.design
    _require_enough(clients.size, sites[kept].nunique(), run, design)
    faults = study_faults(cohort)
    if faults:
        raise DataError(faults)
    exposed = [
        clients[fidelity_exposure(cohort, run.window_days).mean(month)[clients].notna()]
        for month in design.mediator.months
    ]
    for month, own in zip(design.mediator.months, exposed, strict=True):
        _require_enough(own.size, sites[own].nunique(), run, design, month)
    _require_pairs(exposed[0].intersection(exposed[1]).size, run)
    if run.reading == DEFENSIBLE:
        teams = cohort.clients.set_index("client_id")["team"]
        _require_teams(min(teams[own].nunique() for own in exposed), run)
    return clients


def require_window(design: StudyDesign, run: RunParameters) -> None:
    """Refuse a window that the study file does not declare.

    Raises
    ------
    UnknownValueError
    """
    windows = sorted(design.exposure.windows)
    if run.window_days not in windows:
        raise UnknownValueError.for_choice("window_days", run.window_days, windows)


def coefficients(design: StudyDesign, n_sites: int) -> int:
    """Coefficients of the outcome equation: with one site, its code drops out."""
    covariates = len(design.shared_covariates) + 1  # and the outcome's own baseline
    return 3 + covariates - (1 if n_sites < 2 else 0)  # constant, m and x


def _gives_away(cohort: Cohort, run: RunParameters) -> ImpossibleRunError:
    """Say why a small site has no edition, without its number of clients."""
    return ImpossibleRunError(
        f"site {shown(run.site)} would give away how many clients a small site has: "
        f"of real data no count below {cohort.fewest_shown} is shown, nor one from "
        f"which it follows. Use 'all' or a larger site; the models of 'all' keep "
        "every site."
    )


def _require_teams(n_teams: int, run: RunParameters) -> None:
    if n_teams < FEWEST_CLUSTERS:
        raise ImpossibleRunError(
            f"site {shown(run.site)} leaves clients of {n_teams} teams; the reading "
            f"{shown(DEFENSIBLE)} takes its errors from the differences between teams, "
            f"of which it needs at least {FEWEST_CLUSTERS}. Use reading "
            f"{shown(PUBLISHED)}, or "
            "site 'all', 'without-K' or one with more teams."
        )


def _require_enough(
    n: int,
    n_sites: int,
    run: RunParameters,
    design: StudyDesign,
    month: float | None = None,
) -> None:
    needed = coefficients(design, n_sites)
    least = CASES_PER_COEFFICIENT * needed
    if n >= least:
        return
    exposed = (
        ""
        if month is None
        else f" with an exposure to fidelity before month {label(month)}"
    )
    raise ImpossibleRunError(
        f"site {shown(run.site)} leaves {n} clients{exposed} for models with "
        f"{needed} coefficients; a bootstrap interval needs at "
        f"least {least} clients, {CASES_PER_COEFFICIENT} for each coefficient. "
        f"Use {'more clients' if run.site == ALL_SITES else ELSEWHERE}."
    )


def _require_pairs(n: int, run: RunParameters) -> None:
    if n < LEAST_PAIRS:
        raise ImpossibleRunError(
            f"site {shown(run.site)} leaves {n} clients with an exposure to fidelity "
            "before both alliance interviews; the change of fidelity needs at least "
            f"{LEAST_PAIRS}."
        )
