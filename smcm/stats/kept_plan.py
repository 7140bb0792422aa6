"""A resampling plan for many data sets with the same number of cases."""

from collections.abc import Iterator
from functools import cached_property

from smcm.stats.ols import Array
from smcm.stats.resample import ResamplingPlan


class KeptPlan(ResamplingPlan):
    """A plan that draws once and keeps what it drew, 8 bytes a sample and case.

    Results are those of a `ResamplingPlan`, whose resamples these are.
    """

    @cached_property
    def _kept(self) -> tuple[tuple[int, Array], ...]:
        return tuple(ResamplingPlan.chunks(self))

    def chunks(self, *, reuse: bool = False) -> Iterator[tuple[int, Array]]:  # noqa: ARG002 (each stays)
        """Yield (first sample, counts of shape (samples, n_cases)) in order."""
        yield from self._kept
