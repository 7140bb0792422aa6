"""A measured covariate as a benchmark for a confounder that was not measured."""

from dataclasses import dataclass

import numpy as np

from smcm.stats.ols import Array, fit_linear, independent_columns
from smcm.stats.omitted import Coefficient, Strength
from smcm.stats.terms import LinearFit
from smcm.stats.usable import centred_columns

DETERMINED = 1e-9  # residual share of a column that counts as rounding


def coefficient_of(fit: LinearFit, at: int) -> Coefficient:
    """Give one coefficient of a fit with classical standard errors.

    Parameters
    ----------
    fit : LinearFit
    at : int
        Place of its column in the design.
    """
    return Coefficient(
        estimate=float(fit.slope[at]), se=float(fit.se[at]), df=float(fit.df)
    )


@dataclass(frozen=True, slots=True)
class BlockBenchmark:
    """Joint strength of the columns of one covariate.

    Attributes
    ----------
    measured : Strength or None
        Partial R squared of the block with both sides; None where the block and the
        other columns determine the column of the coefficient.
    before : Coefficient
        With the block in the equation.
    """

    measured: Strength | None
    before: Coefficient


def block_benchmark(
    focal: Array, outcome: Array, others: Array, block: Array
) -> BlockBenchmark:
    """Measure a covariate of one or several columns as a benchmark.

    Parameters
    ----------
    focal : ndarray, shape (n,)
        Column of the coefficient.
    outcome : ndarray, shape (n,)
    others : ndarray, shape (n, k)
        The other columns of the equation, without a constant.
    block : ndarray, shape (n, q)
        All columns of the covariate; those that others determine are left out.

    References
    ----------
    Cinelli and Hazlett (2020), section 4.4: a group of covariates is compared by the
    partial R squared of the whole group.
    """
    own = focal[:, None]
    treatment = [_fit(focal, others), _fit(focal, others, block)]
    response = [_fit(outcome, own, others), _fit(outcome, own, others, block)]
    d, y = (1.0 - after.sse / before.sse for before, after in (treatment, response))
    return BlockBenchmark(
        measured=Strength(max(d, 0.0), min(max(y, 0.0), 1.0))
        if d < 1.0 - DETERMINED
        else None,
        before=coefficient_of(response[1], 1),
    )


def _fit(outcome: Array, *blocks: Array) -> LinearFit:
    """Regress on a constant and the columns that earlier ones do not determine."""
    columns = np.column_stack([np.ones(len(outcome)), *map(centred_columns, blocks)])
    return fit_linear(columns[:, independent_columns(columns)], outcome)
