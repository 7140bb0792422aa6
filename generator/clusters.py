"""Intraclass correlations by case manager, and where they must lie."""

from dataclasses import dataclass

import numpy as np

from generator.layout import N_BACKGROUND, PLACE, Array, Whole
from generator.printed import Interval, Printed
from generator.shipped import BY_KEY, EIGHT_MODELS, ICC_CUTOFF, SCORE_COLUMNS
from generator.targets import is_strict

# Highest and lowest are those with these names; the others lie clearly between.
LARGEST, SMALLEST = "mcas_9", "pgi_9"
CLEAR = 0.006  # distance kept from the cutoff of the alpha rule and from the ends
USUAL_ICC = 0.03  # of scores that are no dependent variable


@dataclass(frozen=True, slots=True)
class Clusters:
    """Clients by case manager.

    Attributes
    ----------
    label : ndarray of int, shape (n_clients,)
        Case managers, from 0.
    size : ndarray, shape (n_clusters,)
    """

    label: Whole
    size: Array

    @classmethod
    def of(cls, label: Whole) -> "Clusters":
        """Count the clients of every case manager."""
        return cls(label, np.bincount(label).astype(np.float64))

    @property
    def usual_size(self) -> float:
        """Size of a cluster in the sense of the analysis of variance."""
        n = self.label.size
        return float((n - (self.size**2).sum() / n) / (self.size.size - 1))

    def means(self, values: Array) -> Array:
        """Mean of its cluster for every client, shape of `values`."""
        sums = np.zeros((self.size.size, *values.shape[1:]))
        np.add.at(sums, self.label, values)
        size = self.size.reshape(-1, *[1] * (values.ndim - 1))
        means: Array = (sums / size)[self.label]
        return means

    def icc_of_sums(self, between: Array, total: Array) -> Array:
        """ICC(1) from sums of squares between clusters and in total."""
        n, k = self.label.size, self.size.size
        mean_between = between / (k - 1)
        mean_within = (total - between) / (n - k)
        icc: Array = (mean_between - mean_within) / (
            mean_between + (self.usual_size - 1) * mean_within
        )
        return icc

    def icc(self, values: Array) -> Array:
        """ICC(1) of every column, shape (n_columns,)."""
        centred = values - values.mean(axis=0)
        between = (self.means(centred) ** 2).sum(axis=0)
        return self.icc_of_sums(between, (centred**2).sum(axis=0))


def dependent_columns() -> tuple[str, ...]:
    """Score columns that are the dependent variable of some equation."""
    specs = [model.spec() for model in EIGHT_MODELS]
    named = {spec.m for spec in specs} | {spec.y for spec in specs}
    return tuple(column for column in SCORE_COLUMNS if column in named)


def icc_targets(printed: Printed) -> dict[str, Interval]:
    """Interval of every dependent variable's ICC, by column."""
    smallest, largest = printed.interval("icc.min"), printed.interval("icc.max")
    ends: dict[str, Interval] = {}
    for column in dependent_columns():
        key, _, month = column.rpartition("_")
        if column == LARGEST:
            ends[column] = largest
        elif column == SMALLEST:
            ends[column] = smallest
        elif is_strict(printed, BY_KEY[key], float(month)):
            ends[column] = (ICC_CUTOFF + CLEAR, largest[0] - CLEAR)
        else:
            ends[column] = (smallest[0], ICC_CUTOFF - CLEAR)
    return ends


def icc_aims(printed: Printed) -> Array:
    """ICC to aim at for every score, shape (n_scores,)."""
    ends = icc_targets(printed)
    aims = [
        sum(ends[column]) / 2 if column in ends else USUAL_ICC
        for column in SCORE_COLUMNS
    ]
    return np.array(aims)


def score_place(column: str) -> int:
    """Place of a score column among the scores."""
    return PLACE[column] - N_BACKGROUND
