"""Everything that the study's data say of its teams, in one call."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd

from smcm.analysis.study import Study, published_study
from smcm.analysis.teams import enough_teams, parts_by_clients, team_codes
from smcm.chapters.nesting.clustered import (
    ModelTests,
    design_of,
    intercepts_or_none,
    models_with_teams,
)
from smcm.chapters.nesting.settings import SIMULATED_ICCS, SIMULATED_SAMPLES
from smcm.chapters.nesting.team_split import TeamSplit, split_models
from smcm.design.study import StudyDesign
from smcm.errors import DegenerateDataError
from smcm.stats.cluster_robust import cluster_design
from smcm.stats.false_alarms import Rejections, Trial, false_alarms
from smcm.stats.icc import IntraclassCorrelation, icc_anova
from smcm.stats.mediation import FOCAL
from smcm.stats.random_intercept import InterceptFit


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike the cases of one cluster are in one variable.

    Attributes
    ----------
    anova : IntraclassCorrelation or None
        None where clusters are under two.
    reml : InterceptFit or None
        None where they are under three.
    """

    anova: IntraclassCorrelation | None
    reml: InterceptFit | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarms:
    """False alarms of the a path of one horizon.

    Attributes
    ----------
    level : str
        Whose clients are alike: ``"case_manager"`` or ``"team"``.
    horizon : float
        Month of the outcome.
    observed : float
        Intraclass correlation of the study's own alliance at this level; NaN where
        there is none.
    df : float
        Degrees of freedom that the teams leave the path.
    rejections : tuple of Rejections
    """

    level: str
    horizon: float
    observed: float
    df: float
    rejections: tuple[Rejections, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Nested:
    """A study and its teams.

    Attributes
    ----------
    study : Study
    n_teams : int
    models : tuple of ModelTests
        Empty where teams are under three, as are the next two.
    splits : tuple of TeamSplit
    alarms : tuple of Alarms
    likeness : mapping of (str, str) to Likeness
        By level and dependent variable.
    """

    study: Study
    n_teams: int
    models: tuple[ModelTests, ...]
    splits: tuple[TeamSplit, ...]
    alarms: tuple[Alarms, ...]
    likeness: Mapping[tuple[str, str], Likeness]


def describe_nested(study: Study, n_samples: int = SIMULATED_SAMPLES) -> Nested:
    """Compute all of it.

    Parameters
    ----------
    study : Study
        Its published analysis is described, whichever analysis it holds.
    n_samples : int
        Samples of the simulation.
    """
    study = published_study(study)
    return Nested(
        study=study,
        n_teams=int(team_codes(study).max()) + 1,
        models=models_with_teams(study),
        splits=split_models(study),
        alarms=simulate_alarms(study, n_samples),
        likeness={
            (level, variable): _likeness(study.frame, level, variable)
            for level in study.design.cluster_keys
            for variable in study.nesting.icc
        },
    )


def alike_by(design: StudyDesign) -> tuple[str, ...]:
    """List the levels whose clients are alike in the simulation, innermost first.

    They end with that of the exposure, here the team.
    """
    keys = design.cluster_keys
    return keys[: keys.index(design.exposure.level) + 1]


def simulate_alarms(study: Study, n_samples: int) -> tuple[Alarms, ...]:
    """Draw alliances that fidelity does nothing to, with the design as analysed.

    The clients of a case manager are alike, and then those of a team. The design of a
    horizon is that of its first model; the others differ from it in the outcome's
    score at entry alone.
    """
    if not enough_teams(study):
        return ()
    design, alpha = study.design, study.design.alpha
    trial = Trial(
        iccs=SIMULATED_ICCS,
        levels=(alpha.level, alpha.strict),
        n_samples=n_samples,
        seed=study.run.seed,
    )
    found = []
    for level, horizon in product(alike_by(design), design.outcome_horizons):
        part, first = next(
            (part, result)
            for part in parts_by_clients(study)
            for result in part.models
            if result.model.horizon == horizon
        )
        spec, team = first.mediation.spec, team_codes(part)
        columns = design_of(part, (spec.x, *spec.covariates))
        q, r = np.linalg.qr(columns)
        df = cluster_design(q, np.linalg.inv(r), team).df("cr2")[FOCAL]
        alike = np.unique(part.frame[level].astype(str), return_inverse=True)[1]
        anova = _likeness(part.frame, level, spec.m).anova
        found.append(
            Alarms(
                level=level,
                horizon=horizon,
                observed=float("nan") if anova is None else anova.value,
                df=float(df),
                rejections=false_alarms(columns, FOCAL, team, trial, alike),
            )
        )
    return tuple(found)


def observed_range(nested: Nested, level: str) -> tuple[float, float] | None:
    """Smallest and largest ICC of the dependent variables at one level, if any."""
    values = [
        likeness.anova.value
        for (by, _), likeness in nested.likeness.items()
        if by == level and likeness.anova is not None
    ]
    return (min(values), max(values)) if values else None


def _likeness(frame: pd.DataFrame, level: str, variable: str) -> Likeness:
    codes = np.unique(frame[level].astype(str), return_inverse=True)[1]
    values = frame[variable].to_numpy(np.float64)
    try:
        anova = icc_anova(values, codes)
    except DegenerateDataError:
        anova = None
    one = np.ones((len(values), 1))
    return Likeness(anova, intercepts_or_none(one, values, codes))
