"""How much of the fidelity windows lies before a client's entry, in sentences."""

from collections.abc import Sequence

from smcm.analysis.before_entry import BeforeEntry, before_entry
from smcm.analysis.study import Study
from smcm.design.exposures import DOSE_WINDOWS
from smcm.design.schedule import ALLIANCE_MONTHS, label
from smcm.parameters import WINDOWS_DAYS
from smcm.report import format as fmt


def window_phrases(study: Study) -> dict[str, str]:
    """Quote shares of days before entry, for the run's window and for the others."""
    longest = max(DOSE_WINDOWS)
    days = sorted({*WINDOWS_DAYS, longest})
    clients = study.frame.set_index("client_id").index
    found = before_entry(study.cohort, clients, days)
    own = [one for one in found if one.window_days == study.run.window_days]
    usual = [one for one in found if one.window_days in WINDOWS_DAYS]
    return {
        "before_entry": _own(own),
        "before_entry_windows": _compared(usual),
        "before_entry_longest": _compared(found),
        "before_entry_meaning": _meaning(usual),
    }


def _own(found: Sequence[BeforeEntry]) -> str:
    """Say of the run's window how many begin before entry, and by how much."""
    return " ".join(
        f"Of the {fmt.whole(one.n)} windows before the interview at "
        f"{label(one.month)} months, {_reaching(one)}."
        for one in found
    )


def _reaching(one: BeforeEntry) -> str:
    if not one.reaching:
        return "none begins before the client's entry"
    verb = "begins" if one.reaching == 1 else "begin"
    count = "all" if one.reaching == one.n else fmt.whole(one.reaching)
    return (
        f"{count} {verb} before the client's entry, and on average {_share(one)} of "
        "their days precede it"
    )


def _share(one: BeforeEntry) -> str:
    shown = fmt.percent(100.0 * one.share)
    return "under 1%" if one.reaching and shown == "0%" else shown


def _compared(found: Sequence[BeforeEntry]) -> str:
    """Say for each interview what share of the days precedes entry, by length."""
    return " ".join(_at(month, found) for month in ALLIANCE_MONTHS)


def _at(month: float, found: Sequence[BeforeEntry]) -> str:
    own = [one for one in found if one.month == month]
    lengths = fmt.listed(fmt.whole(one.window_days) for one in own)
    where = f"the interview at {label(month)} months"
    if not any(one.reaching for one in own):
        return f"Before {where} no day of such windows precedes entry."
    shares = fmt.listed(map(_share, own))
    return (
        f"Before {where}, on average {shares} of the days of windows of {lengths} "
        "days precede the client's entry."
    )


def _meaning(found: Sequence[BeforeEntry]) -> str:
    """Say what a comparison of windows varies."""
    months = [m for m in ALLIANCE_MONTHS if any(o.reaching for o in _of(m, found))]
    if not months:
        return "All windows lie within the time since entry."
    shown = fmt.listed(label(month) for month in months)
    return (
        f"At {shown} months other lengths therefore vary in part what the team was "
        "like before the client came, and not what the client received."
    )


def _of(month: float, found: Sequence[BeforeEntry]) -> list[BeforeEntry]:
    return [one for one in found if one.month == month]
