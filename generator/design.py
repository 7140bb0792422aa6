"""Everything about the cohort that is chosen and not computed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from generator.printed import Printed
from generator.shipped import SCORE_COLUMNS

STAGES = (
    "calendar",
    "fidelity",
    "covariates",
    "moments",
    "sampling",
    "rounding",
    "search",
    "items",
    "gaps",
    "scores",
)
# Share of clients whom each interview after the first misses.
MISSED = {4.5: 0.106, 9.0: 0.103, 13.5: 0.206, 18.0: 0.203}
SECOND_MISSING = 0.25  # of the scale scores


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortDesign:
    """Size, calendar and seeds of one cohort.

    Attributes
    ----------
    seed : int
        Every draw of every stage follows from it.
    first_entry, last_entry : datetime.date
        Both days occur.
    site_sizes : tuple of int
        Clients of each site, in the order of the site codes.
    teams_per_site : tuple of int
    provinces : tuple of str
        Province of each site.
    clients_per_manager : int
        About so many; the last manager of a team has what remains.
    dropout_team : int
        Index of the team that leaves the study early.
    dropout_assessments : int
        Assessments that team completed.
    first_assessment : tuple of int
        Earliest and latest day of a team's first assessment, days from
        `first_entry`.
    assessment_jitter, interview_jitter : int
        Most days an assessment or interview is off its date.
    n_samples, n_variations : int
        Samples among which the bootstrap limits choose, and variations of the best.
    missing_scores : int
        Scale scores that are cut out.
    skipped_items : float
        Share of single items skipped within answered scales.
    missed : mapping of float to float
        Share of clients whom the interview of a month misses.
    """

    seed: int
    first_entry: date
    last_entry: date
    site_sizes: tuple[int, ...]
    dropout_assessments: int
    missing_scores: int
    teams_per_site: tuple[int, ...] = (1, 1, 1, 4, 2, 2, 3)
    provinces: tuple[str, ...] = (
        "Newfoundland and Labrador",
        "Quebec",
        "Quebec",
        "Ontario",
        "Ontario",
        "Quebec",
        "Ontario",
    )
    clients_per_manager: int = 5
    dropout_team: int = 11
    first_assessment: tuple[int, int] = (10, 50)
    assessment_jitter: int = 14
    interview_jitter: int = 10
    n_samples: int = 60
    n_variations: int = 150
    skipped_items: float = 0.005
    missed: Mapping[float, float] = field(default_factory=lambda: MISSED)

    @property
    def n_clients(self) -> int:
        """Number of clients."""
        return sum(self.site_sizes)

    @property
    def n_scores(self) -> int:
        """Scale scores of a full file."""
        return self.n_clients * len(SCORE_COLUMNS)

    @property
    def n_teams(self) -> int:
        """Number of teams."""
        return sum(self.teams_per_site)

    @property
    def last_entry_day(self) -> int:
        """Last entry in days from the first."""
        return (self.last_entry - self.first_entry).days

    def rng(self, stage: str, part: int = 0) -> np.random.Generator:
        """Random numbers of one stage, the same whatever the others draw."""
        return np.random.default_rng([self.seed, STAGES.index(stage), part])


def published_design(printed: Printed, seed: int = 20221101) -> CohortDesign:
    """Design of a cohort the size and shape of the study's."""
    n_sites = printed.count("m.orgs")
    sizes = [printed.count(f"t1.site.{code}.n") for code in range(1, n_sites + 1)]
    n_scores = sum(sizes) * len(SCORE_COLUMNS)
    return CohortDesign(
        seed=seed,
        first_entry=printed.day("proc.first"),
        last_entry=printed.day("proc.last"),
        site_sizes=tuple(sizes),
        dropout_assessments=printed.count("proc.drop4"),
        missing_scores=round(printed.value("da.missing") / 100 * n_scores),
    )


def second_design(seed: int = 20260401) -> CohortDesign:
    """Design of a smaller cohort with more gaps, calibrated to nothing."""
    sizes = (24, 31, 52, 45, 28)
    return CohortDesign(
        seed=seed,
        first_entry=date(2019, 2, 4),
        last_entry=date(2020, 9, 25),
        site_sizes=sizes,
        teams_per_site=(1, 2, 3, 2, 1),
        provinces=("Manitoba", "Quebec", "Quebec", "British Columbia", "Nova Scotia"),
        dropout_team=4,
        dropout_assessments=4,
        missing_scores=round(SECOND_MISSING * sum(sizes) * len(SCORE_COLUMNS)),
        missed={4.5: 0.20, 9.0: 0.28, 13.5: 0.34, 18.0: 0.42},
    )
