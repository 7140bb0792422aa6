"""Which findings of one reading are findings of the other too."""

from dataclasses import dataclass, replace

from smcm.analysis.defensible import completed_sets, pool_eight
from smcm.analysis.feasibility import selected_clients
from smcm.analysis.nesting import describe_nesting
from smcm.analysis.study import completed_frame
from smcm.analysis.verdicts import ModelResult, fit_eight
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
class Readings:
    """The eight models in both readings of one run.

    Attributes
    ----------
    published, defensible : tuple of ModelResult
        In the order of `EIGHT_MODELS`. The second is empty where these data cannot
        carry the defensible reading.
    n_sets : int
        Completed sets behind the defensible one.
    """

    published: tuple[ModelResult, ...]
    defensible: tuple[ModelResult, ...]
    n_sets: int

    def found(self, term: str) -> tuple[ModelResult, ...]:
        """Models of the published reading in which a term of `FOUND` is found."""
        return tuple(r for r in self.published if getattr(r, FOUND[term]))

    def kept(self, term: str) -> tuple[ModelResult, ...]:
        """Those of `found` in which the defensible reading finds it too."""
        there = {r.model.key for r in self.defensible if getattr(r, FOUND[term])}
        return tuple(r for r in self.found(term) if r.model.key in there)

    def new(self, term: str) -> tuple[ModelResult, ...]:
        """Models of the defensible reading in which it alone finds a term."""
        there = {r.model.key for r in self.found(term)}
        return tuple(
            r
            for r in self.defensible
            if getattr(r, FOUND[term]) and r.model.key not in there
        )


def readings(cohort: Cohort, run: RunParameters) -> Readings:
    """Fit the eight models of a run in both readings, with its own window.

    Parameters
    ----------
    cohort : Cohort
    run : RunParameters
        Whatever its reading. With one imputation, two are made to be pooled.

    Raises
    ------
    UnknownValueError, ImpossibleRunError
        A run that these data cannot carry in the published reading either.
    """
    plain = run.as_published
    clients = selected_clients(cohort, plain)
    everyone = completed_frame(cohort, plain)[0]
    frame = everyone[everyone["client_id"].isin(clients)].reset_index(drop=True)
    window = (run.window_days,)
    published = fit_eight(frame, plain, describe_nesting(frame), window)
    n_sets = max(run.n_imputations, LEAST_POOLED)
    other = replace(run, reading=DEFENSIBLE, n_imputations=n_sets)
    try:
        sets = completed_sets(cohort, other, list(selected_clients(cohort, other)))
        defensible = pool_eight(sets, other, window)[run.window_days]
    except (ImpossibleRunError, DegenerateDataError):
        defensible = ()
    return Readings(
        published=published[run.window_days], defensible=defensible, n_sets=n_sets
    )
