"""What chapters conclude of each model, left for the front page and read back there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from smcm.analysis.verdicts import ModelResult
from smcm.errors import MissingRunsError
from smcm.input_files import read_input
from smcm.json_reading import JsonError, read_json
from smcm.parameters import RunParameters
from smcm.paths import runs_folder
from smcm.report.facts.data import DataFacts
from smcm.report.facts.edition import EditionFacts, Levels

FILE = "conclusions.json"
PART = "conclusions"  # the name under which a chapter leaves them
Name = Literal[
    "published",
    "windows",
    "sites",
    "pooled",
    "teams",
    "categories",
    "adjusted",
    "multiverse",
    "defensible",
]
Extent = Literal["yes", "part", "no"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """What one analysis, or several alike, conclude of one model.

    Attributes
    ----------
    model : str
        Its key.
    extent : {"yes", "part", "no"}
        Of one analysis: mediation, an interval that excludes zero and no more, or
        neither. Of several: in all of them, in some, in none.
    count, among : int or None
        Of several: those that find mediation, and how many they are.
    share : float or None
        Of more than anybody counts: those whose interval excludes zero, 0 to 1.
    p : float or None
        Adjusted, where the conclusion rests on it.
    """

    model: str
    extent: Extent
    count: int | None = None
    among: int | None = None
    share: float | None = None
    p: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """One way to analyse, or several alike, and the conclusions by model.

    Attributes
    ----------
    name : str
    models : tuple of Conclusion
        In the order of `smcm.design.models.EIGHT_MODELS`; empty where the data cannot
        be analysed so.
    """

    name: Name
    models: tuple[Conclusion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PathRange:
    """One standardized path over the models.

    Attributes
    ----------
    low, high : float
    significant, among : int
        Models in which it is significant at the level that applies, and all of them.
    """

    low: float
    high: float
    significant: int
    among: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One of the models.

    Attributes
    ----------
    key : str
    outcome, name, measures : str
        Of its outcome: as the study abbreviates it, in full, and what it measures.
    months : str
    """

    key: str
    outcome: str
    name: str
    measures: str
    months: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Main:
    """The edition, its models and their paths."""

    data: DataFacts
    edition: EditionFacts
    models: tuple[Model, ...]
    a: PathRange
    b: PathRange
    direct: PathRange


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Printed numbers and findings that are compared, and those that agree."""

    n: int
    equal: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusions:
    """What one chapter concludes.

    Attributes
    ----------
    analyses : tuple of Analysis
    main : Main or None
        Left by one chapter alone, as is the next.
    agreement : Agreement or None
    """

    analyses: tuple[Analysis, ...] = ()
    main: Main | None = None
    agreement: Agreement | None = None


def by_rule(name: Name, results: Iterable[ModelResult]) -> Analysis:
    """Conclude by the rule for mediation."""
    return Analysis(
        name=name,
        models=tuple(
            Conclusion(
                model=result.model.key,
                extent=judged(result.mediated, interval=result.excludes_zero),
            )
            for result in results
        ),
    )


def judged(found: bool, *, interval: bool) -> Extent:
    """Tell mediation from an interval that excludes zero and no more."""
    return "yes" if found else "part" if interval else "no"


def counted(model: str, found: Iterable[bool]) -> Conclusion:
    """Conclude from several analyses, of which each finds mediation or does not."""
    each = list(found)
    return Conclusion(
        model=model,
        extent=_extent(sum(each), len(each)),
        count=sum(each),
        among=len(each),
    )


def shared(model: str, share: float) -> Conclusion:
    """Conclude from the share of analyses whose interval excludes zero, 0 to 1."""
    return Conclusion(model=model, extent=_extent(share, 1.0), share=share)


def _extent(found: float, among: float) -> Extent:
    return "no" if found == 0.0 else "yes" if found == among else "part"


def read_conclusions(run: RunParameters) -> dict[str, Conclusions]:
    """Read what the chapters of a run have concluded.

    Returns
    -------
    dict of str to Conclusions
        By the stem of the chapter.

    Raises
    ------
    MissingRunsError
        There is no such file, or it cannot be read.
    """
    path = runs_folder() / run.slug / FILE
    cure = "`make book` and `smcm book` execute the chapters that leave conclusions."
    try:
        left = read_json(read_input(path))
        return {stem: _conclusions(found) for stem, found in left.items()}
    except FileNotFoundError:
        raise MissingRunsError(f"There is no {path}. {cure}") from None
    except (JsonError, LookupError, TypeError, AttributeError) as error:
        raise MissingRunsError(f"{path} holds no conclusions. {cure}") from error


def _conclusions(left: Mapping[str, Any]) -> Conclusions:
    main, agreement = left["main"], left["agreement"]
    return Conclusions(
        analyses=tuple(map(_analysis, left["analyses"])),
        main=None if main is None else _main(main),
        agreement=None if agreement is None else Agreement(**agreement),
    )


def _analysis(left: Mapping[str, Any]) -> Analysis:
    models = tuple(Conclusion(**one) for one in left["models"])
    return Analysis(name=left["name"], models=models)


def _main(left: Mapping[str, Any]) -> Main:
    edition = left["edition"]
    return Main(
        data=DataFacts(**left["data"]),
        edition=EditionFacts(**edition | {"levels": Levels(**edition["levels"])}),
        models=tuple(Model(**one) for one in left["models"]),
        a=PathRange(**left["a"]),
        b=PathRange(**left["b"]),
        direct=PathRange(**left["direct"]),
    )
