"""All that a table of scores must satisfy, and how far it is from it."""

from dataclasses import dataclass

import numpy as np

from generator.clusters import Clusters, icc_targets, score_place
from generator.layout import Array, Mask
from generator.printed import Printed
from generator.statistics import Moments, regenerate
from generator.targets import Targets

WIDE = 0.6  # an interval wider than this bounds a verdict, not a printed digit
ROOM, ROOM_WIDE = 0.06, 0.01  # kept free at either end: share of width, or absolute
SCALE_WIDE = 0.05


@dataclass(frozen=True, slots=True)
class Bounds:
    """Intervals with the room to keep, and how much a miss counts.

    Attributes
    ----------
    low, high, room, weight : ndarray, shape (n_goals,)
    """

    low: Array
    high: Array
    room: Array
    weight: Array

    @classmethod
    def of(cls, low: Array, high: Array) -> "Bounds":
        """Set room and weight by the width of each interval."""
        wide = high - low > WIDE
        return cls(
            low=low,
            high=high,
            room=np.where(wide, ROOM_WIDE, ROOM * (high - low)),
            weight=1 / np.where(wide, SCALE_WIDE, (high - low) / 2),
        )

    def only(self, chosen: Mask) -> "Bounds":
        """Keep some of them."""
        parts = (self.low, self.high, self.room, self.weight)
        return Bounds(*(part[chosen] for part in parts))

    def penalties(self, values: Array) -> Array:
        """Squared distances beyond the room; `values` has shape (n_goals, ...)."""
        shape = (-1, *[1] * (values.ndim - 1))
        low, high = self.low + self.room, self.high - self.room
        over = np.maximum(0, values - high.reshape(shape))
        under = np.maximum(0, low.reshape(shape) - values)
        penalties: Array = (self.weight.reshape(shape) * (over + under)) ** 2
        return penalties


@dataclass(frozen=True, slots=True)
class Goals:
    """Targets for moments, then for the ICCs of some columns, in one vector.

    Attributes
    ----------
    moments : Targets
    background : ndarray, shape (n_clients, n_background)
    clusters : Clusters
    icc_places : tuple of int
        Score columns with a target for their ICC.
    bounds : Bounds
    """

    moments: Targets
    background: Array
    clusters: Clusters
    icc_places: tuple[int, ...]
    bounds: Bounds

    @classmethod
    def of(
        cls, targets: Targets, printed: Printed, background: Array, clusters: Clusters
    ) -> "Goals":
        """Put the goals together."""
        icc = icc_targets(printed)
        icc_low, icc_high = np.array(list(icc.values())).T
        return cls(
            moments=targets,
            background=background,
            clusters=clusters,
            icc_places=tuple(score_place(column) for column in icc),
            bounds=Bounds.of(
                np.concatenate([targets.low, icc_low]),
                np.concatenate([targets.high, icc_high]),
            ),
        )

    def of_moments(self, moments: Moments) -> Array:
        """Statistics that follow from moments, shape (..., n_targets)."""
        found = regenerate(moments)
        return np.stack([found[name] for name in self.moments.names], axis=-1)

    def data(self, scores: Array) -> Array:
        """Background and scores side by side."""
        return np.hstack([self.background, scores])

    def values(self, scores: Array) -> Array:
        """All statistics of a table of scores, shape (n_goals,)."""
        icc = self.clusters.icc(scores[:, self.icc_places])
        return np.concatenate([self.of_moments(Moments.of(self.data(scores))), icc])

    def loss(self, values: Array) -> float:
        """Sum of the penalties, 0 where every goal is met with room."""
        return float(self.bounds.penalties(values).sum())

    def n_outside(self, values: Array) -> int:
        """Count the statistics that would not print right."""
        wrong = (values < self.bounds.low) | (values >= self.bounds.high)
        return int(wrong.sum())
