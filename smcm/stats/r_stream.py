"""R's default random numbers, so that a seed draws here what it draws in R.

After ``set.seed(s)`` R's ``runif`` reads a Mersenne Twister. The twister is NumPy's
own, started from R's words; what differs is how a seed becomes those words and how a
word becomes a number between 0 and 1.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
WORDS = 624
SCRAMBLES = 50
LARGEST_SEED = 2**31 - 1  # R's integers have 32 bits with their sign
STEP = 2.3283064365386963e-10  # 2**-32, as R multiplies a word
EDGE = 0.5 * 2.328306437080797e-10  # R's distance of a draw from 0 and from 1
CHUNK = 1000
CHUNK_CELLS = 2_000_000  # fewer samples at once where there are very many cases


def r_words(seed: int) -> NDArray[np.uint32]:
    """State of the twister after R's ``set.seed(seed)``, shape (624,).

    The seed goes through a linear congruential generator fifty times; its next 625
    values are the position, which R overwrites with "all words used", and the words.

    References
    ----------
    Matsumoto M, Nishimura T (1998). ACM Transactions on Modeling and Computer
    Simulation 8:3-30; R's help page ``?RNGkind``.
    """
    state = seed % 2**32
    found = np.empty(SCRAMBLES + 1 + WORDS, dtype=np.uint32)
    for k in range(found.size):
        state = (69069 * state + 1) % 2**32
        found[k] = state
    return found[SCRAMBLES + 1 :]


@dataclass(frozen=True, slots=True)
class RUniform:
    """R's ``runif`` after ``set.seed``; every call to `draw` goes on in the stream."""

    twister: np.random.MT19937

    @classmethod
    def seeded(cls, seed: int) -> "RUniform":
        """Start the stream of a seed, -2147483647 to 2147483647 as in R."""
        twister = np.random.MT19937()
        twister.state = {
            "bit_generator": "MT19937",
            "state": {"key": r_words(seed), "pos": WORDS},
        }
        return cls(twister)

    def draw(self, size: int) -> Array:
        """Draw the next numbers between 0 and 1, both left out, shape (size,)."""
        uniform = self.twister.random_raw(size) * STEP
        return np.clip(uniform, EDGE, 1.0 - EDGE)


def r_rows(
    seed: int, n_cases: int, first: int, last: int
) -> Iterator[NDArray[np.intp]]:
    """Rows of the samples from `first` up to `last`, in parts, counted from 0.

    Sample after sample takes the next `n_cases` numbers of the stream, and a number
    u becomes the row floor(u n), which R would call floor(u n) + 1.

    Yields
    ------
    ndarray of int, shape (samples, n_cases)
    """
    stream = RUniform.seeded(seed)
    most = max(1, min(CHUNK, CHUNK_CELLS // n_cases))
    for low in range(0, last, most):
        high = min(low + most, last)
        uniform = stream.draw((high - low) * n_cases)
        if high > first:
            rows = (uniform * n_cases).astype(np.intp).reshape(-1, n_cases)
            yield rows[max(first - low, 0) :]
