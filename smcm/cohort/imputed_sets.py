"""The completed data sets of a cohort, with what is needed to judge them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smcm.cohort.imputation_model import COVARIATES, Block, ImputationModel
from smcm.cohort.scoring import score
from smcm.cohort.tables import Cohort
from smcm.stats.chained import ChainedSets
from smcm.stats.small_counts import shown_shares

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Mean and SD of the imputed values of every column, sweep by sweep.

    Attributes
    ----------
    names : tuple of str
        Columns that had gaps; a scale's mean is given in points of its score.
    mean, sd : ndarray, shape (iterations, m, number of names)
        In units of the column; the SD divides by the number of cells.
    """

    names: tuple[str, ...]
    mean: Array
    sd: Array

    def of(self, name: str) -> tuple[Array, Array]:
        """Mean and SD of one column, each of shape (iterations, m)."""
        place = self.names.index(name)
        return self.mean[:, :, place], self.sd[:, :, place]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imputations:
    """The m completed data sets of one cohort.

    Attributes
    ----------
    cohort : Cohort
        As it was observed.
    model : ImputationModel
        The matrix that was imputed, and its predictors.
    values : ndarray, shape (m, n, p)
        The completed matrices; columns ``model.names``.
    scores : ndarray, shape (m, n, 14)
        Scale scores of the completed answers; columns
        ``model.scores``, rows ``model.clients``.
    observed : ndarray, shape (n, 14)
        Scores of what was answered, NaN where the scoring rule gives none.
    trace : Trace
    seed, iterations : int
    digest : str
        SHA-256 over data, settings and imputing code, in hexadecimal.
    """

    cohort: Cohort
    model: ImputationModel
    values: Array
    scores: Array
    observed: Array
    trace: Trace
    seed: int
    iterations: int
    digest: str

    @property
    def n_imputations(self) -> int:
        """Number of completed data sets, m."""
        return len(self.values)

    def frame(self, k: int) -> pd.DataFrame:
        """Scores of set `k`, as `smcm.cohort.scoring.scale_scores` lays them out."""
        clients = pd.Index(self.model.clients, name="client_id")
        names = list(self.model.scores)
        return pd.DataFrame(self.scores[k], index=clients, columns=names)

    def covariates(self, k: int) -> pd.DataFrame:
        """Covariates of set `k`: index client_id, a column each."""
        clients = pd.Index(self.model.clients, name="client_id")
        columns = [self.model.names.index(name) for name in COVARIATES]
        return pd.DataFrame(
            self.values[k][:, columns], index=clients, columns=list(COVARIATES)
        )

    def items(self, k: int) -> Mapping[str, pd.DataFrame]:
        """Answers of set `k`, in the shape of ``Cohort.items``.

        A row per client and month of the instrument. The index is imputed as its
        score, so its answers stand here as they were observed.
        """
        tables = dict(self.cohort.items)
        for scale in self.cohort.design.instruments:
            blocks = [b for b in self.model.blocks if b.instrument == scale and b.items]
            if blocks:
                tables[scale.key] = pd.concat(
                    [self._table(k, block) for block in blocks]
                ).sort_values(["client_id", "month"], ignore_index=True)
        return MappingProxyType(tables)

    def _table(self, k: int, block: Block) -> pd.DataFrame:
        answers = pd.DataFrame(
            self.values[k][:, block.items], columns=list(block.instrument.columns)
        )
        answers.insert(0, "client_id", list(self.model.clients))
        answers.insert(1, "month", block.month)
        return answers

    def observed_values(self, name: str) -> Array:
        """Scores that were observed, shape (number observed,)."""
        column = self.observed[:, self.model.scores.index(name)]
        return column[np.isfinite(column)]

    def imputed_values(self, name: str) -> Array:
        """Scores of the clients without an observed one, shape (m, number missing)."""
        place = self.model.scores.index(name)
        return self.scores[:, np.isnan(self.observed[:, place]), place]

    def withheld_scores(self) -> frozenset[str]:
        """Give the scores of which it is not shown how many clients lack them.

        Of these no imputed value is shown: the mean of a few says how few they are, and
        so does a blank panel for the few alone.
        """
        names = self.model.scores
        gaps = [self.imputed_values(name).shape[1] for name in names]
        counts = shown_shares(gaps, self.cohort.n, self.cohort.fewest_shown)
        pairs = zip(names, counts, strict=True)
        return frozenset(name for name, count in pairs if count is None)


def block_scores(model: ImputationModel, values: Array) -> Array:
    """Score every questionnaire of one or more matrices.

    Parameters
    ----------
    model : ImputationModel
    values : ndarray, shape (..., n, p)

    Returns
    -------
    ndarray, shape (..., n, 14)
    """
    found = {}
    for block in model.blocks:
        name = block.instrument.score_column(block.month)
        answers = values[..., list(block.items)]
        found[name] = (
            score(block.instrument, answers)
            if block.items
            else values[..., block.score]
        )
    return np.stack([found[name] for name in model.scores], axis=-1)


def score_trace(model: ImputationModel, sets: ChainedSets) -> Trace:
    """Name the traced columns and give the scales' means in points of the score."""
    slope, start = np.ones(len(model.names)), np.zeros(len(model.names))
    for block in model.blocks:
        if block.items:
            scale = block.instrument
            points = (scale.maximum - scale.minimum) / (scale.high - scale.low)
            slope[block.score] = points
            start[block.score] = scale.minimum - points * scale.low
    columns = sets.columns
    return Trace(
        names=tuple(model.names[column] for column in columns),
        mean=start[columns] + slope[columns] * sets.trace_mean,
        sd=slope[columns] * sets.trace_sd,
    )
