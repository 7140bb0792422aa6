"""What runs conclude that differ from the edition in window or sites alone."""

from collections.abc import Sequence
from dataclasses import replace

from smcm.parameters import ALL_SITES, RunParameters
from smcm.report.conclusions import Analysis, Conclusions, Name, counted
from smcm.report.runs import RunRecord


def conclusions(records: Sequence[RunRecord], run: RunParameters) -> Conclusions:
    """Count those that find mediation, model by model.

    Parameters
    ----------
    records : sequence of RunRecord
    run : RunParameters
        Of the edition, whose published analysis the runs are held against.
    """
    own = run.as_published
    runs = [(record, replace(record.run, data=own.data)) for record in records]
    windows = [
        record
        for record, other in runs
        if other != own and replace(other, window_days=own.window_days) == own
    ]
    sites = [
        record
        for record, other in runs
        if other.site_rule[0] == "without" and replace(other, site=ALL_SITES) == own
    ]
    return Conclusions(analyses=(_among("windows", windows), _among("sites", sites)))


def _among(name: Name, records: Sequence[RunRecord]) -> Analysis:
    """Conclude from some runs, if there are any."""
    keys = [found.model.key for found in records[0].models] if records else []
    return Analysis(
        name=name,
        models=tuple(
            counted(key, [record.model(key).mediated for record in records])
            for key in keys
        ),
    )
