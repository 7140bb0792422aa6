"""How alike the clients of a team are in one model, as its power needs it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smcm.analysis.cases import complete_cases
from smcm.analysis.study import Study
from smcm.analysis.verdicts import ModelResult
from smcm.errors import DegenerateDataError
from smcm.stats.icc import icc_anova
from smcm.stats.power_paths import design_effect
from smcm.stats.power_teams import Clustering


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLikeness:
    """Teams of the study, and how alike their clients are in one model.

    Attributes
    ----------
    count : int
    clustering : Clustering or None
        Mean size, intraclass correlations with negative ones as 0, and the covariates
        that have one value for a team; None where there are no two teams.
    """

    count: int
    clustering: Clustering | None

    @property
    def effect_a(self) -> float:
        """Factor on the variance of a; NaN where there are no two teams."""
        alike = self.clustering
        if alike is None:
            return float("nan")
        return design_effect(alike.size, alike.icc_x, alike.icc_m)

    @property
    def effect_b(self) -> float:
        """Factor on the variance of b; NaN where there are no two teams."""
        alike = self.clustering
        if alike is None:
            return float("nan")
        return design_effect(alike.size, alike.icc_m, alike.icc_y)

    @property
    def df(self) -> int:
        """Degrees of freedom of a test that counts these teams; 0 where too few."""
        alike = self.clustering
        return 0 if alike is None else max(self.count - alike.least + 1, 0)


def team_likeness(study: Study, result: ModelResult) -> TeamLikeness:
    """Describe the teams of a study in the variables of one model."""
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
        return TeamLikeness(count=count, clustering=None)
    icc_x, icc_m, icc_y = (max(one, 0.0) for one in found)
    return TeamLikeness(
        count=count,
        clustering=Clustering(
            size=len(frame) / count,
            icc_x=icc_x,
            icc_m=icc_m,
            icc_y=icc_y,
            covariates=_of_teams(frame, spec.covariates),
        ),
    )


def _of_teams(frame: pd.DataFrame, covariates: Sequence[str]) -> int:
    """Count the covariates that have one value for a whole team."""
    values = frame.groupby("team", observed=True)[list(covariates)].nunique()
    return int((values <= 1).all().sum())
