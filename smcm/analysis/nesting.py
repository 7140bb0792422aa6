"""How nested each dependent variable is, and the level that follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smcm.design.study import AlphaRule, StudyDesign
from smcm.stats.icc import IntraclassCorrelation, icc_anova


@dataclass(frozen=True, slots=True)
class Nesting:
    """Intraclass correlations of the ten dependent variables.

    Attributes
    ----------
    cluster : str
        Level at which they were computed.
    icc : mapping of str to IntraclassCorrelation
        By column.
    rule : AlphaRule
        What level follows from an ICC.
    """

    cluster: str
    icc: Mapping[str, IntraclassCorrelation]
    rule: AlphaRule

    def alpha(self, column: str) -> float:
        """Level of the equation whose dependent variable is `column`."""
        return self.rule.for_icc(self.icc[column].value)

    @property
    def strict(self) -> tuple[str, ...]:
        """Dependent variables with the stricter level."""
        return tuple(c for c in self.icc if self.alpha(c) == self.rule.strict)


def share_between(frame: pd.DataFrame, column: str, cluster: str = "team") -> float:
    """Share of a variable's variance that the means of its clusters have, 0 to 1.

    Meant for fidelity, which clusters have in common but for the days on which their
    clients were interviewed.
    """
    means = frame.groupby(cluster)[column].transform("mean")
    return float(means.var(ddof=0) / frame[column].var(ddof=0))


def dependent_variables(design: StudyDesign) -> tuple[str, ...]:
    """List the columns that equations explain: the mediator's, then the outcomes'."""
    alliance = map(design.mediator.score_column, design.mediator.months)
    return (*alliance, *(model.key for model in design.study_models))


def describe_nesting(
    frame: pd.DataFrame, design: StudyDesign, cluster: str = ""
) -> Nesting:
    """Compute ICC(1) of every dependent variable.

    Parameters
    ----------
    frame : DataFrame
        The analysis frame, without gaps in the scores.
    design : StudyDesign
    cluster : str
        One of `StudyDesign.cluster_keys`, by default that of the alpha rule. The
        article does not say which it took; case managers reproduce its pattern in the
        synthetic cohort.
    """
    cluster = cluster or design.alpha.cluster
    names = dependent_variables(design)
    codes = pd.factorize(frame[cluster], sort=True)[0].astype(np.intp)
    return Nesting(
        cluster=cluster,
        icc={name: icc_anova(frame[name].to_numpy(), codes) for name in names},
        rule=design.alpha,
    )
