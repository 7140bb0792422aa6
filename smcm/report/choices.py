"""The parameters in which runs differ: their order, and their words in few places."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace

from smcm.design.models import StudyModel
from smcm.parameters import READINGS, RunParameters
from smcm.report import format as fmt
from smcm.report.runs import RunRecord, varied

Value = int | str
ALWAYS_SHOWN = ("window_days", "site")
MOST_LISTED = 16  # more values of one parameter are only counted in a sentence
SITE_ORDER = ("all", "without", "only")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceWords:
    """How a parameter is named.

    Attributes
    ----------
    heading : str
        Over a column.
    tick : str
        A value beside a tick or in a cell, at the place of ``{}``.
    """

    heading: str
    tick: str


WORDS = {
    "data": ChoiceWords(heading="Data", tick="{}"),
    "window_days": ChoiceWords(heading="Window", tick="{} days"),
    "site": ChoiceWords(heading="Sites", tick="{}"),
    "reading": ChoiceWords(heading="Analysis", tick="{}"),
    "n_boot": ChoiceWords(heading="Resamples", tick="{} samples"),
    "n_imputations": ChoiceWords(heading="Imputations", tick="{} sets"),
    "seed": ChoiceWords(heading="Seed", tick="seed {}"),
}


def models_of(runs: Sequence[RunRecord]) -> tuple[StudyModel, ...]:
    """List the models, which are the same in all runs of a grid."""
    return tuple(found.model for found in runs[0].models)


def shown_parameters(runs: Sequence[RunRecord]) -> tuple[str, ...]:
    """Name the window, the sites, and whatever else differs, in the usual order."""
    names = {*ALWAYS_SHOWN, *varied(runs)}
    return tuple(item.name for item in fields(RunParameters) if item.name in names)


def value_of(record: RunRecord, name: str) -> Value:
    """Read a parameter of a run by its name."""
    value: Value = getattr(record.run, name)
    return value


def values_of(runs: Iterable[RunRecord], name: str) -> list[Value]:
    """List the values that a parameter has in some runs, in order, each once."""
    found = {value_of(record, name) for record in runs}
    return sorted(found, key=lambda value: order(name, value))


def order(name: str, value: Value) -> tuple[float, float, str]:
    """Sort key: numbers by size, all sites and the published analysis first, words."""
    if name == "site":
        rule, code = _site(value)
        return SITE_ORDER.index(rule), code, ""
    if name == "reading":
        return READINGS.index(str(value)), 0.0, ""
    return (value, 0.0, "") if isinstance(value, int) else (0.0, 0.0, value)


def tick(name: str, value: Value) -> str:
    """Write a value where room is short, for example "90 days" or "without site 3"."""
    if name != "site":
        return WORDS[name].tick.format(_plain(name, value))
    rule, code = _site(value)
    return "all sites" if rule == "all" else f"{rule} site {code}"


def short(name: str, value: Value) -> str:
    """Write a value under the heading of its parameter, for example "without 3"."""
    return tick(name, value).replace("all sites", "all").replace(" site ", " ")


def site_codes(values: Iterable[Value]) -> dict[str, tuple[int, ...]]:
    """Group values of ``site`` by what is done with the sites; codes in order."""
    codes: dict[str, tuple[int, ...]] = {}
    for rule, code in map(_site, values):
        codes[rule] = (*codes.get(rule, ()), *((code,) if code else ()))
    return codes


def by_sites(runs: Sequence[RunRecord]) -> dict[str, tuple[RunRecord, ...]]:
    """Separate runs with all sites from those that leave some out.

    By "all sites" and "some sites left out"; one of them where all runs are alike.
    """
    everywhere = tuple(r for r in runs if r.run.site_rule[0] == "all")
    somewhere = tuple(r for r in runs if r.run.site_rule[0] != "all")
    parts = {"all sites": everywhere, "some sites left out": somewhere}
    return {name: part for name, part in parts.items() if part}


def alike(runs: Sequence[RunRecord]) -> tuple[RunRecord, ...]:
    """Leave out the only run of another analysis, with which none can be compared.

    It would differ from most others in its analysis and in window or sites as well.
    """
    lone = beside(runs)
    return tuple(run for run in runs if run is not lone)


def beside(runs: Sequence[RunRecord]) -> RunRecord | None:
    """Find the only run of its analysis, where the other analysis has several."""
    parts = [
        [run for run in runs if run.run.reading == reading]
        for reading in values_of(runs, "reading")
    ]
    few, *more = sorted(parts, key=len)
    return few[0] if len(few) == 1 and more and len(more[0]) > 1 else None


def main_run(runs: Sequence[RunRecord]) -> RunRecord | None:
    """Find the run in which all that is varied has its default; None without one."""
    usual, names = asdict(RunParameters()), varied(runs)
    found = (r for r in runs if all(value_of(r, n) == usual[n] for n in names))
    return next(found, None) if names else None


def page_of(record: RunRecord) -> str:
    """Address of a run's page, seen from the chapters."""
    return f"runs/{record.slug}.html"


def _plain(name: str, value: Value) -> str:
    """Write a number with its thousands apart, but a seed as it is typed."""
    return str(value) if isinstance(value, str) or name == "seed" else fmt.whole(value)


def _site(value: Value) -> tuple[str, int]:
    rule, code = replace(RunParameters(), site=str(value)).site_rule
    return rule, code or 0
