"""Stage 1: sites, teams, case managers, and the days of everything."""

from dataclasses import dataclass

import numpy as np

from generator.design import CohortDesign
from generator.layout import Whole
from generator.shipped import INTERVIEW_MONTHS

DAYS_PER_MONTH = 365.25 / 12
ASSESSMENT_MONTHS = (0, 6, 12, 18, 24, 36)
ALLIANCE_AT = 3  # place of the last interview whose window needs fidelity


@dataclass(frozen=True, slots=True)
class Calendar:
    """Who belongs where, and when. Days count from the first entry.

    Attributes
    ----------
    site : ndarray of int, shape (n_clients,)
        Site codes, from 1.
    team, manager : ndarray of int, shape (n_clients,)
        Indices, from 0.
    team_site : ndarray of int, shape (n_teams,)
    interview : ndarray of int, shape (n_clients, 5)
        Day of every appointment; the first is the entry.
    assessment : tuple of ndarray of int
        Days of each team's fidelity assessments.
    """

    site: Whole
    team: Whole
    manager: Whole
    team_site: Whole
    interview: Whole
    assessment: tuple[Whole, ...]

    @property
    def n_managers(self) -> int:
        """Number of case managers."""
        return int(self.manager.max()) + 1


def make_calendar(design: CohortDesign) -> Calendar:
    """Place clients in teams and give every event its day."""
    rng = design.rng("calendar")
    site, team, team_site = _teams(design)
    assessment = tuple(
        _assessment_days(design, rng, team_index)
        for team_index in range(design.n_teams)
    )
    entry = _entries(design, rng, team, assessment[design.dropout_team])
    interview = np.column_stack(
        [entry] + [entry + _later(design, rng, m) for m in INTERVIEW_MONTHS[1:]]
    )
    manager = _managers(design, rng, team)
    return Calendar(site, team, manager, team_site, interview, assessment)


def _teams(design: CohortDesign) -> tuple[Whole, Whole, Whole]:
    """Sites and teams of the clients, who stand in the order of their teams."""
    site: list[int] = []
    team: list[int] = []
    team_site: list[int] = []
    for code, (size, n_teams) in enumerate(
        zip(design.site_sizes, design.teams_per_site, strict=True), start=1
    ):
        first = len(team_site)
        team += sorted(first + k % n_teams for k in range(size))
        site += [code] * size
        team_site += [code] * n_teams
    return np.array(site), np.array(team), np.array(team_site)


def _last_window_end(design: CohortDesign) -> int:
    """Most days from an entry to the end of the last window that needs fidelity."""
    month = INTERVIEW_MONTHS[ALLIANCE_AT]
    return round(month * DAYS_PER_MONTH) + design.interview_jitter


def _assessment_days(
    design: CohortDesign, rng: np.random.Generator, team: int
) -> Whole:
    """Days of one team's assessments; the last covers the last client's windows."""
    drops_out = team == design.dropout_team
    months = ASSESSMENT_MONTHS[: design.dropout_assessments if drops_out else None]
    first = int(rng.integers(*design.first_assessment))
    jitter = rng.integers(
        -design.assessment_jitter, design.assessment_jitter, len(months), endpoint=True
    )
    days = first + np.round(np.array(months) * DAYS_PER_MONTH).astype(np.int64) + jitter
    days[0] = first
    if not drops_out:
        days[-1] = max(days[-1], design.last_entry_day + _last_window_end(design))
    return days


def _entries(
    design: CohortDesign, rng: np.random.Generator, team: Whole, dropout_days: Whole
) -> Whole:
    """Entry days; those of the team that drops out are early enough for it."""
    entry = rng.integers(0, design.last_entry_day, design.n_clients, endpoint=True)
    early = team == design.dropout_team
    latest = int(dropout_days[-1]) - _last_window_end(design)
    entry[early] = rng.integers(0, latest, int(early.sum()), endpoint=True)
    others = np.flatnonzero(~early)
    entry[others[0]], entry[others[-1]] = 0, design.last_entry_day
    return entry


def _later(design: CohortDesign, rng: np.random.Generator, month: float) -> Whole:
    """Days from entry to the interview of one month."""
    jitter = rng.integers(
        -design.interview_jitter,
        design.interview_jitter,
        design.n_clients,
        endpoint=True,
    )
    days: Whole = round(month * DAYS_PER_MONTH) + jitter
    return days


def _managers(design: CohortDesign, rng: np.random.Generator, team: Whole) -> Whole:
    """Case managers of the clients, numbered through all teams."""
    manager = np.empty(design.n_clients, dtype=np.int64)
    first = 0
    for index in range(design.n_teams):
        clients = np.flatnonzero(team == index)
        n_managers = max(2, round(clients.size / design.clients_per_manager))
        manager[clients] = first + rng.permutation(np.arange(clients.size) % n_managers)
        first += n_managers
    return manager
