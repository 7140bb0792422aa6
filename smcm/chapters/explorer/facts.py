"""The facts of the explorer: what the abstract of each run is written from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from smcm.chapters.explorer.choices import in_order
from smcm.report.runs import RunRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run.

    Attributes
    ----------
    title : str
    edition, study : mapping
        As `edition_facts` and `study_facts` have them, of the study only its models.
    """

    title: str
    edition: Mapping[str, Any]
    study: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplorerFacts:
    """All runs, in the order of the explorer's data."""

    runs: tuple[Run, ...]


def explorer_facts(records: Sequence[RunRecord]) -> ExplorerFacts:
    """Gather them."""
    return ExplorerFacts(
        runs=tuple(
            Run(title=record.run.title, **record.abstract_facts)
            for record in in_order(records)
        )
    )
