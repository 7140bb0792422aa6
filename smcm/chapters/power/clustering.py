"""Clustering by team in the variables of one model, for its power."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smcm.analysis.cases import complete_cases
from smcm.analysis.eight_models import ModelResult
from smcm.analysis.study import Study
from smcm.errors import DegenerateDataError
from smcm.stats.icc import icc_anova
from smcm.stats.power_paths import design_effect
from smcm.stats.power_teams import Clustering


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelTeams:
    """Teams of the study, and the clustering of one model's variables in them.

    Attributes
    ----------
    count : int
    clustering : Clustering or None
        Mean size, intraclass correlations with negative ones as 0, and the covariates
        that are constant within teams; None where there are no two teams.
    """

    count: int
    clustering: Clustering | None

    @property
    def effect_a(self) -> float:
        """Factor on the variance of a; NaN where there are no two teams."""
        clustering = self.clustering
        if clustering is None:
            return float("nan")
        return design_effect(clustering.size, clustering.icc_x, clustering.icc_m)

    @property
    def effect_b(self) -> float:
        """Factor on the variance of b; NaN where there are no two teams."""
        clustering = self.clustering
        if clustering is None:
            return float("nan")
        return design_effect(clustering.size, clustering.icc_m, clustering.icc_y)

    @property
    def df(self) -> int:
        """Degrees of freedom of a test that allows for clustering; 0 if too few."""
        clustering = self.clustering
        return 0 if clustering is None else max(self.count - clustering.least + 1, 0)


def model_teams(study: Study, result: ModelResult) -> ModelTeams:
    """Estimate the clustering by team of one model's variables."""
    spec = result.mediation.spec
    frame = complete_cases(study.frame, spec)
    codes = np.unique(frame["team"].to_numpy(), return_inverse=True)[1]
    count = int(codes.max()) + 1
    try:
        found = [
            icc_anova(frame[c].to_numpy(dtype=np.float64), codes).value
            for c in (spec.x, spec.m, spec.y)
        ]
    except DegenerateDataError:
        return ModelTeams(count=count, clustering=None)
    icc_x, icc_m, icc_y = (max(one, 0.0) for one in found)
    return ModelTeams(
        count=count,
        clustering=Clustering(
            size=len(frame) / count,
            icc_x=icc_x,
            icc_m=icc_m,
            icc_y=icc_y,
            covariates=_constant_in_teams(frame, spec.covariates),
        ),
    )


def _constant_in_teams(frame: pd.DataFrame, covariates: Sequence[str]) -> int:
    """Count the covariates that are constant within teams."""
    values = frame.groupby("team", observed=True)[list(covariates)].nunique()
    return int((values <= 1).all().sum())
