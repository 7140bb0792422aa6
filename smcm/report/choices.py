"""The choices in which runs differ: which they are, in what order, in what words."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace

from smcm.parameters import RunParameters
from smcm.report import format as fmt
from smcm.report.runs import RunRecord, varied

Value = int | str
ALWAYS_SHOWN = ("window_days", "site")
MOST_LISTED = 16  # more values of one parameter are only counted
SITE_ORDER = ("all", "without", "only")
SITES = {"all": "all sites", "without": "without site {}", "only": "site {} alone"}
SITES_THAT = {  # follows "those"
    "all": "with all sites",
    "without": "that leave out site {}",
    "only": "at site {} alone",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceWords:
    """How one parameter is spoken of.

    Attributes
    ----------
    heading : str
        Over a column.
    phrase : str
        In a sentence: what the runs differ in.
    tick : str
        A value beside a tick or in a cell, at the place of ``{}``.
    clause : str
        What runs have one of these values, at the place of ``{}``.
    """

    heading: str
    phrase: str
    tick: str
    clause: str


WORDS = {
    "data": ChoiceWords(
        heading="Data", phrase="the data", tick="{}", clause="on the data {}"
    ),
    "window_days": ChoiceWords(
        heading="Window",
        phrase="the length of the fidelity window",
        tick="{} days",
        clause="with a window of {} days",
    ),
    "site": ChoiceWords(heading="Sites", phrase="the sites", tick="{}", clause="{}"),
    "reading": ChoiceWords(
        heading="Reading",
        phrase="the reading of the article",
        tick="{}",
        clause="in the {} reading",
    ),
    "n_boot": ChoiceWords(
        heading="Resamples",
        phrase="the number of bootstrap samples",
        tick="{} samples",
        clause="with {} bootstrap samples",
    ),
    "n_imputations": ChoiceWords(
        heading="Imputations",
        phrase="the number of imputations",
        tick="{} sets",
        clause="with {} imputations",
    ),
    "seed": ChoiceWords(
        heading="Seed",
        phrase="the seed of the draws",
        tick="seed {}",
        clause="with the seed {}",
    ),
}


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
    """Sort key: numbers by size, sites all first and then by code, words by letter."""
    if name == "site":
        rule, code = _site(value)
        return SITE_ORDER.index(rule), code, ""
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


def clause(name: str, values: Collection[Value]) -> str:
    """Say what runs these are, for example "with a window of 90 or 270 days"."""
    if name != "site":
        plain = [_plain(name, value) for value in values]
        return WORDS[name].clause.format(fmt.listed(plain, "or"))
    return fmt.listed(_site_groups(values, SITES_THAT), "or")


def listed_values(runs: Sequence[RunRecord], name: str) -> str:
    """Say what a parameter is varied over, for example "90, 180, and 270 days"."""
    values = values_of(runs, name)
    if len(values) > MOST_LISTED:
        return f"{fmt.whole(len(values))} values"
    if name != "site":
        return WORDS[name].tick.format(fmt.listed(_plain(name, v) for v in values))
    return "; ".join(_site_groups(values, SITES))


def by_sites(runs: Sequence[RunRecord]) -> dict[str, tuple[RunRecord, ...]]:
    """Part runs of all sites from those that leave some out, which check influence.

    By "all sites" and "part of the sites"; one of them where the runs are all alike.
    """
    everywhere = tuple(r for r in runs if r.run.site_rule[0] == "all")
    somewhere = tuple(r for r in runs if r.run.site_rule[0] != "all")
    parts = {"all sites": everywhere, "part of the sites": somewhere}
    return {name: part for name, part in parts.items() if part}


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


def _site_groups(values: Iterable[Value], words: Mapping[str, str]) -> list[str]:
    """Group sites by what is done with them: "that leave out site 3 or 5"."""
    codes: dict[str, list[str]] = {}
    for rule, code in map(_site, values):
        codes.setdefault(rule, []).append(str(code))
    return [words[rule].format(fmt.listed(some, "or")) for rule, some in codes.items()]
