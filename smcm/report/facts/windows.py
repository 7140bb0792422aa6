"""How much of the fidelity windows precedes the entry of the clients."""

from dataclasses import dataclass

import pandas as pd

from smcm.analysis.before_entry import BeforeEntry, before_entry
from smcm.analysis.characteristics import fewest_of_part
from smcm.analysis.study import Study
from smcm.cohort.exposure import fidelity_exposure
from smcm.cohort.tables import Cohort
from smcm.design.study import label
from smcm.parameters import WINDOWS_DAYS
from smcm.stats.small_counts import Count, shown_chain

DOSE_WINDOWS = tuple(range(30, 361, 30))  # days, of the dose curve


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Fidelity windows of one length before one interview.

    Attributes
    ----------
    days : int
    months : str
        Of the interview.
    n, reaching : int
        Windows, and those that begin before the client's entry.
    share : float
        Of the days that precede entry, the mean over clients, 0 to 1.
    own, usual : bool
        Whether it is the run's length, and one of the three that a run can have.
    """

    days: int
    months: str
    n: int
    reaching: int | None
    share: float
    own: bool
    usual: bool


def window_facts(study: Study) -> tuple[Window, ...]:
    """Gather how much of the windows precedes entry."""
    clients = study.frame.set_index("client_id").index
    everybody = pd.Index(study.cohort.clients["client_id"])
    found = before_entry(study.cohort, clients, _lengths())
    reaching = _reaching(found, fewest_of_part(study.cohort, study.n)) | {
        (whole.month, whole.window_days): one.reaching
        for whole, one in zip(
            before_entry(study.cohort, everybody, _lengths()), found, strict=True
        )
        if whole.reaching in (0, whole.n)  # says the same of any part
    }
    return tuple(
        Window(
            days=one.window_days,
            months=label(one.month),
            n=one.n,
            reaching=reaching[one.month, one.window_days],
            share=one.share,
            own=one.window_days == study.run.window_days,
            usual=one.window_days in WINDOWS_DAYS,
        )
        for one in found
    )


def short_windows(
    cohort: Cohort, clients: pd.Index, fewest: int, longest: int = max(DOSE_WINDOWS)
) -> dict[int, Count]:
    """Count the clients whose window holds a day without a score, by its length.

    Who has such a window has a longer one too: the lengths are counted together.

    Parameters
    ----------
    cohort : Cohort
    clients : Index
        Those who are counted.
    fewest : int
        Smallest count of clients to show; see `smcm.stats.small_counts`.
    longest : int
        Days of the longest window that is counted beside those of a run.
    """
    lengths = _lengths(longest)
    counts = [
        int(fidelity_exposure(cohort, days).short_windows.loc[clients].sum())
        for days in lengths
    ]
    shown = shown_chain(counts, len(clients), fewest)
    return dict(zip(lengths, shown, strict=True))


def _lengths(longest: int = max(DOSE_WINDOWS)) -> list[int]:
    return sorted({*WINDOWS_DAYS, longest})


def _reaching(
    found: tuple[BeforeEntry, ...], fewest: int
) -> dict[tuple[float, int], Count]:
    """Give the windows that begin before entry, by month and length.

    Who has one has a longer one too: the lengths of a month are counted together.
    """
    shown: dict[tuple[float, int], Count] = {}
    for month in dict.fromkeys(one.month for one in found):
        here = [one for one in found if one.month == month]  # by length
        counts = shown_chain([one.reaching for one in here], here[0].n, fewest)
        for one, count in zip(here, counts, strict=True):
            shown[month, one.window_days] = count
    return shown
