"""Bootstrap samples of whole clusters."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from smcm.errors import OutOfRangeError
from smcm.stats.bootstrap import bootstrap_paths
from smcm.stats.cluster_robust import Codes, require_clusters
from smcm.stats.crossproducts import ModelColumns
from smcm.stats.resample import ResamplingPlan
from smcm.stats.usable import Array


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterPlan(ResamplingPlan):
    """A plan that draws clusters with replacement, each with all of its cases.

    Attributes
    ----------
    n_cases : int
        Clusters that are drawn among, and so many of them.
    index : tuple of int
        Cluster of every case, from 0.
    """

    index: tuple[int, ...]

    def chunks(self, *, reuse: bool = False) -> Iterator[tuple[int, Array]]:
        """Yield (first sample, counts of shape (samples, cases)) in order."""
        for start, counts in ResamplingPlan.chunks(self, reuse=reuse):
            yield start, counts[:, list(self.index)]

    def replacements(
        self, n_samples: int, round_number: int, n_before: int = 0
    ) -> Array:
        """Draw further samples for those that cannot be used."""
        counts = ResamplingPlan.replacements(self, n_samples, round_number, n_before)
        found: Array = counts[:, list(self.index)]
        return found


@dataclass(frozen=True, slots=True)
class ClusterDraws:
    """Paths of one model in samples of clusters.

    Samples differ in size, so that nothing is standardized.

    Attributes
    ----------
    a, b, direct : ndarray, shape (n_samples,)
    n_replaced : int
        Samples drawn again because a path was not defined.
    """

    a: Array
    b: Array
    direct: Array
    n_replaced: int

    @property
    def indirect(self) -> Array:
        """Products ab, shape (n_samples,)."""
        return self.a * self.b


def bootstrap_clusters(
    values: Array,
    models: Sequence[ModelColumns],
    cluster: Codes,
    n_samples: int,
    seed: int,
) -> tuple[ClusterDraws, ...]:
    """Bootstrap every model on the same samples of whole clusters.

    Parameters
    ----------
    values : ndarray, shape (n, p)
        Data without gaps.
    models : sequence of ModelColumns
    cluster : ndarray of int, shape (n,)
    n_samples, seed : int

    Raises
    ------
    DegenerateDataError, OutOfRangeError

    References
    ----------
    Davison AC, Hinkley DV (1997). Bootstrap Methods and their Application, section
    3.8. With few clusters the limits are rough, and mostly too narrow.
    """
    labels, index = np.unique(cluster, return_inverse=True)
    require_clusters(labels.size, index.size)
    if n_samples < 1:
        rule = "a whole number from 1"
        raise OutOfRangeError.for_number("n_samples", n_samples, rule)
    plan = ClusterPlan(
        n_cases=labels.size, n_samples=n_samples, seed=seed, index=tuple(index.tolist())
    )
    return tuple(
        ClusterDraws(draw.a, draw.b, draw.direct, draw.n_replaced)
        for draw in bootstrap_paths(values, models, plan)
    )
