"""The measures, as the shipped study file declares them.

They are five questionnaires of clients, and the fidelity scale: nine domains, eight of
which make the total. How its 31 items divide over the domains is not printed in the
article; the counts in the study file are this project's assumption and are said to be
one in the book.
"""

from smcm.design.study import ANSWERED_SHARE, Domain, Instrument
from smcm.design.study_file import shipped_study

__all__ = [
    "ANSWERED_SHARE",
    "BY_KEY",
    "DOMAINS",
    "HIGH_FIDELITY",
    "INSTRUMENTS",
    "ITEM_HIGH",
    "ITEM_LOW",
    "MCAS",
    "OUTCOMES",
    "PGI",
    "PGI_AREAS",
    "PGI_POINTS",
    "QOLI20",
    "RATED_SHARE",
    "RPRS",
    "SCORED_DOMAINS",
    "SCORE_COLUMNS",
    "THS",
    "TOTAL_HIGH",
    "TOTAL_LOW",
    "Domain",
    "Instrument",
]

_STUDY = shipped_study()
RPRS, OUTCOMES = _STUDY.mediator, _STUDY.outcomes
QOLI20, PGI, THS, MCAS = OUTCOMES
INSTRUMENTS = _STUDY.instruments
BY_KEY = {instrument.key: instrument for instrument in INSTRUMENTS}
PGI_AREAS = PGI.n_items  # up to five named life areas and one for everything else
PGI_POINTS = PGI.points  # points a client spreads over the areas
SCORE_COLUMNS = (
    *(RPRS.score_column(month) for month in RPRS.months),
    *(o.score_column(month) for month in _STUDY.waves.outcome for o in OUTCOMES),
)

_EXPOSURE = _STUDY.exposure
ITEM_LOW, ITEM_HIGH = _EXPOSURE.low, _EXPOSURE.high
RATED_SHARE = _EXPOSURE.rated  # least share of a domain's items for a mean of those
HIGH_FIDELITY = _EXPOSURE.threshold  # total at or above which a team has it
DOMAINS = _EXPOSURE.domains
SCORED_DOMAINS = tuple(domain for domain in DOMAINS if domain.scored)
TOTAL_LOW = ITEM_LOW * len(SCORED_DOMAINS)
TOTAL_HIGH = ITEM_HIGH * len(SCORED_DOMAINS)
