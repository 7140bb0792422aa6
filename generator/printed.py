"""The printed numbers as intervals: what the cohort is calibrated to."""

from dataclasses import dataclass
from datetime import date

from scipy import stats

from smcm.published import Published

Interval = tuple[float, float]
FAR = 99.0  # an end that is no bound


@dataclass(frozen=True, slots=True)
class Printed:
    """The printed numbers, read as bounds.

    Attributes
    ----------
    published : Published
    """

    published: Published

    @classmethod
    def load(cls) -> "Printed":
        """Read ``data/published/printed.csv``."""
        return cls(Published.read())

    def __contains__(self, key: str) -> bool:
        """Whether anything is printed under this key."""
        return key in self.published.by_key

    def interval(self, key: str, unit: float = 1.0) -> Interval:
        """Give the ends of what prints like this, multiplied by `unit`."""
        low, high = self.published[key].interval
        return float(low) * unit, float(high) * unit

    def value(self, key: str) -> float:
        """Give the printed value as it stands."""
        return self.published.number(key)

    def count(self, key: str) -> int:
        """Give a printed number of people, of sites and so on."""
        return round(self.value(key))

    def day(self, key: str) -> date:
        """Give a printed date."""
        return date.fromisoformat(self.published[key].value)

    def t_interval(self, key: str, df: int, comparisons: int = 1) -> Interval:
        """Absolute t values whose two-sided p prints like this.

        Parameters
        ----------
        key : str
            A printed p.
        df : int
        comparisons : int
            Bonferroni factor that the printed p holds.
        """
        if self.published[key].relation == "<":
            return t_for_p(self.value(key) / comparisons, df), FAR
        low, high = self.interval(key)
        return t_for_p(high / comparisons, df), t_for_p(low / comparisons, df)


def t_for_p(p: float, df: int) -> float:
    """Absolute t with this two-sided p."""
    return float(stats.t.isf(p / 2.0, df))


def overlap(first: Interval, second: Interval) -> Interval:
    """Numbers in both intervals."""
    return max(first[0], second[0]), min(first[1], second[1])
