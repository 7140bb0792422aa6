"""How much of the fidelity windows precedes the entry of the clients."""

from dataclasses import dataclass

from smcm.analysis.before_entry import before_entry
from smcm.analysis.characteristics import fewest_of_part
from smcm.analysis.study import Study
from smcm.design.study import label
from smcm.parameters import WINDOWS_DAYS
from smcm.stats.small_counts import shown_part

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
    days = sorted({*WINDOWS_DAYS, max(DOSE_WINDOWS)})
    clients = study.frame.set_index("client_id").index
    fewest = fewest_of_part(study.cohort, study.n)
    return tuple(
        Window(
            days=one.window_days,
            months=label(one.month),
            n=one.n,
            reaching=shown_part(one.reaching, one.n, fewest),
            share=one.share,
            own=one.window_days == study.run.window_days,
            usual=one.window_days in WINDOWS_DAYS,
        )
        for one in before_entry(study.cohort, clients, days)
    )
