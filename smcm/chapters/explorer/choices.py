"""What a reader of the explorer may choose: only values that occur in the runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from smcm.design.models import StudyModel
from smcm.design.study import label
from smcm.parameters import RunParameters
from smcm.report.choices import WORDS, models_of, order, tick, value_of, values_of
from smcm.report.runs import RunRecord, varied

FIRST = ("window_days", "site", "outcome", "horizon", "reading")  # always asked
OF_THE_MODEL = {"outcome": "Outcome", "horizon": "Horizon"}
IN_ADDRESS = {"window_days": "window"}  # and the others as on the command line


@dataclass(frozen=True, slots=True)
class Choice:
    """One question to the reader.

    Attributes
    ----------
    key : str
        Its name in the address of a view.
    legend : str
    options : mapping of str to str
        What the reader sees, by the value in the address.
    """

    key: str
    legend: str
    options: Mapping[str, str]


def choices(runs: Sequence[RunRecord]) -> tuple[Choice, ...]:
    """List what can be chosen among some runs: the model, and what varies."""
    names = dict.fromkeys([*FIRST, *varied(runs)])
    return tuple(
        Choice(_key(name), _legend(name), _options(name, runs)) for name in names
    )


def in_order(runs: Sequence[RunRecord]) -> tuple[RunRecord, ...]:
    """Sort by what can be chosen, the first question first."""
    given = {item.name for item in fields(RunParameters)}
    names = [name for name in (*FIRST, *varied(runs)) if name in given]
    return tuple(
        sorted(runs, key=lambda r: [order(name, value_of(r, name)) for name in names])
    )


def answers(record: RunRecord) -> dict[str, str]:
    """Value of every parameter of a run, by its name in the address."""
    return {
        _key(item.name): str(value_of(record, item.name))
        for item in fields(RunParameters)
    }


def model_answers(model: StudyModel) -> dict[str, str]:
    """Outcome and horizon of a model as they stand in the address."""
    return {"outcome": model.outcome.key, "horizon": label(model.horizon)}


def _key(name: str) -> str:
    return IN_ADDRESS.get(name, name.replace("_", "-"))


def _legend(name: str) -> str:
    return OF_THE_MODEL.get(name) or WORDS[name].heading


def _options(name: str, runs: Sequence[RunRecord]) -> dict[str, str]:
    if name == "outcome":
        return {
            model.outcome.key: f"{model.outcome.short}, {model.outcome.measures}"
            for model in models_of(runs)
        }
    if name == "horizon":
        return {
            label(model.horizon): f"{label(model.horizon)} months"
            for model in models_of(runs)
        }
    return {str(value): tick(name, value) for value in values_of(runs, name)}
