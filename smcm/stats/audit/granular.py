"""Means and SDs of whole numbers: GRIM, GRIMMER and DEBIT."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from smcm.stats.audit.counts import whole_numbers
from smcm.stats.audit.interval import Interval

SD_BLUR = 1e-10
MOST_SUMS = 200_000  # sums to go through; more than that excludes nothing in practice


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """People whose score is the mean of answers in whole numbers.

    Attributes
    ----------
    n : int
        People.
    items : int
        Answers behind a person's score; 1 for one item or a sum score.
    low, high : float
        Least and greatest score; infinite where unknown.
    """

    n: int
    items: int = 1
    low: float = -math.inf
    high: float = math.inf

    @property
    def step(self) -> float:
        """Distance of two means that can be."""
        return 1.0 / (self.n * self.items)


def informative(mean: Interval, whole: Whole) -> bool:
    """Whether some mean of this precision could be excluded at all.

    References
    ----------
    Brown NJL, Heathers JAJ (2017): means of two decimals can be tested up to a product
    of people and items of 100.
    """
    return whole.step > mean.width


def grim(mean: Interval, whole: Whole) -> range:
    """List the sums of all answers that give a printed mean; with none it cannot be.

    References
    ----------
    Brown NJL, Heathers JAJ (2017). The GRIM test: a simple technique detects numerous
    anomalies in the reporting of results in psychology. Social Psychological and
    Personality Science 8:363-369.
    """
    within = mean & Interval(whole.low, whole.high)
    if within.empty:
        return range(0)
    return whole_numbers(within.scaled(whole.n * whole.items))


def grimmer(mean: Interval, sd: Interval, whole: Whole) -> bool:
    """Whether a mean and an SD can be those of whole numbers.

    Three tests of Allard's analytic version: some sum of answers gives the mean
    (GRIM); some whole sum of squares gives the SD; and that sum is even where the sum
    of answers is, since a number and its square are odd together. The sum of squares
    also has to lie between the least and the greatest that the scale allows. What
    passes need not exist; what fails cannot.

    References
    ----------
    Anaya J (2016). The GRIMMER test: a method for testing the validity of reported
    measures of variability. PeerJ Preprints 4:e2400v1.
    Allard A (2018). Analytic-GRIMMER: a new way of testing the possibility of standard
    deviations. https://aurelienallard.netlify.app/post/anaytic-grimmer-possibility-standard-deviations/
    """
    if whole.n < 2:
        return False
    sums = grim(mean, whole)
    if len(sums) > MOST_SUMS:
        return True
    return any(any(_sums_of_squares(total, sd, whole)) for total in sums)


def debit(mean: Interval, sd: Interval, n: int) -> bool:
    """Whether a mean and an SD can be those of zeros and ones.

    With k ones among n the SD is √(k (n - k) / (n (n - 1))). The paper lets the mean be
    anything that rounds as printed; here it also has to be a count over n.

    References
    ----------
    Heathers JAJ, Brown NJL (2019). DEBIT: a simple consistency test for binary data.
    https://osf.io/5vb3u
    """
    if n < 2:
        return False
    binary = Whole(n=n, low=0.0, high=1.0)
    return any(_binary_sd(ones, n) in _blurred(sd) for ones in grim(mean, binary))


def sd_bounds(mean: Interval, whole: Whole) -> Interval:
    """SDs that scores within a range can have around a mean.

    The greatest belongs to scores at both ends of the range (Bhatia and Davis 2000):
    √(n (high - mean) (mean - low) / (n - 1)).
    """
    within = mean & Interval(whole.low, whole.high)
    if within.empty:
        return Interval(0.0, -1.0)
    if math.isinf(whole.low) or math.isinf(whole.high):
        return Interval(0.0, math.inf)
    middle = min(max(0.5 * (whole.low + whole.high), within.low), within.high)
    square = (whole.high - middle) * (middle - whole.low) * whole.n / (whole.n - 1)
    return Interval(0.0, math.sqrt(max(square, 0.0)))


def _sums_of_squares(total: int, sd: Interval, whole: Whole) -> Iterator[bool]:
    """Yield True for a sum of squares that would do, in units of one answer."""
    n, k = whole.n, whole.items
    blurred = _blurred(sd & Interval(0.0, math.inf))
    if blurred.empty:
        return
    bounds = Interval(
        (n - 1) * (k * blurred.low) ** 2 + total**2 / n,
        (n - 1) * (k * blurred.high) ** 2 + total**2 / n,
    )
    squares = whole_numbers(bounds & _possible_squares(total, whole))
    first = squares.start + (squares.start + total) % 2
    yield first < squares.stop


def _possible_squares(total: int, whole: Whole) -> Interval:
    """Bound the sum of n squares whose numbers have a given sum."""
    n = whole.n
    each, over = divmod(total, n)
    least = (n - over) * each**2 + over * (each + 1) ** 2
    if math.isinf(whole.low) or math.isinf(whole.high):
        return Interval(least, math.inf)
    low, high = round(whole.low * whole.items), round(whole.high * whole.items)
    if high == low:
        return Interval(least, n * low**2)
    top, rest = divmod(total - n * low, high - low)
    most = top * high**2 + (n - top) * low**2
    if rest:
        most += (low + rest) ** 2 - low**2
    return Interval(least, most)


def _binary_sd(ones: int, n: int) -> float:
    return math.sqrt(ones * (n - ones) / (n * (n - 1)))


def _blurred(sd: Interval) -> Interval:
    """Widen by what a square root may move an end."""
    return Interval(sd.low * (1 - SD_BLUR), sd.high * (1 + SD_BLUR))
