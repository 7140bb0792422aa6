"""The five client questionnaires: items, ranges, scoring rules and occasions."""

from dataclasses import dataclass
from typing import Literal

from smcm.design.schedule import ALLIANCE_MONTHS, OUTCOME_MONTHS, label

ANSWERED_SHARE = 0.8  # least share of items for a person-mean score
PGI_AREAS = 6  # up to five named life areas and one for everything else
PGI_POINTS = 60  # points a client spreads over the areas


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """One questionnaire.

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
    rule : {"sum", "percent", "weighted"}
        ``sum`` adds the items, ``percent`` stretches their mean to 0–100,
        ``weighted`` is the index of ratings weighted by shares of points.
    minimum, maximum : int
        Lowest and highest possible score.
    months : tuple of float
        Interviews that carry it.
    """

    key: str
    name: str
    short: str
    measures: str
    n_items: int
    low: int
    high: int
    rule: Literal["sum", "percent", "weighted"]
    minimum: int
    maximum: int
    months: tuple[float, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Item columns of its file, in order."""
        if self.rule == "weighted":
            return tuple(
                f"{self.key}_{part}_{area}"
                for part in ("rating", "points")
                for area in range(1, PGI_AREAS + 1)
            )
        width = len(str(self.n_items))
        return tuple(
            f"{self.key}_{item:0{width}d}" for item in range(1, self.n_items + 1)
        )

    def score_column(self, month: float) -> str:
        """Name of its score at one interview, for example ``"rprs_4.5"``."""
        return f"{self.key}_{label(month)}"


RPRS = Instrument(
    key="rprs",
    name="Recovery-Promoting Relationships Scale",
    short="RPRS",
    measures="working alliance",
    n_items=24,
    low=1,
    high=4,
    rule="percent",
    minimum=0,
    maximum=100,
    months=ALLIANCE_MONTHS,
)
QOLI20 = Instrument(
    key="qoli20",
    name="Quality of Life Interview, brief version",
    short="QOLI-20",
    measures="quality of life",
    n_items=20,
    low=1,
    high=7,
    rule="sum",
    minimum=20,
    maximum=140,
    months=OUTCOME_MONTHS,
)
PGI = Instrument(
    key="pgi",
    name="Patient-Generated Index",
    short="PGI",
    measures="individualized quality of life",
    n_items=PGI_AREAS,
    low=0,
    high=10,
    rule="weighted",
    minimum=0,
    maximum=100,
    months=OUTCOME_MONTHS,
)
THS = Instrument(
    key="ths",
    name="Trait Hope Scale",
    short="THS",
    measures="hope",
    n_items=8,
    low=1,
    high=8,
    rule="sum",
    minimum=8,
    maximum=64,
    months=OUTCOME_MONTHS,
)
MCAS = Instrument(
    key="mcas",
    name="Multnomah Community Ability Scale",
    short="MCAS",
    measures="community functioning",
    n_items=17,
    low=1,
    high=5,
    rule="sum",
    minimum=17,
    maximum=85,
    months=OUTCOME_MONTHS,
)

OUTCOMES = (QOLI20, PGI, THS, MCAS)
INSTRUMENTS = (RPRS, *OUTCOMES)
BY_KEY = {instrument.key: instrument for instrument in INSTRUMENTS}
SCORE_COLUMNS = tuple(
    [RPRS.score_column(month) for month in ALLIANCE_MONTHS]
    + [outcome.score_column(m) for m in OUTCOME_MONTHS for outcome in OUTCOMES]
)
