"""The shipped study by the names of its parts; `smcm` itself has no such names."""

from smcm.design.study_file import shipped_study

STUDY = shipped_study()
EIGHT_MODELS, SHARED_COVARIATES = STUDY.study_models, STUDY.shared_covariates

RPRS, OUTCOMES, INSTRUMENTS = STUDY.mediator, STUDY.outcomes, STUDY.instruments
QOLI20, PGI, THS, MCAS = OUTCOMES
BY_KEY = {instrument.key: instrument for instrument in INSTRUMENTS}
PGI_AREAS = PGI.n_items  # up to five named life areas and one for everything else
PGI_POINTS = PGI.points  # points a client spreads over the areas
SCORE_COLUMNS = STUDY.score_columns

ITEM_LOW, ITEM_HIGH = STUDY.exposure.low, STUDY.exposure.high
HIGH_FIDELITY = STUDY.exposure.threshold  # total at or above which a team has it
DOMAINS, SCORED_DOMAINS = STUDY.exposure.domains, STUDY.exposure.scored_domains
TOTAL_LOW = ITEM_LOW * len(SCORED_DOMAINS)
TOTAL_HIGH = ITEM_HIGH * len(SCORED_DOMAINS)

INTERVIEW_MONTHS = STUDY.waves.all
OUTCOME_MONTHS, ALLIANCE_MONTHS = STUDY.waves.outcome, STUDY.waves.mediator
BASELINE, HORIZONS = OUTCOME_MONTHS[0], STUDY.outcome_horizons
ALLIANCE_BEFORE = {month: STUDY.mediator_before(month) for month in HORIZONS}
MAIN_WINDOW, *OTHERS = STUDY.exposure.windows  # days
OTHER_WINDOWS = tuple(OTHERS)  # days, the sensitivity analyses
SHORTEST_WINDOW = STUDY.exposure.shortest_window

USUAL_ALPHA, STRICT_ALPHA = STUDY.alpha.level, STUDY.alpha.strict
ICC_CUTOFF = STUDY.alpha.icc
