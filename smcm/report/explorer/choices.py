"""What a reader of the explorer may choose: only values that occur in the runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from smcm.design.models import EIGHT_MODELS, StudyModel
from smcm.design.schedule import label
from smcm.parameters import RunParameters
from smcm.report.format import whole
from smcm.report.runs import RunRecord, varied

LEGENDS = {
    "window_days": "Fidelity window",
    "site": "Sites",
    "outcome": "Outcome",
    "horizon": "Horizon",
    "reading": "Reading",
    "data": "Data",
    "n_boot": "Bootstrap samples",
    "n_imputations": "Imputations",
    "seed": "Seed",
}
OF_THE_MODEL = ("outcome", "horizon")
ALWAYS = ("window_days", "site", "reading")  # of the run, even where they do not vary
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
    """List what can be chosen among some runs, each value as it first occurs."""
    differing = varied(runs)
    return tuple(
        Choice(_key(name), legend, _options(name, runs))
        for name, legend in LEGENDS.items()
        if name in (*OF_THE_MODEL, *ALWAYS) or name in differing
    )


def answers(record: RunRecord) -> dict[str, str]:
    """Value of every parameter of a run, by its name in the address."""
    return {
        _key(item.name): str(getattr(record.run, item.name))
        for item in fields(RunParameters)
    }


def model_answers(model: StudyModel) -> dict[str, str]:
    """Outcome and horizon of a model as they stand in the address."""
    return {"outcome": model.outcome.key, "horizon": label(model.horizon)}


def _key(name: str) -> str:
    return IN_ADDRESS.get(name, name.replace("_", "-"))


def _options(name: str, runs: Sequence[RunRecord]) -> dict[str, str]:
    if name == "outcome":
        return {
            model.outcome.key: f"{model.outcome.short}, {model.outcome.measures}"
            for model in EIGHT_MODELS
        }
    if name == "horizon":
        return {label(m.horizon): f"{label(m.horizon)} months" for m in EIGHT_MODELS}
    return {
        str(getattr(record.run, name)): _in_words(name, record.run) for record in runs
    }


def _in_words(name: str, run: RunParameters) -> str:
    value: int | str = getattr(run, name)
    if name == "window_days":
        return f"{value} days"
    if name == "site":
        rule, code = run.site_rule
        return "all sites" if code is None else f"{rule} site {code}"
    if name in ("n_boot", "n_imputations"):
        return whole(int(value))
    return str(value)
