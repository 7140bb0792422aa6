"""The mean fidelity of a client's team over the time before each interview."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smcm.cohort.tables import Cohort
from smcm.design import study as declared
from smcm.design.study import label
from smcm.stats.windows import Days, window_means

EPOCH = pd.Timestamp("1970-01-01")
FROM_ENTRY = "entry"  # a window of all days since the client entered
LEAST_ASSESSMENTS = 2  # a line between two points is what gives a score to a day
WINDOW_COLUMNS = ("mean", "days_before", "days_after")  # as `WindowMeans` has them


@dataclass(frozen=True, slots=True)
class Exposure:
    """Window means of the fidelity total for every client.

    Attributes
    ----------
    frame : DataFrame
        Index client_id; columns ``mean_<month>``, ``days_before_<month>`` and
        ``days_after_<month>`` for the interviews of 4.5 and 13.5 months. Means are in
        points of the total, 8 to 40, NaN where the client has no exposure; days count
        those of the window without a score, before the team's first and after its
        last assessment.
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
    def short_windows(self) -> pd.Series:
        """Whether an exposure of a client rests on a window with unscored days."""
        short = pd.Series(data=False, index=self.frame.index)
        for month in (str(name).removeprefix("mean_") for name in self.means):
            days = self.frame[[f"days_before_{month}", f"days_after_{month}"]]
            short |= (days > 0).any(axis=1) & self.frame[f"mean_{month}"].notna()
        return short

    @property
    def clients_with_short_windows(self) -> int:
        """Clients with an exposure whose window holds days without a score."""
        return int(self.short_windows.sum())


def assessment_totals(fidelity: pd.DataFrame, scale: declared.Exposure) -> pd.DataFrame:
    """Total score of each assessment: the sum of the means of the scored domains.

    Parameters
    ----------
    fidelity : DataFrame
        Columns team, date, domain, item, score; NaN where an item was not rated.
    scale : declared.Exposure
        Its domains, and the least share of the items of one that is rated.

    Returns
    -------
    DataFrame
        Columns team, date, a column a scored domain (1 to 5) and ``total`` (8 to 40),
        sorted by team and date. A domain's mean is that of the items rated, of which
        a share is needed; an assessment without the mean of a domain has no
        total and no row.
    """
    domains = [domain.key for domain in scale.scored_domains]
    scored = fidelity[fidelity["domain"].isin(domains)]
    means, rated = (
        scored.pivot_table(
            index=["team", "date"], columns="domain", values="score", aggfunc=how
        ).reindex(columns=domains)
        for how in ("mean", "count")
    )
    least = [scale.rated * domain.n_items for domain in scale.scored_domains]
    enough = (rated.reindex(means.index) >= least).all(axis=1)
    means = means[enough].copy()
    means["total"] = means.sum(axis=1, skipna=False)
    return means.reset_index().rename_axis(columns=None)


@lru_cache(maxsize=4)
def cohort_totals(cohort: Cohort) -> pd.DataFrame:
    """Give the `assessment_totals` of a cohort; shared by all who ask."""
    return assessment_totals(cohort.fidelity, cohort.design.exposure)


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
        Index client_id; a column for each month of the mediator.
    """
    entry, months = day_number(cohort.clients["entry"]), cohort.design.mediator.months
    return pd.DataFrame(
        {month: _interview_days(cohort, month) - entry for month in months},
        index=pd.Index(cohort.clients["client_id"], name="client_id"),
    )


def has_scored_day(assessed: Days, end: Days, shortest: int) -> NDArray[np.bool_]:
    """Whether the shortest window of the study holds a day with a score, shape (n,).

    Parameters
    ----------
    assessed : ndarray of int, shape (k,)
        Days of a team's assessments, in order, at least two.
    end : ndarray of int, shape (n,)
        Days of the interviews, which follow the windows.
    shortest : int
        Days of the shortest window.
    """
    found: NDArray[np.bool_] = (end > assessed[0]) & (end - shortest <= assessed[-1])
    return found


@lru_cache(maxsize=64)  # windows of a few cohorts; the many runs on one share them
def fidelity_exposure(
    cohort: Cohort, window_days: int | str, part: str = "total"
) -> Exposure:
    """Average each client's team's daily fidelity over the trailing window.

    The total is interpolated linearly between the team's assessments, to one value a
    day; the window holds the `window_days` days that end the day before the
    interview. See `smcm.stats.windows.window_means` for days without a score. A client
    has an exposure where the shortest window of the study holds a day with a score, so
    that all windows of the study have the same clients. What is returned is shared by
    all who ask for the same.

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
    shortest = cohort.design.exposure.shortest_window
    for month in cohort.design.mediator.months:
        end = _interview_days(cohort, month)
        length = np.full(end.size, window_days) if fixed else since_entry[month]
        found = {column: np.zeros(end.size) for column in WINDOW_COLUMNS}
        for name in team.unique():
            own, clients = of_team == name, (team == name).to_numpy()
            some = np.asarray(length, dtype=np.int64)[clients]
            if own.sum() < LEAST_ASSESSMENTS:
                found["mean"][clients] = np.nan
                found["days_before"][clients] = some
                continue
            days = assessed[own]
            windows = window_means(days, score[own], end[clients], some)
            for column, values in found.items():
                values[clients] = getattr(windows, column)
            found["mean"][clients & ~has_scored_day(days, end, shortest)] = np.nan
        for column, values in found.items():
            kind = np.float64 if column == "mean" else np.int64
            frame[f"{column}_{label(month)}"] = values.astype(kind)
    return Exposure(frame=frame, window_days=window_days)
