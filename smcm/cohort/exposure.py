"""The mean fidelity of a client's team over the time before each interview."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from smcm.cohort.tables import Cohort
from smcm.design.domains import SCORED_DOMAINS
from smcm.design.schedule import ALLIANCE_MONTHS, FROM_ENTRY, label
from smcm.stats.windows import Days, window_means

EPOCH = pd.Timestamp("1970-01-01")
WINDOW_COLUMNS = ("mean", "days_before", "days_after")  # as `WindowMeans` has them


@dataclass(frozen=True, slots=True)
class Exposure:
    """Window means of the fidelity total for every client.

    Attributes
    ----------
    frame : DataFrame
        Index client_id; columns ``mean_<month>``, ``days_before_<month>`` and
        ``days_after_<month>`` for the interviews of 4.5 and 13.5 months. Means are in
        points of the total, 8 to 40; days count those of the window without a score,
        before the team's first and after its last assessment.
    window_days : int or "entry"
        Length of the window; "entry" where it begins with the client's entry.
    """

    frame: pd.DataFrame
    window_days: int | str

    def mean(self, month: float) -> pd.Series:
        """Return the window means before one interview."""
        return self.frame[f"mean_{label(month)}"]

    @property
    def means(self) -> pd.DataFrame:
        """The window means before both interviews, a column each."""
        return self.frame.filter(like="mean_")

    @property
    def clients_with_short_windows(self) -> int:
        """Clients of whom some window holds days without a score."""
        days = self.frame.filter(like="days_")
        return int((days > 0).any(axis=1).sum())


def assessment_totals(fidelity: pd.DataFrame) -> pd.DataFrame:
    """Total score of each assessment: the sum of eight domain means.

    Parameters
    ----------
    fidelity : DataFrame
        Columns team, date, domain, item, score.

    Returns
    -------
    DataFrame
        Columns team, date, a column a scored domain (1 to 5) and ``total`` (8 to 40),
        sorted by team and date.
    """
    domains = [domain.key for domain in SCORED_DOMAINS]
    scored = fidelity[fidelity["domain"].isin(domains)]
    means = scored.pivot_table(
        index=["team", "date"], columns="domain", values="score", aggfunc="mean"
    )[domains]
    means["total"] = means.sum(axis=1, skipna=False)
    return means.reset_index().rename_axis(columns=None)


@lru_cache(maxsize=4)
def cohort_totals(cohort: Cohort) -> pd.DataFrame:
    """Give the `assessment_totals` of a cohort; shared by all who ask."""
    return assessment_totals(cohort.fidelity)


def day_number(dates: pd.Series) -> Days:
    """Whole days since 1970, shape (n,)."""
    days = (dates - EPOCH) // pd.Timedelta(days=1)
    return np.asarray(days, dtype=np.int64)


def _interview_days(cohort: Cohort, month: float) -> Days:
    """Day of an interview of every client, shape (n,), in the order of the clients."""
    at_month = cohort.interviews[cohort.interviews["month"] == month]
    dates = at_month.set_index("client_id")["date"]
    return day_number(dates.reindex(cohort.clients["client_id"]))


def days_since_entry(cohort: Cohort) -> pd.DataFrame:
    """Count the days from each client's entry to the alliance interviews.

    Returns
    -------
    DataFrame
        Index client_id; a column for each month of `ALLIANCE_MONTHS`.
    """
    entry = day_number(cohort.clients["entry"])
    return pd.DataFrame(
        {month: _interview_days(cohort, month) - entry for month in ALLIANCE_MONTHS},
        index=pd.Index(cohort.clients["client_id"], name="client_id"),
    )


@lru_cache(maxsize=64)  # windows of a few cohorts; the many runs on one share them
def fidelity_exposure(
    cohort: Cohort, window_days: int | str, part: str = "total"
) -> Exposure:
    """Average each client's team's daily fidelity over the trailing window.

    The total is interpolated linearly between the team's assessments, to one value a
    day; the window holds the `window_days` days that end the day before the
    interview. See `smcm.stats.windows.window_means` for days without a score. What is
    returned is shared by all who ask for the same.

    Parameters
    ----------
    cohort : Cohort
    window_days : int or "entry"
        Length of the window in days, or all days from the client's entry.
    part : str
        ``"total"``, or the key of a scored domain, in points of its mean, 1 to 5.
    """
    totals = cohort_totals(cohort)
    of_team = totals["team"].to_numpy()
    assessed, score = day_number(totals["date"]), totals[part].to_numpy(np.float64)
    team = cohort.clients.set_index("client_id")["team"]
    frame = pd.DataFrame(index=team.index)
    fixed = window_days != FROM_ENTRY
    since_entry = days_since_entry(cohort).clip(lower=0)
    for month in ALLIANCE_MONTHS:
        end = _interview_days(cohort, month)
        length = np.full(end.size, window_days) if fixed else since_entry[month]
        found = {column: np.zeros(end.size) for column in WINDOW_COLUMNS}
        for name in team.unique():
            own, clients = of_team == name, (team == name).to_numpy()
            some = np.asarray(length, dtype=np.int64)[clients]
            windows = window_means(assessed[own], score[own], end[clients], some)
            for column, values in found.items():
                values[clients] = getattr(windows, column)
        for column, values in found.items():
            kind = np.float64 if column == "mean" else np.int64
            frame[f"{column}_{label(month)}"] = values.astype(kind)
    return Exposure(frame=frame, window_days=window_days)
