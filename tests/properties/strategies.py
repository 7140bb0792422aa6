"""What the properties are tried on."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

WELL_CONDITIONED = 0.05  # least over largest singular value of standardized columns
SIXTEENTHS = 16

seeds = st.integers(0, 2**32 - 1)
levels = st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99])
scales = st.sampled_from([-1000.0, -3.0, -0.1, 0.25, 7.0, 1e6])
exact_scales = st.sampled_from([-1024.0, -2.0, 0.25, 8.0])  # nothing is rounded
shifts = st.integers(-(2**40), 2**40)
numbers = st.floats(-1e12, 1e12, allow_subnormal=False)
finite = st.floats(allow_nan=False, allow_infinity=False)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@dataclass(frozen=True)
class Sample:
    """Cases of a mediation model, in sixteenths."""

    x: np.ndarray
    m: np.ndarray
    y: np.ndarray
    c: np.ndarray

    def __len__(self):
        return len(self.x)

    @property
    def parts(self):
        return self.x, self.m, self.y, self.c

    @property
    def covariates(self):
        return tuple(f"c{k}" for k in range(self.c.shape[1]))

    @property
    def frame(self):
        columns = dict(zip(self.covariates, self.c.T, strict=True))
        return pd.DataFrame({"x": self.x, "m": self.m, "y": self.y} | columns)

    def take(self, rows):
        return Sample(*(part[rows] for part in self.parts))

    def but(self, **parts):
        return replace(self, **parts)


def sixteenths(draw, shape, size=80):
    whole = st.integers(-size, size)
    drawn = draw(hnp.arrays(np.int64, shape, elements=whole, fill=st.nothing()))
    return drawn / SIXTEENTHS


def well_conditioned(columns):
    spread = columns.std(axis=0)
    if np.any(spread == 0.0):
        return False
    size = np.linalg.svd((columns - columns.mean(axis=0)) / spread)[1]
    return size[-1] > WELL_CONDITIONED * size[0]


@st.composite
def samples(draw, least=21, most=28, covariates=3):
    n, q = draw(st.integers(least, most)), draw(st.integers(0, covariates))
    values = sixteenths(draw, (n, 3 + q))
    assume(well_conditioned(values))
    return Sample(values[:, 0], values[:, 1], values[:, 2], values[:, 3:])


@st.composite
def with_orders(draw, strategy, axis=0):
    """Something with cases, and a permutation of them."""
    drawn = draw(strategy)
    size = drawn.shape[axis] if isinstance(drawn, np.ndarray) else len(drawn)
    return drawn, np.array(draw(st.permutations(range(size))))


@st.composite
def measurements(draw, least=2, most=5):
    """Cases by occasions, with residuals that vary."""
    n, k = draw(st.integers(4, 12)), draw(st.integers(least, most))
    values = sixteenths(draw, (n, k))
    centred = values - values.mean(axis=1, keepdims=True) - values.mean(axis=0)
    assume(np.ptp(centred) > 0.1)
    assume(np.all(np.ptp(values[:, :-1] - values[:, 1:], axis=0) > 0.1))
    return values


@st.composite
def clustered(draw):
    """Values and the clusters of their cases, of unequal size."""
    n = draw(st.integers(6, 25))
    values = sixteenths(draw, n)
    cluster = np.array(draw(st.lists(st.integers(0, 5), min_size=n, max_size=n)))
    assume(1 < len(set(cluster.tolist())) < n)
    assume(np.ptp(values) > 0)
    return values, cluster


@dataclass(frozen=True)
class Series:
    """Days of assessments and their totals."""

    assessed: np.ndarray
    value: np.ndarray


@st.composite
def series(draw):
    gaps = draw(st.lists(st.integers(1, 120), min_size=1, max_size=6))
    first = draw(st.integers(15_000, 17_000))
    assessed = first + np.concatenate([[0], np.cumsum(gaps)])
    total = st.floats(8.0, 40.0)
    size = len(assessed)
    value = draw(st.lists(total, min_size=size, max_size=size))
    return Series(assessed.astype(np.int64), np.array(value))


@st.composite
def windows(draw):
    """A series, ends of windows about it, and a length."""
    drawn = draw(series())
    near = st.integers(int(drawn.assessed[0]) - 150, int(drawn.assessed[-1]) + 300)
    end = np.array(draw(st.lists(near, min_size=1, max_size=6)), dtype=np.int64)
    return drawn, end, draw(st.integers(1, 300))


@st.composite
def answers(draw, instrument, least=0):
    """One filled-in questionnaire of a sum scale, with gaps but `least` answers."""
    k = instrument.n_items
    low, high = instrument.low, instrument.high
    given = draw(st.lists(st.integers(low, high), min_size=k, max_size=k))
    gone = draw(st.sets(st.integers(0, k - 1), max_size=k - least))
    filled = np.array(given, dtype=float)
    filled[list(gone)] = np.nan
    return filled
