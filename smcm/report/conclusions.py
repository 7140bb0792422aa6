"""What chapters conclude of each model, as they leave it for the front page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from smcm.report.facts.edition import DataFacts, EditionFacts

if TYPE_CHECKING:
    from smcm.analysis.eight_models import ModelResult

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
        In the order of `StudyDesign.study_models`; empty where the data cannot
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


def by_rule(name: Name, results: "Iterable[ModelResult]") -> Analysis:
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
