"""The whole study in one call, by the published or the defensible analysis."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd

from smcm.analysis import published
from smcm.analysis.change import FIDELITY, Change
from smcm.analysis.characteristics import (
    Characteristics,
    describe_clients,
    fewest_of_part,
)
from smcm.analysis.eight_models import ModelResult
from smcm.analysis.feasibility import selected_clients
from smcm.analysis.missing import Missing, describe_missing
from smcm.analysis.nesting import Nesting
from smcm.analysis.published import Analysis
from smcm.cohort.exposure import Exposure, fidelity_exposure
from smcm.cohort.scoring import scale_scores
from smcm.cohort.tables import Cohort
from smcm.design.study import StudyDesign, label
from smcm.parameters import DEFENSIBLE, RunParameters
from smcm.stats.power_coefficient import coefficient_power
from smcm.stats.small_counts import Count, shown

if TYPE_CHECKING:
    from smcm.analysis.defensible import PooledHierarchical
    from smcm.analysis.reciprocity import HierarchicalModel

# The article prints the power of its regressions and not the effect size behind it.
# This f-squared, between Cohen's small (.02) and medium (.15), is the documented
# assumption under which the printed power comes out.
ASSUMED_EFFECT = 0.06


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
        Which completed data set the frame holds: ``"frozen"``, or ``"live"`` for the
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
    reciprocity: "tuple[HierarchicalModel, ...] | tuple[PooledHierarchical, ...]"
    missing: Missing
    power: float

    @property
    def design(self) -> StudyDesign:
        """What the study declares."""
        return self.cohort.design

    @property
    def n(self) -> int:
        """Clients of the run; the models of a horizon rest on those with exposure."""
        return len(self.frame)

    def n_at(self, horizon: float) -> int:
        """Clients in the models of one horizon."""
        return next(r.mediation.n for r in self.models if r.model.horizon == horizon)

    @property
    def n_in_both(self) -> Count:
        """Clients with an exposure at both horizons; None where it is withheld."""
        names = [f"{FIDELITY}_{label(month)}" for month in self.design.mediator.months]
        first, second = (self.frame[name].notna() for name in names)
        cells = (first & second, first & ~second, ~first & second, ~first & ~second)
        if not (cells[1].any() or cells[2].any()):
            return int(cells[0].sum())  # the N of the models says as much
        fewest = fewest_of_part(self.cohort, self.n)
        return shown([int(cell.sum()) for cell in cells], fewest)[0]

    @property
    def analysis(self) -> Analysis:
        """The analysis that the run asks for."""
        return analysis_of(self.run.reading)

    @property
    def defensible(self) -> bool:
        """Whether the run has the defensible analysis."""
        return self.run.reading == DEFENSIBLE

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
    found = analysis_of(run.reading).fit(cohort, run, clients)
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
        missing=describe_missing(observed, fewest_of_part(cohort, len(clients))),
        power=_power(found.windows),
    )


def analysis_of(reading: str) -> Analysis:
    """Give the published analysis, or load the defensible one.

    Runs that do not ask for it do without its modules; the digest of a unit that does
    has them (`smcm.rerun.units`).
    """
    if reading == DEFENSIBLE:
        from smcm.analysis import defensible  # noqa: PLC0415

        return defensible.ANALYSIS
    return published.ANALYSIS


def published_study(study: Study) -> Study:
    """Give the published analysis of the same run; the study itself if it is that."""
    if not study.defensible:
        return study
    return run_study(study.cohort, study.run.as_published)


@lru_cache(maxsize=4)
def _observed(cohort: Cohort) -> pd.DataFrame:
    """Scores of all clients as answered."""
    return scale_scores(cohort.items, list(cohort.clients["client_id"]), cohort.design)


def _power(windows: Mapping[int, tuple[ModelResult, ...]]) -> float:
    """Power of a coefficient in the model with the fewest clients."""
    fewest = min(one.mediation.n for found in windows.values() for one in found)
    return coefficient_power(ASSUMED_EFFECT, fewest, _predictors(windows))


def _predictors(windows: Mapping[int, tuple[ModelResult, ...]]) -> int:
    first = next(iter(windows.values()))[0]
    return 1 + len(first.mediation.spec.covariates)
