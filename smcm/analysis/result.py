"""A fitted mediation model: terms with estimate, interval, test and level.

There are one or several mediators, and one sample or many completed data sets. What
all of these let one read stands here once.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

import pandas as pd

from smcm.analysis.mediation_data import TIDY_COLUMNS
from smcm.design.model import MediationSpec
from smcm.stats.ols import Array
from smcm.stats.terms import Term

if TYPE_CHECKING:
    import smcm

TwoValued = Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Names of the columns of a model.

    Attributes
    ----------
    x, y : str
    mediators : tuple of str
    two_valued : mapping of str to (float, float)
        Those of x, mediators and y that have two values only -> the two values.
    """

    x: str
    mediators: tuple[str, ...]
    y: str
    two_valued: TwoValued

    @property
    def process_has_it(self) -> bool:
        """Whether PROCESS fits the same model: only of x may there be two values."""
        return not {self.y, *self.mediators} & set(self.two_valued)

    @property
    def scales(self) -> tuple[str, ...]:
        """Scales on which an indirect effect has a meaning: of "", "ps" and "cs".

        Per SD of y means nothing where y has two values, nor per SD of x where x has.
        """
        if self.y in self.two_valued:
            return ("",)
        return ("", "ps") if self.x in self.two_valued else ("", "ps", "cs")

    @property
    def notes(self) -> tuple[str, ...]:
        """Say what is left out where x has two values, which is no fault of a model."""
        if self.x not in self.two_valued or self.y in self.two_valued:
            return ()
        return (
            f"The predictor {self.shown(self.x)}. Completely standardized effects are "
            "left out, since an SD of such a predictor means little; partially "
            "standardized effects are SDs of Y per unit of X.",
        )

    def shown(self, name: str) -> str:
        """Say that a column has two values, and which."""
        low, high = self.two_valued[name]
        return f"{name} has two values ({low:g} and {high:g})"


def two_valued(columns: Mapping[str, Array]) -> dict[str, tuple[float, float]]:
    """Find the columns with two values: name -> the lower and the higher value."""
    found = {}
    for name, values in columns.items():
        low, high = float(values.min()), float(values.max())
        if low < high and bool(((values == low) | (values == high)).all()):
            found[name] = (low, high)
    return found


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Mediation(ABC):
    """One fitted mediation model.

    Attributes
    ----------
    spec : MediationSpec
        What was asked for, less the covariates in `dropped_columns`.
    n : int
        Cases used.
    dropped_rows : int
        Cases left out because a variable of the model was missing.
    dropped_columns : tuple of str
        Covariates left out because they were constant or repeated others.
    level : float
        Coverage of every interval, 0 to 1.
    seed : int
        Seed of the draws.
    two_valued : mapping of str to (float, float)
        Those of x, mediators and y that have two values only -> the two values.
    """

    COLUMNS: ClassVar[tuple[str, ...]] = TIDY_COLUMNS

    spec: MediationSpec
    n: int
    dropped_rows: int
    dropped_columns: tuple[str, ...]
    level: float
    seed: int
    two_valued: TwoValued = field(default_factory=dict)

    @property
    @abstractmethod
    def names(self) -> tuple[str, ...]:
        """Names of the terms that have a meaning in this model, in `tidy`'s order."""

    @abstractmethod
    def term(self, name: str) -> Term:
        """Return the numbers of one term.

        Raises
        ------
        UnknownValueError
        """

    @property
    @abstractmethod
    def indirect_draws(self) -> Array:
        """Draws of the indirect effect, shape (n_draws,); none where none are made."""

    @property
    @abstractmethod
    def cautions(self) -> tuple[str, ...]:
        """Warnings for the reader, as sentences; none for an ordinary model."""

    @property
    def parts(self) -> Parts:
        """Names of x, the mediators and y, and which of them have two values."""
        spec = self.spec
        return Parts(
            x=spec.x, mediators=spec.mediators, y=spec.y, two_valued=self.two_valued
        )

    def limits(self, term: str = "indirect") -> tuple[float, float]:
        """Limits of the interval of one term; errors as for `term`."""
        return self.term(term).limits

    def p(self, term: str) -> float:
        """P value of one term; NaN where its limits are read off draws."""
        return self.term(term).p

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval of the indirect effect excludes zero."""
        return self.term("indirect").excludes_zero

    @property
    def interval_excludes_zero(self) -> bool:
        """The old name of `excludes_zero`."""
        return self.excludes_zero

    def row(self, term: str) -> dict[str, float]:
        """Return the numbers of one term, keyed by `TIDY_COLUMNS` from estimate."""
        return _numbers(self.term(term), TIDY_COLUMNS)

    def rows(self) -> list[dict[str, str | float]]:
        """Return the rows of `tidy`, to be joined with those of other models."""
        return [
            {
                "model": self.spec.y,
                "term": name,
                **_numbers(self.term(name), self.COLUMNS),
            }
            for name in self.names
        ]

    def tidy(self) -> pd.DataFrame:
        """Return a row per term, columns `COLUMNS`, nothing rounded.

        Rows whose limits are read off draws have the SD of the draws (n - 1) as SE, and
        no statistic or p. Standardized rows are left out where a variable with two
        values makes them meaningless.
        """
        return pd.DataFrame(self.rows(), columns=list(self.COLUMNS))

    def summary(self) -> str:
        """Write the conclusion, a table of effects and its notes, for a terminal."""
        return self._look().text

    def plot(self) -> "smcm.Plate":
        """Draw the path diagram and the draws of ab.

        A notebook shows what is returned; its ``figure`` is one of matplotlib, and
        ``to_bytes("svg")`` or ``to_bytes("png")`` is what to save.
        """
        return self._look().plate

    def __repr__(self) -> str:
        """Name the model, its indirect effect with interval, and n."""
        return self._look().line

    def _repr_html_(self) -> str:
        return self._look().html

    def _look(self) -> "smcm.FirstLook":
        import smcm  # noqa: PLC0415 (the package's lazy name; see CONTRIBUTING)

        return smcm.FirstLook(self)


def _numbers(term: Term, columns: tuple[str, ...]) -> dict[str, float]:
    """Numbers of a term; the first two columns name the model and the term."""
    return {name: getattr(term, name) for name in columns[2:]}
