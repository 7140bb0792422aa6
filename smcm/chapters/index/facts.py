"""The facts of the front page."""

from collections.abc import Mapping
from dataclasses import dataclass

from smcm.design.models import EIGHT_MODELS, StudyModel
from smcm.design.schedule import label
from smcm.errors import MissingRunsError
from smcm.published import Published
from smcm.report.conclusions import (
    Agreement,
    Analysis,
    Conclusion,
    Conclusions,
    Main,
    Name,
    PathRange,
)
from smcm.report.facts.data import DataFacts
from smcm.report.facts.edition import EditionFacts

ORDER: tuple[Name, ...] = (
    *("published", "windows", "sites", "pooled", "teams", "categories"),
    *("adjusted", "multiverse", "defensible"),
)
Found = Mapping[str, Conclusions]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One analysis, or several alike.

    Attributes
    ----------
    name : str
        One of `ORDER`.
    found : int
        Models in which mediation is found, in every one of several analyses.
    """

    name: Name
    found: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One model.

    Attributes
    ----------
    outcome, measures, months : str
    cells : tuple of Conclusion
        In the order of the columns.
    """

    outcome: str
    measures: str
    months: str
    cells: tuple[Conclusion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """What the abbreviation of an outcome stands for."""

    short: str
    name: str
    measures: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontFacts:
    """What the chapters of an edition conclude.

    Attributes
    ----------
    columns : tuple of Column
        Those that apply to the edition.
    rows : tuple of Row
    published : int
        Models with mediation in the published analysis.
    defensible : int or None
        In the defensible one; None where it is impossible.
    a, b, direct : PathRange
    agreement : Agreement or None
    scales : tuple of Scale
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    published: int
    defensible: int | None
    a: PathRange
    b: PathRange
    direct: PathRange
    agreement: Agreement | None
    scales: tuple[Scale, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mediated:
    """A model by what it measures, and when."""

    measures: str
    months: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintFacts:
    """What the article printed.

    Attributes
    ----------
    mediated : tuple of Mediated
        Models whose indirect effects it prints, since they are mediated.
    characteristics, change, paths : str
        What it calls its tables and figures of these.
    """

    mediated: tuple[Mediated, ...]
    characteristics: str
    change: str
    paths: str


def front_facts(found: Found) -> FrontFacts:
    """Gather what the chapters conclude.

    Raises
    ------
    MissingRunsError
        No chapter has left what the edition is.
    """
    left = {one.name: one for each in found.values() for one in each.analyses}
    analyses = [left[name] for name in ORDER if name in left and left[name].models]
    main = _main(found)
    agreements = [one.agreement for one in found.values() if one.agreement]
    defensible = left["defensible"]
    return FrontFacts(
        columns=tuple(Column(name=one.name, found=_found(one)) for one in analyses),
        rows=tuple(
            Row(
                outcome=model.outcome.short,
                measures=model.outcome.measures,
                months=label(model.horizon),
                cells=tuple(_of_model(one, model) for one in analyses),
            )
            for model in EIGHT_MODELS
        ),
        published=_found(left["published"]),
        defensible=_found(defensible) if defensible.models else None,
        a=main.a,
        b=main.b,
        direct=main.direct,
        agreement=agreements[0] if agreements else None,
        scales=_scales(),
    )


def about_data(found: Found) -> DataFacts:
    """Say whose data these are."""
    return _main(found).data


def about_edition(found: Found) -> EditionFacts:
    """Say what the edition is."""
    return _main(found).edition


def print_facts() -> PrintFacts:
    """Gather what the article printed."""
    printed = Published.read()
    return PrintFacts(
        mediated=tuple(
            Mediated(measures=model.outcome.measures, months=label(model.horizon))
            for model in EIGHT_MODELS
            if f"ab.{model.outcome.short}.{label(model.horizon)}.ab" in printed.by_key
        ),
        characteristics=printed["t1.n"].place,
        change=printed["t2.fid.t"].place,
        paths=printed["f2.n"].place.removesuffix(" captions"),
    )


def _main(found: Found) -> Main:
    mains = [one.main for one in found.values() if one.main]
    if not mains:
        raise MissingRunsError(
            "The front page shows what other chapters conclude, and the discussion is "
            "not among them; execute it with the same parameters."
        )
    return mains[0]


def _found(one: Analysis) -> int:
    return sum(conclusion.extent == "yes" for conclusion in one.models)


def _of_model(one: Analysis, model: StudyModel) -> Conclusion:
    return {found.model: found for found in one.models}[model.key]


def _scales() -> tuple[Scale, ...]:
    scales = dict.fromkeys(model.outcome for model in EIGHT_MODELS)
    return tuple(
        Scale(short=scale.short, name=scale.name, measures=scale.measures)
        for scale in scales
    )
