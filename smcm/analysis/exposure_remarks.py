"""What `smcm check` says of fidelity: clients without exposure, items not rated."""

from collections.abc import Iterator

import pandas as pd

from smcm.analysis.participants import (
    NOT_ASSESSED,
    TOO_EARLY,
    TOO_LATE,
    without_exposure,
)
from smcm.cohort.exposure import LEAST_ASSESSMENTS, fidelity_exposure
from smcm.cohort.ratings import fidelity_ratings
from smcm.cohort.remarks import Remark
from smcm.cohort.tables import Cohort
from smcm.design.study import label

NAMED = 6  # teams or assessments that a remark names


def exposure_remarks(cohort: Cohort) -> tuple[Remark, ...]:
    """Count the clients that models leave out, and the items that nobody rated."""
    return (*_without_exposure(cohort), *_ratings(cohort))


def _without_exposure(cohort: Cohort) -> Iterator[Remark]:
    declared = cohort.design.exposure
    exposure = fidelity_exposure(cohort, declared.windows[0])
    why = _why(declared.shortest_window)
    team = cohort.clients.set_index("client_id")["team"]
    for horizon in cohort.design.horizons:
        month = horizon.mediator
        means = exposure.mean(month)
        reasons = without_exposure(cohort, month, means.index[means.isna()])
        for reason, clients in reasons.groupby(reasons, sort=False):
            yield Remark(
                file="fidelity.csv",
                column="date",
                text=f"{_clients(len(clients))} no exposure before month "
                f"{label(month)} and stay out of the models of "
                f"{label(horizon.outcome)} months: their team {why[str(reason)]} "
                f"({_listed(sorted(team[clients.index].unique()))}). Are the dates "
                "right, and all assessments entered?",
            )


def _why(shortest: int) -> dict[str, str]:
    return {
        NOT_ASSESSED: f"has fewer than {LEAST_ASSESSMENTS} assessments with a total",
        TOO_EARLY: "was first assessed after the interview",
        TOO_LATE: f"was last assessed over {shortest} days before the interview",
    }


def _ratings(cohort: Cohort) -> Iterator[Remark]:
    found, least = fidelity_ratings(cohort), cohort.design.exposure.rated
    if found.without_total:
        names = [f"{team} on {_day(day)}" for team, day in found.without_total]
        yield Remark(
            file="fidelity.csv",
            column="score",
            text=f"{len(names)} of {found.assessments} assessments cannot be used: "
            f"under {100 * least:g}% of the items of a domain were rated "
            f"({_listed(names)}).",
        )
    if found.blank:
        yield Remark(
            file="fidelity.csv",
            column="score",
            text=f"{found.blank} of {found.items} items were not rated; the mean of a "
            "domain is that of the items rated.",
        )


def _clients(n: int) -> str:
    return f"{n} client has" if n == 1 else f"{n} clients have"


def _day(day: pd.Timestamp) -> str:
    return f"{day:%Y-%m-%d}"


def _listed(names: list[str]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")
