"""The tables of a data folder, as they follow from a declared study."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from smcm.cohort.schema import CohortSchema, Column, ForeignKey, TableSchema
from smcm.design.study import (
    Cluster,
    DeclaredColumn,
    DeclaredTable,
    Instrument,
    StudyDesign,
    label,
)
from smcm.design.study_file import shipped_study

EARLIEST = "1990-01-01"  # an earlier date is a slip
MISSING = ("",)
YES_OR_NO = {"0": "Not held", "1": "Held"}
SCORED = {  # how a score follows, where the study file does not say it in its own words
    "sum": "The score is the sum of the items.",
    "mean": "The score is the mean of the items.",
    "percent": "The score is the mean of the items, rescaled to 0–100.",
    "weighted": "The score is the mean of the ratings weighted by the points.",
    "given": "The score stands ready.",
}


def read_schema() -> CohortSchema:
    """Give the tables of the shipped study, which every data folder has."""
    return schema_of(shipped_study())


@cache
def schema_of(study: StudyDesign) -> CohortSchema:
    """Derive every table: cases, clusters, exposure, waves, measures.

    An index of ratings and points comes after the plain questionnaires.

    Parameters
    ----------
    study : StudyDesign
    """
    clusters = [one for one in study.clusters if one.table.path]
    measures = sorted(study.instruments, key=lambda one: one.rule == "weighted")
    return CohortSchema(
        tables=(
            _cases(study),
            *(_cluster(study, one) for one in clusters),
            _exposure(study),
            _waves(study),
            *(_measure(study, one) for one in measures),
        )
    )


def _stem(path: str) -> str:
    return path.removesuffix(".csv")


def _column(name: str, kind: str = "string", **said: object) -> Column:
    """Describe a required column; what is said replaces the rest."""
    blank = Column(
        name=name,
        title=name.replace("_", " ").capitalize(),
        description="",
        kind=kind,
        unit="date" if kind == "date" else "",
        required=True,
        codes={},
        minimum=EARLIEST if kind == "date" else None,
        maximum=None,
    )
    return replace(blank, **said)  # type: ignore[arg-type]


def _declared(said: DeclaredColumn) -> Column:
    """Describe a column that follows from nothing else."""
    codes = dict(said.values)
    whole = bool(codes) and all(code.isdigit() for code in codes)
    counted = whole or said.low is not None
    return _column(
        said.name,
        "integer" if counted else "string",
        title=said.title or said.name.replace("_", " ").capitalize(),
        description=said.about,
        unit=said.unit or ("code" if whole else ""),
        required=said.required,
        codes=codes,
        minimum=None if said.low is None else str(said.low),
        maximum=None if said.high is None else str(said.high),
    )


def _table(
    table: DeclaredTable,
    columns: Iterable[Column],
    key: tuple[str, ...],
    *links: ForeignKey,
    title: str = "",
) -> TableSchema:
    """Join what follows with what is declared; words of the file come first."""
    said = {one.name: one for one in table.columns}
    derived = [_in_words(column, said.pop(column.name, None)) for column in columns]
    return TableSchema(
        name=_stem(table.path),
        title=table.title or title,
        description=table.about,
        path=table.path,
        columns=(*derived, *map(_declared, said.values())),
        missing=MISSING,
        key=key,
        foreign_keys=links,
    )


def _in_words(column: Column, said: DeclaredColumn | None) -> Column:
    """Take the words of the file for a derived column, and its limits."""
    if said is None:
        return column
    return replace(
        column,
        title=said.title or column.title,
        description=said.about or column.description,
        unit=said.unit or column.unit,
        minimum=column.minimum if said.low is None else str(said.low),
    )


def _link(path: str, *columns: str) -> ForeignKey:
    return ForeignKey(columns=columns, table=_stem(path), reference=columns)


def _case_column(study: StudyDesign) -> Column:
    case = study.case[0]
    about = (
        f"Code of the {case}. Text, compared letter by letter: 0012 and 012 are two "
        f"{study.case[1]}."
    )
    return _column(study.cases.id, title=case.capitalize(), description=about)


def _code(cluster: Cluster) -> Column:
    """Describe the code of a cluster in a table that refers to its own."""
    about = (
        f"Code of the {cluster.name}; a {cluster.name} of {cluster.table.path}. Text."
    )
    return _column(cluster.key, title=cluster.name.capitalize(), description=about)


def _cases(study: StudyDesign) -> TableSchema:
    case, within = study.case[0], [one for one in study.clusters if not one.of]
    columns = [_case_column(study)]
    for k in reversed(range(len(within))):
        cluster = within[k]
        code = _code(cluster)
        if not cluster.table.path:
            outer = within[k + 1 :][:1]
            belongs = (
                f" A {cluster.name} belongs to one {outer[0].name}." if outer else ""
            )
            about = f"Code of the {case}'s {cluster.name}.{belongs} Text."
            code = replace(code, description=about)
        columns.append(code)
    if study.cases.entry:
        about = f"Day on which the {case} entered the study."
        entry = _column(
            study.cases.entry, "date", title="Date of entry", description=about
        )
        columns.append(entry)
    links = [_link(one.table.path, one.key) for one in within if one.table.path]
    title = study.case[1].capitalize()
    return _table(study.cases.table, columns, (study.cases.id,), *links, title=title)


def _cluster(study: StudyDesign, cluster: Cluster) -> TableSchema:
    about = f"Code of the {cluster.name}. Text; a {cluster.name} may be called NA."
    columns = [replace(_code(cluster), description=about)]
    for outer in study.clusters:
        if outer.of == cluster.table.path:
            columns.append(_column(outer.key, "integer", title=outer.name.capitalize()))
    title = f"{cluster.name.capitalize()}s"
    return _table(cluster.table, columns, (cluster.key,), title=title)


def _exposure(study: StudyDesign) -> TableSchema:
    exposure = study.exposure
    level = next(one for one in study.clusters if one.key == exposure.level)
    of = f"{exposure.name} scale"
    domains = {one.key: _sentence(one.name) for one in exposure.domains}
    items = {
        item: f"{domains[one.key]}, item {k}"
        for one in exposure.domains
        for k, item in enumerate(one.items, start=1)
    }
    columns = (
        _code(level),
        _column(
            "date",
            "date",
            title="Date of assessment",
            description="Date of the whole assessment; the same on all its rows.",
        ),
        _column(
            "domain",
            description=f"Domain of the {of} that the item belongs to.",
            codes=domains,
        ),
        _column(
            "item",
            description=f"Item of the {of}: its domain and a number within the domain.",
            codes=items,
        ),
        _points(
            "score",
            "Score",
            "Rating of the item by the assessors; higher is closer to the model. Blank "
            "if the item was not rated; it still has a row.",
            (exposure.low, exposure.high),
        ),
    )
    key = (level.key, "date", "item")
    return _table(exposure.table, columns, key, _link(level.table.path, level.key))


def _month(study: StudyDesign, months: Iterable[float], of: str) -> Column:
    return _column(
        "month",
        "number",
        description=f"Month of the {of}, counted from baseline.",
        unit=study.waves.unit,
        codes={label(month): "" for month in months},
    )


def _waves(study: StudyDesign) -> TableSchema:
    columns = (
        _case_column(study),
        _month(study, study.waves.all, "interview"),
        _column(
            "date",
            "date",
            title="Date of interview",
            description="Day on which the interview was held; for one that was not "
            "held, the day on which it was due.",
        ),
        _column(
            "held",
            "integer",
            description="Whether the interview took place.",
            unit="code",
            codes=YES_OR_NO,
        ),
    )
    key = (study.cases.id, "month")
    link = _link(study.cases.table.path, study.cases.id)
    return _table(study.waves.table, columns, key, link)


def _measure(study: StudyDesign, one: Instrument) -> TableSchema:
    key = (study.cases.id, "month")
    month = _month(study, one.months, "interview")
    about = (
        f"One row per {study.case[0]} and interview at which at least one item of the "
        f"{_comma(one.name)} was answered. {one.scored or SCORED[one.rule]}"
    )
    table = DeclaredTable(
        path=f"{one.key}.csv", title=f"{one.short} items", about=about
    )
    columns = (_case_column(study), month, *_answers(study, one))
    return _table(table, columns, key, _link(study.waves.table.path, *key))


def _answers(study: StudyDesign, one: Instrument) -> tuple[Column, ...]:
    if one.rule == "weighted":
        return _ratings(study, one)
    coded = f", coded so that {one.coded}" if one.coded else ""
    return tuple(
        _points(
            name,
            f"{one.short} item {k}",
            f"Answer to item {k} of {one.n_items} of the {_comma(one.name)}, from "
            f"{one.low} to {one.high}{coded}.".replace(",,", ","),
            (one.low, one.high),
        )
        for k, name in enumerate(one.columns, start=1)
    )


def _ratings(study: StudyDesign, one: Instrument) -> tuple[Column, ...]:
    """Describe an index: a rating for each area, then the points of each."""
    case = study.case[0]
    areas = [
        f"life area {k}, named by the {case},"
        if k < one.n_items
        else f"area {k}, everything else,"
        for k in range(1, one.n_items + 1)
    ]
    ratings, points = one.columns[: one.n_items], one.columns[one.n_items :]
    return (
        *(
            _points(
                name,
                f"{one.short} rating {k}",
                f"The {case}'s rating of {area} from {one.low} (worst) to {one.high} "
                f"(best). Blank for an area that the {case} did not name.",
                (one.low, one.high),
            )
            for k, (name, area) in enumerate(zip(ratings, areas, strict=True), start=1)
        ),
        *(
            _points(
                name,
                f"{one.short} points {k}",
                f"Points that the {case} gave to {area} by importance. The "
                f"areas sum to {one.points}; an area "
                "that was not named has 0.",
                (0, one.points),
            )
            for k, (name, area) in enumerate(zip(points, areas, strict=True), start=1)
        ),
    )


def _points(name: str, title: str, about: str, limits: tuple[int, int]) -> Column:
    low, high = limits
    return _column(
        name,
        "integer",
        title=title,
        description=about,
        unit="points",
        required=False,
        minimum=str(low),
        maximum=str(high),
    )


def _comma(name: str) -> str:
    """Close an apposition: "the Interview, brief version," but "the Scale"."""
    return f"{name}," if "," in name else name


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
