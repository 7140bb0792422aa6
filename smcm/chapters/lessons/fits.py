"""One sample, fitted: what lessons show of it and what their texts can speak of."""

from dataclasses import dataclass
from math import hypot
from typing import Any

import numpy as np
import pandas as pd
from scipy import special

from smcm.analysis.mediate import mediate
from smcm.analysis.mediation_result import MediationResult
from smcm.stats.ols import fit_linear
from smcm.stats.terms import LinearFit
from smcm.teach.worlds import Array, M, X, Y

CRITICAL = float(special.ndtri(0.975))  # of a normal variable, both tails together 5%


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimates:
    """A simple mediation model.

    Attributes
    ----------
    n : int
        Clients.
    a, b, direct, total, indirect : float
        Points per point.
    se_a, se_b : float
    z_a, z_b, z_sobel : float
        Estimates over their standard errors; the last is Sobel's test of ab.
    p_a, p_b, p_direct, p_total : float
    low, high : float
        95% percentile limits of ab.
    """

    n: int
    a: float
    b: float
    direct: float
    total: float
    indirect: float
    se_a: float
    se_b: float
    z_a: float
    z_b: float
    z_sobel: float
    p_a: float
    p_b: float
    p_direct: float
    p_total: float
    low: float
    high: float


def fitted(frame: pd.DataFrame) -> MediationResult:
    """Fit the model of the lessons, without covariates."""
    return mediate(frame, x=X, m=M, y=Y)


def estimates(fit: MediationResult) -> Estimates:
    """Gather what texts can speak of."""
    rows: Any = fit.tidy().set_index("term").to_dict("index")
    se_a, se_b = rows["a"]["se"], rows["b"]["se"]
    paths = ("a", "b", "direct", "total")
    return Estimates(
        n=fit.n,
        **{term: rows[term]["estimate"] for term in (*paths, "indirect")},
        **{f"p_{term}": rows[term]["p"] for term in paths},
        se_a=se_a,
        se_b=se_b,
        z_a=fit.a / se_a,
        z_b=fit.b / se_b,
        z_sobel=fit.indirect / sobel_error(fit.a, se_a, fit.b, se_b),
        low=rows["indirect"]["ci_low"],
        high=rows["indirect"]["ci_high"],
    )


def sobel_error(a: float, se_a: float, b: float, se_b: float) -> float:
    """Approximate the standard error of a product to first order, as Sobel does.

    References
    ----------
    Sobel ME (1982). Asymptotic confidence intervals for indirect effects in structural
    equation models. Sociological Methodology 13:290-312.
    """
    return hypot(a * se_b, b * se_a)


def slope_fit(outcome: Array, *predictors: Array) -> LinearFit:
    """Regress on a constant and predictors."""
    return fit_linear(np.column_stack([np.ones(len(outcome)), *predictors]), outcome)


def slope(outcome: Array, *predictors: Array) -> float:
    """Give the slope of the first predictor."""
    return float(slope_fit(outcome, *predictors).slope[1])
