"""The smallest and the largest of some values."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Where some values lie."""

    low: float
    high: float

    @classmethod
    def of(cls, values: Iterable[float]) -> Self:
        """Take the smallest and the largest."""
        found = tuple(values)
        return cls(low=min(found), high=max(found))
