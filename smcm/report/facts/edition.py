"""What an edition is: whose data, its settings, and how many it takes in."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smcm.design.study import label
from smcm.parameters import RunParameters

if TYPE_CHECKING:
    from smcm.analysis.study import Study
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """Significance levels of the paths, and the level of intervals, from 0 to 1."""

    usual: float
    strict: float
    interval: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionFacts:
    """An edition.

    Attributes
    ----------
    reading : {"published", "defensible"}
        Of the edition.
    defensible : bool
        Whether the study at hand was analysed so. Chapters that question the published
        analysis start from it in every edition.
    rule : {"all", "only", "without"}
        Which sites it has.
    site : int or None
        Code of the site that the rule names.
    window_days, n_boot, n_imputations, seed : int
    n_sets : int
        Completed data sets behind the models at hand.
    n, n_sites, n_teams, n_case_managers : int
        Clients analysed, and where they are from.
    alliance_months, horizons : tuple of str
        Interviews of the mediator and of the outcomes, as months.
    levels : Levels
    """

    reading: str
    defensible: bool
    rule: str
    site: int | None
    window_days: int
    n_boot: int
    n_imputations: int
    seed: int
    n_sets: int
    n: int
    n_sites: int
    n_teams: int
    n_case_managers: int
    alliance_months: tuple[str, ...]
    horizons: tuple[str, ...]
    levels: Levels


def data_facts(cohort: "Cohort") -> DataFacts:
    """Say whose data these are."""
    return DataFacts(
        name=cohort.name,
        statement=cohort.statement,
        synthetic=cohort.synthetic,
        calibrated=cohort.calibrated,
    )


def edition_facts(study: "Study", asked: RunParameters) -> EditionFacts:
    """Gather them.

    Parameters
    ----------
    study : Study
        What the chapter analyses.
    asked : RunParameters
        Of the edition; their reading may be another one than the study's.
    """
    run, frame, design = study.run, study.frame, study.design
    rule, site = run.site_rule
    return EditionFacts(
        reading=asked.reading,
        defensible=study.defensible,
        rule=rule,
        site=site,
        window_days=run.window_days,
        n_boot=run.n_boot,
        n_imputations=run.n_imputations,
        seed=run.seed,
        n_sets=study.n_sets,
        n=study.n,
        n_sites=frame["site"].nunique(),
        n_teams=frame["team"].nunique(),
        n_case_managers=frame["case_manager"].nunique(),
        alliance_months=tuple(map(label, design.waves.mediator)),
        horizons=tuple(map(label, design.outcome_horizons)),
        levels=Levels(
            usual=design.alpha.level,
            strict=design.alpha.strict,
            interval=study.models[0].mediation.level,
        ),
    )
