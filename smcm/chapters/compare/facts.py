"""The facts of a comparison of runs: what is the same in all, and what changes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from smcm.chapters.compare.choice_facts import Chosen, Where, chosen, where
from smcm.design.models import StudyModel
from smcm.report import choices
from smcm.report.runs import ModelRecord, RunRecord, varied


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Mediation in the runs of all sites, or in those that leave some out.

    Attributes
    ----------
    all_sites : bool
    mediated : Where
    """

    all_sites: bool
    mediated: Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One model over all runs.

    Attributes
    ----------
    title : str
    always, never : bool
        Whether it is mediated by the rule in every run, and in none.
    parts : tuple of Part
        One where the runs all have all sites, or all leave some out.
    always_above, never_above : bool
        Whether the indirect effect is above zero in every run, and in none.
    above : Where
    low, high, width : float
        Of its completely standardized values, and the second minus the first.
    level_moves : bool
        Whether the alpha rule sets another level in some runs.
    """

    title: str
    always: bool
    never: bool
    parts: tuple[Part, ...]
    always_above: bool
    never_above: bool
    above: Where
    low: float
    high: float
    width: float
    level_moves: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OneRun:
    """A run by itself, and how many models it mediates."""

    label: str
    reading: str
    mediated: int
    models: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareFacts:
    """Runs, side by side.

    All but `beside` speaks of the runs that are compared.

    Attributes
    ----------
    n_runs : int
    several : bool
        Whether there is more than one.
    reading : str or None
        Of all runs; None where they differ in it.
    first : str
        Label of the first run.
    statements : tuple of str
        What data the runs rest on, each once.
    varied : tuple of Chosen
    least, most : int
        Clients.
    main : OneRun or None
        The run with the default of all that varies.
    beside : OneRun or None
        The only run of another analysis.
    disjoint : bool
        Whether some runs are at different single sites.
    models : tuple of Model
    """

    n_runs: int
    several: bool
    reading: str | None
    first: str
    statements: tuple[str, ...]
    varied: tuple[Chosen, ...]
    least: int
    most: int
    main: OneRun | None
    beside: OneRun | None
    disjoint: bool
    models: tuple[Model, ...]


def compare_facts(runs: Sequence[RunRecord]) -> CompareFacts:
    """Gather them.

    Parameters
    ----------
    runs : sequence of RunRecord
        At least one.
    """
    records = choices.alike(runs)
    clients = [record.n for record in records]
    alone = {r.run.site for r in records if r.run.site_rule[0] == "only"}
    readings = {record.run.reading for record in records}
    return CompareFacts(
        n_runs=len(records),
        several=len(records) > 1,
        reading=readings.pop() if len(readings) == 1 else None,
        first=records[0].run.label,
        statements=tuple(dict.fromkeys(record.statement for record in records)),
        varied=tuple(chosen(records, name) for name in varied(records)),
        least=min(clients),
        most=max(clients),
        main=_one(choices.main_run(records)),
        beside=_one(choices.beside(runs)),
        disjoint=len(alone) > 1,
        models=tuple(_model(records, model) for model in choices.models_of(runs)),
    )


def _one(record: RunRecord | None) -> OneRun | None:
    if record is None:
        return None
    return OneRun(
        label=record.run.label,
        reading=record.run.reading,
        mediated=sum(found.mediated for found in record.models),
        models=len(record.models),
    )


def _model(records: Sequence[RunRecord], model: StudyModel) -> Model:
    found = [record.model(model.key) for record in records]
    values = [one.terms["indirect_cs"].estimate for one in found]
    mediated = [one.mediated for one in found]
    above = [_is_above(one) for one in found]
    levels = {(one.alpha_mediator, one.alpha_outcome) for one in found}
    return Model(
        title=model.title,
        always=all(mediated),
        never=not any(mediated),
        parts=_parts(records, lambda record: record.model(model.key).mediated),
        always_above=all(above),
        never_above=not any(above),
        above=where(records, above),
        low=min(values),
        high=max(values),
        width=max(values) - min(values),
        level_moves=len(levels) > 1,
    )


def _is_above(found: ModelRecord) -> bool:
    return found.terms["indirect"].estimate > 0.0


def _parts(
    records: Sequence[RunRecord], holds: Callable[[RunRecord], bool]
) -> tuple[Part, ...]:
    return tuple(
        Part(
            all_sites=part[0].run.site_rule[0] == "all",
            mediated=where(part, list(map(holds, part))),
        )
        for part in choices.by_sites(records).values()
    )
