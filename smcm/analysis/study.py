"""The whole study in one call, by the published or the defensible analysis."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Self

import pandas as pd

from smcm.analysis.cases import shared_cases
from smcm.analysis.change import FIDELITY, Change, describe_change
from smcm.analysis.characteristics import Characteristics, describe_clients
from smcm.analysis.defensible import (
    PooledHierarchical,
    completed_sets,
    pool_eight,
    pooled_reciprocity,
    pooled_table_2,
)
from smcm.analysis.feasibility import selected_clients
from smcm.analysis.missing import Missing, describe_missing
from smcm.analysis.nesting import Nesting, describe_nesting
from smcm.analysis.reciprocity import HierarchicalModel, reciprocal_models
from smcm.analysis.verdicts import ModelResult, fit_eight
from smcm.cohort.exposure import Exposure, fidelity_exposure
from smcm.cohort.frame import analysis_frame, baseline_frame
from smcm.cohort.imputation import impute_cohort
from smcm.cohort.imputation_model import COVARIATES
from smcm.cohort.scoring import scale_scores
from smcm.cohort.tables import Cohort
from smcm.design.nesting import USUAL_ALPHA
from smcm.design.power import ASSUMED_EFFECT
from smcm.design.schedule import ALLIANCE_MONTHS, label
from smcm.parameters import DEFENSIBLE, PUBLISHED, WINDOWS_DAYS, RunParameters
from smcm.stats.power_coefficient import coefficient_power


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """Everything the book draws from.

    Attributes
    ----------
    run : RunParameters
        What was asked for.
    cohort : Cohort
        The data, all sites.
    frame : DataFrame
        The scored file the models ran on, one row per client of the selected sites;
        see `smcm.cohort.frame.analysis_frame`. Its fidelity is NaN where a client has
        no exposure. In the defensible analysis the first of
        the sets that were pooled, with a column for each category.
    observed : DataFrame
        The 14 scores of the same clients as answered, NaN where missing; index
        client_id.
    completion : str
        Which completed set the frame holds: ``"frozen"``, or ``"live"`` for the
        first set of the live imputation, or ``"pooled"`` for all of its sets.
    exposure : Exposure
        Fidelity windows of the run's length, all clients.
    characteristics : Characteristics
    change : Change
    nesting : Nesting
        Of the scores in `frame`.
    windows : mapping of int to tuple of ModelResult
        The eight models by window length in days.
    reciprocity : tuple of HierarchicalModel, or of PooledHierarchical
    missing : Missing
    power : float
        Of one regression coefficient at the assumed effect size, in the models with
        the fewest clients.
    """

    run: RunParameters
    cohort: Cohort
    frame: pd.DataFrame
    observed: pd.DataFrame
    completion: str
    exposure: Exposure
    characteristics: Characteristics
    change: Change
    nesting: Nesting
    windows: Mapping[int, tuple[ModelResult, ...]]
    reciprocity: tuple[HierarchicalModel, ...] | tuple[PooledHierarchical, ...]
    missing: Missing
    power: float

    @property
    def n(self) -> int:
        """Clients of the run; the models of a horizon rest on those with exposure."""
        return len(self.frame)

    def n_at(self, horizon: float) -> int:
        """Clients in the models of one horizon."""
        return next(r.mediation.n for r in self.models if r.model.horizon == horizon)

    @property
    def n_in_both(self) -> int:
        """Clients with an exposure at both horizons."""
        names = [f"{FIDELITY}_{label(month)}" for month in ALLIANCE_MONTHS]
        return int(self.frame[names].notna().all(axis=1).sum())

    @property
    def analysis(self) -> "Analysis":
        """The analysis that the run asks for."""
        return ANALYSES[self.run.reading]

    @property
    def defensible(self) -> bool:
        """Whether the run has the defensible analysis."""
        return self.analysis is ANALYSES[DEFENSIBLE]

    @property
    def calibrated(self) -> bool:
        """Whether data and analysis are those that the printed numbers fit."""
        return self.cohort.calibrated and not self.defensible

    @property
    def n_sets(self) -> int:
        """Completed sets behind the models."""
        return self.analysis.n_sets(self.run)

    def alpha(self, column: str) -> float:
        """Level of the equation whose dependent variable is `column`."""
        return self.analysis.alpha(self.nesting, column)

    @property
    def models(self) -> tuple[ModelResult, ...]:
        """The eight models with the run's own window."""
        return self.windows[self.run.window_days]

    @property
    def other_windows(self) -> Mapping[int, tuple[ModelResult, ...]]:
        """The eight models with the two other window lengths."""
        own = self.run.window_days
        return {days: found for days, found in self.windows.items() if days != own}

    @property
    def predictors(self) -> int:
        """Predictors in the equation of the mediator: x and its covariates."""
        return _predictors(self.windows)

    def by_clients(self) -> tuple[Self, ...]:
        """Split into studies whose models rest on the same clients.

        Returns
        -------
        tuple of Study
            The study itself where every client has an exposure at both horizons; else
            one for each horizon, with its models and the clients that these rest on.
            Together they have the models in their order.
        """
        specs = [result.mediation.spec for result in self.models]
        groups = shared_cases(self.frame, specs)
        if len(groups) == 1 and groups[0].rows.all():
            return (self,)
        return tuple(
            replace(
                self,
                frame=self.frame[group.rows].reset_index(drop=True),
                windows={
                    days: tuple(found[k] for k in group.models)
                    for days, found in self.windows.items()
                },
            )
            for group in groups
        )

    def model(self, key: str) -> ModelResult:
        """Return one of the eight models by its key, for example ``"pgi_18"``."""
        return {result.model.key: result for result in self.models}[key]


def run_study(cohort: Cohort, run: RunParameters) -> Study:
    """Run everything the article reports.

    Parameters
    ----------
    cohort : Cohort
        Checked data.
    run : RunParameters
        Window, sites, bootstrap size and seed.

    Raises
    ------
    UnknownValueError, ImpossibleRunError
        A run that these data cannot carry; nothing has been computed then.
    """
    clients = selected_clients(cohort, run)
    found = ANALYSES[run.reading].fit(cohort, run, clients)
    observed = _observed(cohort).loc[clients]
    return Study(
        run=run,
        cohort=cohort,
        frame=found.frame,
        observed=observed,
        completion=found.completion,
        exposure=fidelity_exposure(cohort, run.window_days),
        characteristics=describe_clients(cohort, clients),
        change=found.change,
        nesting=found.nesting,
        windows=found.windows,
        reciprocity=found.reciprocity,
        missing=describe_missing(observed),
        power=_power(found.windows),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """What the two analyses compute differently; the fields are those of `Study`."""

    frame: pd.DataFrame
    completion: str
    change: Change
    nesting: Nesting
    windows: Mapping[int, tuple[ModelResult, ...]]
    reciprocity: tuple[HierarchicalModel, ...] | tuple[PooledHierarchical, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """One way to analyse the study.

    Attributes
    ----------
    fit : callable
        From data, run and its clients to what this analysis finds.
    n_sets : callable
        Completed sets behind the models of a run.
    alpha : callable
        Level of the equation of a dependent variable.
    """

    fit: Callable[[Cohort, RunParameters, pd.Index], Fitted]
    n_sets: Callable[[RunParameters], int]
    alpha: Callable[[Nesting, str], float]


def _published(cohort: Cohort, run: RunParameters, clients: pd.Index) -> Fitted:
    everyone, completion = completed_frame(cohort, run)
    frame = everyone[everyone["client_id"].isin(clients)].reset_index(drop=True)
    nesting = describe_nesting(frame)
    return Fitted(
        frame=frame,
        completion=completion,
        change=describe_change(frame),
        nesting=nesting,
        windows=fit_eight(frame, run, nesting, WINDOWS_DAYS),
        reciprocity=reciprocal_models(frame),
    )


def _defensible(cohort: Cohort, run: RunParameters, clients: pd.Index) -> Fitted:
    sets = completed_sets(cohort, run, list(clients))
    return Fitted(
        frame=sets.frames[0],
        completion="pooled",
        change=pooled_table_2(sets.frames),
        nesting=describe_nesting(sets.frames[0]),
        windows=pool_eight(sets, run, WINDOWS_DAYS),
        reciprocity=pooled_reciprocity(sets),
    )


ANALYSES = {
    PUBLISHED: Analysis(fit=_published, n_sets=lambda _run: 1, alpha=Nesting.alpha),
    DEFENSIBLE: Analysis(
        fit=_defensible,
        n_sets=lambda run: run.n_imputations,
        alpha=lambda _nesting, _column: USUAL_ALPHA,
    ),
}


def published_study(study: Study) -> Study:
    """Give the published analysis of the same run; the study itself if it is that."""
    if not study.defensible:
        return study
    return run_study(study.cohort, study.run.as_published)


def completed_frame(cohort: Cohort, run: RunParameters) -> tuple[pd.DataFrame, str]:
    """Fill the analysis frame with the one completed set of the published analysis.

    The scores are those of the frozen completion where the data hold one, else of the
    first live set. Covariates with gaps are those of the first live set either way,
    because a frozen completion holds answers only.

    Returns
    -------
    DataFrame
        See `smcm.cohort.frame.analysis_frame`; all clients. It is shared by the runs
        that differ in nothing that it follows from.
    str
        ``"frozen"`` or ``"live"``, by where the scores come from.
    """
    completion = "live" if cohort.completed is None else "frozen"
    gaps = baseline_frame(cohort)[list(COVARIATES)].isna().any(axis=None)
    if completion == "frozen" and not gaps:
        return _frozen_frame(cohort, run.window_days), completion
    return _live_frame(cohort, run.window_days, run.n_imputations, run.seed), completion


@lru_cache(maxsize=12)
def _frozen_frame(cohort: Cohort, window_days: int) -> pd.DataFrame:
    """Frame of a completion that has no gap left."""
    return analysis_frame(cohort, _frozen_scores(cohort), window_days)


@lru_cache(maxsize=12)
def _live_frame(
    cohort: Cohort, window_days: int, n_imputations: int, seed: int
) -> pd.DataFrame:
    """Frame of the first live set, or of a frozen one with live covariates."""
    imputed = impute_cohort(cohort, n_imputations=n_imputations, seed=seed)
    live = cohort.completed is None
    scores = imputed.frame(0) if live else _frozen_scores(cohort)
    frame = analysis_frame(cohort, scores, window_days)
    covariates = imputed.covariates(0).loc[frame["client_id"]]
    frame[list(covariates.columns)] = covariates.to_numpy()
    return frame


def _frozen_scores(cohort: Cohort) -> pd.DataFrame:
    assert cohort.completed is not None  # the caller has checked
    return scale_scores(cohort.completed, list(cohort.clients["client_id"]))


@lru_cache(maxsize=4)
def _observed(cohort: Cohort) -> pd.DataFrame:
    """Scores of all clients as answered."""
    return scale_scores(cohort.items, list(cohort.clients["client_id"]))


def _power(windows: Mapping[int, tuple[ModelResult, ...]]) -> float:
    """Power of a coefficient in the model with the fewest clients."""
    fewest = min(one.mediation.n for found in windows.values() for one in found)
    return coefficient_power(ASSUMED_EFFECT, fewest, _predictors(windows))


def _predictors(windows: Mapping[int, tuple[ModelResult, ...]]) -> int:
    first = next(iter(windows.values()))[0]
    return 1 + len(first.mediation.spec.covariates)
