"""Reports of `smcm check` as plain text."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from smcm.cohort.tables import Cohort
from smcm.errors import Fault
from smcm.report.format import whole
from smcm.shown import named, sentence, shown

SHOWN_PER_FILE = 25


def fault_report(
    where: str, faults: Sequence[Fault], shown: int | None = SHOWN_PER_FILE
) -> str:
    """List the faults by file, each with its cure below, and the total.

    Parameters
    ----------
    where : str
        Name of the data as the user gave it.
    faults : sequence of Fault
        Of one folder, grouped by file; all are counted.
    shown : int or None
        How many of each file are shown; None for all.
    """
    lines: list[str] = []
    for file, of_file in groupby(faults, key=lambda fault: fault.file):
        lines += ["", *_section(file, tuple(of_file), shown)]
    files = len({fault.file for fault in faults})
    found = f"{_count(len(faults), 'fault')} in {_count(files, 'file')}"
    total = f"{found} of {named(where)}"
    return "\n".join([f"{total}:", *lines, "", f"{total}; nothing was changed."])


def sound_report(where: str, cohort: Cohort) -> str:
    """Report that the data passed every check, and their size."""
    held = int(cohort.interviews["held"].sum())
    parts = (
        _count(cohort.n, "client"),
        _count(len(cohort.teams), "team"),
        _count(cohort.teams["site"].nunique(), "site"),
        f"{whole(held)} of {_count(len(cohort.interviews), 'interview')} held",
        _count(len(cohort.fidelity[["team", "date"]].drop_duplicates()), "assessment")
        + " of fidelity",
        f"{'with' if cohort.completed else 'without'} a completed data set",
    )
    return f"{named(where)} is sound: {', '.join(parts)}.\n{cohort.statement}"


def _section(file: str, faults: tuple[Fault, ...], shown: int | None) -> Iterator[str]:
    yield f"{named(file)} ({_count(len(faults), 'fault')})"
    for fault in faults[:shown]:
        yield f"  {_place(fault)}{sentence(fault.rule)}"
        yield f"      → {sentence(fault.cure)}"
    more = 0 if shown is None else len(faults) - shown
    if more > 0:
        yield f"  … and {_count(more, 'more fault')} in this file; --all shows them."


def _place(fault: Fault) -> str:
    """Write the place and the value: ``line 12, age, '1,5': ``."""
    parts = [] if fault.line is None else [f"line {fault.line}"]
    if fault.column is not None:
        parts.append(named(fault.column))
    if fault.value is not None and fault.value != fault.column:
        parts.append(shown(fault.value) if fault.value else "blank")
    return f"{', '.join(parts)}: " if parts else ""


def _count(n: int, noun: str) -> str:
    return f"{whole(n)} {noun}" + ("" if n == 1 else "s")
