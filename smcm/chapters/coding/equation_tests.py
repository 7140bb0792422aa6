"""Whether the regressions may be read as they are: checks of each equation."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from smcm.analysis.cases import complete_cases
from smcm.analysis.study import Study
from smcm.design.model import MediationSpec, StudyModel
from smcm.stats.influence import variance_inflation
from smcm.stats.ols import fit_linear

Equation = Literal["a", "b"]


@dataclass(frozen=True, slots=True)
class EquationCheck:
    """Checks of the equation of the mediator (path a) or of the outcome (path b).

    Attributes
    ----------
    model : StudyModel
    path : {"a", "b"}
        The equation's path, its first column after the constant.
    breusch_pagan : float
        P value; small where the residual variance depends on the predictors.
    reset : float
        P value of Ramsey's test with squares of the fitted values; small where the
        form is not linear.
    largest_vif : float
        Largest variance inflation factor among the predictors, at least 1.
    p_robust : float
        Of the path in the frame of the study, with HC3 standard errors.
    """

    model: StudyModel
    path: Equation
    breusch_pagan: float
    reset: float
    largest_vif: float
    p_robust: float


def check_equations(study: Study) -> tuple[EquationCheck, ...]:
    """Check both equations of the eight models.

    Parameters
    ----------
    study : Study

    References
    ----------
    Breusch TS, Pagan AR (1979). Econometrica 47:1287-1294; Ramsey JB (1969). Journal
    of the Royal Statistical Society B 31:350-371; Long JS, Ervin LH (2000). The
    American Statistician 54:217-224. The tests are those of statsmodels.
    """
    return tuple(
        _check(study.frame, result.model, result.mediation.spec, path)
        for result in study.models
        for path in ("a", "b")
    )


def _check(
    frame: pd.DataFrame, model: StudyModel, spec: MediationSpec, path: Equation
) -> EquationCheck:
    from statsmodels.regression.linear_model import OLS  # noqa: PLC0415 (slow import)
    from statsmodels.stats.diagnostic import (  # noqa: PLC0415
        het_breuschpagan,
        linear_reset,
    )

    frame = complete_cases(frame, spec)
    outcome = frame[spec.m if path == "a" else spec.y].to_numpy(dtype=np.float64)
    focal = [spec.x] if path == "a" else [spec.m, spec.x]
    predictors = frame[[*focal, *spec.covariates]].to_numpy(dtype=np.float64)
    design = np.column_stack([np.ones(len(predictors)), predictors])
    fitted = OLS(outcome, design).fit()
    return EquationCheck(
        model=model,
        path=path,
        breusch_pagan=float(het_breuschpagan(fitted.resid, design)[1]),
        reset=float(linear_reset(fitted, power=2, use_f=True).pvalue),
        largest_vif=float(variance_inflation(predictors).max()),
        p_robust=float(fit_linear(design, outcome, "hc3").p[1]),
    )
