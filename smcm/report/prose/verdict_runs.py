"""Say in which runs something holds, by the choice that parts them if one does."""

from collections.abc import Sequence

from smcm.report import choices
from smcm.report import format as fmt
from smcm.report.runs import RunRecord, varied

MOST_NAMED = 4  # more runs than these are not named one by one
MOST_VALUES = 8  # nor are more values of a parameter


def told_by(records: Sequence[RunRecord], holds: Sequence[bool]) -> str:
    """Say in how many runs something holds, and in which it does or does not.

    The shorter side is told: by values of a single parameter where these part the
    runs cleanly, one by one where they are few.

    Parameters
    ----------
    records : sequence of RunRecord
    holds : sequence of bool
        For each run; both occur.

    Returns
    -------
    str
        For example "21 of 24 runs, not in those without site 4".
    """
    count = f"{fmt.whole(sum(holds))} of {fmt.whole(len(records))} runs"
    yes = [record for record, held in zip(records, holds, strict=True) if held]
    no = [record for record, held in zip(records, holds, strict=True) if not held]
    by_choice = [
        (len(values), lead, choices.clause(name, values))
        for lead, some, others in ((", not in those ", no, yes), (", those ", yes, no))
        for name in varied(records)
        if (values := _parting(name, some, others))
    ]
    if by_choice:
        _, lead, clause = min(by_choice, key=lambda found: found[0])
        return f"{count}{lead}{clause}"
    few, lead = (no, "not in") if len(no) < len(yes) else (yes, "namely")
    if len(few) <= MOST_NAMED:
        return f"{count}, {lead} {'; '.join(f'({r.run.label})' for r in few)}"
    return f"{count}, which no single choice tells from the others"


def _parting(
    name: str, some: Sequence[RunRecord], others: Sequence[RunRecord]
) -> list[choices.Value]:
    """Values that some runs have and no other run has; none where that is no help."""
    values = choices.values_of(some, name)
    elsewhere = choices.values_of(others, name)
    clean = not set(values) & set(elsewhere)
    return values if clean and len(values) <= MOST_VALUES else []
