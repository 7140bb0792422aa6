"""Collinearity, residuals and influence of the equations of the eight models."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from smcm.analysis.cases import complete_cases
from smcm.analysis.eight_models import ModelResult
from smcm.analysis.study import Study
from smcm.chapters.coding.equation_tests import EquationCheck, check_equations
from smcm.chapters.coding.settings import SMOOTHED_SHARE
from smcm.design.models import StudyModel
from smcm.errors import UnknownValueError
from smcm.stats.influence import (
    Influence,
    condition_number,
    influence,
    variance_inflation,
)
from smcm.stats.mediation import FOCAL
from smcm.stats.ols import Array

MOST_GROUPS = 20  # of clients, in a panel


@dataclass(frozen=True, slots=True, kw_only=True)
class EquationDetail:
    """One equation of one model.

    Attributes
    ----------
    model : StudyModel
    path : {"a", "b"}
        The path that the equation estimates; its predictor is the focal one.
    alpha : float
        Level of the dependent variable.
    p : float
        Of the path.
    condition : float
        Condition number of the design, columns scaled to unit length.
    vif : ndarray, shape (k - 1,)
        Variance inflation factors of the predictors, the focal one first.
    influence : Influence
    """

    model: StudyModel
    path: Literal["a", "b"]
    alpha: float
    p: float
    condition: float
    vif: Array
    influence: Influence

    @property
    def largest_vif(self) -> float:
        """Largest variance inflation factor."""
        return float(self.vif.max())

    @property
    def decisive(self) -> int:
        """Number of cases whose exclusion changes whether the path is significant."""
        found = self.influence.p_without < self.alpha
        return int((found != (self.p < self.alpha)).sum())


@dataclass(frozen=True, slots=True)
class CheckedEquation:
    """All checks of one equation.

    Attributes
    ----------
    detail : EquationDetail
    tests : EquationCheck
    level : float
        Usual level, at which the tests of the equation's form are judged.
    real : bool
        Whether the clients are people, of whom no extreme one is shown.
    """

    detail: EquationDetail
    tests: EquationCheck
    level: float
    real: bool = False


def check_details(study: Study) -> tuple[CheckedEquation, ...]:
    """Check both equations of the eight models, in the order of `check_equations`."""
    by_key = {result.model.key: result for result in study.models}
    return tuple(
        CheckedEquation(
            equation_of(by_key[tests.model.key], study.frame, tests.path),
            tests,
            study.design.alpha.level,
            study.cohort.real,
        )
        for tests in check_equations(study)
    )


def equation_of(
    result: ModelResult, frame: pd.DataFrame, path: Literal["a", "b"]
) -> EquationDetail:
    """Compute the details of one equation of one model, case by case."""
    spec = result.mediation.spec
    frame = complete_cases(frame, spec)
    focal = (spec.x,) if path == "a" else (spec.m, spec.x)
    predictors = frame[[*focal, *spec.covariates]].to_numpy(dtype=np.float64)
    outcome = frame[spec.m if path == "a" else spec.y].to_numpy(dtype=np.float64)
    design = np.column_stack([np.ones(len(frame)), predictors])
    return EquationDetail(
        model=result.model,
        path=path,
        alpha=result.alpha_mediator if path == "a" else result.alpha_outcome,
        p=result.mediation.p(path),
        condition=condition_number(design),
        vif=variance_inflation(predictors),
        influence=influence(design, outcome, FOCAL),
    )


def dependent_variables(study: Study) -> tuple[str, ...]:
    """List what the equations explain: each horizon's alliance, then its outcomes."""
    pairs = ((one.mediation.spec.m, one.model.key) for one in study.models)
    return tuple(dict.fromkeys(key for pair in pairs for key in pair))


def equation_for(study: Study, key: str) -> EquationDetail:
    """Compute the details of the equation of one dependent variable.

    Parameters
    ----------
    study : Study
    key : str
        One of `dependent_variables`, for example ``"pgi_18"``. The alliance
        of a horizon has four equations, which differ only in the outcome at entry;
        this is that of the first model.

    Raises
    ------
    UnknownValueError
    """
    known = dependent_variables(study)
    if key not in known:
        raise UnknownValueError.for_choice("key", key, known)
    for result in study.models:
        if key == result.model.key:
            return equation_of(result, study.frame, "b")
        if key == result.mediation.spec.m:
            return equation_of(result, study.frame, "a")
    raise AssertionError  # every key is a dependent variable of the eight models


def smooth(x: Array, y: Array) -> tuple[Array, Array]:
    """Smooth points by locally weighted regression.

    Returns
    -------
    ndarray, ndarray, each of shape (n,)
        Sorted x, and the line there.

    References
    ----------
    Cleveland WS (1979). Journal of the American Statistical Association 74:829-836;
    as in statsmodels.
    """
    from statsmodels.nonparametric.smoothers_lowess import (  # noqa: PLC0415
        lowess,
    )

    line = lowess(y, x, frac=SMOOTHED_SHARE, delta=0.01 * float(np.ptp(x)))
    return line[:, 0], line[:, 1]


def grouped(x: Array, y: Array, fewest: int) -> tuple[Array, Array]:
    """Give the means of groups of clients that are neighbours in x.

    Parameters
    ----------
    x, y : ndarray, shape (n,)
    fewest : int
        Clients of a group at least, above 0.

    Returns
    -------
    ndarray, ndarray, each of shape (k,)
        A group has `fewest` or more clients, but for one group of all where
        there are fewer; sizes differ by one at most.
    """
    order = np.argsort(x, kind="stable")
    k = max(1, min(MOST_GROUPS, x.size // fewest))
    parts = np.array_split(order, k)
    return (
        np.array([x[part].mean() for part in parts]),
        np.array([y[part].mean() for part in parts]),
    )
