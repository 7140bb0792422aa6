"""Compare: the runs of a grid side by side."""

from smcm.chapters.compare import figures, tables
from smcm.chapters.compare.facts import compare_facts
from smcm.facts import leave
from smcm.report.choices import alike
from smcm.report.runs import RunRecord, read_runs

__all__ = ["alike", "compare_facts", "figures", "prepare", "tables"]


def prepare() -> tuple[RunRecord, ...]:
    """Read all runs, and leave the facts."""
    runs = read_runs()
    leave(compare=compare_facts(runs))
    return runs
