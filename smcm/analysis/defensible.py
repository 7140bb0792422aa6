"""The defensible analysis: categories, pooling over imputations, errors by team.

What each analysis gives has the form of the published one, so that everything that
reads a `Study` reads either.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smcm.analysis.change import (
    Change,
    Occasion,
    PostHoc,
    ThreeOccasions,
    TwoOccasions,
)
from smcm.analysis.coded import CodedSets, code_sets
from smcm.analysis.eight_models import ModelResult, by_window
from smcm.analysis.mediation_data import Resampling
from smcm.analysis.nesting import describe_nesting
from smcm.analysis.pooled_change import PooledMeasure, pool_change
from smcm.analysis.pooled_mediation import pool_on_own_cases
from smcm.analysis.pooled_result import PooledTerm
from smcm.analysis.published import Analysis, Fitted
from smcm.analysis.reciprocity import second_scores
from smcm.cohort.imputation import impute_cohort
from smcm.cohort.imputed_frames import imputed_frames
from smcm.cohort.tables import Cohort
from smcm.design.study import Instrument, StudyDesign
from smcm.parameters import RunParameters
from smcm.stats.change import PairedChange, RepeatedMeasures
from smcm.stats.ols import Array, StandardError, fit_linear, independent_columns
from smcm.stats.pooled_r2 import pool_r2
from smcm.stats.pooling import pool
from smcm.stats.terms import LinearFit

SCHEME = "rubin_mc"
ERRORS: StandardError = "cr2"
LEVEL = 0.95


def fit_defensible(cohort: Cohort, run: RunParameters, clients: pd.Index) -> Fitted:
    """Find everything that this analysis computes in its own way."""
    sets, design = completed_sets(cohort, run, list(clients)), cohort.design
    windows = tuple(sorted(design.exposure.windows))
    return Fitted(
        frame=sets.frames[0],
        completion="pooled",
        change=pooled_table_2(sets.frames, design),
        nesting=describe_nesting(sets.frames[0], design),
        windows=pool_eight(sets, run, design, windows),
        reciprocity=pooled_reciprocity(sets, design),
    )


def completed_sets(
    cohort: Cohort, run: RunParameters, clients: Sequence[str]
) -> CodedSets:
    """Give every live set of the run's clients, site and education as categories."""
    imputed = impute_cohort(cohort, n_imputations=run.n_imputations, seed=run.seed)
    frames = imputed_frames(imputed, run.window_days, tuple(clients))
    return code_sets(frames, cohort.design.coded)


def pool_eight(
    sets: CodedSets,
    run: RunParameters,
    design: StudyDesign,
    windows: tuple[int, ...],
) -> dict[int, tuple[ModelResult, ...]]:
    """Pool the eight models for several window lengths.

    Both equations have the usual level: errors robust to clustering by team take the
    place of the alpha rule.

    Returns
    -------
    dict of int to tuple of ModelResult
        By window; models in the order of the study.
    """
    options = Resampling(
        n_boot=run.n_boot,
        seed=run.seed,
        level=LEVEL,
        se=ERRORS,
        cluster=design.exposure.level,
    )
    wanted = [(window, model) for window in windows for model in design.study_models]
    specs = [sets.spec(model.spec(window)) for window, model in wanted]
    results = pool_on_own_cases(sets.frames, specs, SCHEME, options)
    levels = [(design.alpha.level, design.alpha.level)] * len(results)
    return by_window(wanted, results, levels)


def pooled_table_2(frames: Sequence[pd.DataFrame], design: StudyDesign) -> Change:
    """Pool means, SDs and tests of change; clients are taken as independent."""
    fidelity, alliance, *outcomes = pool_change(frames, design, LEVEL)
    return Change(
        fidelity=_two(fidelity),
        alliance=_two(alliance),
        outcomes=tuple(
            _three(scale, found)
            for scale, found in zip(design.outcomes, outcomes, strict=True)
        ),
    )


def _occasions(measure: PooledMeasure) -> tuple[Occasion, ...]:
    means, spreads = measure.moments.mean.estimate, measure.moments.sd
    return tuple(
        Occasion(month, float(mean), float(sd))
        for month, mean, sd in zip(measure.months, means, spreads, strict=True)
    )


def _paired(term: PooledTerm, sd: Array, sign: int) -> PairedChange:
    """Turn a later month minus the first into the order of the table."""
    return PairedChange(
        difference=sign * term.estimate,
        t=sign * term.statistic,
        df=term.df,
        p=term.p,
        d=float(abs(term.estimate) / np.sqrt((sd**2).mean())),
    )


def _two(measure: PooledMeasure) -> TwoOccasions:
    change = _paired(measure.changes[0], measure.moments.sd, -1)
    return TwoOccasions(measure.key, measure.name, _occasions(measure), change)


def _three(scale: Instrument, measure: PooledMeasure) -> ThreeOccasions:
    assert measure.anova is not None  # of three months
    test, sd = measure.anova.d1, measure.moments.sd
    anova = RepeatedMeasures(
        f=test.f,
        df1=test.df1,
        df2=test.df2,
        p=test.p,
        eta_squared=measure.anova.eta_squared,
        epsilon=measure.anova.epsilon,
        p_corrected=measure.anova.p_corrected,
    )
    post_hoc = tuple(
        PostHoc(month, _paired(change, sd[[0, k]], 1), p)
        for k, (month, change, p) in enumerate(
            zip(measure.months[1:], measure.changes, measure.adjusted_p, strict=True),
            start=1,
        )
    )
    return ThreeOccasions(scale, _occasions(measure), anova, post_hoc)


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledHierarchical:
    """Covariates first, then one outcome, pooled; errors by team.

    Attributes
    ----------
    outcome : Instrument
        Entered second.
    r2_covariates, r2 : float
        Pooled shares of variance without and with it.
    r2_change : float
        Mean over the sets of what it adds, 0 to 1.
    slope : float
        Points of the later alliance per point of the outcome, pooled.
    f, df2, p : float
        Square of the pooled t of its coefficient, its degrees of freedom, its p.
    """

    outcome: Instrument
    r2_covariates: float
    r2: float
    r2_change: float
    slope: float
    f: float
    df2: float
    p: float

    @property
    def df1(self) -> int:
        """Columns entered in the second step."""
        return 1


def pooled_reciprocity(
    sets: CodedSets, design: StudyDesign
) -> tuple[PooledHierarchical, ...]:
    """Pool the regressions of the later alliance on an earlier outcome."""
    return tuple(_hierarchical(sets, outcome, design) for outcome in design.outcomes)


def _hierarchical(
    sets: CodedSets, outcome: Instrument, design: StudyDesign
) -> PooledHierarchical:
    names = [*design.shared_covariates, outcome.score_column(outcome.months[0])]
    covariates = list(sets.covariates(names))
    fits = [_steps(frame, covariates, outcome, design) for frame in sets.frames]
    r2 = np.array([[first.r2, second.r2] for first, second in fits])
    entered = pool(
        np.array([[second.slope[-1]] for _, second in fits]),
        np.array([[second.se[-1] ** 2] for _, second in fits]),
        np.array([[second.t_df[-1]] for _, second in fits]),
    )
    shares = pool_r2(r2, fits[0][0].n).estimate
    return PooledHierarchical(
        outcome=outcome,
        r2_covariates=float(shares[0]),
        r2=float(shares[1]),
        r2_change=float((r2[:, 1] - r2[:, 0]).mean()),
        slope=float(entered.estimate[0]),
        f=float(entered.t[0] ** 2),
        df2=float(entered.df[0]),
        p=float(entered.p[0]),
    )


def _steps(
    frame: pd.DataFrame,
    covariates: list[str],
    outcome: Instrument,
    design: StudyDesign,
) -> tuple[LinearFit, LinearFit]:
    """Fit without and with the outcome; its column is the last."""
    values = frame[covariates].to_numpy(dtype=np.float64)
    first = np.column_stack([np.ones(len(values)), values - values.mean(axis=0)])
    first = first[:, independent_columns(first)]
    earlier, later = second_scores(outcome, design)
    entered, alliance = (frame[name].to_numpy(np.float64) for name in (earlier, later))
    names = frame[design.exposure.level]
    team = pd.factorize(names, sort=True)[0].astype(np.intp)
    second = fit_linear(np.column_stack([first, entered]), alliance, ERRORS, team)
    return fit_linear(first, alliance), second


ANALYSIS = Analysis(
    fit=fit_defensible,
    n_sets=lambda run: run.n_imputations,
    alpha=lambda nesting, _column: nesting.rule.level,
)
