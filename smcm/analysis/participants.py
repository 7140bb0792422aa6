"""How many clients the models of each horizon rest on, and why not all."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from smcm.analysis.characteristics import fewest_of_part
from smcm.analysis.study import Study
from smcm.cohort.exposure import LEAST_ASSESSMENTS, cohort_totals
from smcm.cohort.ratings import FidelityRatings, fidelity_ratings
from smcm.cohort.tables import Cohort
from smcm.design.study import label
from smcm.stats.small_counts import NOT_SHOWN, Count, shown, shown_part

NOT_ASSESSED, TOO_EARLY, TOO_LATE = "not_assessed", "too_early", "too_late"
REASONS = (NOT_ASSESSED, TOO_EARLY, TOO_LATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class HorizonFlow:
    """Clients of one horizon.

    Attributes
    ----------
    horizon : float
        Month of the outcome.
    without_exposure : mapping of str to int or None
        Clients left out of the models of this horizon, by `REASONS`: the team was not
        assessed on two days; the interview came before its first assessment, or so
        long after its last that the shortest window holds no day with a score. None
        where the count is withheld.
    analysed : int
        Clients in the models.
    alliance_held, outcome_held : int or None
        Of these, those whose interview took place.
    """

    horizon: float
    without_exposure: Mapping[str, Count]
    analysed: int
    alliance_held: Count
    outcome_held: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """From the clients in the data to those in the models.

    Attributes
    ----------
    in_data, in_run : int
        Clients of all sites, and of the sites of the run.
    horizons : tuple of HorizonFlow
    in_both : int or None
        Clients in the models of every horizon.
    ratings : FidelityRatings
        What was rated of the fidelity scale, all teams.
    """

    in_data: int
    in_run: int
    horizons: tuple[HorizonFlow, ...]
    in_both: Count
    ratings: FidelityRatings


def describe_flow(study: Study) -> Flow:
    """Count the clients of a study from the data to the models."""
    cohort, clients = study.cohort, pd.Index(study.frame["client_id"])
    exposed = {
        one.outcome: study.exposure.mean(one.mediator).loc[clients].notna()
        for one in study.design.horizons
    }
    return Flow(
        in_data=cohort.n,
        in_run=len(clients),
        horizons=tuple(_horizon(study, h, found) for h, found in exposed.items()),
        in_both=study.n_in_both,
        ratings=fidelity_ratings(cohort),
    )


def without_exposure(cohort: Cohort, month: float, clients: pd.Index) -> pd.Series:
    """Say of clients without an exposure which of `REASONS` it is, by client_id."""
    days = cohort_totals(cohort).groupby("team")["date"].agg(["min", "count"])
    team = cohort.clients.set_index("client_id")["team"].loc[clients]
    held = cohort.interviews[cohort.interviews["month"] == month]
    date = held.set_index("client_id")["date"].loc[clients]
    known = team.map(days["count"]).fillna(0) >= LEAST_ASSESSMENTS
    early = known & (date <= team.map(days["min"]))
    reason = pd.Series(TOO_LATE, index=clients, dtype=object)
    reason[early] = TOO_EARLY
    reason[~known] = NOT_ASSESSED
    return reason


def _horizon(study: Study, horizon: float, exposed: pd.Series) -> HorizonFlow:
    cohort, month = study.cohort, study.design.mediator_before(horizon)
    fewest = fewest_of_part(cohort, len(exposed))
    analysed = exposed.index[exposed]
    reasons = without_exposure(cohort, month, exposed.index[~exposed])
    left_out = [int((reasons == name).sum()) for name in REASONS]
    few = 0 < sum(left_out) < fewest  # as the N say: a 0 would tell their reason
    counts = shown(left_out, NOT_SHOWN if few else fewest)
    return HorizonFlow(
        horizon=horizon,
        without_exposure=dict(zip(REASONS, counts, strict=True)),
        analysed=len(analysed),
        alliance_held=_held(study, month, analysed, fewest),
        outcome_held=_held(study, horizon, analysed, fewest),
    )


def _held(study: Study, month: float, clients: pd.Index, fewest: int) -> Count:
    """Count the clients who were interviewed.

    Beside the count of missing scores it says how many were interviewed without a
    score, and beside the count at a horizon how many of those without an exposure
    were: withheld where these are a few.
    """
    rows = study.cohort.interviews[study.cohort.interviews["month"] == month]
    held = rows.set_index("client_id")["held"].astype(bool).loc[study.observed.index]
    n = int(held.loc[clients].sum())
    given = [one for one in study.design.instruments if month in one.months]
    scores = [one.score_column(month) for one in given]
    lost = [int((study.observed[name].isna() & held).sum()) for name in scores]
    elsewhere = int(held.sum()) - n
    apart = any(0 < count < fewest for count in (*lost, elsewhere))
    return None if apart else shown_part(n, len(clients), fewest)


def flow_rows(flow: Flow) -> list[dict[str, object]]:
    """Lay the counts out as rows of a horizon, a step and a number."""
    return [
        {"horizon": label(one.horizon), "step": step, "clients": n}
        for one in flow.horizons
        for step, n in {
            "in_data": flow.in_data,
            "in_run": flow.in_run,
            **one.without_exposure,
            "in_models": one.analysed,
            "alliance_interview_held": one.alliance_held,
            "outcome_interview_held": one.outcome_held,
        }.items()
    ]
