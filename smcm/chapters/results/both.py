"""Which findings the published and the defensible analysis have in common."""

from dataclasses import dataclass, replace

from smcm.analysis.defensible import completed_sets, pool_eight
from smcm.analysis.eight_models import ModelResult, fit_eight
from smcm.analysis.feasibility import selected_clients
from smcm.analysis.nesting import describe_nesting
from smcm.analysis.published import completed_frame
from smcm.analysis.study import Study
from smcm.cohort.tables import Cohort
from smcm.errors import DegenerateDataError, ImpossibleRunError
from smcm.parameters import DEFENSIBLE, LEAST_POOLED, RunParameters

FOUND = {  # term -> what says that it was found
    "a": "a_significant",
    "b": "b_significant",
    "direct": "direct_significant",
    "indirect": "mediated",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BothAnalyses:
    """The eight models of one run in the published and in the defensible analysis.

    Attributes
    ----------
    published, defensible : tuple of ModelResult
        In the order of the study. The second is empty where too few teams are left
        for the defensible analysis.
    level : float
        The usual one of the study.
    n_sets : int
        Completed data sets that the defensible analysis pools.
    """

    published: tuple[ModelResult, ...]
    defensible: tuple[ModelResult, ...]
    level: float
    n_sets: int

    def found(self, term: str) -> tuple[ModelResult, ...]:
        """Models of the published analysis in which a term of `FOUND` is found."""
        return tuple(r for r in self.published if getattr(r, FOUND[term]))

    def kept(self, term: str) -> tuple[ModelResult, ...]:
        """Those of `found` in which the defensible analysis finds it too."""
        there = {r.model.key for r in self.defensible if getattr(r, FOUND[term])}
        return tuple(r for r in self.found(term) if r.model.key in there)

    def new(self, term: str) -> tuple[ModelResult, ...]:
        """Models in which the defensible analysis alone finds a term."""
        there = {r.model.key for r in self.found(term)}
        return tuple(
            r
            for r in self.defensible
            if getattr(r, FOUND[term]) and r.model.key not in there
        )


def both_analyses(study: Study) -> BothAnalyses:
    """Give the eight models of a study in both analyses, with its own window.

    The study's own models are taken as they are; those of the other analysis are fitted
    to the same clients. Where the run asks for one imputation, two are pooled.

    Raises
    ------
    UnknownValueError, ImpossibleRunError
        The published analysis of this run is impossible with these data.
    """
    n_sets = max(study.run.n_imputations, LEAST_POOLED)
    if study.defensible:
        published, defensible = _published(study), study.models
    else:
        other = replace(study.run, reading=DEFENSIBLE, n_imputations=n_sets)
        published, defensible = study.models, _defensible(study.cohort, other)
    return BothAnalyses(
        published=published,
        defensible=defensible,
        level=study.design.alpha.level,
        n_sets=n_sets,
    )


def _published(study: Study) -> tuple[ModelResult, ...]:
    run, window = study.run.as_published, study.run.window_days
    clients = selected_clients(study.cohort, run)
    everyone = completed_frame(study.cohort, run)[0]
    frame = everyone[everyone["client_id"].isin(clients)].reset_index(drop=True)
    design = study.design
    nesting = describe_nesting(frame, design)
    return fit_eight(frame, run, design.study_models, nesting, (window,))[window]


def _defensible(cohort: Cohort, run: RunParameters) -> tuple[ModelResult, ...]:
    """Pool the eight models; none where too few teams are left for it."""
    try:
        sets = completed_sets(cohort, run, list(selected_clients(cohort, run)))
        window = run.window_days
        return pool_eight(sets, run, cohort.design, (window,))[window]
    except (ImpossibleRunError, DegenerateDataError):
        return ()
