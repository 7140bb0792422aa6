"""One measure, and the names of its columns."""

from dataclasses import dataclass
from typing import Literal

Rule = Literal["sum", "mean", "percent", "weighted", "given", "column"]
ANSWERED_SHARE = 0.8  # least share of items for a person-mean score


def label(month: float) -> str:
    """Write a month as column names and headings do: 4.5 -> "4.5", 9.0 -> "9"."""
    return f"{month:g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """One questionnaire, ready score, or column of the cases' table.

    Attributes
    ----------
    key : str
        Stem of its file and columns, for example ``"rprs"``.
    name, short : str
        In full and as the study abbreviates it.
    measures : str
        The construct, as it is called in a sentence.
    n_items : int
        Scored items.
    low, high : int
        Lowest and highest answer to one item.
    rule : str
        ``sum`` adds the items, ``mean`` takes their mean, ``percent`` stretches it to
        0–100, ``weighted`` is the index of ratings weighted by shares of points;
        ``given`` is a ready score, and ``column`` one in the table of the cases.
    minimum, maximum : int
        Lowest and highest possible score.
    months : tuple of float
        Interviews that carry it.
    reversed : tuple of int
        Items, from 1, that are turned when they are read.
    answered : float
        Least share of items for a score.
    points : int
        Spread over the areas of a ``weighted`` index.
    coded, scored : str
        What higher means, and a sentence on the score; empty where not said.
    own : tuple of (float, str)
        Month and column, of one that is in the table of the cases.
    """

    key: str
    name: str
    short: str
    measures: str
    n_items: int
    low: int
    high: int
    rule: Rule
    minimum: int
    maximum: int
    months: tuple[float, ...]
    reversed: tuple[int, ...] = ()
    answered: float = ANSWERED_SHARE
    points: int = 0
    coded: str = ""
    scored: str = ""
    own: tuple[tuple[float, str], ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Item columns of its file, in order."""
        if self.rule == "given":
            return (self.key,)
        if self.rule == "weighted":
            return tuple(
                f"{self.key}_{part}_{area}"
                for part in ("rating", "points")
                for area in range(1, self.n_items + 1)
            )
        width = len(str(self.n_items))
        return tuple(
            f"{self.key}_{item:0{width}d}" for item in range(1, self.n_items + 1)
        )

    @property
    def reversed_columns(self) -> tuple[str, ...]:
        """Item columns that are turned when they are read."""
        return tuple(self.columns[item - 1] for item in self.reversed)

    @property
    def ratings_and_points(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Item columns of a ``weighted`` index: the ratings, and the points."""
        return self.columns[: self.n_items], self.columns[self.n_items :]

    def score_column(self, month: float) -> str:
        """Name of its score at one interview, for example ``"rprs_4.5"``."""
        return dict(self.own).get(month, f"{self.key}_{label(month)}")
