"""Cohorts like the complete one, drawn anew, and gaps like those of the shipped data.

Covariates, fidelity and teams stay as they are. Answers are drawn from a normal
distribution that was fitted to the completed answers, and rounded to their scale.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from smcm.cohort.imputation_model import COVARIATES, ImputationModel, imputation_model
from smcm.cohort.tables import Cohort
from smcm.stats.chained import with_means

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
MCAR, MAR = "MCAR", "MAR"
FOLLOWS = 1.0  # what predicts the gaps counts as much as chance, both with an SD of 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Where cohorts are drawn from.

    Attributes
    ----------
    model : ImputationModel
        Of the completed cohort.
    drawn : ndarray of int, shape (k,)
        Columns that are drawn: items, and scores without items.
    mean : ndarray, shape (n, k)
        Expected answers of each client.
    root : ndarray, shape (k, k)
        Cholesky factor of their covariance, transposed.
    lowest, highest, step : ndarray, shape (k,)
        Ends of each scale, and its steps; 0 where it is continuous.
    gaps : ndarray of bool, shape (n, p)
        Cells that the shipped cohort lacks.
    worse : ndarray, shape (n,)
        How little fidelity and how low scores at the start a client had, SD 1.
    """

    model: ImputationModel
    drawn: NDArray[np.intp]
    mean: Array
    root: Array
    lowest: Array
    highest: Array
    step: Array
    gaps: Mask
    worse: Array

    def draw(self, rng: np.random.Generator) -> Array:
        """Draw the values of one complete cohort, shape (n, p)."""
        answers = self.mean + rng.standard_normal(self.mean.shape) @ self.root
        step = np.where(self.step > 0.0, self.step, 1.0)
        whole = np.where(self.step > 0.0, step * np.round(answers / step), answers)
        values = self.model.values.copy()
        values[:, self.drawn] = np.clip(whole, self.lowest, self.highest)
        return with_means(values, self.model.means)

    def cut(self, values: Array, gaps: str, rng: np.random.Generator) -> Array:
        """Cut the shipped gaps from other clients.

        Parameters
        ----------
        values : ndarray, shape (n, p)
        gaps : {"MCAR", "MAR"}
            Whether they fall on anybody, or rather on clients who started worse.
        """
        n = len(values)
        if gaps == MCAR:
            order = rng.permutation(n)
        else:
            risk = FOLLOWS * self.worse + rng.standard_normal(n)
            rows = np.lexsort((rng.random(n), self.gaps.sum(axis=1)))
            order = np.empty(n, dtype=np.intp)
            order[np.argsort(risk)] = rows
        return np.where(self.gaps[order], np.nan, values)


def population(cohort: Cohort) -> Population:
    """Fit the distribution of the answers of a cohort that has a completed data set."""
    assert cohort.completed is not None
    model = imputation_model(replace(cohort, items=cohort.completed))
    blocks = model.blocks
    drawn = np.array([c for block in blocks for c in block.items or (block.score,)])
    fixed = np.arange(min(drawn))
    mean = _expected(model, drawn, fixed)
    left = model.values[:, drawn] - mean
    df = len(left) - len(fixed)
    ends = np.array(
        [
            (b.instrument.low, b.instrument.high, 1)
            if b.items
            else (b.instrument.minimum, b.instrument.maximum, 0)
            for b in blocks
            for _ in b.items or (b.score,)
        ],
        dtype=np.float64,
    )
    return Population(
        model=model,
        drawn=drawn,
        mean=mean,
        root=np.linalg.cholesky(left.T @ left / df).T,
        lowest=ends[:, 0],
        highest=ends[:, 1],
        step=ends[:, 2],
        gaps=np.isnan(imputation_model(cohort).values),
        worse=_worse(model),
    )


def _expected(
    model: ImputationModel, drawn: NDArray[np.intp], fixed: NDArray[np.intp]
) -> Array:
    """Regress answers on what stays; shrink the teams to the variance they have.

    Estimated effects of teams vary more than the effects by their sampling errors. For
    each questionnaire they are multiplied by what takes this out of its mean.
    """
    rest = np.setdiff1d(fixed, model.teams)
    design = np.column_stack([np.ones(len(model.values)), model.values[:, rest]])
    teams = model.values[:, list(model.teams)]
    answers = model.values[:, drawn]
    base = design @ np.linalg.lstsq(design, answers, rcond=None)[0]
    full = np.column_stack([design, teams])
    fitted = full @ np.linalg.lstsq(full, answers, rcond=None)[0]
    extra = fitted - base
    df = len(model.teams) - 1
    for block in model.blocks:
        own = np.isin(drawn, block.items or (block.score,))
        between = (extra[:, own].mean(axis=1) ** 2).sum()
        noise = ((answers - fitted)[:, own].mean(axis=1) ** 2).sum()
        noise *= df / (len(full) - np.linalg.matrix_rank(full))
        extra[:, own] *= np.sqrt(max(0.0, 1.0 - noise / between))
    return base + extra


def _worse(model: ImputationModel) -> Array:
    first = [block.score for block in model.blocks if block.month == 0.0]
    columns = [*range(len(COVARIATES), min(model.teams)), *first]
    values = model.values[:, columns]
    standard = (values - values.mean(axis=0)) / values.std(axis=0)
    worse: Array = -standard.mean(axis=1)
    return worse / worse.std()
