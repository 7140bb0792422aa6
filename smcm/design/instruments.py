"""The five client questionnaires, as the shipped study file declares them."""

from smcm.design.study import ANSWERED_SHARE, Instrument
from smcm.design.study_file import shipped_study

__all__ = [
    "ANSWERED_SHARE",
    "BY_KEY",
    "INSTRUMENTS",
    "MCAS",
    "OUTCOMES",
    "PGI",
    "PGI_AREAS",
    "PGI_POINTS",
    "QOLI20",
    "RPRS",
    "SCORE_COLUMNS",
    "THS",
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
