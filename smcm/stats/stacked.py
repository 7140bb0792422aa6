"""The bootstrap of many models over several completed data sets at once.

Each set gives an equal share of the resamples, so that the draws of all sets together
are the mixture that bootstrapping every set and stacking would give, at the price of
one set. With one set this is the ordinary bootstrap.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from smcm.errors import DegenerateDataError
from smcm.stats.crossproducts import (
    CrossProducts,
    ModelColumns,
    cross_products,
    grams,
)
from smcm.stats.draw_limits import at_ranks, percentile_ranks
from smcm.stats.elimination import Flags
from smcm.stats.ols import Array
from smcm.stats.replicates import evaluate
from smcm.stats.resample import ResamplingPlan

CHUNK = 1250  # samples in one matrix product
MOST_UNDEFINED = 0.01  # of the resamples


@dataclass(frozen=True, slots=True)
class KeptCounts:
    """The counts of a resampling plan, drawn once for many uses.

    Attributes
    ----------
    counts : ndarray, shape (n_samples, n_cases)
    """

    counts: Array

    @classmethod
    def of(cls, plan: ResamplingPlan) -> "KeptCounts":
        """Draw all samples of a plan."""
        return cls(np.concatenate([counts for _, counts in plan.chunks()]))

    def shares(self, m: int) -> Iterator[list[Array]]:
        """Yield for each of m sets its equal share of the samples, in chunks.

        The sample of every case once, which gives the set's estimate, comes first.
        """
        itself = np.ones((1, self.counts.shape[1]))
        for share in np.array_split(self.counts, m):
            samples = np.concatenate([itself, share])
            yield np.array_split(samples, -(-len(samples) // CHUNK))


@dataclass(frozen=True, slots=True)
class ManyEffects:
    """Indirect effects of many models.

    Attributes
    ----------
    indirect : ndarray, shape (n_models,)
        The estimate; the mean of the sets' estimates where there are several.
    low, high : ndarray, shape (n_models,)
        Percentile limits of all draws together.
    undefined : int
        Resamples in which some model had no paths; they are left out.
    """

    indirect: Array
    low: Array
    high: Array
    undefined: int


def bootstrap_stacked(
    sets: Array, models: Sequence[ModelColumns], kept: KeptCounts, level: float = 0.95
) -> ManyEffects:
    """Bootstrap the indirect effects of many models over completed data sets.

    Parameters
    ----------
    sets : ndarray, shape (m, n, p)
    models : sequence of ModelColumns
    kept : KeptCounts
        Of n cases.
    level : float

    Raises
    ------
    DegenerateDataError
        A variable without variation; or a model without paths in over one resample
        of a hundred.
    """
    draws, estimates, flawed = [], [], []
    for values, shares in zip(sets, kept.shares(len(sets)), strict=True):
        prepared = cross_products(values, models)
        found = [_products(prepared, models, counts) for counts in shares]
        products = np.concatenate([part for part, _ in found], axis=1)
        estimates.append(products[:, 0])
        draws.append(products[:, 1:])
        flawed.append(np.concatenate([bad for _, bad in found])[1:])
    usable = ~np.concatenate(flawed)
    undefined = int((~usable).sum())
    if undefined > MOST_UNDEFINED * usable.size:
        raise DegenerateDataError(
            f"{undefined} of {usable.size} resamples leave x, m or y of some model "
            "without variation; the cases are too few for these models."
        )
    drawn = np.concatenate(draws, axis=1)[:, usable]
    low, high = at_ranks(drawn, percentile_ranks(drawn.shape[1], level))
    return ManyEffects(
        indirect=np.mean(estimates, axis=0),
        low=low,
        high=high,
        undefined=undefined,
    )


def _products(
    prepared: CrossProducts, models: Sequence[ModelColumns], counts: Array
) -> tuple[Array, Flags]:
    """Products ab, shape (n_models, n_samples), and which samples have none."""
    found = evaluate(prepared, models, grams(prepared, counts), counts, overwrite=True)
    indirect = np.array([rows[0] * rows[1] for rows in found.values])
    none: Flags = np.asarray(found.undefined.any(axis=0))
    return indirect, none
