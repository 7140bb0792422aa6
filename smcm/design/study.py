"""What a study file declares: a tree of frozen records, all of it hashable."""

from dataclasses import dataclass

from smcm.design.instruments import ANSWERED_SHARE, Instrument, Rule, label
from smcm.design.models import StudyModel

__all__ = ["ANSWERED_SHARE", "Instrument", "Rule", "label"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredColumn:
    """What is said of one column of a table; what is not said follows from its part.

    Attributes
    ----------
    name, title, about, unit : str
        Header, short name, meaning as a sentence, and unit; empty where not said.
    values : tuple of (str, str)
        Each allowed value as it is written, with its label.
    unlisted : tuple of str
        Values that the table of characteristics does not show one by one.
    low, high : int, float or None
        Limits, themselves allowed.
    required : bool
        Whether every row must have a value.
    """

    name: str
    title: str = ""
    about: str = ""
    unit: str = ""
    values: tuple[tuple[str, str], ...] = ()
    unlisted: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredTable:
    """One file of the data folder.

    Attributes
    ----------
    path, title, about : str
        File, heading and a sentence on its rows; empty where not said.
    columns : tuple of DeclaredColumn
    """

    path: str = ""
    title: str = ""
    about: str = ""
    columns: tuple[DeclaredColumn, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """Those who are studied: their table, code, and day of entry."""

    table: DeclaredTable
    id: str = ""
    entry: str = ""
    entry_within: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A level within which cases are alike, such as a team.

    Attributes
    ----------
    key, name : str
    table : DeclaredTable
        Its own table; without a path where it has none.
    of : str
        File of the table that names it; empty for the cases' own.
    rerun : bool
        Whether a run may take one of them alone, or all others.
    """

    key: str
    name: str
    table: DeclaredTable
    of: str = ""
    rerun: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Waves:
    """When measures were taken: unit, table of dates, and waves of each measure."""

    table: DeclaredTable
    unit: str = ""
    mediator: tuple[float, ...] = ()
    outcome: tuple[float, ...] = ()

    @property
    def all(self) -> tuple[float, ...]:
        """Every wave, in the order of time."""
        return tuple(sorted({*self.mediator, *self.outcome}))


@dataclass(frozen=True, slots=True)
class Domain:
    """One domain of the fidelity scale.

    Attributes
    ----------
    key, name : str
        As in the data and as in a sentence.
    n_items : int
    scored : bool
        Whether it counts in the total.
    """

    key: str
    name: str
    n_items: int
    scored: bool = True

    @property
    def items(self) -> tuple[str, ...]:
        """Item names as they stand in the data."""
        return tuple(f"{self.key}_{k}" for k in range(1, self.n_items + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """What acts first: assessed over time, or a column that was measured once.

    Attributes
    ----------
    key, name, short, score, level : str
        Level is the cluster at which it was measured; empty for the case.
    column : str
        Of the cases' table, where it was measured once.
    table : DeclaredTable
    low, high : int
        Of an item, or of a given total.
    windows : tuple of int
        Days before the wave; the main window first.
    domains : tuple of Domain
    threshold : int
        Total at or above which it is called high; 0 where none is.
    rated : float
        Least share of a domain's items for a mean of those rated.
    at_random : bool
    """

    key: str
    name: str
    short: str
    score: str = ""
    level: str = ""
    column: str = ""
    table: DeclaredTable = DeclaredTable()
    low: int = 0
    high: int = 0
    windows: tuple[int, ...] = ()
    domains: tuple[Domain, ...] = ()
    threshold: int = 0
    rated: float = 0.5
    at_random: bool = False

    @property
    def scored_domains(self) -> tuple[Domain, ...]:
        """Domains that count in the total."""
        return tuple(domain for domain in self.domains if domain.scored)

    @property
    def total_low(self) -> int:
        """Lowest total: every scored domain at its lowest."""
        return self.low * len(self.scored_domains)

    @property
    def total_high(self) -> int:
        """Highest total: every scored domain at its highest."""
        return self.high * len(self.scored_domains)

    @property
    def main_window(self) -> int:
        """Days of the main window."""
        return self.windows[0]

    @property
    def other_windows(self) -> tuple[int, ...]:
        """Days of the windows of the sensitivity analyses."""
        return self.windows[1:]

    @property
    def shortest_window(self) -> int:
        """Days of the shortest window."""
        return min(self.windows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizon:
    """Waves of an outcome, and of the mediator and the exposure that go with it."""

    outcome: float
    mediator: float
    exposure: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Covariate:
    """A column of every equation.

    Attributes
    ----------
    key, name : str
    source : str
        Column that it is taken from.
    equals : str
        Value of that column for which it is 1, else 0; empty for the column itself.
    coding : str
        ``"number"`` or ``"categories"``; empty where not said.
    reference : str
        Level that the categories are compared with; empty for the first.
    """

    key: str
    name: str
    source: str
    equals: str = ""
    coding: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlphaRule:
    """The level of a test; a stricter one where an ICC is above `icc`.

    One level throughout where the two are the same.
    """

    level: float
    strict: float
    icc: float = 1.0
    cluster: str = ""

    def for_icc(self, icc: float) -> float:
        """Level for an equation whose dependent variable has this ICC."""
        return self.strict if icc > self.icc else self.level


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What is printed, and compared with: citation and file of numbers."""

    cite: str
    numbers: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyDesign:
    """The whole study, as its file declares it."""

    title: str
    case: tuple[str, str]
    article: Article | None
    cases: Cases
    clusters: tuple[Cluster, ...]
    waves: Waves
    exposure: Exposure
    mediator: Instrument
    outcomes: tuple[Instrument, ...]
    horizons: tuple[Horizon, ...]
    covariates: tuple[Covariate, ...]
    baseline: bool
    alpha: AlphaRule

    @property
    def instruments(self) -> tuple[Instrument, ...]:
        """The mediator's, then the outcomes'."""
        return (self.mediator, *self.outcomes)

    @property
    def study_models(self) -> tuple[StudyModel, ...]:
        """Each outcome at each horizon at which it was measured, by horizon."""
        return tuple(
            StudyModel(
                outcome=outcome,
                horizon=horizon.outcome,
                alliance_month=horizon.mediator,
                mediator=self.mediator.score_column(horizon.mediator),
                baseline=outcome.score_column(outcome.months[0])
                if self.baseline
                else "",
                shared=self.shared_covariates,
            )
            for horizon in self.horizons
            for outcome in self.outcomes
            if horizon.outcome in outcome.months
        )

    def instrument(self, key: str) -> Instrument:
        """Give the mediator or an outcome by its key."""
        return {one.key: one for one in self.instruments}[key]

    @property
    def score_columns(self) -> tuple[str, ...]:
        """Columns of the scores: the mediator's, then the outcomes' by wave."""
        return (
            *(self.mediator.score_column(month) for month in self.mediator.months),
            *(o.score_column(w) for w in self.waves.outcome for o in self.outcomes),
        )

    @property
    def shared_covariates(self) -> tuple[str, ...]:
        """Covariates of every model."""
        return tuple(one.key for one in self.covariates)

    @property
    def coded(self) -> tuple[str, ...]:
        """Covariates whose values are codes, entered as numbers or as categories."""
        return tuple(one.key for one in self.covariates if one.coding)

    @property
    def outcome_horizons(self) -> tuple[float, ...]:
        """Waves of the outcomes in the models."""
        return tuple(one.outcome for one in self.horizons)

    def mediator_before(self, month: float) -> float:
        """Wave of the mediator that goes with an outcome's."""
        return {one.outcome: one.mediator for one in self.horizons}[month]

    @property
    def cluster_keys(self) -> tuple[str, ...]:
        """Levels, innermost first."""
        return tuple(one.key for one in self.clusters)
