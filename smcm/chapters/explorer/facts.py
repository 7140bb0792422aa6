"""The facts of the explorer: what the abstract of each run is written from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from smcm.chapters.explorer.choices import in_order
from smcm.report.choices import beside
from smcm.report.runs import RunRecord, varied


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
    """All runs, in the order of the explorer's data.

    Attributes
    ----------
    runs : tuple of Run
    both : bool
        Whether some are of the published and some of the defensible analysis.
    beside : str or None
        The analysis that has one run alone, where the other has several.
    """

    runs: tuple[Run, ...]
    both: bool
    beside: str | None


def explorer_facts(records: Sequence[RunRecord]) -> ExplorerFacts:
    """Gather them."""
    lone = beside(records)
    return ExplorerFacts(
        runs=tuple(
            Run(title=record.run.title, **record.abstract_facts)
            for record in in_order(records)
        ),
        both="reading" in varied(records),
        beside=lone.run.reading if lone else None,
    )
