"""The eight models pooled over imputed sets, against the one completed data set."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smcm.analysis.cases import in_order, shared_cases
from smcm.analysis.eight_models import ModelResult
from smcm.analysis.mediation_data import Resampling
from smcm.analysis.pooled_change import PooledMeasure, pool_change
from smcm.analysis.pooled_df import ModelDf, df_by_rule
from smcm.analysis.pooled_mediation import pool_all, pool_on_own_cases
from smcm.analysis.pooled_result import METHODS, PooledResult, advised_sets
from smcm.analysis.study import Study, published_study
from smcm.cohort.imputation import impute_cohort
from smcm.cohort.imputed_frames import imputed_frames
from smcm.cohort.imputed_resamples import ImputedResamples
from smcm.design.models import MediationSpec, StudyModel
from smcm.errors import OutOfRangeError
from smcm.shown import shown
from smcm.stats.boot_mi import LEAST_SAMPLES
from smcm.stats.multiplicity import benjamini_hochberg, holm

MAIN = "rubin_mc"
LEAST_SETS = 2  # one set does not show the variance between sets
MOST_SETS = 60  # by default; where more are advised, time is better spent on why
JUDGED = ("a", "b", "direct", "total", "indirect")  # their FMI sets the number


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledModel:
    """One of the eight models under every scheme.

    Attributes
    ----------
    completed : ModelResult
        In the one completed data set of the published analysis.
    results : mapping of str to PooledResult
        By scheme, names from `smcm.analysis.pooled_result.METHODS`.
    """

    completed: ModelResult
    results: Mapping[str, PooledResult]

    @property
    def model(self) -> StudyModel:
        """The model as the study declares it."""
        return self.completed.model

    @property
    def main(self) -> PooledResult:
        """The result of the preferred scheme."""
        return self.results[MAIN]

    @property
    def mediated(self) -> bool:
        """Whether the pooled model is mediated by the rule of the study.

        Both pooled paths are significant at the levels of their dependent variables,
        and the interval of the indirect effect excludes zero.
        """
        return (
            self.main.term("a").p < self.completed.alpha_mediator
            and self.main.term("b").p < self.completed.alpha_outcome
            and self.main.excludes_zero
        )

    def excludes_zero(self, scheme: str) -> bool:
        """Whether a scheme's interval of the indirect effect excludes zero."""
        return self.results[scheme].excludes_zero


@dataclass(frozen=True, slots=True, kw_only=True)
class IndirectTest:
    """The test of one indirect effect, unadjusted and adjusted.

    Attributes
    ----------
    model : StudyModel
    p : float
        Two-sided, of the product of the pooled paths, in closed form.
    p_error : float
        SD of p over repeated imputation; NaN with two sets.
    p_holm, p_bh : float
        Adjusted for all tests by Holm's method, and by that of Benjamini and Hochberg.
    excludes_zero : bool
        Whether the unadjusted interval excludes zero.
    """

    model: StudyModel
    p: float
    p_error: float
    p_holm: float
    p_bh: float
    excludes_zero: bool

    def may_change(self, adjusted: float, level: float) -> bool:
        """Whether other imputed sets might move p across a level.

        It might where p lies within two Monte Carlo errors of the level. The error of
        an adjusted p is taken to be in proportion to that of p.
        """
        error = self.p_error * adjusted / self.p if self.p > 0.0 else 0.0
        return abs(adjusted - level) < 2.0 * error


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledStudy:
    """The eight models, pooled.

    Attributes
    ----------
    study : Study
    m : int
        Completed data sets that were pooled.
    n_samples : int
        Bootstrap samples imputed for ``boot_mi``.
    models : tuple of PooledModel
    change : tuple of PooledMeasure
        Change over the study, pooled by Rubin's rules.
    by_team : tuple of ModelDf
        The models with cluster-robust standard errors, by three rules for their degrees
        of freedom; empty where there are too few teams.
    """

    study: Study
    m: int
    n_samples: int
    models: tuple[PooledModel, ...]
    change: tuple[PooledMeasure, ...]
    by_team: tuple[ModelDf, ...]

    @property
    def schemes(self) -> tuple[str, ...]:
        """Schemes that were computed, in the order of `METHODS`."""
        return tuple(self.models[0].results)

    @property
    def advised_m(self) -> int:
        """Recommended sets: 100 times the largest FMI of a path or indirect effect."""
        return _advised([one.main for one in self.models])

    @property
    def tests(self) -> tuple[IndirectTest, ...]:
        """The tests of the eight indirect effects."""
        p = np.array([one.main.indirect_p for one in self.models])
        return tuple(
            IndirectTest(
                model=one.model,
                p=float(p[k]),
                p_error=one.main.term("indirect").p_error,
                p_holm=float(by_holm),
                p_bh=float(by_bh),
                excludes_zero=one.main.excludes_zero,
            )
            for k, (one, by_holm, by_bh) in enumerate(
                zip(self.models, holm(p), benjamini_hochberg(p), strict=True)
            )
        )


def pool_study(
    study: Study,
    schemes: Sequence[str] = METHODS,
    *,
    m: int | None = None,
    n_samples: int = LEAST_SAMPLES,
) -> PooledStudy:
    """Impute the cohort of a study, and pool its eight models.

    The sets are those of the run's seed. Clients of other sites are imputed too and
    left out afterwards.

    Parameters
    ----------
    study : Study
        Of either analysis; its published analysis is compared with the schemes.
    schemes : sequence of str
        From `smcm.analysis.pooled_result.METHODS`; ``"rubin_mc"`` must be among them.
    m : int, optional
        Completed data sets, at least two. By default as many as the run says, or else
        as 100 times the largest FMI found in these, up to `MOST_SETS`.
    n_samples : int
        Bootstrap samples, each imputed twice, of the scheme ``"boot_mi"``.

    Raises
    ------
    UnknownValueError, OutOfRangeError, DegenerateDataError
        As for `smcm.mediate_pooled`, or schemes without the main one.
    """
    if MAIN not in schemes:
        rule = f"schemes with {shown(MAIN)} among them"
        raise OutOfRangeError.for_number("schemes", tuple(schemes), rule)
    study = published_study(study)
    run = study.run
    specs = [result.model.spec(run.window_days) for result in study.models]
    m_first = max(run.n_imputations, LEAST_SETS) if m is None else m
    frames = _frames(study, m_first)
    if m is None:
        first = pool_on_own_cases(frames, specs, MAIN, _options(study, run.n_boot))
        advised = min(_advised(first), MOST_SETS)
        if advised > m_first:
            frames = _frames(study, advised, n_known=m_first)
    found = {}
    for scheme in schemes:
        again = scheme == "boot_mi"
        options = _options(study, n_samples if again else run.n_boot)
        found[scheme] = (
            _pool_samples(study, specs, options)
            if again
            else pool_on_own_cases(frames, specs, scheme, options)
        )
    return PooledStudy(
        study=study,
        m=len(frames),
        n_samples=n_samples,
        models=tuple(
            PooledModel(
                completed=result,
                results={scheme: pooled[k] for scheme, pooled in found.items()},
            )
            for k, result in enumerate(study.models)
        ),
        change=pool_change(frames, study.design),
        by_team=df_by_rule(study, frames),
    )


def _pool_samples(
    study: Study, specs: Sequence[MediationSpec], options: Resampling
) -> tuple[PooledResult, ...]:
    """Pool the models over imputed bootstrap samples of the cohort."""
    found = []
    for group in shared_cases(study.frame, specs):
        samples = ImputedResamples(
            cohort=study.cohort,
            window_days=study.run.window_days,
            clients=tuple(study.frame.loc[group.rows, "client_id"]),
        )
        own = [specs[k] for k in group.models]
        found.append((group, pool_all(samples, own, "boot_mi", options)))
    return in_order(found)


def _frames(study: Study, m: int, n_known: int = 0) -> tuple[pd.DataFrame, ...]:
    imputed = impute_cohort(
        study.cohort, n_imputations=m, seed=study.run.seed, n_known=n_known
    )
    clients = tuple(study.frame["client_id"])
    return imputed_frames(imputed, study.run.window_days, clients)


def _advised(results: Sequence[PooledResult]) -> int:
    return advised_sets([one.term(name).fmi for one in results for name in JUDGED])


def _options(study: Study, n_boot: int) -> Resampling:
    return Resampling(
        n_boot=n_boot,
        seed=study.run.seed,
        level=study.models[0].mediation.level,
    )
