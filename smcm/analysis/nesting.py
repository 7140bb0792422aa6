"""How nested each dependent variable is, and the level that follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smcm.design.instruments import RPRS
from smcm.design.models import EIGHT_MODELS
from smcm.design.nesting import STRICT_ALPHA, alpha_for
from smcm.design.schedule import ALLIANCE_MONTHS
from smcm.stats.icc import IntraclassCorrelation, icc_anova

CLUSTER = "case_manager"
DEPENDENT_VARIABLES = (
    *(RPRS.score_column(month) for month in ALLIANCE_MONTHS),
    *(model.key for model in EIGHT_MODELS),
)


@dataclass(frozen=True, slots=True)
class Nesting:
    """Intraclass correlations of the ten dependent variables.

    Attributes
    ----------
    cluster : str
        Level at which they were computed.
    icc : mapping of str to IntraclassCorrelation
        By column.
    """

    cluster: str
    icc: Mapping[str, IntraclassCorrelation]

    def alpha(self, column: str) -> float:
        """Level of the equation whose dependent variable is `column`."""
        return alpha_for(self.icc[column].value)

    @property
    def strict(self) -> tuple[str, ...]:
        """Dependent variables with the stricter level."""
        return tuple(c for c in self.icc if self.alpha(c) == STRICT_ALPHA)


def share_between(frame: pd.DataFrame, column: str, cluster: str = "team") -> float:
    """Share of a variable's variance that the means of its clusters have, 0 to 1.

    Meant for fidelity, which clusters have in common but for the days on which their
    clients were interviewed.
    """
    means = frame.groupby(cluster)[column].transform("mean")
    return float(means.var(ddof=0) / frame[column].var(ddof=0))


def describe_nesting(frame: pd.DataFrame, cluster: str = CLUSTER) -> Nesting:
    """Compute ICC(1) of every dependent variable.

    Parameters
    ----------
    frame : DataFrame
        The analysis frame, without gaps in the scores.
    cluster : str
        ``"case_manager"``, ``"team"`` or ``"site"``. The article does not say which
        it took; case managers reproduce its pattern in the synthetic cohort.
    """
    codes = pd.factorize(frame[cluster], sort=True)[0].astype(np.intp)
    return Nesting(
        cluster=cluster,
        icc={c: icc_anova(frame[c].to_numpy(), codes) for c in DEPENDENT_VARIABLES},
    )
