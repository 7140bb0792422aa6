"""Which cases each bootstrap sample holds."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smcm.errors import OutOfRangeError, UnknownValueError
from smcm.stats.r_stream import LARGEST_SEED, r_rows

Array = NDArray[np.float64]
STREAMS = ("numpy", "r")
BLOCK = 250  # samples drawn at once: the index block then stays in cache
BLOCK_CELLS = 2_000_000  # fewer samples at once where there are very many cases
BLOCKS_IN_CHUNK = 5
COUNTED_CELLS = 16_000  # counted at once: so little memory stays at hand between calls


@dataclass(frozen=True, slots=True)
class ResamplingPlan:
    """How often each case stands in each bootstrap sample.

    Both equations of a model, and all models of a run, read the same plan, so a
    result depends neither on the order of the models nor on how many there are,
    and differences between models are paired.

    Attributes
    ----------
    n_cases, n_samples : int
    seed : int
    stream : str
        One of `STREAMS`: ``"numpy"`` draws by PCG64; ``"r"`` draws the rows that
        PROCESS for R draws, floor(runif(n) n) + 1 after ``set.seed(seed)``.

    Raises
    ------
    UnknownValueError, OutOfRangeError
        No such stream, or a seed that R has not.
    """

    n_cases: int
    n_samples: int
    seed: int
    stream: str = "numpy"

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn."""
        require_stream(self.stream, self.seed)

    def chunks(self, *, reuse: bool = False) -> Iterator[tuple[int, Array]]:
        """Yield (first sample, counts of shape (samples, n_cases)) in order.

        Parameters
        ----------
        reuse : bool
            Whether a chunk may stand where the one before it stood, which saves the
            time that new memory takes; only for who is done with it by then.
        """
        if self.stream == "r":
            yield from self._r_counts(0, self.n_samples)
            return
        rng = np.random.default_rng(self.seed)
        block = max(1, min(BLOCK, BLOCK_CELLS // self.n_cases))
        most = min(BLOCKS_IN_CHUNK * block, self.n_samples)
        room = np.empty((most, self.n_cases))
        for start in range(0, self.n_samples, BLOCKS_IN_CHUNK * block):
            rows = min(most, self.n_samples - start)
            counts = room[:rows] if reuse else np.empty((rows, self.n_cases))
            for low in range(0, rows, block):
                high = min(low + block, rows)
                drawn = draw_rows(rng, high - low, self.n_cases)
                count_into(counts[low:high], drawn)
            yield start, counts

    def replacements(
        self, n_samples: int, round_number: int, n_before: int = 0
    ) -> Array:
        """Draw further samples for those that cannot be used.

        R's stream simply goes on, so that the usable samples are the first of the
        stream that are usable, as where a program draws again on the spot.

        Parameters
        ----------
        n_samples : int
        round_number : int
            0 for the first replacements, 1 for the replacements of those, …
        n_before : int
            Replacements drawn in the rounds before.

        Returns
        -------
        ndarray, shape (n_samples, n_cases)
        """
        if self.stream == "r":
            first = self.n_samples + n_before
            parts = self._r_counts(first, first + n_samples)
            return np.concatenate([counts for _, counts in parts])
        sequence = np.random.SeedSequence([self.seed, 1 + round_number])
        rng = np.random.default_rng(sequence)
        return draw_counts(rng, n_samples, self.n_cases)

    def _r_counts(self, first: int, last: int) -> Iterator[tuple[int, Array]]:
        for rows in r_rows(self.seed, self.n_cases, first, last):
            yield first, count_rows(rows, self.n_cases)
            first += rows.shape[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubsetPlan(ResamplingPlan):
    """A plan that draws among all cases and hands on those of a subset.

    Whether a case belongs to the subset is a property of the case that is drawn with
    it, so the subset has another size in every sample, on average its own. This is
    the bootstrap of an estimate from a part of a sample, and samples of two subsets
    stay paired.

    Attributes
    ----------
    n_cases : int
        All cases that are drawn among.
    index : tuple of int
        Those of the subset, in order.

    References
    ----------
    Davison AC, Hinkley DV (1997). Bootstrap Methods and their Application, section
    2.2: the cases are drawn from their empirical distribution, of which the subset is
    a part.
    """

    index: tuple[int, ...]

    @classmethod
    def among(
        cls,
        members: NDArray[np.bool_],
        n_samples: int,
        seed: int,
        stream: str = "numpy",
    ) -> ResamplingPlan:
        """Plan for the marked cases; the plain plan where all of them are marked."""
        if members.all():
            return ResamplingPlan(members.size, n_samples, seed, stream)
        return cls(
            n_cases=members.size,
            n_samples=n_samples,
            seed=seed,
            stream=stream,
            index=tuple(np.flatnonzero(members).tolist()),
        )

    def chunks(self, *, reuse: bool = False) -> Iterator[tuple[int, Array]]:
        """Yield (first sample, counts of shape (samples, subset)) in order."""
        for start, counts in ResamplingPlan.chunks(self, reuse=reuse):
            yield start, counts[:, list(self.index)]

    def replacements(
        self, n_samples: int, round_number: int, n_before: int = 0
    ) -> Array:
        """Draw further samples for those that cannot be used."""
        counts = ResamplingPlan.replacements(self, n_samples, round_number, n_before)
        found: Array = counts[:, list(self.index)]
        return found


def require_stream(stream: str, seed: int, prefix: str = "") -> None:
    """Refuse a stream that there is not, and a seed that it has not.

    Parameters
    ----------
    prefix : str
        What stands before a name where it was given, such as ``"--"``.
    """
    if stream not in STREAMS:
        raise UnknownValueError.for_choice(f"{prefix}stream", stream, STREAMS)
    if stream == "r" and seed > LARGEST_SEED:
        rule = f"a whole number up to {LARGEST_SEED}, the largest seed of R's stream"
        raise OutOfRangeError.for_number(f"{prefix}seed", seed, rule)


def draw_counts(rng: np.random.Generator, n_samples: int, n_cases: int) -> Array:
    """Draw cases with replacement and count them.

    Returns
    -------
    ndarray, shape (n_samples, n_cases)
        Whole numbers; every row sums to `n_cases`.
    """
    return count_rows(draw_rows(rng, n_samples, n_cases), n_cases)


def draw_rows(
    rng: np.random.Generator, n_samples: int, n_cases: int
) -> NDArray[np.integer]:
    """Draw the rows that each sample holds, shape (n_samples, n_cases)."""
    narrow = np.uint16 if n_cases <= np.iinfo(np.uint16).max else np.int64
    return rng.integers(n_cases, size=(n_samples, n_cases), dtype=narrow)


def count_rows(rows: NDArray[np.integer], n_cases: int) -> Array:
    """Count how often each case stands in each sample.

    Parameters
    ----------
    rows : ndarray of int, shape (n_samples, size of a sample)

    Returns
    -------
    ndarray, shape (n_samples, n_cases)
    """
    counts = np.empty((rows.shape[0], n_cases))
    count_into(counts, rows)
    return counts


def count_into(counts: Array, rows: NDArray[np.integer]) -> None:
    """Write into `counts` what `count_rows` returns, some samples at a time."""
    n_samples, n_cases = counts.shape
    step = max(1, COUNTED_CELLS // n_cases)
    offset = np.arange(min(step, n_samples), dtype=np.intp)[:, None] * n_cases
    place = np.empty((offset.size, rows.shape[1]), dtype=np.intp)
    for low in range(0, n_samples, step):
        part = rows[low : low + step]
        size = part.shape[0]
        np.add(part, offset[:size], out=place[:size])
        found = np.bincount(place[:size].ravel(), minlength=size * n_cases)
        counts[low : low + size] = found.reshape(size, n_cases)


def rows_of(counts: Array) -> NDArray[np.intp]:
    """List the cases of one sample, each as often as it was drawn.

    Parameters
    ----------
    counts : ndarray, shape (n_cases,)

    Returns
    -------
    ndarray of int, shape (size of the sample,)
    """
    rows: NDArray[np.intp] = np.repeat(np.arange(counts.size), counts.astype(np.intp))
    return rows
