"""The facts of the front page."""

from collections.abc import Mapping
from dataclasses import dataclass

from smcm.errors import MissingRunsError
from smcm.published import Published
from smcm.report.conclusions import (
    Agreement,
    Analysis,
    Conclusion,
    Conclusions,
    Main,
    Model,
    Name,
    PathRange,
)
from smcm.report.facts.edition import DataFacts, EditionFacts

ORDER: tuple[Name, ...] = (
    *("published", "windows", "sites", "pooled", "teams", "categories"),
    *("adjusted", "multiverse", "defensible"),
)
Found = Mapping[str, Conclusions]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One model, and what is concluded of it in the order of the columns."""

    model: Model
    cells: tuple[Conclusion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontFacts:
    """What the chapters of an edition conclude.

    Attributes
    ----------
    columns : tuple of str
        Names of the analyses that apply to the edition, in their order.
    rows : tuple of Row
    scales : tuple of Model
        The first model of each outcome.
    published : int
        Models with mediation in the published analysis.
    defensible : int or None
        In the defensible one; None where it is impossible.
    a, b, direct : PathRange
    agreement : Agreement or None
        None where no chapter compares with print.
    """

    columns: tuple[Name, ...]
    rows: tuple[Row, ...]
    scales: tuple[Model, ...]
    published: int
    defensible: int | None
    a: PathRange
    b: PathRange
    direct: PathRange
    agreement: Agreement | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintFacts:
    """What the article printed.

    Attributes
    ----------
    mediated : tuple of Model
        Those whose indirect effects it prints, since they are mediated.
    characteristics, change, paths : str
        What it calls its tables and figures of these.
    """

    mediated: tuple[Model, ...]
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
    main = _main(found)
    left = {one.name: one for each in found.values() for one in each.analyses}
    analyses = [left[name] for name in ORDER if name in left and left[name].models]
    agreements = [one.agreement for one in found.values() if one.agreement]
    defensible = left["defensible"]
    return FrontFacts(
        columns=tuple(one.name for one in analyses),
        rows=tuple(
            Row(model=model, cells=tuple(_of_model(one, model) for one in analyses))
            for model in main.models
        ),
        scales=_scales(main),
        published=_found(left["published"]),
        defensible=_found(defensible) if defensible.models else None,
        a=main.a,
        b=main.b,
        direct=main.direct,
        agreement=agreements[0] if agreements else None,
    )


def about_data(found: Found) -> DataFacts:
    """Say whose data these are."""
    return _main(found).data


def about_edition(found: Found) -> EditionFacts:
    """Say what the edition is."""
    return _main(found).edition


def print_facts(found: Found) -> PrintFacts:
    """Gather what the article printed of the same models."""
    printed = Published.read()
    return PrintFacts(
        mediated=tuple(
            model
            for model in _main(found).models
            if f"ab.{model.outcome}.{model.months}.ab" in printed.by_key
        ),
        characteristics=printed["t1.n"].place,
        change=printed["t2.fid.t"].place,
        paths=printed["f2.n"].place.removesuffix(" captions"),
    )


def _main(found: Found) -> Main:
    mains = [one.main for one in found.values() if one.main]
    if not mains:
        raise MissingRunsError(
            "The front page shows what other chapters conclude, and the results are "
            "not among them; execute them with the same parameters."
        )
    return mains[0]


def _found(one: Analysis) -> int:
    return sum(conclusion.extent == "yes" for conclusion in one.models)


def _of_model(one: Analysis, model: Model) -> Conclusion:
    return {found.model: found for found in one.models}[model.key]


def _scales(main: Main) -> tuple[Model, ...]:
    first: dict[str, Model] = {}
    for model in main.models:
        first.setdefault(model.outcome, model)
    return tuple(first.values())
