"""Whose data an edition rests on."""

from dataclasses import dataclass

from smcm.cohort.tables import Cohort


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFacts:
    """A data set.

    Attributes
    ----------
    name, statement : str
    synthetic, calibrated : bool
        Whether its clients are invented, and whether they were adjusted until the
        tables print as the article's do.
    """

    name: str
    statement: str
    synthetic: bool
    calibrated: bool


def data_facts(cohort: Cohort) -> DataFacts:
    """Gather them."""
    return DataFacts(
        name=cohort.name,
        statement=cohort.statement,
        synthetic=cohort.synthetic,
        calibrated=cohort.calibrated,
    )
