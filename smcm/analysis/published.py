"""The published analysis: one completed data set, the alpha rule, a bootstrap.

What makes an analysis, and what it finds, is declared here for the other one too.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd

from smcm.analysis.change import Change, describe_change
from smcm.analysis.eight_models import ModelResult, fit_eight
from smcm.analysis.nesting import Nesting, describe_nesting
from smcm.analysis.reciprocity import HierarchicalModel, reciprocal_models
from smcm.cohort.frame import analysis_frame, baseline_frame
from smcm.cohort.imputation import impute_cohort
from smcm.cohort.imputation_model import COVARIATES
from smcm.cohort.scoring import scale_scores
from smcm.cohort.tables import Cohort
from smcm.parameters import WINDOWS_DAYS, RunParameters

if TYPE_CHECKING:
    from smcm.analysis.defensible import PooledHierarchical


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """What the two analyses compute differently; the fields are those of `Study`."""

    frame: pd.DataFrame
    completion: str
    change: Change
    nesting: Nesting
    windows: Mapping[int, tuple[ModelResult, ...]]
    reciprocity: "tuple[HierarchicalModel, ...] | tuple[PooledHierarchical, ...]"


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


def fit_published(cohort: Cohort, run: RunParameters, clients: pd.Index) -> Fitted:
    """Find everything that this analysis computes in its own way."""
    everyone, completion = completed_frame(cohort, run)
    frame = everyone[everyone["client_id"].isin(clients)].reset_index(drop=True)
    design = cohort.design
    nesting = describe_nesting(frame, design)
    return Fitted(
        frame=frame,
        completion=completion,
        change=describe_change(frame, design),
        nesting=nesting,
        windows=fit_eight(frame, run, design.study_models, nesting, WINDOWS_DAYS),
        reciprocity=reciprocal_models(frame, design),
    )


def completed_frame(cohort: Cohort, run: RunParameters) -> tuple[pd.DataFrame, str]:
    """Fill the gaps of the analysis frame as the published analysis does, once.

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
    return scale_scores(
        cohort.completed, list(cohort.clients["client_id"]), cohort.design
    )


ANALYSIS = Analysis(fit=fit_published, n_sets=lambda _run: 1, alpha=Nesting.alpha)
